// Bash, and what it shares with sh.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

constexpr NodeRule nodes[] = {
    {.node = "function_definition", .role = definition, .kind = SymbolKind::function},
};

constexpr ChildRule children[] = {
    {"command_name", "", call},
    {"command", "", ignore},
    {"command", "name", plain},
    {"variable_assignment", "name", bind},
    {"variable_assignment", "value", ignore},
    {"array", "", ignore},
    {"concatenation", "", ignore},
    {"case_item", "", ignore},
    {"for_statement", "variable", plain},
    {"for_statement", "value", ignore},
    {"file_redirect", "", ignore},
    {"herestring_redirect", "", ignore},
    {"unset_command", "", plain},
    {"expansion", "", plain},
    {"simple_expansion", "", plain},
    {"subscript", "name", inherit},
    {"binary_expression", "", ignore},
    {"unary_expression", "", ignore},
    {"ternary_expression", "", ignore},
};

constexpr std::string_view more_names[] = {"word", "variable_name"};
constexpr std::string_view variables[] = {"declaration_command", "variable_assignment"};

/// `. file`, `source file`.
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  const auto name = child_in(node, "name");
  const auto argument = child_in(node, "argument");
  if (!name || !argument) return;
  const std::string_view command = text_of(*name, text);
  if (command != "." && command != "source") return;
  std::string_view path = text_of(*argument, text);
  const std::string_view type = type_of(*argument);  // a concatenation may begin with a quote and end without
  if (path.size() >= 2 && (type == "string" || type == "raw_string")) path = path.substr(1, path.size() - 2);
  Import import;
  import.line = line_of(node);
  import.module = path;
  import.name = "*";
  import.quoted = true;
  out.push_back(std::move(import));
}

constexpr std::string_view also_import[] = {"command"};

}  // namespace

constinit const LanguageTable bash_table = {
    .language = Language::bash,
    .grammar = &tree_sitter_bash,
    .nodes = nodes,
    .children = children,
    .more_names = more_names,
    .variables = variables,
    .also_import = also_import,
    .imports = &imports,
};

}  // namespace parsers
