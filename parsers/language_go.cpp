// Go.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

/// `func (r *Tree[K]) Insert(...)` is Tree.Insert.
std::optional<DefinitionName> method_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  const auto receiver = child_in(node, "receiver");
  if (!name || !receiver) return std::nullopt;
  const std::string own(text_of(*name, text));
  const auto parameter = child_of_type(*receiver, "parameter_declaration");
  auto type = parameter ? child_in(*parameter, "type") : std::nullopt;
  while (type && (type_of(*type) == "pointer_type" || type_of(*type) == "parenthesized_type"))
    type = ts_node_named_child_count(*type) == 0 ? std::nullopt : std::optional(ts_node_named_child(*type, 0));
  if (type && type_of(*type) == "generic_type") type = child_in(*type, "type");
  const std::string outer = type ? std::string(text_of(*type, text)) + "." : std::string();
  return DefinitionName{outer + own, *name, kind};
}

/// A named type is what its right side says.
std::optional<DefinitionName> type_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name) return std::nullopt;
  if (const auto type = child_in(node, "type")) {
    if (type_of(*type) == "struct_type") kind = SymbolKind::structure;
    if (type_of(*type) == "interface_type") kind = SymbolKind::interface;
  }
  return DefinitionName{std::string(text_of(*name, text)), *name, kind};
}

constexpr NodeRule nodes[] = {
    {.node = "function_declaration", .role = definition, .kind = SymbolKind::function},
    {.node = "method_declaration", .role = definition, .kind = SymbolKind::method, .find_name = &method_name},
    {.node = "type_declaration", .role = wrapper},
    {.node = "type_spec", .role = definition, .kind = SymbolKind::type, .body = "type", .find_name = &type_name},
    {.node = "type_alias", .role = definition, .kind = SymbolKind::type, .body = "type"},
    {.node = "func_literal", .role = scope},
    {.node = "block", .role = scope},
    {.node = "if_statement", .role = scope},
    {.node = "for_statement", .role = scope},
    {.node = "expression_switch_statement", .role = scope},
    {.node = "type_switch_statement", .role = scope},
    {.node = "expression_case", .role = scope},
    {.node = "type_case", .role = scope},
    {.node = "communication_case", .role = scope},
    {.node = "function_type", .role = scope},
    {.node = "method_elem", .role = scope},
    {.node = "import_declaration", .role = import_},
};

constexpr ChildRule children[] = {
    {"call_expression", "function", call},
    {"parenthesized_expression", "", inherit},
    {"type_instantiation_expression", "type", inherit},
    {"selector_expression", "field", member},
    {"qualified_type", "name", member},
    {"const_spec", "name", bind},
    {"var_spec", "name", bind},
    {"short_var_declaration", "left", bind},
    {"range_clause", "left", bind},
    {"type_switch_statement", "alias", bind},
    {"receive_statement", "left", bind},
    {"expression_list", "", inherit},
    {"parameter_declaration", "name", bind_local},
    {"variadic_parameter_declaration", "name", bind_local},
    {"type_parameter_declaration", "name", bind_local},
    {"field_declaration", "name", field},
    {"method_elem", "name", ignore},
    {"keyed_element", "key", ignore},
    {"package_clause", "", ignore},
    {"method_declaration", "name", ignore},
};

/// `import x "path"`; without a name, the last element of the path is the usual one.
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  const auto add = [&](TSNode spec) {
    const auto path = child_in(spec, "path");
    if (!path) return;
    Import import;
    import.line = line_of(spec);
    import.module = text_of(*path, text);
    if (import.module.size() >= 2) import.module = import.module.substr(1, import.module.size() - 2);
    import.alias = import.module.substr(import.module.rfind('/') + 1);
    if (const auto name = child_in(spec, "name")) {
      import.alias = text_of(*name, text);
      if (import.alias == ".") import.name = "*";
      if (import.alias == "." || import.alias == "_") import.alias.clear();
    }
    out.push_back(std::move(import));
  };
  for_each_named_child(node, [&](TSNode child) {
    if (type_of(child) == "import_spec") add(child);
    if (type_of(child) == "import_spec_list")
      for_each_named_child(child, [&](TSNode spec) {
        if (type_of(spec) == "import_spec") add(spec);
      });
  });
}

constexpr std::string_view no_names[] = {"blank_identifier"};

}  // namespace

constinit const LanguageTable go_table = {
    .language = Language::go,
    .grammar = &tree_sitter_go,
    .nodes = nodes,
    .children = children,
    .no_names = no_names,
    .imports = &imports,
};

}  // namespace parsers
