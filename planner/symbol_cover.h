// What part of a file an entry `path::Outer.inner` means, and whether two of them meet: symbols and the gaps between
// them partition a file (parsers/code_outline.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parsers/code_outline.h"
#include "planner/index_symbols.h"

namespace planner {

/// A block, a gap or a piece of one.
struct Stretch {
  std::string name;                  ///< qualified symbol, or "<after C.f>"
  std::uint32_t begin = 0, end = 0;  ///< bytes; equal where a gap has no text yet
  std::int32_t first = 0, last = 0;  ///< ordinals of what it holds: the k-th block is 2k, what follows it 2k + 1
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

struct SymbolCover {
  bool proven = false;  ///< false: counts as the whole file
  std::string why;      ///< unproven: what is in the way
  bool created = false;
  bool scattered = false;       ///< created without a place: it may go into any gap
  std::string name;             ///< qualified, as the file calls it; of a gap its name
  std::vector<Stretch> exact;   ///< the definitions or the gap that are named
  std::vector<Stretch> places;  ///< the blocks and gaps in which an edit of them happens
};

/// `created`: it need not exist yet, and goes into the gap behind the symbol `after`, or into any gap.
/// The alternative: neither the symbol nor, where given, `after` is known. O(definitions + gaps).
std::variant<SymbolCover, UnknownSymbol> cover_of(const parsers::CodeOutline&, std::string_view symbol, bool created,
                                                  std::string_view after);

/// The place that edits of both touch: the same or nested symbols, or a gap. nullopt: they are apart.
/// REQUIRES: both proven, of one version of one file. O(places of a * places of b).
std::optional<std::string> shared_place(const SymbolCover& a, const SymbolCover& b);

/// Does the writer change what the reader names? Neighbours in a gap are nothing to a reader.
bool reads_what_changes(const SymbolCover& reader, const SymbolCover& writer);

/// Apart, with nothing but a gap between them.
bool adjacent(const SymbolCover& a, const SymbolCover& b);

}  // namespace planner
