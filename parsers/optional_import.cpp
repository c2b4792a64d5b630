#include "parsers/optional_import.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "parsers/code_tables.h"
#include "parsers/code_tree.h"

namespace parsers {
namespace {

constexpr std::uint32_t most_effort = 90'000;

bool names_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool holds(TSNode node, std::uint32_t line) { return line_of(node) <= line && line <= ts_node_end_point(node).row + 1; }

/// `node` is the part of `parent` whose failure a handler of `parent` catches.
bool is_guarded(TSNode parent, TSNode node, std::string_view text) {
  bool caught = false;
  const std::string_view kind = type_of(parent), part = type_of(node);
  if (kind == "try_statement" && (part == "block" || part == "statement_block")) {
    for_each_named_child(parent, [&](TSNode child) {
      const std::string_view handler = text_of(child, text);
      const std::string_view head = handler.substr(0, handler.find(':'));
      if (type_of(child) == "catch_clause") caught = true;
      if (type_of(child) == "except_clause")
        caught = caught || head == "except" || names_one_of(head, {"ImportError", "ModuleNotFoundError", "Exception"});
    });
    // The body comes first; what follows is `catch` or `finally`.
    return caught && ts_node_start_byte(ts_node_named_child(parent, 0)) == ts_node_start_byte(node);
  }
  if ((kind == "begin" || kind == "body_statement") && part != "rescue" && part != "ensure" && part != "else")
    for_each_named_child(parent, [&](TSNode child) {
      const std::string_view handler = text_of(child, text);
      if (type_of(child) == "rescue")
        caught =
            caught || names_one_of(handler.substr(0, handler.find('\n')), {"LoadError", "ScriptError", "Exception"});
    });
  return caught;
}

}  // namespace

bool is_optional_import(Language language, std::string_view text, std::uint32_t line) {
  constexpr std::array able{Language::python, Language::javascript, Language::typescript, Language::tsx,
                            Language::ruby};
  if (std::find(able.begin(), able.end(), language) == able.end()) return false;
  const CodeTree tree = parse_code(code_tables(language).grammar(), text, most_effort);
  if (!tree) return false;
  TSNode node = ts_tree_root_node(tree.get());
  for (;;) {
    TSNode next{};
    bool found = false;
    for_each_named_child(node, [&](TSNode child) {
      if (found || !holds(child, line)) return;
      next = child;
      found = true;
    });
    if (!found) return false;
    if (is_guarded(node, next, text)) return true;
    node = next;
  }
}

}  // namespace parsers
