// Each path that work changed, against what its orders declare: forbidden, foreign, undeclared, or with another intent.
#pragma once

#include <vector>

#include "planner/work.h"

namespace planner {

/// One finding per path and piece of work at most: forbidden, else foreign, else undeclared (lowered to
/// scope-extended by a Scope-Add trailer), else wrong-intent. What rests on a symbol alone is unproven, and said only
/// where nothing proved is.
/// Several orders are judged against the union of their scopes; the finding carries the first by id, its message names
/// them all. O(paths * (orders of the work + open orders) * log entries).
std::vector<Finding> verify_writes(const Orders&, const std::vector<Work>&);

}  // namespace planner
