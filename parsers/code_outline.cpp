#include "parsers/code_outline.h"

#include <algorithm>
#include <array>

#include "parsers/code_gaps.h"
#include "parsers/code_lines.h"
#include "parsers/code_macros.h"
#include "parsers/code_tables.h"
#include "parsers/code_tree.h"
#include "parsers/code_walk.h"

namespace parsers {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;
constexpr std::size_t longest_mean_line = 500;
constexpr std::size_t short_text = std::size_t{1} << 14;  // a few long lines are no bundle
/// Of parse_code, for repairs. Of 44,000 real sources in Python, Go, Rust, C and TypeScript none needs more than
/// 65,000.
constexpr std::uint32_t most_effort = 90'000;

/// A text that is not looked into: one place.
CodeOutline closed(OutlineStatus status, std::string_view text) {
  CodeOutline out;
  out.status = status;
  if (!text.empty() && text.size() < no_definition)
    out.gaps.push_back({"<module>", CodeLines(text).range(0, static_cast<std::uint32_t>(text.size()))});
  return out;
}

bool has_long_lines(std::string_view text) {
  if (text.size() <= short_text) return false;
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  return text.size() / lines > longest_mean_line;
}

}  // namespace

std::string_view to_string(SymbolKind kind) {
  static constexpr std::array<std::string_view, 14> names = {
      "class", "constant", "constructor", "enum",   "field", "function", "interface",
      "macro", "method",   "module",      "struct", "trait", "type",     "variable"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view to_string(OutlineStatus status) {
  static constexpr std::array<std::string_view, 6> names = {"parsed",    "degraded",   "binary",
                                                            "too large", "long lines", "too complex"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view Definition::short_name() const { return std::string_view(name).substr(name.rfind('.') + 1); }

CodeOutline outline(Language language, std::string_view text) {
  if (text.size() > most_bytes) return closed(OutlineStatus::too_large, text);
  if (text.find('\0') != std::string_view::npos) return closed(OutlineStatus::binary, text);
  if (has_long_lines(text)) return closed(OutlineStatus::long_lines, text);
  const CodeTables& tables = code_tables(language);
  const std::string blanked = tables.table().class_macros ? without_class_macros(text) : std::string();
  const std::string_view parsed = tables.table().class_macros ? std::string_view(blanked) : text;
  const CodeTree tree = parse_code(tables.grammar(), parsed, most_effort);
  if (tree == nullptr) return closed(OutlineStatus::too_complex, text);
  CodeFacts facts = walk_code(tables, ts_tree_root_node(tree.get()), parsed, text);
  if (facts.too_deep) return closed(OutlineStatus::too_complex, text);
  facts.outline.gaps = gaps_between(facts.outline.definitions, facts.import_pieces, text);
  return std::move(facts.outline);
}

}  // namespace parsers
