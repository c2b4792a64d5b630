// Ruby.
#include "parsers/code_tree.h"
#include "parsers/language_table.h"

namespace parsers {
namespace {

using enum NodeRole;
using enum NameUse;

/// `class A::B` is A.B.
std::optional<DefinitionName> constant_name(TSNode node, SymbolKind kind, std::string_view text) {
  const auto name = child_in(node, "name");
  if (!name) return std::nullopt;
  std::string own;
  for (const char c : text_of(*name, text)) {
    if (c != ':')
      own += c;
    else if (!own.empty() && own.back() != '.')
      own += '.';
  }
  return DefinitionName{own, *name, kind};
}

constexpr NodeRule nodes[] = {
    {.node = "class",
     .role = definition,
     .kind = SymbolKind::class_,
     .always_block = true,
     .find_name = &constant_name},
    {.node = "module",
     .role = definition,
     .kind = SymbolKind::module_,
     .always_block = true,
     .find_name = &constant_name},
    {.node = "method", .role = definition, .kind = SymbolKind::method, .always_block = true},
    {.node = "singleton_method", .role = definition, .kind = SymbolKind::method, .always_block = true},
    {.node = "block", .role = scope},
    {.node = "do_block", .role = scope},
    {.node = "lambda", .role = scope},
};

constexpr ChildRule children[] = {
    {"superclass", "", base},
    {"call", "method", call},
    {"scope_resolution", "name", qualified},
    {"assignment", "left", bind},
    {"operator_assignment", "left", plain},
    {"left_assignment_list", "", inherit},
    {"destructured_left_assignment", "", inherit},
    {"rest_assignment", "", inherit},
    {"for", "pattern", bind},
    {"exception_variable", "", bind},
    {"method_parameters", "", bind_local},
    {"block_parameters", "", bind_local},
    {"lambda_parameters", "", bind_local},
    {"optional_parameter", "name", bind_local},
    {"keyword_parameter", "name", bind_local},
    {"splat_parameter", "name", bind_local},
    {"hash_splat_parameter", "name", bind_local},
    {"block_parameter", "name", bind_local},
    {"destructured_parameter", "", bind_local},
    {"class", "name", ignore},
    {"module", "name", ignore},
};

constexpr std::string_view more_names[] = {"constant"};

/// `require "x"`, `require_relative "x"`, `load "x"`.
void imports(TSNode node, std::string_view text, std::vector<Import>& out) {
  const auto method = child_in(node, "method");
  if (!method || child_in(node, "receiver")) return;
  const std::string_view name = text_of(*method, text);
  if (name != "require" && name != "require_relative" && name != "load") return;
  const auto arguments = child_in(node, "arguments");
  const auto path = arguments ? child_of_type(*arguments, "string") : std::nullopt;
  const auto content = path ? child_of_type(*path, "string_content") : std::nullopt;
  if (!content) return;
  Import import;
  import.line = line_of(node);
  import.module = text_of(*content, text);
  import.name = "*";
  import.quoted = name != "require";
  out.push_back(std::move(import));
}

constexpr std::string_view variables[] = {"assignment"};
constexpr std::string_view also_import[] = {"call"};

}  // namespace

constinit const LanguageTable ruby_table = {
    .language = Language::ruby,
    .grammar = &tree_sitter_ruby,
    .nodes = nodes,
    .children = children,
    .more_names = more_names,
    .variables = variables,
    .also_import = also_import,
    .imports = &imports,
};

}  // namespace parsers
