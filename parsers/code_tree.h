// One parsed text: tree-sitter with a limit on its effort, and small questions to its nodes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "parsers/code_tree_sitter.h"

namespace parsers {

struct CodeTreeDeleter {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using CodeTree = std::unique_ptr<TSTree, CodeTreeDeleter>;

/// Null when the parser would need more than `effort` beyond what it needs where all is as the grammar wants it, more
/// than about 350,000 altogether, or refuses the grammar's version. A unit is about a microsecond of work, counted and
/// not timed: texts without sense end early, while a source may be as long as it likes up to some 2,000,000 operations
/// of the parser. REQUIRES: `text` is less than 4 GiB.
CodeTree parse_code(const TSLanguage*, std::string_view text, std::uint32_t effort);

/// The text a node covers. REQUIRES: `text` is what was parsed.
inline std::string_view text_of(TSNode node, std::string_view text) {
  const std::uint32_t begin = ts_node_start_byte(node);
  return text.substr(begin, ts_node_end_byte(node) - begin);
}

inline std::string_view type_of(TSNode node) { return ts_node_type(node); }
inline std::uint32_t line_of(TSNode node) { return ts_node_start_point(node).row + 1; }

/// The child in a field of that name; nullopt: none.
std::optional<TSNode> child_in(TSNode, std::string_view field);

/// The first named child of that type; nullopt: none.
std::optional<TSNode> child_of_type(TSNode, std::string_view type);

/// The child in that field; else the first of one of these types, with spaces between them; nullopt: none.
std::optional<TSNode> part_of(TSNode, std::string_view part);

/// Calls `visit(child)` for every named child.
template <class Visit>
void for_each_named_child(TSNode node, const Visit& visit) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      if (ts_node_is_named(child)) visit(child);
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
}

}  // namespace parsers
