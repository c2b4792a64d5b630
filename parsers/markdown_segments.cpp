#include "parsers/markdown_segments.h"

#include <algorithm>

#include "parsers/markdown_entries.h"
#include "parsers/markdown_table.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

std::string_view between(const char* from, const char* to) { return {from, static_cast<std::size_t>(to - from)}; }

/// Whether a line without a known label still ends the value above it: "**Fix:** ..." does, "see also: b.py" does not.
bool ends_value(const LabelledText& label) {
  const bool capital = !label.name.empty() && label.name[0] >= 'A' && label.name[0] <= 'Z';
  return label.bold || (capital && std::count(label.name.begin(), label.name.end(), ' ') < 4) ||
         (label.name[0] & 0x80) != 0;
}

bool counts(const LabelledText& written) {
  if (written.label == nullptr) return false;
  // In plain text only words that nobody uses by accident are labels of these kinds.
  const LabelKind kind = written.label->kind;
  const bool everyday =
      kind == LabelKind::keys || kind == LabelKind::root || kind == LabelKind::title || kind == LabelKind::other;
  return written.bold || !everyday;
}

/// Position of the next known label in bold within `line`, npos when there is none.
std::size_t next_bold_label(std::string_view line) {
  int tries = 0;
  for (std::size_t i = line.find("**", 1); i != std::string_view::npos && tries < 32;
       i = line.find("**", i + 2), ++tries) {
    if (line[i - 1] != ' ' && line[i - 1] != '|') continue;
    const auto label = split_label(line.substr(i));
    if (label && label->bold && label->label != nullptr) return i;
  }
  return std::string_view::npos;
}

/// "| **Write set** | a.py |" below each other.
std::vector<MarkdownSegment> label_rows(const MarkdownBlock& block) {
  const MarkdownTable table = read_table(block);
  if (table.header.size() != 2 || find_label(table.header[1]) != nullptr) return {};
  std::vector<MarkdownSegment> out;
  bool any = false;
  const auto add = [&](const std::vector<std::string_view>& row, bool header) {
    if (row.size() < 2 || row[0].empty()) return;
    std::string_view name = row[0];
    while (name.size() > 1 && (name.front() == '*' || name.front() == '_')) name.remove_prefix(1);
    while (name.size() > 1 && std::string_view("*_: ").find(name.back()) != std::string_view::npos)
      name.remove_suffix(1);
    const Label* label = find_label(name);
    if (header && label == nullptr) return;
    any = any || (label != nullptr && introduces(*label, row[1]));
    out.push_back({LabelledText{label, name, row[1], row[0], true}, row[1]});
  };
  add(table.header, true);
  for (const auto& row : table.rows) add(row, false);
  if (!any) out.clear();
  return out;
}

/// "1. Write set" above a nested list.
const Label* lone_label(const MarkdownBlock& block) {
  if (block.kind != MarkdownBlock::Kind::text || !block.opens_item) return nullptr;
  if (block.text.find_first_of("\n(*_`.") != std::string_view::npos) return nullptr;
  const Label* label = find_label(block.text);
  return label != nullptr && !label->weak && is_path_set(label->kind) ? label : nullptr;
}

/// A table whose header names a scope: "| Write set | Read set |", "| File | Action |".
ScopeMark table_mark(const MarkdownBlock& block) {
  const MarkdownTable table = read_table(block);
  if (std::any_of(table.header.begin(), table.header.end(), is_order_column)) return ScopeMark::none;
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    const Label* label = find_label(table.header[c]);
    if (label == nullptr || label->weak || !is_path_set(label->kind)) continue;
    for (const auto& row : table.rows)
      if (c < row.size() && introduces(*label, row[c])) return ScopeMark::strong;
  }
  return lists_changes(table) ? ScopeMark::weak : ScopeMark::none;
}

}  // namespace

std::vector<MarkdownSegment> segments_of(const MarkdownBlock& block) {
  if (block.kind == MarkdownBlock::Kind::table) return label_rows(block);
  std::vector<MarkdownSegment> out;
  if (const Label* label = lone_label(block)) {
    out.push_back({LabelledText{label, block.text, {}, block.text, false}, {}});
    return out;
  }
  const auto extend = [&](std::string_view line) {
    if (out.empty()) out.push_back({std::nullopt, line});
    MarkdownSegment& last = out.back();
    const char* from = trim(last.value).empty() ? line.data() : last.value.data();
    last.value = between(from, line.data() + line.size());
  };
  for (std::string_view line : lines_of(block.text)) {
    line = trim(line);
    while (!line.empty()) {
      const auto label = split_label(line);
      if (!label || !(counts(*label) || ends_value(*label))) {
        extend(line);
        break;
      }
      const std::size_t next = label->bold ? next_bold_label(label->rest) : std::string_view::npos;
      out.push_back({label, trim(label->rest.substr(0, next))});
      while (!out.back().value.empty() &&
             std::string_view("|,; ").find(out.back().value.back()) != std::string_view::npos)
        out.back().value.remove_suffix(1);
      if (next == std::string_view::npos) break;
      line = label->rest.substr(next);
    }
  }
  for (MarkdownSegment& segment : out) segment.value = trim(segment.value);
  return out;
}

bool is_scope_heading(const MarkdownBlock& block) {
  const std::string name = normal_label(block.text);
  return block.kind == MarkdownBlock::Kind::heading &&
         (name == "session scope" || name == "scope" || name == "scope block" || name == "scope declaration" ||
          name == "file scope" || name == "session scope declaration");
}

bool begins_like_entry(const MarkdownBlock& block) {
  if (block.kind != MarkdownBlock::Kind::text) return false;
  const auto label = split_label(block.text.substr(0, block.text.find('\n')));
  if (label && label->label != nullptr && label->label->kind == LabelKind::write)
    return begins_with_path(label->rest) || says_none(label->rest);
  return begins_with_path(block.text) || says_none(block.text);
}

ScopeMark scope_mark(const std::vector<MarkdownBlock>& blocks, std::size_t i) {
  const MarkdownBlock& block = blocks[i];
  const auto mark = [&](const Label& label, std::string_view value) {
    if (label.kind == LabelKind::depends_on || label.kind == LabelKind::before) return ScopeMark::dependency;
    if (!is_path_set(label.kind)) return ScopeMark::none;
    if (!label.weak && lone_label(block) == nullptr) return ScopeMark::strong;
    if (!value.empty()) return begins_with_path(value) ? ScopeMark::weak : ScopeMark::none;
    for (std::size_t next = i + 1; next < blocks.size() && next < i + 4; ++next) {
      if (blocks[next].kind == MarkdownBlock::Kind::heading) break;
      if (begins_like_entry(blocks[next])) return label.weak ? ScopeMark::weak : ScopeMark::strong;
    }
    return ScopeMark::none;
  };
  if (block.kind == MarkdownBlock::Kind::heading) {
    if (const Label* label = find_label(block.text)) return mark(*label, {});
    const auto written = split_label(block.text);
    return written && written->label != nullptr ? mark(*written->label, written->rest) : ScopeMark::none;
  }
  const bool table = block.kind == MarkdownBlock::Kind::table;
  if (block.kind != MarkdownBlock::Kind::text && !table) return ScopeMark::none;
  ScopeMark most = table ? table_mark(block) : ScopeMark::none;
  for (const MarkdownSegment& segment : segments_of(block))
    if (segment.label && segment.label->label != nullptr)
      most = std::max(most, mark(*segment.label->label, segment.value));
  return most;
}

}  // namespace parsers
