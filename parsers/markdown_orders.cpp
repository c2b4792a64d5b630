// Which orders a document holds, and where each of them begins and ends.
#include <algorithm>
#include <fmt/format.h>

#include "parsers/markdown_reader.h"
#include "parsers/markdown_segments.h"

namespace parsers {
namespace {

using Kind = MarkdownBlock::Kind;

std::size_t section_end(const MarkdownReader& reader, std::size_t heading) {
  for (std::size_t i = heading + 1; i < reader.block_count(); ++i)
    if (reader.block(i).kind == Kind::heading && reader.block(i).level <= reader.block(heading).level) return i;
  return reader.block_count();
}

/// The id after "**Work Order:**", before the first order's heading.
struct DocumentId {
  std::string id;
  std::string_view place;
};
std::optional<DocumentId> document_id(const MarkdownReader& reader, std::size_t end) {
  for (std::size_t i = 0; i < end; ++i) {
    if (reader.block(i).kind != Kind::text) continue;
    for (const MarkdownSegment& segment : segments_of(reader.block(i))) {
      if (!segment.label || segment.label->label == nullptr || segment.label->label->kind != LabelKind::order_id)
        continue;
      const auto id = heading_id(segment.value);
      if (id && !id->counted) return DocumentId{id->id, id->place};
    }
  }
  return std::nullopt;
}

class OrderFinder {
 public:
  explicit OrderFinder(MarkdownReader& reader) : x_reader(reader), x_marks(reader.block_count()) {
    for (std::size_t i = 0; i < x_marks.size(); ++i) x_marks[i] = scope_mark(reader.document().blocks(), i);
    // Sums make "does this section hold a label" one subtraction, however the headings nest.
    x_count.resize(x_marks.size() + 1);
    x_paths.resize(x_marks.size() + 1);
    for (std::size_t i = 0; i < x_marks.size(); ++i) {
      x_count[i + 1] = x_count[i] + (x_marks[i] != ScopeMark::none ? 1U : 0U);
      x_paths[i + 1] = x_paths[i] + (x_marks[i] > ScopeMark::dependency ? 1U : 0U);
    }
  }

  void find() {
    struct Opening {
      std::size_t heading;
      std::size_t end;
      HeadingId id;
    };
    std::vector<Opening> openings;
    for (std::size_t i = 0; i < x_marks.size(); ++i) {
      const MarkdownBlock& block = x_reader.block(i);
      if (block.kind != Kind::heading) continue;
      auto id = heading_id(block.text);
      if (!id) continue;
      const std::size_t end = with_scope_beside(i, section_end(x_reader, i));
      if (x_count[end] == x_count[i + 1] || is_container(i, end, *id)) continue;
      openings.push_back({i, end, std::move(*id)});
      i = end - 1;
    }
    const auto whole = document_id(x_reader, openings.empty() ? x_marks.size() : openings.front().heading);
    for (const Opening& opening : openings) {
      // "Deliverable 1" is unique within its packet only, so the packet's own id goes in front.
      const bool prefix = opening.id.counted && whole;
      const std::size_t order =
          x_reader.open(prefix ? whole->id + "/" + opening.id.id : opening.id.id, opening.id.place);
      name(order, opening.id, prefix);
      x_reader.sections.push_back({order, opening.heading, opening.end});
    }
    if (openings.empty() && speaks_for_itself()) open_whole(whole);
    warn_about_strays();
  }

 private:
  /// A title such as "WO-SET-5: Engine batch" above headings that are orders themselves.
  bool is_container(std::size_t heading, std::size_t end, const HeadingId& outer) const {
    if (x_reader.block(heading).level != 1) return false;
    const std::string family = outer.id.substr(0, outer.id.find('-'));
    std::size_t inner = 0;
    std::size_t first = end;
    for (std::size_t i = heading + 1; i < end; ++i) {
      if (x_reader.block(i).kind != Kind::heading) continue;
      const auto id = heading_id(x_reader.block(i).text);
      if (!id || (!id->id.starts_with("WO-") && id->id.substr(0, id->id.find('-')) != family)) continue;
      const std::size_t inner_end = section_end(x_reader, i);
      if (x_paths[inner_end] == x_paths[i + 1]) continue;
      first = std::min(first, i);
      ++inner;
      i = inner_end - 1;
    }
    return inner > 0 && x_paths[first] == x_paths[heading + 1];
  }

  /// "## WO-1: title" and then "## Session Scope" on the same level: the scope is the order's.
  std::size_t with_scope_beside(std::size_t heading, std::size_t end) const {
    if (x_paths[end] != x_paths[heading + 1]) return end;
    while (end < x_marks.size() && x_reader.block(end).level == x_reader.block(heading).level &&
           (is_scope_heading(x_reader.block(end)) || x_marks[end] != ScopeMark::none))
      end = section_end(x_reader, end);
    return end;
  }

  void name(std::size_t order, const HeadingId& id, bool prefixed) {
    WorkOrder& it = x_reader.order(order);
    it.title = std::string(trim(id.title));
    it.aliases = id.aliases;
    if (prefixed) it.aliases.insert(it.aliases.begin(), id.id);
    for (const std::string& alias : it.aliases) x_reader.ids().add(alias, it.id);
    if (!id.title.empty()) x_reader.note(id.title, it.id, "title");
  }

  /// Without a heading that opens an order, a scope block or a set that nobody writes by accident makes the file one.
  bool speaks_for_itself() const {
    for (std::size_t i = 0; i < x_marks.size(); ++i) {
      if (x_marks[i] == ScopeMark::strong && !is_reading_list(i)) return true;
      if (is_scope_heading(x_reader.block(i)) && x_paths[section_end(x_reader, i)] != x_paths[i + 1]) return true;
    }
    return false;
  }

  bool is_reading_list(std::size_t i) const {
    const MarkdownBlock& block = x_reader.block(i);
    const Label* label = block.kind == Kind::heading ? find_label(block.text) : nullptr;
    if (label != nullptr) return label->kind == LabelKind::read;
    for (const MarkdownSegment& s : segments_of(block))
      if (s.label && s.label->label != nullptr && is_path_set(s.label->label->kind) &&
          s.label->label->kind != LabelKind::read && !s.label->label->weak)
        return false;
    return true;
  }

  void open_whole(const std::optional<DocumentId>& whole) {
    const std::string_view front = x_reader.front_matter_id;
    if (!front.empty()) {
      x_reader.sections.push_back({x_reader.open(std::string(front), front), 0, x_reader.block_count()});
      return;
    }
    if (whole) {
      x_reader.sections.push_back({x_reader.open(whole->id, whole->place), 0, x_reader.block_count()});
      return;
    }
    for (std::size_t i = 0; i < x_reader.block_count(); ++i) {
      if (x_reader.block(i).kind != Kind::heading) continue;
      if (const auto id = heading_id(x_reader.block(i).text)) {
        const std::size_t order = x_reader.open(id->id, id->place);
        name(order, *id, false);
        x_reader.sections.push_back({order, 0, x_reader.block_count()});
        return;
      }
    }
    const std::size_t order = x_reader.open(x_reader.document().stem(), x_reader.block(0).text);
    if (x_reader.block(0).kind == Kind::heading) x_reader.order(order).title = std::string(x_reader.block(0).text);
    x_reader.sections.push_back({order, 0, x_reader.block_count()});
  }

  /// A write set that belongs to nobody is a mistake somebody has to hear about.
  void warn_about_strays() {
    if (x_reader.sections.empty()) return;
    std::size_t section = 0;
    for (std::size_t i = 0; i < x_marks.size(); ++i) {
      while (section < x_reader.sections.size() && x_reader.sections[section].last <= i) ++section;
      if (section < x_reader.sections.size() && x_reader.sections[section].first <= i) continue;
      if (x_marks[i] != ScopeMark::strong || is_reading_list(i)) continue;
      x_reader.say(Severity::warning, x_reader.block(i).text,
                   "this scope is outside of every work order and was left unread",
                   "put it under the heading of its order");
    }
  }

  MarkdownReader& x_reader;
  std::vector<ScopeMark> x_marks;
  std::vector<std::size_t> x_count;  ///< blocks before i with any mark
  std::vector<std::size_t> x_paths;  ///< blocks before i that declare paths
};

}  // namespace

void open_orders(MarkdownReader& reader) {
  reader.consumed.assign(reader.block_count(), false);
  if (!reader.sections.empty()) return;  // front matter opened one for the whole file
  OrderFinder(reader).find();
}

}  // namespace parsers
