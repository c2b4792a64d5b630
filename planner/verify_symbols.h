// Orders that declare symbols of a file, and the parts of it that were touched.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/work.h"

namespace planner {

/// The touched places of a file that no declared symbol covers.
struct Outside {
  bool known = false;
  std::string why_not;  ///< a clause, when it is not known
  std::vector<FileParts::Place> places;
};

/// nullopt: one of the entries covers the whole file. A symbol that was not there before touches every gap unless it
/// says which (`after`); every symbol may add imports. REQUIRES: the entries cover `path`.
std::optional<Outside> places_outside(const Work&, const std::vector<const Entry*>& entries, const std::string& path);

/// The entry that speaks for a path: one of the whole file, else a symbol that was touched, else one of which it is not
/// known. Symbols that were not touched claim nothing.
struct Claim {
  const Entry* entry = nullptr;
  bool proved = true;
  std::string why_not;
  std::uint32_t line = 0;  ///< where the symbol was touched

  Certainty certainty() const { return proved ? Certainty::proved : Certainty::unproven; }
  std::string doubt() const { return proved ? std::string() : ": " + why_not; }
};

/// Among `entries` those that cover the path; `within`: only what was touched there counts.
Claim claim_in(const std::vector<Entry>& entries, const Work&, const std::string& path, const Outside* within);

/// A symbol that was to be created and was there before, or was to be changed or kept and is gone, or is still there.
struct SymbolIntent {
  const Entry* entry = nullptr;  ///< nullptr: all is as declared, or not known
  std::string message;
};
SymbolIntent broken_symbol_intent(const Work&, const std::vector<const Entry*>& entries, const std::string& path);

/// "f (line 3), <after g> (line 40) and 2 more".
std::string named(const std::vector<FileParts::Place>&);

/// `"a.py::f" and "a.py::g"`.
std::string only_declared(const std::vector<const Entry*>&);

}  // namespace planner
