// What git cannot merge, and which of it is the pair's own.
#pragma once

#include <string>
#include <vector>

#include "planner/compare_work.h"
#include "planner/finding.h"

namespace planner {

/// One finding for each path in conflict that is not drift, one note when git could not merge at all. `drift`: merges
/// of the first side with the base of the second, and of the base of the first with the second; none: they share
/// theirs. A path that conflicts there too is the pair's own only if a conflicting region reads differently there.
std::vector<Finding> compare_textual(const BranchWork& a, const BranchWork& b, const Merge&,
                                     const std::vector<const Merge*>& drift, const std::vector<CommonFile>&,
                                     EditReader&);

/// What compare_textual has to read for that, as TREE:PATH.
std::vector<std::string> drifted_files(const Merge&, const std::vector<const Merge*>& drift);

}  // namespace planner
