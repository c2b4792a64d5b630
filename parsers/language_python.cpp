// Python.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

constexpr NodeRule nodes[] = {
    {.node = "function_definition", .role = definition, .kind = SymbolKind::function},
    {.node = "class_definition", .role = definition, .kind = SymbolKind::class_},
    {.node = "decorated_definition", .role = wrapper},
    {.node = "lambda", .role = scope},
    {.node = "list_comprehension", .role = scope},
    {.node = "set_comprehension", .role = scope},
    {.node = "dictionary_comprehension", .role = scope},
    {.node = "generator_expression", .role = scope},
    {.node = "import_statement", .role = import_},
    {.node = "import_from_statement", .role = import_},
    {.node = "future_import_statement", .role = import_},
};

constexpr ChildRule children[] = {
    {"call", "function", call},
    {"attribute", "attribute", member},
    {"keyword_argument", "name", ignore},
    {"assignment", "left", bind},
    {"augmented_assignment", "left", plain},
    {"type_alias_statement", "left", bind},
    {"named_expression", "name", bind},
    {"for_statement", "left", bind},
    {"for_in_clause", "left", bind},
    {"as_pattern", "alias", bind},
    {"as_pattern_target", "", inherit},
    {"except_clause", "alias", bind},
    {"pattern_list", "", inherit},
    {"tuple_pattern", "", inherit},
    {"list_pattern", "", inherit},
    {"list_splat_pattern", "", inherit},
    {"dictionary_splat_pattern", "", inherit},
    {"type", "", inherit},
    {"parameters", "", bind_local},
    {"lambda_parameters", "", bind_local},
    {"default_parameter", "name", bind_local},
    {"typed_default_parameter", "name", bind_local},
    {"typed_parameter", "", bind_local},
    {"typed_parameter", "type", plain},
    {"typed_default_parameter", "type", plain},
    {"function_definition", "return_type", plain},
    {"function_definition", "type_parameters", bind_local},
    {"class_definition", "type_parameters", bind_local},
    {"class_definition", "superclasses", base},
    {"argument_list", "", inherit},
    {"keyword_argument", "value", plain},
    {"type_parameter", "", inherit},
    {"assignment", "type", plain},
    {"type_alias_statement", "right", plain},
    {"member_type", "", plain},
};

/// `import a.b as x`, `from ..a import b as c, d`, `from a import *`.
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  const bool future = type_of(node) == "future_import_statement";
  const auto from = child_in(node, "module_name");
  const std::string module = future ? "__future__" : from ? std::string(text_of(*from, text)) : std::string();
  const bool names_only = from.has_value() || future;
  for_each_named_child(node, [&](TSNode child) {
    if (from && ts_node_start_byte(child) == ts_node_start_byte(*from)) return;
    Import import;
    import.line = line_of(child);
    std::string name;
    if (type_of(child) == "wildcard_import") {
      name = "*";
    } else if (type_of(child) == "aliased_import") {
      if (const auto it = child_in(child, "name")) name = text_of(*it, text);
      if (const auto it = child_in(child, "alias")) import.alias = text_of(*it, text);
    } else if (type_of(child) == "dotted_name") {
      name = text_of(child, text);
      if (names_only)
        import.alias = name;
      else
        import.alias = name.substr(0, name.find('.'));
    } else {
      return;
    }
    import.module = names_only ? module : name;
    if (names_only) import.name = name;
    out.push_back(std::move(import));
  });
}

constexpr std::string_view variables[] = {"expression_statement"};

}  // namespace

constinit const LanguageTable python_table = {
    .language = Language::python,
    .grammar = &tree_sitter_python,
    .nodes = nodes,
    .children = children,
    .variables = variables,
    .imports = &imports,
    .defaults_outside = true,
};

}  // namespace parsers
