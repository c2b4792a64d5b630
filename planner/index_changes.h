// What an edit did to the symbols of one file: two outlines compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parsers/code_outline.h"

namespace planner {

struct SymbolChange {
  enum class Kind : std::uint8_t { added, removed, renamed, signature, body };
  Kind kind = Kind::body;
  std::string symbol;  ///< qualified; of the new file unless removed
  std::string before;  ///< renamed: what it was called
  std::uint32_t old_definition = parsers::no_definition;
  std::uint32_t new_definition = parsers::no_definition;
  friend bool operator==(const SymbolChange&, const SymbolChange&) = default;
};
std::string_view to_string(SymbolChange::Kind);

/// Definitions are paired by qualified name, kind and parameters, then by name and order. What is left is renamed where
/// one removed and one added of a kind have the same body and that body is no other's; everything else is added or
/// removed. A changed signature counts more than a changed body. Comments, spacing and moves are no change. Ordered as
/// in the new file, then what was removed as in the old one. O(n log n).
std::vector<SymbolChange> symbol_changes(const parsers::CodeOutline& before, const parsers::CodeOutline& after);

}  // namespace planner
