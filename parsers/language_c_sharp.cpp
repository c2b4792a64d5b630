// C#.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

std::optional<DefinitionName> operator_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto symbol = child_in(node, "operator");
  if (!symbol) return std::nullopt;
  return DefinitionName{"operator" + std::string(text_of(*symbol, text)), *symbol, kind};
}

std::optional<DefinitionName> indexer_name(TSNode node, SymbolKind kind, std::string_view) {
  return DefinitionName{"this[]", node, kind};
}

std::optional<DefinitionName> destructor_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name) return std::nullopt;
  return DefinitionName{"~" + std::string(text_of(*name, text)), *name, kind};
}

constexpr NodeRule nodes[] = {
    {.node = "class_declaration", .role = definition, .kind = SymbolKind::class_},
    {.node = "record_declaration", .role = definition, .kind = SymbolKind::class_, .always_block = true},
    {.node = "struct_declaration", .role = definition, .kind = SymbolKind::structure},
    {.node = "interface_declaration", .role = definition, .kind = SymbolKind::interface},
    {.node = "enum_declaration", .role = definition, .kind = SymbolKind::enumeration},
    {.node = "delegate_declaration",
     .role = definition,
     .kind = SymbolKind::type,
     .body = "",
     .parameters = "parameters"},
    {.node = "method_declaration", .role = definition, .kind = SymbolKind::method, .parameters = "parameters"},
    {.node = "constructor_declaration",
     .role = definition,
     .kind = SymbolKind::constructor,
     .parameters = "parameters"},
    {.node = "destructor_declaration", .role = definition, .kind = SymbolKind::method, .find_name = &destructor_name},
    {.node = "operator_declaration",
     .role = definition,
     .kind = SymbolKind::method,
     .parameters = "parameters",
     .find_name = &operator_name},
    {.node = "indexer_declaration",
     .role = definition,
     .kind = SymbolKind::method,
     .body = "accessors",
     .find_name = &indexer_name},
    {.node = "property_declaration", .role = definition, .kind = SymbolKind::field, .body = "accessors"},
    {.node = "event_declaration", .role = definition, .kind = SymbolKind::field, .body = "accessors"},
    {.node = "namespace_declaration", .role = prefix},
    {.node = "block", .role = scope},
    {.node = "accessor_list", .role = scope},
    {.node = "lambda_expression", .role = scope},
    {.node = "anonymous_method_expression", .role = scope},
    {.node = "for_statement", .role = scope},
    {.node = "foreach_statement", .role = scope},
    {.node = "using_statement", .role = scope},
    {.node = "catch_clause", .role = scope},
    {.node = "switch_section", .role = scope},
    {.node = "global_statement", .role = scope},
    {.node = "using_directive", .role = import_},
};

constexpr ChildRule children[] = {
    {"base_list", "", base},
    {"invocation_expression", "function", call},
    {"object_creation_expression", "type", call},
    {"generic_name", "", inherit},
    {"type_argument_list", "", plain},
    {"parenthesized_expression", "", inherit},
    {"member_access_expression", "name", member},
    {"member_binding_expression", "name", member},
    {"conditional_access_expression", "", inherit},
    {"conditional_access_expression", "condition", plain},
    {"qualified_name", "name", qualified},
    {"variable_declarator", "name", bind},
    {"parameter", "name", bind_local},
    {"parameter_list", "name", bind_local},
    {"implicit_parameter", "", bind_local},
    {"lambda_expression", "parameters", bind_local},
    {"foreach_statement", "left", bind_local},
    {"catch_declaration", "name", bind_local},
    {"declaration_expression", "name", bind_local},
    {"declaration_pattern", "name", bind_local},
    {"var_pattern", "name", bind_local},
    {"type_parameter", "name", bind_local},
    {"local_function_statement", "name", bind_local},
    {"enum_member_declaration", "name", bind},
    {"argument", "name", ignore},
    {"attribute_argument", "name", ignore},
    {"namespace_declaration", "name", ignore},
    {"file_scoped_namespace_declaration", "name", ignore},
    {"labeled_statement", "", ignore},
    {"goto_statement", "", ignore},
};

constexpr std::string_view variables[] = {"field_declaration", "event_field_declaration", "enum_member_declaration"};

/// `using A.B;` is all of a namespace, `using X = A.B;` one name, `using static A.B;` all of a class.
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  Import import;
  import.line = line_of(node);
  const auto alias = child_in(node, "name");
  for_each_named_child(node, [&](TSNode child) {
    if (!alias || ts_node_start_byte(child) != ts_node_start_byte(*alias)) import.module = text_of(child, text);
  });
  if (alias)
    import.alias = text_of(*alias, text);
  else
    import.name = "*";
  if (!import.module.empty()) out.push_back(std::move(import));
}

}  // namespace

constinit const LanguageTable c_sharp_table = {
    .language = Language::c_sharp,
    .grammar = &tree_sitter_c_sharp,
    .nodes = nodes,
    .children = children,
    .variables = variables,
    .imports = &imports,
};

}  // namespace parsers
