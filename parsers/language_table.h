// What the outline has to know of one language, as data. A new language is one file language_NAME.cpp with such a table
// and its import rules, a row in code_tables.cpp, its name and extensions in language.h and language.cpp, its grammar
// in package.json, cmake/TreeSitter.cmake and code_tree_sitter.h, and a case in tests/parsers/code_languages_test.cpp.
//
// Node and field names are those of the grammar's src/node-types.json. Comments are the nodes named *comment*, strings
// the nodes named *string* or *heredoc*; neither needs a row.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/code_outline.h"
#include "parsers/code_tree_sitter.h"

namespace parsers {

enum class NodeRole : std::uint8_t {
  other,
  definition,
  prefix,   ///< its name goes before the names inside, but it is no symbol itself: a C++ namespace, a Rust impl
  wrapper,  ///< belongs to the one definition inside: decorators, `export`, `template <...>`; with a find_name that
            ///< finds one it is a definition itself: `export default () => {}`
  leading,  ///< belongs to the definition that follows it, like a comment: Rust's attributes
  scope,    ///< names bound inside mean nothing outside, and nothing inside is a symbol: a block, a function literal;
            ///< but where it is the body of a container (a namespace, an object of functions) it is not local
  import_,  ///< handed to LanguageTable::imports
};

struct DefinitionName {
  std::string name;
  TSNode node{};  ///< where the name stands
  SymbolKind kind{};
};

/// How a definition finds its name, kind or absence where the field `name` does not tell. nullopt: no definition.
using NameFinder = std::optional<DefinitionName> (*)(TSNode, SymbolKind, std::string_view text);

struct NodeRule {
  std::string_view node;
  NodeRole role = NodeRole::other;
  SymbolKind kind = SymbolKind::function;
  std::string_view name = "name";    ///< field of the name
  std::string_view body = "body";    ///< field of the body; a definition without that child is no block
  std::string_view parameters = {};  ///< field of the parameters, in languages with overloads
                                     ///< Both may name types of nodes instead, several with spaces between them: the
                                     ///< first child of such a type, in grammars without that field
  bool always_block = false;         ///< a place of its own even without a body: `struct Unit;`
  NameFinder find_name = nullptr;
  bool own_scope = false;  ///< in functions its name is bound and its inside a scope, as without a find_name
};

/// What a name means where it stands as a child.
enum class NameUse : std::uint8_t {
  plain,       ///< mentions something
  call,        ///< is called
  member,      ///< a member of what stands before it in the parent
  qualified,   ///< like member, unless the parent is being bound or ignored: then the name as well
  bind,        ///< gets a meaning here: local inside functions, else a variable or field of the file
  bind_local,  ///< a parameter: local in any case
  field,       ///< a member of the type that is being defined; where none is, or inside a function, it means nothing
  ignore,      ///< a label, a keyword argument, the name of a definition
  base,        ///< like plain, and the class around extends or implements it
  inherit,     ///< as the parent itself: patterns, parentheses
};

struct ChildRule {
  std::string_view parent;
  std::string_view field;  ///< empty: any child of that parent
  NameUse use;
  /// In grammars without fields: the token of the parent that stands right before or behind the child, but for blanks.
  /// "=" is not meant by "==", a word is a whole one.
  std::string_view after = {}, before = {};
};

struct LanguageTable {
  using Nodes = std::span<const std::string_view>;
  Language language = {};
  const TSLanguage* (*grammar)() = nullptr;
  std::span<const NodeRule> nodes = {};
  std::span<const ChildRule> children = {};  ///< a later row wins
  Nodes more_names = {};                     ///< leaves that are names although their type does not end in "identifier"
  Nodes no_names = {};                       ///< leaves that are none although it does
  Nodes no_meaning = {};   ///< texts of names that mean nothing, where the grammar has no nodes for them: `null`, `_`
  Nodes variables = {};    ///< a bound name of the file spans the outermost of these around it; none: its parent
  Nodes typed = {};        ///< whose child named *_type is the type of the names in it, where no field `type` says it
  Nodes creations = {};    ///< `new C(...)`: what is declared with such a value has the type C
  Nodes also_import = {};  ///< nodes besides those of role import_ that may import: `require()`
  void (*imports)(TSNode, std::string_view text, std::vector<Import>&) = nullptr;
  bool capitals_in_patterns_mention = false;  ///< `None =>` binds nothing
  bool defaults_outside = false;              ///< in `def f(a=b)` no parameter is meant by b
  bool class_macros = false;                  ///< `class EXPORT_MACRO Name {` must be read without the macro
};

const LanguageTable& table_of(Language);

extern const LanguageTable bash_table;
extern const LanguageTable c_sharp_table;
extern const LanguageTable c_table;
extern const LanguageTable cpp_table;
extern const LanguageTable go_table;
extern const LanguageTable java_table;
extern const LanguageTable javascript_table;
extern const LanguageTable kotlin_table;
extern const LanguageTable php_table;
extern const LanguageTable python_table;
extern const LanguageTable ruby_table;
extern const LanguageTable rust_table;
extern const LanguageTable tsx_table;
extern const LanguageTable typescript_table;

}  // namespace parsers
