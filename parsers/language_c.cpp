// C and C++: one set of rules, whose rows for C++ nodes mean nothing in C.
#include <cctype>

#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

bool is_spacing(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// "ns.C.m" of `ns::C<T>::m`. Of two words the first is a macro that was taken for a part of the name.
std::string dotted(std::string_view text) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<' && !out.ends_with("operator") && !out.ends_with("operator<")) ++depth;
    if (depth == 0 && text.substr(i).starts_with("::")) {
      if (!out.empty()) out += '.';
      ++i;
    } else if (depth == 0 && !is_spacing(c)) {
      const bool second_word = i > 0 && is_spacing(text[i - 1]) && is_word(c) && !out.empty() && is_word(out.back());
      if (second_word && out.ends_with("operator"))
        out += ' ';
      else if (second_word)
        out.resize(out.rfind('.') + 1);
      out += c;
    }
    if (c == '>' && depth > 0) --depth;
  }
  return out;
}

/// The innermost declarator: `*f(int)` -> f. Tells whether a function was on the way, but no pointer to one.
struct Declared {
  TSNode name{};
  bool function = false;
  bool found = false;
};
Declared declared(TSNode declarator) {
  Declared out;
  for (;;) {
    const std::string_view type = type_of(declarator);
    if (type == "identifier" || type == "field_identifier" || type == "type_identifier" ||
        type == "qualified_identifier" || type == "destructor_name" || type == "operator_name" ||
        type == "template_function" || type == "operator_cast") {
      out.name = declarator;
      out.found = true;
      return out;
    }
    if (type == "function_declarator") out.function = true;
    if (type == "parenthesized_declarator") out.function = false;
    auto inner = child_in(declarator, "declarator");
    if (!inner && ts_node_named_child_count(declarator) != 0)
      inner = ts_node_named_child(declarator, ts_node_named_child_count(declarator) - 1);
    if (!inner) return out;
    declarator = *inner;
  }
}

std::string name_text(TSNode name, std::string_view text) {
  if (type_of(name) != "operator_cast") return dotted(text_of(name, text));
  const auto type = child_in(name, "type");
  return "operator " + (type ? std::string(text_of(*type, text)) : std::string());
}

std::optional<DefinitionName> function_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto declarator = child_in(node, "declarator");
  if (!declarator) return std::nullopt;
  const Declared d = declared(*declarator);
  if (!d.found) return std::nullopt;
  return DefinitionName{name_text(d.name, text), d.name, kind};
}

/// A prototype; what declares no function binds its names as variables do.
std::optional<DefinitionName> prototype_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto declarator = child_in(node, "declarator");
  if (!declarator) return std::nullopt;
  const Declared d = declared(*declarator);
  if (!d.found || !(d.function || type_of(d.name) == "operator_cast")) return std::nullopt;
  return DefinitionName{name_text(d.name, text), d.name, kind};
}

/// `struct S { ... }`; without a body it is a mention.
std::optional<DefinitionName> type_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name || !child_in(node, "body")) return std::nullopt;
  return DefinitionName{dotted(text_of(*name, text)), *name, kind};
}

/// `typedef struct { ... } name;`
std::optional<DefinitionName> typedef_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto declarator = child_in(node, "declarator");
  if (!declarator) return std::nullopt;
  const Declared d = declared(*declarator);
  if (!d.found) return std::nullopt;
  const auto type = child_in(node, "type");
  if (type && child_in(*type, "body") && child_in(*type, "name")) return std::nullopt;  // the struct has the name
  return DefinitionName{std::string(text_of(d.name, text)), d.name, kind};
}

std::optional<DefinitionName> namespace_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name) return std::nullopt;
  return DefinitionName{dotted(text_of(*name, text)), *name, kind};
}

constexpr NodeRule nodes[] = {
    {.node = "function_definition",
     .role = definition,
     .kind = SymbolKind::function,
     .parameters = "parameters",
     .find_name = &function_name},
    {.node = "inline_method_definition",
     .role = definition,
     .kind = SymbolKind::method,
     .parameters = "parameters",
     .find_name = &function_name},
    {.node = "declaration",
     .role = definition,
     .kind = SymbolKind::function,
     .body = "",
     .parameters = "parameters",
     .find_name = &prototype_name},
    {.node = "field_declaration",
     .role = definition,
     .kind = SymbolKind::method,
     .body = "",
     .parameters = "parameters",
     .find_name = &prototype_name},
    {.node = "class_specifier", .role = definition, .kind = SymbolKind::class_, .find_name = &type_name},
    {.node = "struct_specifier", .role = definition, .kind = SymbolKind::structure, .find_name = &type_name},
    {.node = "union_specifier", .role = definition, .kind = SymbolKind::structure, .find_name = &type_name},
    {.node = "enum_specifier", .role = definition, .kind = SymbolKind::enumeration, .find_name = &type_name},
    {.node = "type_definition", .role = definition, .kind = SymbolKind::type, .body = "", .find_name = &typedef_name},
    {.node = "alias_declaration", .role = definition, .kind = SymbolKind::type, .body = ""},
    {.node = "concept_definition", .role = definition, .kind = SymbolKind::type, .body = ""},
    {.node = "preproc_def", .role = definition, .kind = SymbolKind::macro, .body = ""},
    {.node = "preproc_function_def", .role = definition, .kind = SymbolKind::macro, .body = ""},
    {.node = "template_declaration", .role = wrapper},
    {.node = "namespace_definition", .role = prefix, .find_name = &namespace_name},
    {.node = "compound_statement", .role = scope},
    {.node = "for_statement", .role = scope},
    {.node = "for_range_loop", .role = scope},
    {.node = "if_statement", .role = scope},
    {.node = "while_statement", .role = scope},
    {.node = "catch_clause", .role = scope},
    {.node = "lambda_expression", .role = scope},
    {.node = "preproc_include", .role = import_},
};

constexpr ChildRule children[] = {
    {"call_expression", "function", call},
    {"template_function", "name", inherit},
    {"template_method", "name", inherit},
    {"template_type", "name", inherit},
    {"parenthesized_expression", "", inherit},
    {"new_expression", "type", call},
    {"field_expression", "field", member},
    {"qualified_identifier", "name", qualified},
    {"dependent_name", "", inherit},
    {"function_definition", "declarator", ignore},
    {"type_definition", "declarator", ignore},
    {"declaration", "declarator", bind},
    {"field_declaration", "declarator", bind},
    {"init_declarator", "declarator", inherit},
    {"init_declarator", "value", plain},
    {"pointer_declarator", "declarator", inherit},
    {"pointer_type_declarator", "declarator", inherit},
    {"array_declarator", "declarator", inherit},
    {"array_declarator", "size", plain},
    {"reference_declarator", "", inherit},
    {"parenthesized_declarator", "", inherit},
    {"attributed_declarator", "", inherit},
    {"function_declarator", "declarator", inherit},
    {"variadic_declarator", "", inherit},
    {"structured_binding_declarator", "", inherit},
    {"destructor_name", "", ignore},
    {"for_range_loop", "declarator", bind_local},
    {"parameter_declaration", "declarator", bind_local},
    {"optional_parameter_declaration", "declarator", bind_local},
    {"variadic_parameter_declaration", "declarator", bind_local},
    {"type_parameter_declaration", "", bind_local},
    {"variadic_type_parameter_declaration", "", bind_local},
    {"optional_type_parameter_declaration", "name", bind_local},
    {"lambda_capture_initializer", "left", bind_local},
    {"preproc_params", "", bind_local},
    {"enumerator", "name", bind},
    {"base_class_clause", "", base},
    {"class_specifier", "name", plain},
    {"struct_specifier", "name", plain},
    {"union_specifier", "name", plain},
    {"enum_specifier", "name", plain},
    {"namespace_definition", "", ignore},
    {"nested_namespace_specifier", "", ignore},
    {"labeled_statement", "label", ignore},
    {"goto_statement", "label", ignore},
    {"initializer_pair", "designator", plain},
    {"field_designator", "", ignore},
    {"field_initializer", "", plain},
    {"attribute", "name", ignore},
};

constexpr std::string_view variables[] = {"declaration", "field_declaration", "enumerator"};
constexpr std::string_view creations[] = {"new_expression"};
constexpr std::string_view no_names[] = {"statement_identifier"};

/// `#include "x"`, `#include <x>`.
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  const auto path = child_in(node, "path");
  if (!path) return;
  const std::string_view written = text_of(*path, text);
  if (written.size() < 2) return;
  Import import;
  import.quoted = written.front() == '"';
  import.module = written.substr(1, written.size() - 2);
  import.name = "*";
  import.line = line_of(node);
  out.push_back(std::move(import));
}

}  // namespace

constinit const LanguageTable c_table = {
    .language = Language::c,
    .grammar = &tree_sitter_c,
    .nodes = nodes,
    .children = children,
    .no_names = no_names,
    .variables = variables,
    .creations = creations,
    .imports = &imports,
    .class_macros = true,
};

constinit const LanguageTable cpp_table = {
    .language = Language::cpp,
    .grammar = &tree_sitter_cpp,
    .nodes = nodes,
    .children = children,
    .no_names = no_names,
    .variables = variables,
    .creations = creations,
    .imports = &imports,
    .class_macros = true,
};

}  // namespace parsers
