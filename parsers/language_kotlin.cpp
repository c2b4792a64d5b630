// Kotlin. Its grammar has hardly any fields: parts go by the types of their nodes, and by what stands beside them.
#include <array>

#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

bool has_token(TSNode node, std::string_view token) {
  for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i)
    if (type_of(ts_node_child(node, i)) == token) return true;
  return false;
}

/// What a name before the last dot of a receiver stands for does not matter: `fun a.B<C>?.f()` is B.f.
std::string receiver_type(TSNode type, std::string_view text) {
  std::optional<TSNode> inner = type;
  while (inner && type_of(*inner) != "user_type") {
    std::optional<TSNode> next;
    for (const std::string_view around : {"user_type", "nullable_type", "parenthesized_type", "non_nullable_type"})
      if (!next) next = child_of_type(*inner, around);
    inner = next;
  }
  std::string out;
  if (inner)
    for_each_named_child(*inner, [&](TSNode child) {
      if (type_of(child) == "identifier") out = text_of(child, text);
    });
  return out;
}

/// "T." of `fun T.f()` and `val T.f`: a type that stands before the name.
std::string receiver_before(TSNode node, std::uint32_t name, std::string_view text) {
  std::string out;
  for_each_named_child(node, [&](TSNode child) {
    if (ts_node_start_byte(child) < name && type_of(child).ends_with("_type")) out = receiver_type(child, text);
  });
  return out.empty() ? out : out + '.';
}

std::optional<DefinitionName> function_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name) return std::nullopt;
  return DefinitionName{receiver_before(node, ts_node_start_byte(*name), text) + std::string(text_of(*name, text)),
                        *name, kind};
}

std::optional<DefinitionName> class_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name) return std::nullopt;
  if (has_token(node, "interface")) kind = SymbolKind::interface;
  if (child_of_type(node, "enum_class_body")) kind = SymbolKind::enumeration;
  return DefinitionName{std::string(text_of(*name, text)), *name, kind};
}

/// Without a name it is called Companion.
std::optional<DefinitionName> companion_name(TSNode node, SymbolKind kind, std::string_view text) {
  if (const auto name = child_in(node, "name")) return DefinitionName{std::string(text_of(*name, text)), *name, kind};
  for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i)
    if (const TSNode child = ts_node_child(node, i); type_of(child) == "companion")
      return DefinitionName{"Companion", child, kind};
  return std::nullopt;
}

std::optional<DefinitionName> constructor_name(TSNode node, SymbolKind kind, std::string_view) {
  for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i)
    if (const TSNode child = ts_node_child(node, i); type_of(child) == "constructor")
      return DefinitionName{"constructor", child, kind};
  return std::nullopt;
}

std::optional<DefinitionName> entry_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_of_type(node, "identifier");
  if (!name) return std::nullopt;
  return DefinitionName{std::string(text_of(*name, text)), *name, kind};
}

/// A property that computes its value is a place of its own, and one of another type has that type's name; what else
/// stands in a property is a name that is bound.
std::optional<DefinitionName> property_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto declared = child_of_type(node, "variable_declaration");
  const auto name = declared ? child_of_type(*declared, "identifier") : std::nullopt;
  if (!name) return std::nullopt;
  const std::string receiver = receiver_before(node, ts_node_start_byte(*declared), text);
  if (receiver.empty() && !child_of_type(node, "getter") && !child_of_type(node, "setter")) return std::nullopt;
  return DefinitionName{receiver + std::string(text_of(*name, text)), *name, kind};
}

constexpr NodeRule nodes[] = {
    {.node = "class_declaration",
     .role = definition,
     .kind = SymbolKind::class_,
     .body = "class_body enum_class_body",
     .always_block = true,
     .find_name = &class_name,
     .own_scope = true},
    {.node = "object_declaration",
     .role = definition,
     .kind = SymbolKind::class_,
     .body = "class_body",
     .always_block = true},
    {.node = "companion_object",
     .role = definition,
     .kind = SymbolKind::class_,
     .body = "class_body",
     .always_block = true,
     .find_name = &companion_name},
    {.node = "function_declaration",
     .role = definition,
     .kind = SymbolKind::function,
     .body = "function_body",
     .parameters = "function_value_parameters",
     .find_name = &function_name,
     .own_scope = true},
    {.node = "secondary_constructor",
     .role = definition,
     .kind = SymbolKind::constructor,
     .body = "block",
     .parameters = "function_value_parameters",
     .find_name = &constructor_name},
    {.node = "property_declaration",
     .role = definition,
     .kind = SymbolKind::field,
     .body = "getter setter",
     .find_name = &property_name},
    {.node = "enum_entry",
     .role = definition,
     .kind = SymbolKind::constant,
     .body = "class_body",
     .find_name = &entry_name},
    {.node = "type_alias", .role = definition, .kind = SymbolKind::type, .name = "type", .body = ""},
    {.node = "block", .role = scope},
    {.node = "getter", .role = scope},
    {.node = "setter", .role = scope},
    {.node = "lambda_literal", .role = scope},
    {.node = "anonymous_function", .role = scope},
    {.node = "object_literal", .role = scope},
    {.node = "function_type", .role = scope},
    {.node = "for_statement", .role = scope},
    {.node = "catch_block", .role = scope},
    {.node = "when_expression", .role = scope},
    {.node = "import", .role = import_},
};

constexpr ChildRule children[] = {
    {"call_expression", "", call},
    {"navigation_expression", "", plain},
    {"navigation_expression", "", member, ".", ""},
    {"navigation_expression", "", member, "::", ""},
    {"callable_reference", "", plain},
    {"user_type", "", member, ".", ""},
    {"delegation_specifiers", "", base},
    {"delegation_specifier", "", inherit},
    {"constructor_invocation", "", inherit},
    {"explicit_delegation", "", inherit},
    {"explicit_delegation", "", plain, "by", ""},
    {"type_arguments", "", plain},
    {"variable_declaration", "", bind},
    {"parameter", "", bind_local},
    {"class_parameter", "", bind_local},
    {"class_parameter", "", bind, "val", ""},
    {"class_parameter", "", bind, "var", ""},
    {"class_parameter", "", plain, "=", ""},
    {"setter", "", bind_local},
    {"setter", "", plain, "=", ""},
    {"catch_block", "", bind_local},
    {"type_parameter", "", bind_local},
    {"value_argument", "", ignore, "", "="},
    {"this_expression", "", ignore},
    {"super_expression", "", ignore},
    {"return_expression", "label", ignore},
    {"break_expression", "label", ignore},
    {"continue_expression", "label", ignore},
    {"qualified_identifier", "", inherit},
    {"package_header", "", ignore},
};

constexpr std::string_view no_meaning[] = {"null", "true", "false", "_"};
constexpr std::string_view variables[] = {"property_declaration"};
constexpr std::string_view typed[] = {"variable_declaration", "class_parameter", "parameter"};

/// `import a.b.C`, `import a.b.C as D`, `import a.b.*`
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  const auto path = child_of_type(node, "qualified_identifier");
  if (!path) return;
  Import import;
  import.line = line_of(node);
  import.module = text_of(*path, text);
  if (has_token(node, "*")) {
    import.name = "*";
  } else if (const std::size_t dot = import.module.rfind('.'); dot != std::string::npos) {
    import.name = import.alias = import.module.substr(dot + 1);
    import.module.resize(dot);
  }
  if (const auto alias = child_of_type(node, "identifier")) import.alias = text_of(*alias, text);
  out.push_back(std::move(import));
}

}  // namespace

constinit const LanguageTable kotlin_table = {
    .language = Language::kotlin,
    .grammar = &tree_sitter_kotlin,
    .nodes = nodes,
    .children = children,
    .no_meaning = no_meaning,
    .variables = variables,
    .typed = typed,
    .imports = &imports,
};

}  // namespace parsers
