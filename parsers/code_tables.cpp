#include "parsers/code_tables.h"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

namespace parsers {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool among(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
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
      uses_(symbols_ * fields_, NameUse::plain) {
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
        if (rule.parent == node && (rule.field.empty() || rule.field == name)) use = rule.use;
    }
  }
}

const LanguageTable& table_of(Language language) {
  static constexpr std::array<const LanguageTable*, language_count> tables = {
      &bash_table, &c_table,      &cpp_table,  &c_sharp_table, &go_table,  &java_table,       &javascript_table,
      &php_table,  &python_table, &ruby_table, &rust_table,    &tsx_table, &typescript_table,
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
