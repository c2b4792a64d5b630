// Who uses what across files: references of one file bound to definitions, each with a grade.
//
// The rules of all languages and the measurements behind them: docs/architecture.md, "The code index". What a language
// adds: links_rules.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "planner/code.h"

namespace planner {

/// How a reference was bound to its definition, from sure to unsure.
enum class Grade : std::uint8_t {
  exact,        ///< X: same file, not shadowed
  imported,     ///< I: through the imports of the file
  package,      ///< P: same package, module or include closure
  member_near,  ///< M1: member of a value of unknown type; the definer is imported within two hops, few define it
  member_far,   ///< M2: member that fails one of these tests
};
/// "X", "I", "P", "M1", "M2".
std::string_view to_string(Grade);
/// X, I and P: what a plan may rest on.
constexpr bool resolved(Grade grade) { return grade <= Grade::package; }

/// In Link::reference: no name stands there, the import as such uses the file: `import "./x"`, `#include "x.h"`.
inline constexpr std::uint32_t no_reference = 0xFFFFFFFF;

struct Link {
  CodeFileId from;
  std::uint32_t reference = 0;  ///< position in the references of `from`, or no_reference
  CodeFileId to;
  std::uint32_t definition = 0;  ///< position in the definitions of `to`; no_definition: the module itself
  Grade grade = Grade::member_far;
  std::uint32_t via_line = 0;  ///< line in `from` of the import that connects them; 0: none
  friend auto operator<=>(const Link&, const Link&) = default;
};

/// Keeps what it learns of the tree (source roots, what modules define), so that one is made for one Code and asked
/// many times. One thread at a time. Parses lazily: the files asked about, and those that they import names from.
class Linker {
 public:
  explicit Linker(Code&);
  ~Linker();
  Linker(Linker&&) noexcept;
  Linker& operator=(Linker&&) noexcept;

  /// All links out of one file, its own definitions included, ordered by (reference, to, definition). Overloads, and a
  /// declaration with its definition, are a link each.
  std::vector<Link> links_from(CodeFileId from);

  /// Those of them with grade X, I or P: parses nothing but what the file imports.
  std::vector<Link> resolved_from(CodeFileId from);

  /// Those of them that end in some of these files: what a plan asks. Looks at values of unknown type only where one of
  /// the files defines a member of that name, so that few files are parsed.
  std::vector<Link> links_between(CodeFileId from, const std::vector<CodeFileId>& to);

  /// Those of links_from that start at these of its references (ascending; no_reference: its imports as such, too), and
  /// end in some of the files of `to` (null: anywhere). Parses as little as links_between.
  std::vector<Link> links_at(CodeFileId from, const std::vector<std::uint32_t>& references,
                             const std::vector<CodeFileId>* to = nullptr);

  /// All links from other files to these definitions of one file (no_definition: to the file as such), ordered by
  /// (from, reference, definition). The lexical tier names the candidates; only those are parsed.
  std::vector<Link> links_to(CodeFileId to, const std::vector<std::uint32_t>& definitions);

  /// Whether the language's own tools call the reference a use.
  bool is_use(CodeFileId, const parsers::Reference&);

  /// Gives back the memory of all outlines; what is asked later is answered the same.
  void forget();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace planner
