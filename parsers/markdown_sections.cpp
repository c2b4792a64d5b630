// The labels in an order's section, and what stands under each of them.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "parsers/markdown_dependencies.h"
#include "parsers/markdown_fields.h"
#include "parsers/markdown_reader.h"
#include "parsers/markdown_segments.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

using Kind = MarkdownBlock::Kind;

/// A label whose value may still go on.
struct OpenLabel {
  const Label* label = nullptr;
  std::string_view name;
  int depth = 0;           ///< of the block it stands in; -1: a heading
  bool had_value = false;  ///< on its own line
  bool got_paths = false;
  bool list_began = false;
  bool checkboxes = false;
};

class SectionReader {
 public:
  SectionReader(MarkdownReader& reader, MarkdownSection section)
      : x_reader(reader), x_section(section), x_order(reader.order(section.order)) {}

  void read() {
    for (std::size_t i = x_section.first; i < x_section.last; ++i) {
      const MarkdownBlock& block = x_reader.block(i);
      if (x_reader.consumed[i]) {
        close(block.depth);
        continue;
      }
      switch (block.kind) {
        case Kind::heading:
          heading(i);
          break;
        case Kind::text:
          text(block);
          break;
        case Kind::table:
          table(block);
          break;
        default:
          hidden(block);
      }
    }
    close(-1);
  }

 private:
  void heading(std::size_t i) {
    const MarkdownBlock& block = x_reader.block(i);
    close(-1);
    if (x_scope_level != 0 && block.level <= x_scope_level) x_scope_level = 0;
    if (i == x_section.first && heading_id(block.text)) return;  // its id and title are read already
    if (is_scope_heading(block) && holds_set_label(i)) {
      if (x_scope_block++ > 0)
        x_reader.say(Severity::error, block.text, fmt::format("a second scope block in {}", x_order.id),
                     "one order has one scope: merge them, or give the other one its own order");
      x_scope_level = block.level;
      x_reader.note(block.text, x_order.id, "scope");
      return;
    }
    const Label* label = find_label(block.text);
    const auto written = label == nullptr ? split_label(block.text) : std::nullopt;
    if (written && written->label != nullptr) {
      label_begins(*written, -1);
      value(written->rest, true);
    } else if (label != nullptr && (label->kind != LabelKind::order_id && label->kind != LabelKind::other)) {
      label_begins({label, block.text, {}, block.text, true}, -1);
    } else {
      if (label == nullptr && label_in_disguise(block.text)) x_reader.say_if_confusable(block.text, {});
      x_reader.note(block.text, x_order.id, "unread");
    }
  }

  bool holds_set_label(std::size_t i) const {
    for (std::size_t next = i + 1; next < x_section.last; ++next) {
      const MarkdownBlock& block = x_reader.block(next);
      if (block.kind == Kind::heading && block.level <= x_reader.block(i).level) return false;
      if (block.kind == Kind::heading) {
        const Label* label = find_label(block.text);
        if (label != nullptr && is_path_set(label->kind)) return true;
      }
      if (block.kind != Kind::text) continue;
      for (const MarkdownSegment& s : segments_of(block))
        if (s.label && s.label->label != nullptr && is_path_set(s.label->label->kind) && !s.label->label->intent)
          return true;
    }
    return false;
  }

  void text(const MarkdownBlock& block) {
    if (block.opens_item) {
      close(block.depth);
      if (!x_open.empty() && x_open.back().list_began && x_open.back().checkboxes != block.checkbox) x_open.pop_back();
      if (!x_open.empty()) x_open.back().list_began = true, x_open.back().checkboxes = block.checkbox;
    } else if (!x_open.empty() && x_open.back().depth == block.depth &&
               (x_open.back().had_value || x_open.back().list_began)) {
      x_open.pop_back();  // a new paragraph ends the value of a line
    } else if (!x_open.empty() && x_open.back().depth > block.depth) {
      close(block.depth);
    }
    if (!block.opens_item) x_entry_depth = -1;
    const bool under = !x_open.empty();
    for (const MarkdownSegment& segment : segments_of(block)) {
      if (!segment.label && x_open.empty() && block.opens_item && block.depth == x_entry_depth)
        entry(segment.value);
      else if (!segment.label)
        value(segment.value, false);
      else
        labelled(segment, block);
      const Label* label = segment.label ? segment.label->label : nullptr;
      if (!under && block.opens_item && label != nullptr && label->kind == LabelKind::write)
        x_entry_depth = block.depth;
    }
  }

  /// "- Modify `a.py`" in a list that has "- Modify: `b.py`".
  void entry(std::string_view text) {
    const PathList list = read_paths(text, PathForm::leading);
    if (list.paths.empty() || !list.paths.front().intent) return loose_text(text);
    x_reader.add_paths(x_order, {"files", LabelKind::write, std::nullopt, true}, text, false);
  }

  void labelled(const MarkdownSegment& segment, const MarkdownBlock& block) {
    const LabelledText& written = *segment.label;
    if (written.label == nullptr) {
      if (heading_id(written.name) && written.name.find(' ') == std::string_view::npos && !x_open.empty() &&
          !written.bold && block.opens_item)
        return value({written.name.data(),
                      static_cast<std::size_t>(segment.value.data() + segment.value.size() - written.name.data())},
                     false);
      return unknown(segment, block);
    }
    const bool intent_word = written.label->kind == LabelKind::write && written.label->weak &&
                             (written.label->intent || written.label->name == "test");
    if (intent_word && !x_open.empty() && is_path_set(x_open.back().label->kind) &&
        x_open.back().label->kind != LabelKind::write)
      return value(segment.value, true);  // "- Test: p" under "Read set" is read
    if (!x_open.empty() && x_open.back().depth >= block.depth) close(block.depth);
    label_begins(written, block.depth);
    if (!segment.value.empty()) {
      value(segment.value, true);
      if (!x_open.empty()) x_open.back().had_value = true;
    }
  }

  void unknown(const MarkdownSegment& segment, const MarkdownBlock& block) {
    const LabelledText& written = *segment.label;
    const std::string_view whole(
        written.line.data(),
        static_cast<std::size_t>(segment.value.data() + segment.value.size() - written.line.data()));
    const bool path = begins_with_path(segment.value);
    if (!x_reader.say_if_confusable(written.name, segment.value) && x_scope_level != 0 && (written.bold || path)) {
      x_reader.say(Severity::error, written.name, fmt::format("unknown label \"{}\" in a scope block", written.name),
                   "known are Write set, Read set, Dependencies, Do NOT touch, Permits, Resources, Keys, Priority, "
                   "Estimate, Status");
    }
    if (!x_open.empty() && x_open.back().depth >= 0 && (written.bold || x_open.back().depth >= block.depth))
      close(std::min(block.depth, x_open.back().depth));
    x_reader.note(whole, x_order.id, "unread");
  }

  void label_begins(const LabelledText& written, int depth) {
    const Label& label = *written.label;
    if (label.single) {
      const auto [first, inserted] =
          x_singles.try_emplace(std::string(label.name), x_reader.document().locate(written.name).line);
      if (!inserted && x_scope_block < 2)  // a second block was an error already
        x_reader.say(
            Severity::error, written.name,
            fmt::format("a second \"{}\" in {}; the first is on line {}", written.name, x_order.id, first->second),
            "one order has one scope: merge them, or give the other one its own order");
    }
    x_open.push_back({&label, written.name, depth});
  }

  /// `text` stands under the innermost open label. `own`: on the label's own line.
  void value(std::string_view text, bool own) {
    text = trim(text);
    if (text.empty()) return;
    if (x_open.empty()) return loose_text(text);
    OpenLabel& open = x_open.back();
    const Label& label = *open.label;
    if (is_path_set(label.kind)) {
      const bool search = own && (!label.weak || label.intent);
      const bool bullets = !own && !label.weak;
      const std::size_t before = entries();
      if (forbids(text) && label.kind == LabelKind::do_not_touch)
        boundary(text);
      else
        x_reader.add_paths(x_order, label, text, search || bullets);
      open.got_paths = open.got_paths || entries() != before || says_none(text) || !x_order.do_not_touch.empty();
      return;
    }
    switch (label.kind) {
      case LabelKind::depends_on:
      case LabelKind::before:
        open.got_paths = true;
        x_reader.add_dependencies(x_order, text, label.kind == LabelKind::before);
        break;
      case LabelKind::boundaries:
        open.got_paths = true;
        boundary(text);
        break;
      default:
        if (own || open.depth < 0 || !open.had_value)
          read_field(x_reader, x_order, label, open.name, text);
        else
          x_reader.note(text, x_order.id, "unread");
    }
  }

  std::size_t entries() const {
    return (x_order.write ? x_order.write->size() : 0) + (x_order.read ? x_order.read->size() : 0) +
           x_order.do_not_touch.size() + x_order.permits.size();
  }

  static bool forbids(std::string_view text) {
    std::string lower = lowered(text.substr(0, 60));
    std::erase(lower, '*');
    for (const std::string_view lead :
         {"do not modify", "do not touch", "do not edit", "do not change", "don't modify", "don't touch", "don't edit",
          "do not create", "do not delete", "never modify", "never touch"})
      if (lower.starts_with(lead)) return true;
    return false;
  }

  /// "Do NOT modify `x` — that belongs to WO-2". Other sentences about boundaries are for people.
  void boundary(std::string_view text) {
    const Label forbidden{"do not touch", LabelKind::do_not_touch, std::nullopt};
    if (!forbids(text)) return x_reader.note(text, x_order.id, "unread");
    std::string_view object = text;  // "Do NOT modify" are three words, "Never touch" two
    for (int words = object[0] == 'D' && object[2] == ' ' ? 3 : 2; words > 0; --words)
      object = trim(object.substr(std::min(object.find(' '), object.size())));
    const PathList list = read_paths(object, PathForm::leading);
    if (list.paths.empty() && !list.all_the_rest) return x_reader.note(text, x_order.id, "unread");
    x_reader.add_paths(x_order, forbidden, object, false);
  }

  void loose_text(std::string_view text) {
    for (std::string_view line : lines_of(text)) {
      line = trim(line);
      const bool closed = forbids(line) && read_paths(line, PathForm::leading).all_the_rest;
      x_reader.note(line, x_order.id, closed ? "closed" : "unread");
    }
  }

  void table(const MarkdownBlock& block) {
    const Label* under = x_open.empty() ? nullptr : x_open.back().label;
    const std::vector<MarkdownSegment> rows = segments_of(block);
    if (!rows.empty()) {
      for (const MarkdownSegment& row : rows) labelled(row, block);
    } else if (read_scope_table(x_reader, x_order, block, under)) {
      if (!x_open.empty()) x_open.back().got_paths = true;
    } else {
      for (const std::string_view line : lines_of(block.text)) x_reader.note(trim(line), x_order.id, "unread");
    }
    if (!x_open.empty() && x_open.back().depth >= 0) close(x_open.back().depth);
  }

  /// Code, HTML and quotations are examples. One that holds a label is worth a line.
  void hidden(const MarkdownBlock& block) {
    for (const std::string_view line : lines_of(block.text)) {
      std::string_view inner = trim(line);
      while (!inner.empty() && (inner[0] == '>' || inner[0] == '-' || inner[0] == ' ')) inner.remove_prefix(1);
      const auto label = split_label(inner);
      if (!label || label->label == nullptr || !is_path_set(label->label->kind)) continue;
      x_reader.note(line, x_order.id, "unread", "a scope label in code, HTML or a quotation");
      return;
    }
  }

  /// Ends the labels of blocks at `depth` and deeper.
  void close(int depth) {
    while (!x_open.empty() && x_open.back().depth >= depth && (depth < 0 || x_open.back().depth >= 0)) {
      const OpenLabel done = x_open.back();
      x_open.pop_back();
      if (!done.got_paths && is_path_set(done.label->kind) && !done.label->weak &&
          done.label->kind != LabelKind::do_not_touch)
        x_reader.say(Severity::warning, done.name,
                     fmt::format("no path could be read under \"{}\" of {}", done.name, x_order.id),
                     "write paths, or none");
      if (done.got_paths && !x_open.empty()) x_open.back().got_paths = true;
    }
  }

  MarkdownReader& x_reader;
  MarkdownSection x_section;
  WorkOrder& x_order;
  std::vector<OpenLabel> x_open;
  std::map<std::string, std::uint32_t> x_singles;
  int x_entry_depth = -1;  ///< of a list whose items are "Modify: a.py" and the like
  int x_scope_block = 0;
  int x_scope_level = 0;  ///< of the scope heading we are under, 0: none
};

}  // namespace

void read_sections(MarkdownReader& reader) {
  for (const MarkdownSection& section : reader.sections) SectionReader(reader, section).read();
}

void read_sequence_sentences(MarkdownReader& reader) {
  std::size_t section = 0;
  for (std::size_t i = 0; i < reader.block_count(); ++i) {
    while (section < reader.sections.size() && reader.sections[section].last <= i) ++section;
    if (reader.block(i).kind != Kind::text || reader.consumed[i]) continue;
    const bool inside = section < reader.sections.size() && reader.sections[section].first <= i;
    const std::string here = inside ? reader.order(reader.sections[section].order).id : "";
    for (const Sequence& s : read_sequences(reader.block(i).text, reader.ids())) {
      WorkOrder* second = reader.find(s.second.empty() ? here : s.second);
      if (second == nullptr || second->id == s.first) continue;
      reader.add_dependency(*second, {Dependency::Kind::order, s.first, reader.document().locate(s.place)}, false);
      reader.note(s.place, second->id, "depends_on");
    }
  }
}

}  // namespace parsers
