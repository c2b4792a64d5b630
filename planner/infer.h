// Conflicts that nobody declared and the code shows: who uses, in the text it will change, what another changes.
//
// Hints, unless they are enforced: then a hidden read counts as a read, and what another deletes as orphaned work.
#pragma once

#include <vector>

#include "planner/co_change.h"
#include "planner/conflicts.h"
#include "planner/links.h"

namespace planner {

/// Between open orders, by import-resolved links (grades X, I, P) and, as hints only, by members of values of unknown
/// type (M1, M2). At most three pieces of evidence a pair, the worthiest first: the better the grade and the rarer
/// the name, the more it is worth. What a declared read or dependency says already is left out. Directories and
/// patterns stand for their first 64 files; a file that more than 64 entries name is left out.
///
/// Clash::first is the reader of a hidden read. Ordered as Clashes::pairs. Parses the files that are written and what
/// they import: O(references of written files * orders that write what they use).
std::vector<Clash> infer_clashes(const Orders&, Code&, Linker&, bool enforce);

/// Hints for orders whose files history changes together: where that is likely and has happened three times at least,
/// one a pair. Nothing for more than 500 open orders. O(orders * past commits of their files).
std::vector<Clash> co_change_clashes(const Orders&, const ChangeHistory&);

}  // namespace planner
