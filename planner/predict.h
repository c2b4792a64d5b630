// What an order will most likely have to touch and does not declare: who uses what it writes, and its tests.
#pragma once

#include <vector>

#include "planner/co_change.h"
#include "planner/finding.h"
#include "planner/links.h"
#include "planner/order.h"

namespace planner {

/// Notes `likely-write`, at most five an order, sorted as findings are. Likely is: a file that uses a symbol to be
/// deleted or renamed; the test named after a written file; who uses several of the written symbols, or is one of their
/// few users; what history changed with the written files. What the order declares in any set, and what anybody may
/// write, is left out. O(files that mention what is written).
std::vector<Finding> likely_writes(const Orders&, Code&, Linker&, const ChangeHistory&);

}  // namespace planner
