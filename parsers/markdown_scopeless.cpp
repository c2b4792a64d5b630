// Orders that were meant as such and could not be read as any.
#include <fmt/format.h>
#include <set>

#include "parsers/markdown_reader.h"
#include "parsers/markdown_segments.h"

namespace parsers {
namespace {

using Kind = MarkdownBlock::Kind;

/// "WO" of "WO-FIX-01", "Task" of "Task-3".
std::string family(const std::string& id) {
  const std::size_t slash = id.rfind('/') + 1;  // "WO-BATCH-9/Deliverable-1"
  return id.substr(slash, id.find('-', slash) - slash);
}

class ScopelessReporter {
 public:
  explicit ScopelessReporter(MarkdownReader& reader) : x_reader(reader) {
    for (const WorkOrder& order : reader.orders()) x_families.insert(family(order.id));
    x_families.insert("WO");
  }

  void report() {
    std::size_t section = 0;
    for (std::size_t i = 0; i < x_reader.block_count(); ++i) {
      while (section < x_reader.sections.size() && x_reader.sections[section].last <= i) ++section;
      const bool any = section < x_reader.sections.size();
      if (any && x_reader.sections[section].first <= i) continue;
      const std::size_t free = any ? x_reader.sections[section].first : x_reader.block_count();
      if (x_reader.block(i).kind == Kind::heading)
        heading(i, free);
      else
        item(i);
    }
  }

 private:
  /// `free`: up to here the document belongs to no order.
  void heading(std::size_t i, std::size_t free) {
    const MarkdownBlock& block = x_reader.block(i);
    const auto id = heading_id(block.text);
    if (!id || known(*id)) return;
    std::size_t end = i + 1;
    while (end < x_reader.block_count() &&
           (x_reader.block(end).kind != Kind::heading || x_reader.block(end).level > block.level)) {
      if (++end > free) return;  // a title above orders
    }
    bool confusable = false;
    for (std::size_t b = std::max(i + 1, x_checked); b < end; ++b) {
      const MarkdownBlock& text = x_reader.block(b);
      if (text.kind == Kind::heading && label_in_disguise(text.text))
        confusable = x_reader.say_if_confusable(text.text, {}) || confusable;
      if (text.kind != Kind::text) continue;
      for (const MarkdownSegment& s : segments_of(text))
        if (s.label && s.label->label == nullptr)
          confusable = x_reader.say_if_confusable(s.label->name, s.value) || confusable;
    }
    const bool inside = i < x_checked;
    x_checked = std::max(x_checked, end);
    if (inside || (!confusable && !x_families.contains(family(id->id)))) return;
    tell(id->id, id->place);
    x_reader.note(block.text, "", "unread");
  }

  /// "1. **WO-A** - title" above "- Write: a.py".
  void item(std::size_t i) {
    const MarkdownBlock& block = x_reader.block(i);
    if (!block.opens_item || block.kind != Kind::text || x_reader.consumed[i]) return;
    const auto id = heading_id(block.text);
    if (!id || id->counted || known(*id)) return;
    for (std::size_t b = i + 1; b < x_reader.block_count() && x_reader.block(b).depth > block.depth; ++b) {
      if (scope_mark(x_reader.document().blocks(), b) <= ScopeMark::dependency) continue;
      tell(id->id, id->place);
      return x_reader.note(block.text, "", "unread");
    }
  }

  bool known(const HeadingId& id) const {
    if (x_reader.ids().find(id.id) != nullptr) return true;
    for (const std::string& alias : id.aliases)
      if (x_reader.ids().find(alias) != nullptr) return true;
    return false;
  }

  void tell(const std::string& id, std::string_view place) {
    x_reader.say(Severity::warning, place, fmt::format("{} has no scope that could be read, and is no work order", id),
                 "write **Write set:** and its paths under its heading, or none");
  }

  MarkdownReader& x_reader;
  std::set<std::string> x_families;
  std::size_t x_checked = 0;  ///< blocks before this one were searched for labels
};

}  // namespace

void report_scopeless(MarkdownReader& reader) { ScopelessReporter(reader).report(); }

}  // namespace parsers
