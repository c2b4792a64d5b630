// Java.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

constexpr NodeRule nodes[] = {
    {.node = "class_declaration", .role = definition, .kind = SymbolKind::class_},
    {.node = "record_declaration", .role = definition, .kind = SymbolKind::class_},
    {.node = "interface_declaration", .role = definition, .kind = SymbolKind::interface},
    {.node = "annotation_type_declaration", .role = definition, .kind = SymbolKind::interface},
    {.node = "enum_declaration", .role = definition, .kind = SymbolKind::enumeration},
    {.node = "method_declaration", .role = definition, .kind = SymbolKind::method, .parameters = "parameters"},
    {.node = "annotation_type_element_declaration", .role = definition, .kind = SymbolKind::method},
    {.node = "constructor_declaration",
     .role = definition,
     .kind = SymbolKind::constructor,
     .parameters = "parameters"},
    {.node = "compact_constructor_declaration", .role = definition, .kind = SymbolKind::constructor},
    {.node = "enum_constant", .role = definition, .kind = SymbolKind::constant, .body = ""},
    {.node = "static_initializer", .role = scope},
    {.node = "block", .role = scope},
    {.node = "lambda_expression", .role = scope},
    {.node = "for_statement", .role = scope},
    {.node = "enhanced_for_statement", .role = scope},
    {.node = "try_with_resources_statement", .role = scope},
    {.node = "catch_clause", .role = scope},
    {.node = "switch_block_statement_group", .role = scope},
    {.node = "object_creation_expression", .role = scope},
    {.node = "import_declaration", .role = import_},
};

constexpr ChildRule children[] = {
    {"method_invocation", "name", call},
    {"superclass", "", base},
    {"super_interfaces", "", base},
    {"extends_interfaces", "", base},
    {"type_list", "", inherit},
    {"object_creation_expression", "type", call},
    {"generic_type", "", inherit},
    {"type_arguments", "", plain},
    {"scoped_type_identifier", "", qualified},
    {"field_access", "field", member},
    {"scoped_identifier", "name", qualified},
    {"scoped_identifier", "scope", plain},
    {"variable_declarator", "name", bind},
    {"formal_parameter", "name", bind_local},
    {"catch_formal_parameter", "name", bind_local},
    {"enhanced_for_statement", "name", bind_local},
    {"resource", "name", bind_local},
    {"inferred_parameters", "", bind_local},
    {"lambda_expression", "parameters", bind_local},
    {"instanceof_expression", "name", bind},
    {"type_pattern", "", bind},
    {"type_parameter", "", bind_local},
    {"type_bound", "", plain},
    {"element_value_pair", "key", ignore},
    {"labeled_statement", "", ignore},
    {"break_statement", "", ignore},
    {"continue_statement", "", ignore},
    {"package_declaration", "", ignore},
};

/// `import a.b.C;`, `import static a.b.C.d;`, `import a.b.*;`
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  auto path = child_of_type(node, "scoped_identifier");
  if (!path) path = child_of_type(node, "identifier");
  if (!path) return;
  Import import;
  import.line = line_of(node);
  import.module = text_of(*path, text);
  if (child_of_type(node, "asterisk")) {
    import.name = "*";
  } else if (const std::size_t dot = import.module.rfind('.'); dot != std::string::npos) {
    import.name = import.alias = import.module.substr(dot + 1);
    import.module.resize(dot);
  }
  out.push_back(std::move(import));
}

constexpr std::string_view variables[] = {"field_declaration", "constant_declaration"};

}  // namespace

constinit const LanguageTable java_table = {
    .language = Language::java,
    .grammar = &tree_sitter_java,
    .nodes = nodes,
    .children = children,
    .variables = variables,
    .imports = &imports,
};

}  // namespace parsers
