#include "parsers/code_tables.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <mutex>

namespace parsers {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool among(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Empty tokens are everywhere.
bool ends_with_token(std::string_view text, std::string_view token) {
  if (token.empty()) return true;
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (!text.ends_with(token)) return false;
  text.remove_suffix(token.size());
  return text.empty() || !is_word(token.front()) || !is_word(text.back());
}

bool begins_with_token(std::string_view text, std::string_view token) {
  if (token.empty()) return true;
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  if (!text.starts_with(token)) return false;
  text.remove_prefix(token.size());
  return text.empty() || !(is_word(token.back()) ? is_word(text.front()) : text.front() == '=');
}

NodeMeaning meaning_of(const LanguageTable& table, std::string_view node) {
  NodeMeaning out;
  const auto rule =
      std::find_if(table.nodes.begin(), table.nodes.end(), [&](const NodeRule& r) { return r.node == node; });
  if (rule != table.nodes.end()) out.rule = &*rule;
  out.name = (node.ends_with("identifier") && !among(table.no_names, node)) || among(table.more_names, node);
  out.comment = contains(node, "comment");
  out.string = contains(node, "string") || contains(node, "heredoc_body") || contains(node, "regex");
  out.variable = among(table.variables, node);
  out.also_import = among(table.also_import, node);
  out.typed = among(table.typed, node);
  out.type = node.ends_with("_type");
  out.creation = among(table.creations, node);
  return out;
}

}  // namespace

CodeTables::CodeTables(const LanguageTable& table)
    : table_(&table),
      grammar_(table.grammar()),
      symbols_(ts_language_symbol_count(grammar_)),
      fields_(ts_language_field_count(grammar_) + 1),
      meanings_(symbols_ + 1),
      uses_(symbols_ * fields_, NameUse::plain),
      places_(symbols_ + 1) {
  for (std::size_t field = 1; field < fields_; ++field) {
    const char* name = ts_language_field_name_for_id(grammar_, static_cast<TSFieldId>(field));
    if (name != nullptr && std::string_view(name) == "type") type_field_ = static_cast<TSFieldId>(field);
  }
  for (std::size_t symbol = 0; symbol < symbols_; ++symbol) {
    const auto id = static_cast<TSSymbol>(symbol);
    if (ts_language_symbol_type(grammar_, id) != TSSymbolTypeRegular) continue;
    const std::string_view node = ts_language_symbol_name(grammar_, id);
    meanings_[symbol] = meaning_of(table, node);
    const NodeRule* own = meanings_[symbol].rule;
    for (std::size_t field = 0; field < fields_; ++field) {
      const char* known = field == 0 ? nullptr : ts_language_field_name_for_id(grammar_, static_cast<TSFieldId>(field));
      const std::string_view name = known == nullptr ? "" : known;
      NameUse& use = uses_[symbol * fields_ + field];
      if (own != nullptr && own->role == NodeRole::definition && !name.empty() && own->name == name)
        use = NameUse::ignore;
      for (const ChildRule& rule : table.children)
        if (rule.parent == node && rule.after.empty() && rule.before.empty() &&
            (rule.field.empty() || rule.field == name))
          use = rule.use;
    }
    for (const ChildRule& rule : table.children)
      if (rule.parent == node && !(rule.after.empty() && rule.before.empty())) places_[symbol].push_back(rule);
  }
}

NameUse CodeTables::use_beside(TSSymbol parent, NameUse otherwise, std::string_view before,
                               std::string_view behind) const {
  for (const ChildRule& rule : places_[parent])
    if (ends_with_token(before, rule.after) && begins_with_token(behind, rule.before)) otherwise = rule.use;
  return otherwise;
}

const LanguageTable& table_of(Language language) {
  static constexpr std::array<const LanguageTable*, language_count> tables = {
      &bash_table,   &c_table,   &cpp_table,    &c_sharp_table, &go_table,   &java_table, &javascript_table,
      &kotlin_table, &php_table, &python_table, &ruby_table,    &rust_table, &tsx_table,  &typescript_table,
  };
  return *tables[static_cast<std::size_t>(language)];
}

const CodeTables& code_tables(Language language) {
  static std::array<std::once_flag, language_count> made;
  static std::array<std::unique_ptr<const CodeTables>, language_count> tables;
  const auto at = static_cast<std::size_t>(language);
  std::call_once(made[at], [&] { tables[at] = std::make_unique<const CodeTables>(table_of(language)); });
  return *tables[at];
}

}  // namespace parsers
