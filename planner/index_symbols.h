// Symbols as people write them, `path::Outer.inner`, looked up in what a file defines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parsers/code_outline.h"

namespace planner {

/// Definitions that a name covers: all overloads of it, unless it gives parameters.
struct FoundSymbol {
  std::vector<std::uint32_t> definitions;  ///< positions in CodeOutline::definitions, ascending
  std::string name;                        ///< qualified: what the file calls it
};

/// One of the file's gaps: "<imports>", "<module>", "<after C.f>", "<in C>".
struct FoundGap {
  std::string name;
};

/// Several different names could be meant, or none is: then the nearest ones, the other overloads where one was asked
/// for. At most five, best first.
struct UnknownSymbol {
  bool ambiguous = false;
  std::vector<std::string> names;
};

using SymbolLookup = std::variant<FoundSymbol, FoundGap, UnknownSymbol>;

/// A symbol as written, without spacing and with dots for `::` and `#`: "Outer.inner", "f(int,char)".
std::string qualified(std::string_view symbol);

/// Reads `Outer.inner`, `Outer::inner`, `Outer#inner`, a last part that only one name ends in, `f(int, char)` for one
/// overload, and gaps. "<imports>" is always a gap: what a file does not import yet, it may.
SymbolLookup find_symbol(const parsers::CodeOutline&, std::string_view symbol);

/// Where an edit of a definition happens: the names of the blocks and gaps that its lines lie in, in their order. A
/// variable's is the gap around it; a container's are its own name alone, which encloses what is inside.
std::vector<std::string> places_of(const parsers::CodeOutline&, std::uint32_t definition);

/// The blocks and gaps that lines [first, last] touch, in their order: the innermost of each line.
std::vector<std::string> places_at(const parsers::CodeOutline&, std::uint32_t first_line, std::uint32_t last_line);

}  // namespace planner
