// What one language says about names across files. Who adds a language begins here.
//
// Names are bound the same way in every language (links_binding.cpp): a name is a local and means nothing outside; or
// the file defines it (X); or one of its imports brings it (I); or the file sees it because it belongs to something
// larger, a package, an include closure (P). A chain `a.b.c` is bound from the left, as far as modules and classes
// reach. What is left over is a member of a value of unknown type (M1, M2). So the rules of a language answer a few
// questions only, and most of them have an answer already:
//
//     module_of   which files does `import a.b`, `from "./x"`, `use crate::a` name?          must be answered
//     inner       which module is `b` inside the module `a`?                                 none
//     seen        what does a file see without importing it?                                 nothing
//     members     must `?.b` be one, because the file sees no other of that name?            no
//     brings_names  does an import of everything bring names?                               yes
//     passes_on   may others take the imported name from here?                               what says `exported`
//     visible     may other files use this definition by its name?                           all but members
//     bare_members  may `f()` inside a class be a member of it?                             no
//     own_class   is this receiver the object or class around: `self`, `this`?               self, this, super
//     of_declared_type  how sure is `x.b` where x is declared with a type?                  quite sure
//     more_members  which members of a type stand in other files?            none
//     named_here  has what is passed on a name in this file, too?            no
//     parts_of    which definitions are one with it: a declaration and its body?            only itself
//
// What a class extends stands in Definition::bases, as its file writes it, if the language's table says NameUse::base.
//
// A language is one file links_NAME.cpp that defines `std::unique_ptr<LinkRules> NAME_rules(CodeNames&)`, a line at the
// end of this header, a row in links_rules.cpp, and cases in tests/planner/links_NAME_test.cpp. A language without
// rules gets links inside files and members by name, nothing else: never a guess by a unique name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "planner/code_names.h"
#include "planner/links.h"

namespace planner {

/// What an import names: the files whose top-level names it offers. A directory that is a package without a file of its
/// own has none, but a `place` in which more lies.
struct Module {
  std::vector<CodeFileId> files = {};  ///< the first that defines a name wins
  std::string prefix = {};             ///< how its qualified names begin in these files: "tests." of an inline module
  std::string place = {};              ///< where the rules look for what is `inner`: a directory, a package
  bool empty() const { return files.empty() && place.empty(); }
  friend bool operator==(const Module&, const Module&) = default;
};

/// What a receiver, or nothing, may stand for inside a class.
enum class OwnClass : std::uint8_t {
  none,
  own,        ///< what the class itself has
  inherited,  ///< what it extends has
  both,
};

class LinkRules {
 public:
  explicit LinkRules(CodeNames& names) : names_(names) {}
  virtual ~LinkRules() = default;
  LinkRules(const LinkRules&) = delete;
  LinkRules& operator=(const LinkRules&) = delete;

  /// The module that an import of `from` takes its name from (Import::module), or brings when Import::name is empty;
  /// empty: outside of this repository. Called once for every import.
  virtual Module module_of(CodeFileId from, const parsers::Import&) = 0;

  /// What one imports when the import runs, where that is not module_of: `import a.b` runs a.b and brings a.
  virtual Module runs(CodeFileId from, const parsers::Import& import) { return module_of(from, import); }

  /// The module `name` inside another; empty: there is none. Asked only after the names that its files define.
  virtual Module inner(const Module& /*outer*/, std::string_view /*name*/) { return {}; }

  /// Definitions of other files that `from` sees by this name without importing it, in no order. `name` is plain, or a
  /// chain "a.b" where languages name things of other packages without importing them; `around` is the qualified name
  /// of the class or namespace around the use, "" at the top. Called once for every different name and place that
  /// nothing nearer explains.
  virtual std::vector<Site> seen(CodeFileId /*from*/, std::string_view /*name*/, std::string_view /*around*/) {
    return {};
  }

  /// A word that stands in every import of the file by another directory: the name of the file, or of its directory.
  virtual std::string imported_as(CodeFileId);

  /// Whether an import of everything ("*") brings names, rather than a text that seen() looks through.
  virtual bool brings_names(const parsers::Import&) { return true; }

  /// Definitions that a member of a value of unknown type must be, because `from` sees no other of that name.
  virtual std::vector<Site> members(CodeFileId /*from*/, std::string_view /*name*/) { return {}; }

  /// Whether importers of the file may take a name that the file itself imported.
  virtual bool passes_on(CodeFileId /*of*/, const parsers::Import& import) { return import.exported; }

  /// Whether other files may use the definition, by its qualified name.
  virtual bool visible(CodeFileId /*of*/, const parsers::Definition&) { return true; }

  /// Whether a receiver means the object or class around it, or what that extends.
  virtual OwnClass own_class(std::string_view receiver) {
    return receiver == "self" || receiver == "this" ? OwnClass::both
           : receiver == "super"                    ? OwnClass::inherited
                                                    : OwnClass::none;
  }

  /// How sure a member is of a value whose type is declared: M1 where any value of that shape will do.
  virtual Grade of_declared_type() { return Grade::exact; }

  /// Whether the language's own tools call it a use. Python's tell what is read from what is bound.
  virtual bool is_use(const parsers::Reference&) { return true; }

  /// Whether a bare name inside a class, `directly` or in one of its methods, may be a member of it or inherited.
  virtual OwnClass bare_members(bool /*directly*/) { return OwnClass::none; }

  /// Members of a type by that name that stand in other files than the type: methods of Go, implementations of Rust.
  virtual std::vector<Site> more_members(const Site& /*type*/, std::string_view /*name*/) { return {}; }

  /// Whether an import that passes a name on gives it to the file itself as well: not `export {a} from "./x"`.
  virtual bool named_here(const parsers::Import& import) { return !import.exported || import.module.empty(); }

  /// The definitions, in any files, that are one symbol with this one, or that a reference to it may reach: it is among
  /// them.
  virtual std::vector<Site> parts_of(const Site& site, const parsers::Reference&) { return {site}; }

 protected:
  Code& code() { return names_.code(); }
  CodeNames& names() { return names_; }

 private:
  CodeNames& names_;
};

using MakeLinkRules = std::unique_ptr<LinkRules> (*)(CodeNames&);

/// Null: the language has none yet. Languages with the same answer share one set of rules, and see each other's files.
MakeLinkRules rules_of(parsers::Language);

std::unique_ptr<LinkRules> bash_rules(CodeNames&);  // Bash and sh
std::unique_ptr<LinkRules> c_rules(CodeNames&);     // C and C++
std::unique_ptr<LinkRules> c_sharp_rules(CodeNames&);
std::unique_ptr<LinkRules> go_rules(CodeNames&);
std::unique_ptr<LinkRules> java_rules(CodeNames&);        // Java, Kotlin
std::unique_ptr<LinkRules> javascript_rules(CodeNames&);  // JavaScript, TypeScript, TSX
std::unique_ptr<LinkRules> php_rules(CodeNames&);
std::unique_ptr<LinkRules> python_rules(CodeNames&);
std::unique_ptr<LinkRules> ruby_rules(CodeNames&);
std::unique_ptr<LinkRules> rust_rules(CodeNames&);

}  // namespace planner
