// What a name in a file means: definitions or a module, found the same way in every language with the help of its
// rules.
//
// Every search is a walk over at most 8 hops (re-exports, bases) and a bounded number of files, and what it finds does
// not depend on what was asked before.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "planner/links.h"
#include "planner/links_rules.h"

namespace planner {

/// What a name stands for, as far as it could be found out.
struct Meaning {
  enum class Kind : std::uint8_t {
    unbound,  ///< nothing says what it is
    value,    ///< a parameter, a local variable, a member of one of them, the outcome of an expression
    foreign,  ///< of another repository, or not found where it should be
    known,    ///< the sites, or the module if there are none
  };
  Kind kind = Kind::unbound;
  std::vector<Site> sites = {};
  Module module = {};
  Grade grade = Grade::exact;
  std::uint32_t via_line = 0;  ///< of the import, 0: none
  bool known() const { return kind == Kind::known; }
};

/// What a class extends, as far as it is in this repository.
struct Bases {
  struct Base {
    Site site;
    Grade grade = Grade::exact;
  };
  std::vector<Base> found = {};
  bool complete = true;  ///< false: some are foreign or unknown
};

class Binder {
 public:
  explicit Binder(Code& code) : names_(code) {}

  CodeNames& names() { return names_; }
  const parsers::CodeOutline& outline(CodeFileId file) { return names_.code().outline(file); }
  /// Gives back the memory of all outlines.
  void forget();
  /// Null: the language has no rules.
  LinkRules* rules(CodeFileId);
  /// Whether names of one file may mean definitions of the other.
  bool related(CodeFileId, CodeFileId) const;

  /// What a reference of the file means; of a member: the member, where it is known of what.
  Meaning of(CodeFileId, const parsers::Reference&);
  /// What one of its imports takes from there or brings: definitions, or a module.
  Meaning of_import(CodeFileId, std::uint32_t import);
  /// What one of its imports names.
  const Module& module_of(CodeFileId, std::uint32_t import);

 private:
  struct Locals;
  struct Step;
  struct Typing;

  const parsers::Definition& definition(const Site& s) { return outline(s.file).definitions[s.definition]; }
  /// The declared type of the local variable that the name is there, "" if that says nothing; null: it is no local.
  const std::string* local(CodeFileId, std::string_view name, std::uint32_t byte);

  Meaning in_import(CodeFileId, const parsers::Reference&);
  Meaning chain(CodeFileId, std::string_view dotted, const parsers::Reference& at);
  Meaning bare(CodeFileId, std::string_view name, const parsers::Reference& at);
  Meaning around(CodeFileId, std::string_view name, const parsers::Reference& at);
  Meaning own_class(CodeFileId, const parsers::Reference& at);
  /// What the name means anywhere in the file where nothing nearer has a meaning.
  const Meaning& of_file(CodeFileId, std::string_view name, const parsers::Reference& at);
  /// The class or namespace around.
  std::string_view place_of(CodeFileId, const parsers::Reference& at);
  /// A type by the name that a declaration of the file gives; foreign: not of this repository.
  Meaning type_named(CodeFileId, std::string_view dotted, const parsers::Reference& at);
  Meaning member(CodeFileId from, const Meaning& whole, std::string_view name, bool bases = true);
  void add_enumerated(const Site& type, std::string_view name, std::vector<Site>& out);
  Meaning inherited(const Site& type, std::string_view name);
  const Bases& bases_of(const Site& type);

  Meaning search(LinkRules*, Step first);
  bool look_in(const Step&, CodeFileId, Meaning& found, std::vector<Step>& next);
  void follow(const Step&, CodeFileId, std::uint32_t import, Meaning& found, std::vector<Step>& next);

  CodeNames names_;
  std::map<MakeLinkRules, std::unique_ptr<LinkRules>> rules_;
  std::unordered_map<std::uint64_t, Module> modules_;                                    // by file and import
  std::unordered_map<std::uint32_t, std::unordered_map<std::string, Meaning>> of_file_;  // by file, name and place
  std::map<Site, Bases> bases_;
  unsigned typing_ = 0;
  std::unordered_map<std::uint32_t, std::shared_ptr<Locals>> locals_;
};

}  // namespace planner
