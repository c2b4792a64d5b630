// Surfaces that have to stay gone, and work on what is gone by now.
#pragma once

#include <string>
#include <vector>

#include "planner/work.h"

namespace planner {

struct Removed {
  const char* rule = "resurrected";  ///< or orphaned-work
  Certainty certainty = Certainty::proved;
  std::string message;  ///< a clause
  std::vector<Related> related;
};

/// What one change brings back or works on: `removed` of interlock.yaml, paths and symbols; what a completed order of
/// somebody else deleted; and what the target has removed since the base.
std::vector<Removed> removed_surfaces(const Orders&, const Work&, const Change&);

/// Fills `removals` of the work: for what it adds and a completed order had deleted, where git shows the deletion
/// before its base.
Result<void> look_at_removals(Repository&, const Orders&, Work&);

}  // namespace planner
