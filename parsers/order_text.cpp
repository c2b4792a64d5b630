#include "parsers/order_text.h"

#include <algorithm>

#include "parsers/document_kind.h"
#include "parsers/format_reader.h"
#include "parsers/markdown_document.h"

namespace parsers {
namespace {

constexpr int deepest = 3;  // of a task's own lists: steps, criteria

/// `<!-- ... -->` of templates is nobody's sentence; line ends stay.
std::string without_comments(std::string_view text) {
  std::string out(text);
  for (std::size_t from = out.find("<!--"); from != std::string::npos; from = out.find("<!--", from)) {
    const std::size_t end = out.find("-->", from);
    const std::size_t to = end == std::string::npos ? out.size() : end + 3;
    for (; from < to; ++from)
      if (out[from] != '\n') out[from] = ' ';
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const std::string_view line : lines_of(trim(text))) {
    if (!out.empty()) out += ' ';
    out += trim(line);
  }
  return out;
}

void strings(const Node& node, int depth, std::vector<Passage>& out) {
  if (node.kind == Node::Kind::scalar) {
    // One word is a status, a label or a number.
    if (node.text.find(' ') != std::string::npos || node.text.find('/') != std::string::npos)
      out.push_back({without_comments(node.text), node.where.line, false});
    return;
  }
  if (depth == deepest) return;
  for (const Node& item : node.items)
    if (item.kind != Node::Kind::mapping || depth + 1 < deepest) strings(item, depth + 1, out);
  for (const Node::Member& member : node.members) strings(member.value, depth + 1, out);
}

std::size_t heading_level(std::string_view line) {
  const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
  return level <= 6 && level < line.size() && line[level] == ' ' ? level : 0;
}

}  // namespace

std::uint32_t Passage::line_of(std::size_t offset) const {
  if (!flows) return line;
  return line +
         static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

OrderTexts::OrderTexts(const Source& source) : source_(source), lines_(lines_of(source.text)) {
  is_tree_ = kind_of(source) != DocumentKind::markdown;
  if (!is_tree_) return;
  if (source.name.ends_with(".jsonl") || kind_of(source) == DocumentKind::json) {
    tree_ = read_json_kindly(source, FileId{0}).value;
    if (tree_.kind == Node::Kind::null)
      for (std::size_t i = 0; i < lines_.size(); ++i) {
        Node root = read_json({source.name, std::string(lines_[i])}, FileId{0}).value;
        if (root.kind == Node::Kind::mapping) roots_.push_back(std::move(root));
      }
  } else {
    tree_ = read_yaml(source, FileId{0}).value;
    is_tree_ = tree_.kind != Node::Kind::null && tree_.kind != Node::Kind::scalar;  // else it is plain text
  }
  collect(tree_);
  for (const Node& root : roots_) collect(root);
}

void OrderTexts::collect(const Node& node) {
  if (node.kind == Node::Kind::mapping) mappings_.push_back(&node);
  for (const Node& item : node.items) collect(item);
  for (const Node::Member& member : node.members) collect(member.value);
}

std::vector<Passage> OrderTexts::of(std::string_view id, std::string_view title, std::uint32_t line,
                                    std::uint32_t next_line) const {
  std::vector<Passage> out;
  if (is_tree_) {
    const Node* best = nullptr;
    bool best_has_id = false;
    for (const Node* mapping : mappings_) {
      bool titled = false, named = false;
      for (const Node::Member& member : mapping->members) {
        const Node& value = member.value;
        if (value.kind != Node::Kind::scalar || value.text.empty()) continue;
        titled = titled || one_line(value.text) == title;
        named = named || id.ends_with(value.text);
      }
      if (!titled || (best != nullptr && (best_has_id || !named))) continue;
      best = mapping;
      best_has_id = named;
    }
    if (best != nullptr) strings(*best, 0, out);
  } else {
    const std::size_t from = line == 0 ? 0 : line - 1;
    std::size_t to = next_line == 0 ? lines_.size() : std::min<std::size_t>(next_line - 1, lines_.size());
    const std::size_t level = from < lines_.size() ? heading_level(lines_[from]) : 0;
    FenceState fence;
    for (std::size_t i = from + 1; level > 0 && i < to; ++i) {
      if (fence.hides(lines_[i])) continue;
      const std::size_t other = heading_level(lines_[i]);
      if (other > 0 && other <= level) to = i;
    }
    if (from < to) {
      const char* begin = lines_[from].data();
      const char* end = lines_[to - 1].data() + lines_[to - 1].size();
      out.push_back({without_comments({begin, static_cast<std::size_t>(end - begin)}),
                     static_cast<std::uint32_t>(from + 1), true});
    }
  }
  const auto holds_title = [&](const Passage& p) { return p.text.find(title) != std::string::npos; };
  if (!title.empty() && std::none_of(out.begin(), out.end(), holds_title))
    out.insert(out.begin(), Passage{std::string(title), line, false});
  return out;
}

}  // namespace parsers
