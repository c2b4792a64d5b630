// Rust.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

/// `impl<T> Trait for ns::Tree<T>` puts its functions into Tree.
std::optional<DefinitionName> impl_name(TSNode node, SymbolKind kind, std::string_view text) {
  auto type = child_in(node, "type");
  while (type) {
    const std::string_view t = type_of(*type);
    if (t == "generic_type" || t == "reference_type" || t == "pointer_type")
      type = child_in(*type, "type");
    else if (t == "scoped_type_identifier")
      type = child_in(*type, "name");
    else
      break;
  }
  if (!type) return std::nullopt;
  const bool named = type_of(*type) == "type_identifier" || type_of(*type) == "primitive_type";
  return DefinitionName{named ? std::string(text_of(*type, text)) : std::string(), *type, kind};
}

/// `mod tests { ... }`; `mod x;` is an import of a file.
std::optional<DefinitionName> mod_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name || !child_in(node, "body")) return std::nullopt;
  return DefinitionName{std::string(text_of(*name, text)), *name, kind};
}

constexpr NodeRule nodes[] = {
    {.node = "function_item", .role = definition, .kind = SymbolKind::function},
    {.node = "function_signature_item", .role = definition, .kind = SymbolKind::function, .body = ""},
    {.node = "struct_item", .role = definition, .kind = SymbolKind::structure, .always_block = true},
    {.node = "union_item", .role = definition, .kind = SymbolKind::structure},
    {.node = "enum_item", .role = definition, .kind = SymbolKind::enumeration},
    {.node = "trait_item", .role = definition, .kind = SymbolKind::trait},
    {.node = "mod_item", .role = definition, .kind = SymbolKind::module_, .find_name = &mod_name},
    {.node = "type_item", .role = definition, .kind = SymbolKind::type, .body = ""},
    {.node = "associated_type", .role = definition, .kind = SymbolKind::type, .body = ""},
    {.node = "const_item", .role = definition, .kind = SymbolKind::constant, .body = ""},
    {.node = "static_item", .role = definition, .kind = SymbolKind::variable, .body = ""},
    {.node = "macro_definition", .role = definition, .kind = SymbolKind::macro, .always_block = true},
    {.node = "impl_item", .role = prefix, .kind = SymbolKind::structure, .find_name = &impl_name},
    {.node = "attribute_item", .role = leading},
    {.node = "block", .role = scope},
    {.node = "closure_expression", .role = scope},
    {.node = "match_arm", .role = scope},
    {.node = "if_expression", .role = scope},
    {.node = "while_expression", .role = scope},
    {.node = "for_expression", .role = scope},
    {.node = "use_declaration", .role = import_},
    {.node = "extern_crate_declaration", .role = import_},
};

constexpr ChildRule children[] = {
    {"call_expression", "function", call},
    {"generic_function", "function", inherit},
    {"parenthesized_expression", "", inherit},
    {"scoped_identifier", "name", member},
    {"scoped_type_identifier", "name", member},
    {"field_expression", "field", member},
    {"macro_invocation", "macro", call},
    {"let_declaration", "pattern", bind_local},
    {"parameter", "pattern", bind_local},
    {"closure_parameters", "", bind_local},
    {"match_pattern", "", bind_local},
    {"match_pattern", "condition", plain},
    {"let_condition", "pattern", bind_local},
    {"for_expression", "pattern", bind_local},
    {"tuple_pattern", "", inherit},
    {"slice_pattern", "", inherit},
    {"ref_pattern", "", inherit},
    {"mut_pattern", "", inherit},
    {"reference_pattern", "", inherit},
    {"captured_pattern", "", inherit},
    {"or_pattern", "", inherit},
    {"tuple_struct_pattern", "", inherit},
    {"tuple_struct_pattern", "type", plain},
    {"struct_pattern", "", inherit},
    {"struct_pattern", "type", plain},
    {"field_pattern", "pattern", inherit},
    {"field_pattern", "name", inherit},
    {"type_parameter", "name", bind_local},
    {"const_parameter", "name", bind_local},
    {"field_declaration", "name", ignore},
    {"field_initializer", "field", ignore},
    {"enum_variant", "name", bind},
    {"lifetime", "", ignore},
    {"label", "", ignore},
    {"type_binding", "name", ignore},
    {"token_binding_pattern", "", ignore},
};

std::string joined(const std::string& module, std::string_view more) {
  return module.empty() || more.empty() ? module + std::string(more) : module + "::" + std::string(more);
}

struct UseTree {
  TSNode node;
  std::string module;
};

void add(std::vector<Import>& out, const UseTree& tree, std::string module, std::string name, std::string alias,
         bool exported) {
  Import import;
  import.module = std::move(module);
  import.name = std::move(name);
  import.alias = std::move(alias);
  import.exported = exported;
  import.line = line_of(tree.node);
  out.push_back(std::move(import));
}

/// `use a::{b, c::*, d as e};` written out; an explicit stack, because trees can be deep.
void use_trees(TSNode argument, bool exported, std::string_view text, std::vector<Import>& out) {
  std::vector<UseTree> open = {{argument, ""}};
  while (!open.empty()) {
    const UseTree tree = std::move(open.back());
    open.pop_back();
    const std::string_view type = type_of(tree.node);
    if (type == "scoped_use_list" || type == "use_list") {
      const auto path = child_in(tree.node, "path");
      const auto list = type == "use_list" ? std::optional(tree.node) : child_in(tree.node, "list");
      const std::string module = joined(tree.module, path ? text_of(*path, text) : "");
      if (!list) continue;
      const std::size_t first = open.size();
      for_each_named_child(*list, [&](TSNode child) { open.push_back({child, module}); });
      for (std::size_t i = first, j = open.size(); i + 1 < j; ++i) std::swap(open[i], open[--j]);
    } else if (type == "use_wildcard") {
      const bool path = ts_node_named_child_count(tree.node) != 0;
      add(out, tree, joined(tree.module, path ? text_of(ts_node_named_child(tree.node, 0), text) : ""), "*", "",
          exported);
    } else {
      const bool as = type == "use_as_clause";
      const auto path = as ? child_in(tree.node, "path") : std::optional(tree.node);
      if (!path) continue;
      std::string whole = joined(tree.module, text_of(*path, text));
      if (whole.ends_with("::self")) whole.resize(whole.size() - 6);
      const std::size_t cut = whole.rfind("::");
      std::string name = cut == std::string::npos ? "" : whole.substr(cut + 2);
      std::string alias = cut == std::string::npos ? whole : name;
      if (as)
        if (const auto given = child_in(tree.node, "alias")) alias = text_of(*given, text);
      add(out, tree, cut == std::string::npos ? whole : whole.substr(0, cut), std::move(name), std::move(alias),
          exported);
    }
  }
}

void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  const bool exported = child_of_type(node, "visibility_modifier").has_value();
  if (type_of(node) == "use_declaration") {
    if (const auto argument = child_in(node, "argument")) use_trees(*argument, exported, text, out);
    return;
  }
  const auto name = child_in(node, "name");
  if (!name || child_in(node, "body")) return;
  Import import;
  import.module = import.alias = text_of(*name, text);
  if (const auto alias = child_in(node, "alias")) import.alias = text_of(*alias, text);
  import.exported = exported;
  import.quoted = type_of(node) == "mod_item";
  import.line = line_of(node);
  out.push_back(std::move(import));
}

constexpr std::string_view also_import[] = {"mod_item"};

}  // namespace

constinit const LanguageTable rust_table = {
    .language = Language::rust,
    .grammar = &tree_sitter_rust,
    .nodes = nodes,
    .children = children,
    .also_import = also_import,
    .imports = &imports,
    .capitals_in_patterns_mention = true,
};

}  // namespace parsers
