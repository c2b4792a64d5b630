// A comparison in words and order that its formats share.
#pragma once

#include <string>
#include <vector>

#include "planner/answers.h"

namespace planner::report {

/// "3 branches against main: 2 of 3 pairs conflict, 1 drifted, 4 errors, 1 warning".
std::string headline(const CompareAnswer&);

/// Pairs with something to say, the worst first.
std::vector<const ComparedPair*> by_harm(const Comparison&);

FindingSeverity worst(const std::vector<Finding>&);

/// "2 repairs, 1 look", "no repairs".
std::string words(const MergeCost&);

/// "least possible", or how good the order is.
std::string_view quality(const MergeOrder&);

}  // namespace planner::report
