// A language's table in the numbers of its grammar, so that the walk looks up instead of comparing names.
#pragma once

#include <cstdint>
#include <vector>

#include "parsers/language_table.h"

namespace parsers {

struct NodeMeaning {
  const NodeRule* rule = nullptr;  ///< null: NodeRule{}
  bool name = false;               ///< a leaf of this type is a name
  bool comment = false;
  bool string = false;
  bool variable = false;     ///< in LanguageTable::variables
  bool also_import = false;  ///< in LanguageTable::also_import
  bool typed = false;        ///< in LanguageTable::typed
  bool type = false;         ///< says a type where its parent is typed
  bool creation = false;     ///< in LanguageTable::creations
  NodeRole role() const { return rule == nullptr ? NodeRole::other : rule->role; }
};

class CodeTables {
 public:
  explicit CodeTables(const LanguageTable&);

  const LanguageTable& table() const { return *table_; }
  const TSLanguage* grammar() const { return grammar_; }

  const NodeMeaning& meaning(TSSymbol symbol) const { return meanings_[symbol < symbols_ ? symbol : symbols_]; }
  /// Of the children that say the type of what their parent declares; 0: the grammar has none.
  TSFieldId type_field() const { return type_field_; }
  NameUse use(TSSymbol parent, TSFieldId field) const {
    return parent < symbols_ && field < fields_ ? uses_[parent * fields_ + field] : NameUse::plain;
  }
  /// Whether what stands beside a child of that parent changes its use.
  bool asks_beside(TSSymbol parent) const { return parent < symbols_ && !places_[parent].empty(); }
  /// `before` is the parent's text up to the child, `behind` what follows it.
  NameUse use_beside(TSSymbol parent, NameUse otherwise, std::string_view before, std::string_view behind) const;

 private:
  const LanguageTable* table_;
  const TSLanguage* grammar_;
  std::size_t symbols_, fields_;
  TSFieldId type_field_ = 0;
  std::vector<NodeMeaning> meanings_;  // the last one is of what the grammar does not know: errors
  std::vector<NameUse> uses_;
  std::vector<std::vector<ChildRule>> places_;  // rows with a token beside the child, of every parent
};

/// Made at the first use of a language, from any thread.
const CodeTables& code_tables(Language);

}  // namespace parsers
