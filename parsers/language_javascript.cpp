// JavaScript, TypeScript and TSX: one set of rules, whose rows for types mean nothing in JavaScript.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

bool is_function_literal(std::string_view type) {
  return type == "arrow_function" || type == "function_expression" || type == "generator_function";
}

/// `const f = () => {}` is a function, `const C = class {}` a class and `const o = {...}` holds its functions.
std::optional<DefinitionName> bound_name(TSNode node, SymbolKind, std::string_view text) {
  const auto name = child_in(node, "name");
  const auto value = child_in(node, "value");
  if (!name || !value || type_of(*name).ends_with("_pattern")) return std::nullopt;
  const std::string_view type = type_of(*value);
  const std::string own(text_of(*name, text));
  if (is_function_literal(type)) return DefinitionName{own, *name, SymbolKind::function};
  if (type == "class") return DefinitionName{own, *name, SymbolKind::class_};
  if (type == "object") return DefinitionName{own, *name, SymbolKind::variable};
  return std::nullopt;
}

std::optional<DefinitionName> field_function(TSNode node, SymbolKind kind, std::string_view text) {
  auto name = child_in(node, "name");
  if (!name) name = child_in(node, "property");
  const auto value = child_in(node, "value");
  if (!name || !value || !is_function_literal(type_of(*value))) return std::nullopt;
  return DefinitionName{std::string(text_of(*name, text)), *name, kind};
}

std::optional<DefinitionName> pair_function(TSNode node, SymbolKind kind, std::string_view text) {
  const auto key = child_in(node, "key");
  const auto value = child_in(node, "value");
  if (!key || !value || type_of(*key) == "computed_property_name" || !is_function_literal(type_of(*value)))
    return std::nullopt;
  return DefinitionName{std::string(text_of(*key, text)), *key, kind};
}

/// `exports.f = function () {}`, `C.prototype.m = () => {}`, `module.exports = {...}`.
std::optional<DefinitionName> assigned_name(TSNode node, SymbolKind, std::string_view text) {
  const auto left = child_in(node, "left");
  const auto right = child_in(node, "right");
  if (!left || !right) return std::nullopt;
  const std::string_view type = type_of(*right);
  const bool function = is_function_literal(type), object = type == "object";
  if (!function && !object && type != "class") return std::nullopt;
  std::string name(text_of(*left, text));
  if (name.find_first_of(" \n([\"'`") != std::string::npos) return std::nullopt;
  for (const std::string_view exports : {"module.exports.", "exports."})
    if (name.starts_with(exports)) name.erase(0, exports.size());
  if (name == "module.exports") name = "default";
  if (const std::size_t at = name.find(".prototype."); at != std::string::npos) name.erase(at, 10);
  if (name.ends_with(".prototype")) return std::nullopt;
  return DefinitionName{name, *left,
                        function ? SymbolKind::function
                        : object ? SymbolKind::variable
                                 : SymbolKind::class_};
}

/// `namespace A.B {}`; `declare module "x" {}` goes by its name without quotes.
std::optional<DefinitionName> module_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name) return std::nullopt;
  std::string own(text_of(*name, text));
  if (type_of(*name) == "string" && own.size() >= 2) own = own.substr(1, own.size() - 2);
  return DefinitionName{own, *name, kind};
}

/// `export default <expression>` is the symbol `default`; what has a name keeps it.
std::optional<DefinitionName> default_name(TSNode node, SymbolKind, std::string_view) {
  const auto value = child_in(node, "value");
  if (!value || type_of(*value) == "identifier") return std::nullopt;
  const std::string_view type = type_of(*value);
  if ((is_function_literal(type) || type == "class") && child_in(*value, "name")) return std::nullopt;
  for (std::uint32_t i = 0; i < ts_node_child_count(node); ++i) {
    const TSNode child = ts_node_child(node, i);
    if (type_of(child) == "default")
      return DefinitionName{"default", child,
                            is_function_literal(type) ? SymbolKind::function
                            : type == "class"         ? SymbolKind::class_
                                                      : SymbolKind::variable};
  }
  return std::nullopt;
}

constexpr NodeRule nodes[] = {
    {.node = "function_declaration", .role = definition, .kind = SymbolKind::function, .parameters = "parameters"},
    {.node = "generator_function_declaration",
     .role = definition,
     .kind = SymbolKind::function,
     .parameters = "parameters"},
    {.node = "function_signature",
     .role = definition,
     .kind = SymbolKind::function,
     .body = "",
     .parameters = "parameters"},
    {.node = "class_declaration", .role = definition, .kind = SymbolKind::class_},
    {.node = "abstract_class_declaration", .role = definition, .kind = SymbolKind::class_},
    {.node = "interface_declaration", .role = definition, .kind = SymbolKind::interface},
    {.node = "enum_declaration", .role = definition, .kind = SymbolKind::enumeration},
    {.node = "type_alias_declaration", .role = definition, .kind = SymbolKind::type, .body = "value"},
    {.node = "method_definition", .role = definition, .kind = SymbolKind::method, .parameters = "parameters"},
    {.node = "method_signature",
     .role = definition,
     .kind = SymbolKind::method,
     .body = "",
     .parameters = "parameters"},
    {.node = "abstract_method_signature",
     .role = definition,
     .kind = SymbolKind::method,
     .body = "",
     .parameters = "parameters"},
    {.node = "public_field_definition",
     .role = definition,
     .kind = SymbolKind::method,
     .body = "value",
     .find_name = &field_function},
    {.node = "field_definition",
     .role = definition,
     .kind = SymbolKind::method,
     .body = "value",
     .find_name = &field_function},
    {.node = "pair", .role = definition, .kind = SymbolKind::method, .body = "value", .find_name = &pair_function},
    {.node = "variable_declarator",
     .role = definition,
     .kind = SymbolKind::variable,
     .body = "value",
     .find_name = &bound_name},
    {.node = "assignment_expression",
     .role = definition,
     .kind = SymbolKind::function,
     .body = "right",
     .find_name = &assigned_name},
    {.node = "internal_module", .role = definition, .kind = SymbolKind::module_, .find_name = &module_name},
    {.node = "module", .role = definition, .kind = SymbolKind::module_, .find_name = &module_name},
    {.node = "export_statement", .role = wrapper, .body = "value", .find_name = &default_name},
    {.node = "lexical_declaration", .role = wrapper},
    {.node = "variable_declaration", .role = wrapper},
    {.node = "expression_statement", .role = wrapper},
    {.node = "ambient_declaration", .role = wrapper},
    {.node = "statement_block", .role = scope},
    {.node = "object", .role = scope},
    {.node = "arrow_function", .role = scope},
    {.node = "function_expression", .role = scope},
    {.node = "generator_function", .role = scope},
    {.node = "class", .role = scope},
    {.node = "for_statement", .role = scope},
    {.node = "for_in_statement", .role = scope},
    {.node = "catch_clause", .role = scope},
    {.node = "class_static_block", .role = scope},
    {.node = "function_type", .role = scope},
    {.node = "constructor_type", .role = scope},
    {.node = "call_signature", .role = scope},
    {.node = "construct_signature", .role = scope},
    {.node = "object_type", .role = scope},
    {.node = "mapped_type_clause", .role = scope},
    {.node = "conditional_type", .role = scope},
    {.node = "import_statement", .role = import_},
};

constexpr ChildRule children[] = {
    {"call_expression", "function", call},
    {"new_expression", "constructor", call},
    {"parenthesized_expression", "", inherit},
    {"non_null_expression", "", inherit},
    {"instantiation_expression", "function", inherit},
    {"member_expression", "property", member},
    {"nested_type_identifier", "name", member},
    {"nested_identifier", "property", member},
    {"class_heritage", "", base},
    {"extends_clause", "value", base},
    {"extends_type_clause", "type", base},
    {"implements_clause", "", base},
    {"jsx_opening_element", "name", call},
    {"jsx_self_closing_element", "name", call},
    {"jsx_closing_element", "name", ignore},
    {"jsx_attribute", "", ignore},
    {"variable_declarator", "name", bind},
    {"for_in_statement", "left", bind},
    {"catch_clause", "parameter", bind_local},
    {"arrow_function", "parameter", bind_local},
    {"formal_parameters", "", bind_local},
    {"required_parameter", "pattern", bind_local},
    {"optional_parameter", "pattern", bind_local},
    {"object_pattern", "", inherit},
    {"array_pattern", "", inherit},
    {"rest_pattern", "", inherit},
    {"assignment_pattern", "left", inherit},
    {"object_assignment_pattern", "left", inherit},
    {"pair_pattern", "value", inherit},
    {"pair_pattern", "key", ignore},
    {"type_parameter", "name", bind_local},
    {"infer_type", "", bind_local},
    {"mapped_type_clause", "name", bind_local},
    {"index_signature", "name", ignore},
    {"type_predicate", "name", plain},
    {"public_field_definition", "name", bind},
    {"field_definition", "property", bind},
    {"property_signature", "name", bind},
    {"method_definition", "name", ignore},
    {"method_signature", "name", ignore},
    {"pair", "key", ignore},
    {"enum_body", "name", bind},
    {"enum_assignment", "name", bind},
    {"namespace_export", "", ignore},
    {"function_expression", "name", bind_local},
    {"class", "name", bind_local},
    {"labeled_statement", "label", ignore},
    {"break_statement", "label", ignore},
    {"continue_statement", "label", ignore},
    {"meta_property", "", ignore},
    {"internal_module", "name", ignore},
    {"module", "name", ignore},
};

constexpr std::string_view variables[] = {"export_statement",        "lexical_declaration", "variable_declaration",
                                          "public_field_definition", "field_definition",    "property_signature",
                                          "ambient_declaration"};
constexpr std::string_view creations[] = {"new_expression"};
constexpr std::string_view no_names[] = {"statement_identifier"};

std::string unquoted(TSNode node, std::string_view text) {
  const std::string_view written = text_of(node, text);
  return std::string(written.size() < 2 ? written : written.substr(1, written.size() - 2));
}

void clause_imports(TSNode clause, const Import& from, std::string_view text, std::vector<Import>& out) {
  for_each_named_child(clause, [&](TSNode child) {
    Import import = from;
    import.line = line_of(child);
    const std::string_view type = type_of(child);
    if (type == "identifier") {
      import.name = "default";
      import.alias = text_of(child, text);
      out.push_back(import);
    } else if (type == "namespace_import") {
      if (ts_node_named_child_count(child) != 0) import.alias = text_of(ts_node_named_child(child, 0), text);
      out.push_back(import);
    } else if (type == "named_imports") {
      for_each_named_child(child, [&](TSNode specifier) {
        const auto name = child_in(specifier, "name");
        if (!name) return;
        import.line = line_of(specifier);
        import.name = type_of(*name) == "string" ? unquoted(*name, text) : text_of(*name, text);
        const auto alias = child_in(specifier, "alias");
        import.alias = alias ? text_of(*alias, text) : import.name;
        out.push_back(import);
      });
    } else if (type == "import_require_clause") {
      if (const auto source = child_in(child, "source")) import.module = unquoted(*source, text);
      if (const auto name = child_of_type(child, "identifier")) import.alias = text_of(*name, text);
      out.push_back(import);
    }
  });
}

/// `import d, * as n, {a as b} from "x"`, `import "x"`, `import x = require("y")`.
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  Import from;
  from.line = line_of(node);
  if (const auto source = child_in(node, "source")) from.module = unquoted(*source, text);
  const std::size_t before = out.size();
  for_each_named_child(node, [&](TSNode child) {
    if (type_of(child) == "import_clause") clause_imports(child, from, text, out);
  });
  if (child_of_type(node, "import_require_clause")) clause_imports(node, from, text, out);
  if (out.size() == before && !from.module.empty()) out.push_back(from);
}

/// `export {a as b} from "x"`, `export * as n from "x"`, `export default C`.
void exports(TSNode node, std::string_view text, std::vector<Import>& out) {
  Import from;
  from.exported = true;
  from.line = line_of(node);
  if (const auto source = child_in(node, "source")) from.module = unquoted(*source, text);
  bool named = false;
  for_each_named_child(node, [&](TSNode child) {
    Import import = from;
    if (type_of(child) == "export_clause") {
      named = true;
      for_each_named_child(child, [&](TSNode specifier) {
        const auto name = child_in(specifier, "name");
        if (!name) return;
        import.line = line_of(specifier);
        import.name = text_of(*name, text);
        const auto alias = child_in(specifier, "alias");
        import.alias = alias ? text_of(*alias, text) : import.name;
        out.push_back(import);
      });
    } else if (type_of(child) == "namespace_export") {
      named = true;
      if (ts_node_named_child_count(child) != 0) import.alias = text_of(ts_node_named_child(child, 0), text);
      out.push_back(import);
    }
  });
  if (!named && !from.module.empty()) {
    from.name = "*";
    out.push_back(from);
    return;
  }
  const auto value = child_in(node, "value");
  const auto declaration = child_in(node, "declaration");
  std::optional<TSNode> name = value && type_of(*value) == "identifier" ? value : std::nullopt;
  const std::string_view written = text_of(node, text);
  if (declaration && written.find("default") < 16) name = child_in(*declaration, "name");
  if (!name) return;
  from.name = text_of(*name, text);
  from.alias = "default";
  out.push_back(from);
}

/// `const x = require("y")`, `const {a, b: c} = require("y")`.
void required(TSNode node, std::string_view text, std::vector<Import>& out) {
  const auto name = child_in(node, "name");
  const auto value = child_in(node, "value");
  if (!name || !value || type_of(*value) != "call_expression") return;
  const auto function = child_in(*value, "function");
  const auto arguments = child_in(*value, "arguments");
  if (!function || text_of(*function, text) != "require" || !arguments) return;
  const auto module = child_of_type(*arguments, "string");
  if (!module) return;
  Import import;
  import.line = line_of(node);
  import.module = unquoted(*module, text);
  if (type_of(*name) == "identifier") {
    import.alias = text_of(*name, text);
    out.push_back(import);
    return;
  }
  for_each_named_child(*name, [&](TSNode part) {
    const auto key = child_in(part, "key");
    const auto bound = child_in(part, "value");
    import.name = text_of(key ? *key : part, text);
    import.alias = bound ? text_of(*bound, text) : import.name;
    out.push_back(import);
  });
}

void read(TSNode node, std::string_view text, std::vector<Import>& out) {
  const std::string_view type = type_of(node);
  if (type == "export_statement")
    exports(node, text, out);
  else if (type == "variable_declarator")
    required(node, text, out);
  else
    imports(node, text, out);
}

constexpr std::string_view also_import[] = {"export_statement", "variable_declarator"};

}  // namespace

constinit const LanguageTable javascript_table = {
    .language = Language::javascript,
    .grammar = &tree_sitter_javascript,
    .nodes = nodes,
    .children = children,
    .no_names = no_names,
    .variables = variables,
    .creations = creations,
    .also_import = also_import,
    .imports = &read,
};

constinit const LanguageTable typescript_table = {
    .language = Language::typescript,
    .grammar = &tree_sitter_typescript,
    .nodes = nodes,
    .children = children,
    .no_names = no_names,
    .variables = variables,
    .creations = creations,
    .also_import = also_import,
    .imports = &read,
};

constinit const LanguageTable tsx_table = {
    .language = Language::tsx,
    .grammar = &tree_sitter_tsx,
    .nodes = nodes,
    .children = children,
    .no_names = no_names,
    .variables = variables,
    .creations = creations,
    .also_import = also_import,
    .imports = &read,
};

}  // namespace parsers
