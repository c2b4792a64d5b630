// What an order will most likely have to touch and does not declare: who uses what it writes, and its tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "planner/co_change.h"
#include "planner/finding.h"
#include "planner/links.h"
#include "planner/order.h"

namespace planner {

/// A file that changes with what an order writes, most likely.
struct LikelyWrite {
  std::string path;
  std::string with;              ///< the written file it hangs on
  std::string because;           ///< "it uses f, g, and is its test; 12 of 15 commits to src/a.py changed both"
  std::uint32_t line = 0;        ///< of its first use; 0: only history knows
  bool strong = false;           ///< it uses what goes away, is the test, or history says so; not only a user
  const Entry* entry = nullptr;  ///< that writes `with`
};

/// The likeliest first, at most `most`. Likely is: a file that uses a symbol to be deleted or renamed; the test named
/// after a written file; who uses several of the written symbols, or is one of their few users; what history changed
/// with the written files. What the order declares in any set, and what anybody may write, is left out. O(files that
/// mention what is written). REQUIRES: a write set.
std::vector<LikelyWrite> predict_writes(const Order&, const Rules&, Code&, Linker&, const ChangeHistory&,
                                        std::size_t most);

/// The same as notes `likely-write`, at most five an order, sorted as findings are.
std::vector<Finding> likely_writes(const Orders&, Code&, Linker&, const ChangeHistory&);

}  // namespace planner
