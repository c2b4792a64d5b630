// PHP.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

constexpr NodeRule nodes[] = {
    {.node = "function_definition", .role = definition, .kind = SymbolKind::function},
    {.node = "method_declaration", .role = definition, .kind = SymbolKind::method},
    {.node = "class_declaration", .role = definition, .kind = SymbolKind::class_},
    {.node = "interface_declaration", .role = definition, .kind = SymbolKind::interface},
    {.node = "trait_declaration", .role = definition, .kind = SymbolKind::trait},
    {.node = "enum_declaration", .role = definition, .kind = SymbolKind::enumeration},
    {.node = "enum_case", .role = definition, .kind = SymbolKind::constant, .body = ""},
    {.node = "anonymous_function", .role = scope},
    {.node = "anonymous_function_creation_expression", .role = scope},
    {.node = "arrow_function", .role = scope},
    {.node = "anonymous_class", .role = scope},
    {.node = "namespace_use_declaration", .role = import_},
};

constexpr ChildRule children[] = {
    {"base_clause", "", base},
    {"class_interface_clause", "", base},
    {"function_call_expression", "function", call},
    {"object_creation_expression", "", call},
    {"member_call_expression", "name", call},
    {"nullsafe_member_call_expression", "name", call},
    {"scoped_call_expression", "name", call},
    {"member_access_expression", "name", member},
    {"nullsafe_member_access_expression", "name", member},
    {"class_constant_access_expression", "", qualified},
    {"qualified_name", "", qualified},
    {"relative_name", "", qualified},
    {"parenthesized_expression", "", inherit},
    {"const_element", "", bind},
    {"property_element", "name", bind},
    {"simple_parameter", "name", bind_local},
    {"variadic_parameter", "name", bind_local},
    {"property_promotion_parameter", "name", bind_local},
    {"variable_name", "", inherit},
    {"namespace_definition", "", ignore},
    {"namespace_name", "", ignore},
    {"named_type", "", plain},
    {"argument", "name", ignore},
    {"goto_statement", "", ignore},
    {"named_label_statement", "", ignore},
};

constexpr std::string_view more_names[] = {"name"};
constexpr std::string_view variables[] = {"const_declaration", "property_declaration"};

void clause(TSNode node, const std::string& prefix, std::string_view text, std::vector<Import>& out) {
  Import import;
  import.line = line_of(node);
  auto path = child_of_type(node, "qualified_name");
  if (!path) path = child_of_type(node, "name");
  if (!path) return;
  std::string whole =
      prefix.empty() ? std::string(text_of(*path, text)) : prefix + "\\" + std::string(text_of(*path, text));
  if (whole.starts_with('\\')) whole.erase(0, 1);
  const std::size_t cut = whole.rfind('\\');
  import.name = import.alias = whole.substr(cut == std::string::npos ? 0 : cut + 1);
  import.module = cut == std::string::npos ? "\\" : whole.substr(0, cut);
  if (const auto alias = child_in(node, "alias")) import.alias = text_of(*alias, text);
  out.push_back(std::move(import));
}

/// `use A\B as C;`, `use A\{B, C};`
void uses(TSNode node, std::string_view text, std::vector<Import>& out) {
  const auto prefix = child_of_type(node, "namespace_name");
  const auto group = child_in(node, "body");
  for_each_named_child(group ? *group : node, [&](TSNode child) {
    if (type_of(child) == "namespace_use_clause")
      clause(child, prefix ? std::string(text_of(*prefix, text)) : std::string(), text, out);
  });
}

/// `require_once "x.php";`
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  if (type_of(node) == "namespace_use_declaration") return uses(node, text, out);
  const auto path = ts_node_named_child_count(node) == 0 ? std::nullopt : std::optional(ts_node_named_child(node, 0));
  if (!path || (type_of(*path) != "string" && type_of(*path) != "encapsed_string")) return;
  const auto content = child_of_type(*path, "string_content");
  if (!content) return;
  Import import;
  import.line = line_of(node);
  import.module = text_of(*content, text);
  import.name = "*";
  import.quoted = true;
  out.push_back(std::move(import));
}

constexpr std::string_view also_import[] = {"require_expression", "require_once_expression", "include_expression",
                                            "include_once_expression"};

}  // namespace

constinit const LanguageTable php_table = {
    .language = Language::php,
    .grammar = &tree_sitter_php,
    .nodes = nodes,
    .children = children,
    .more_names = more_names,
    .variables = variables,
    .also_import = also_import,
    .imports = &imports,
};

}  // namespace parsers
