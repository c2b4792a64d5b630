// Did an order do what it promised? Exact paths are promises, patterns and directories are not.
#pragma once

#include <vector>

#include "planner/work.h"

namespace planner {

/// Per order, over all of its work: silent-completion, partial-completion, and deletions that did not happen.
std::vector<Finding> verify_completion(const Orders&, const std::vector<Work>&);

}  // namespace planner
