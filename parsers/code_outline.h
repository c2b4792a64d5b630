// The syntactic tier of the code index: what a source file defines, what it imports, and which names it uses where.
//
// Definitions inside functions are no symbols: they belong to the function. The definitions that hold a body ("blocks")
// and the gaps between them partition the file, so that two edits are of the same place exactly when they are of the
// same block or gap:
//
//     import os            <imports>
//     LIMIT = 3            <module>            text before the first block; LIMIT is a definition that lies in it
//     def f(): ...         f                   with the comments and decorators directly above
//     TABLE = {}           <after f>
//     class C:             <in C>              text of a container before its first block
//       def g(self): ...   C.g
//       x = 1              <after C.g>
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/language.h"

namespace parsers {

/// Half open in bytes; lines count from 1 and both ends belong to it.
struct CodeRange {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t first_line = 1, last_line = 1;
  friend bool operator==(const CodeRange&, const CodeRange&) = default;
};

enum class SymbolKind : std::uint8_t {
  class_,
  constant,
  constructor,
  enumeration,
  field,
  function,
  interface,
  macro,
  method,
  module_,
  structure,
  trait,
  type,
  variable,
};
std::string_view to_string(SymbolKind);

/// Position in CodeOutline::definitions; none: the file itself.
inline constexpr std::uint32_t no_definition = 0xFFFFFFFF;

struct Definition {
  std::string name;                ///< qualified: "Outer.inner"; overloads share it
  std::string parameters;          ///< languages with overloads: the types, normalised: "int,const char*"
  std::vector<std::string> bases;  ///< what a class extends or implements, as chains of names: "ns.Base"
  std::string type;  ///< of a variable or field, if it is declared or created with one: "ns.T" of `const ns::T<int>&`
  SymbolKind kind = SymbolKind::function;
  bool block = true;      ///< has a body and is a place of its own; else it lies in a gap or in its container
  bool degraded = false;  ///< overlaps a parse error: its borders are a guess
  CodeRange range;
  std::uint32_t line = 0, column = 0;  ///< of the name, from 1
  std::uint32_t container = no_definition;
  /// Hashes of the tokens and their structure, without comments and spacing. The body of a container is what lies
  /// outside its blocks.
  std::uint64_t signature = 0, body = 0;

  /// "inner" of "Outer.inner".
  std::string_view short_name() const;
};

struct Gap {
  std::string name;  ///< "<imports>", "<module>", "<after C.f>", "<in C>"; pieces of one gap share it
  CodeRange range;
};

struct Reference {
  enum class Kind : std::uint8_t {
    call,    ///< f(), and x.f() with a receiver
    import,  ///< where an import names it
    member,  ///< x.f
    use,     ///< any other mention
    write,   ///< x.f = 1
  };
  std::string name;
  std::string receiver;  ///< of a member: "a.b", "this", or "?" for an expression that is no chain of names
  Kind kind = Kind::use;
  std::uint32_t line = 0, column = 0;  ///< from 1, in bytes
  std::uint32_t byte = 0;
  std::uint32_t enclosing = no_definition;  ///< the innermost block around it
};

/// One imported name, or one name passed on to importers.
struct Import {
  std::string module;  ///< as written, without quotes; empty: this very file (`export {a as b}`)
  std::string name;    ///< what of it; empty: the module itself, "*": everything
  std::string alias;   ///< what it is called here, or by importers; empty: brings no name of its own
  bool exported = false;
  bool quoted = false;  ///< a file rather than a name of a module: `#include "x"`, `require_relative`, `mod x;`
  std::uint32_t line = 0;
  /// Bytes of the function or block that imports it for itself; end 0: it is of the whole file.
  std::uint32_t begin = 0, end = 0;
};

/// A parameter or local variable: `name` means this inside `scope`, nothing of the file or its imports.
struct LocalName {
  std::string name;
  std::uint32_t begin = 0, end = 0;  ///< bytes of the scope
  std::string type;                  ///< as Definition::type
};

enum class OutlineStatus : std::uint8_t {
  parsed,
  degraded,     ///< with parse errors: see CodeOutline::errors and Definition::degraded
  binary,       ///< a NUL byte; this and what follows: no definitions, one gap, nothing is proven
  too_large,    ///< more than 1 MiB
  long_lines,   ///< more than 500 bytes a line on average: minified or data
  too_complex,  ///< the parser needed more effort than about 250 ms allow
};
std::string_view to_string(OutlineStatus);

struct CodeOutline {
  OutlineStatus status = OutlineStatus::parsed;
  std::vector<Definition> definitions;  ///< by begin, containers before their contents
  std::vector<Gap> gaps;                ///< by begin
  std::vector<Reference> references;    ///< by byte
  std::vector<Import> imports;          ///< by line
  std::vector<LocalName> locals;        ///< by begin
  std::vector<CodeRange> errors;        ///< by begin

  /// False: the file may define and use anything.
  bool proven() const { return status == OutlineStatus::parsed || status == OutlineStatus::degraded; }
};

/// Any bytes, O(bytes), deterministic: effort is counted in operations of the parser.
CodeOutline outline(Language, std::string_view text);

}  // namespace parsers
