// compare: branches and work trees that are alive, held against each other and against the target.
#pragma once

#include <string>
#include <vector>

#include "planner/app/load.h"

namespace planner::app {

struct CompareRequest {
  std::vector<std::string> names;  ///< revisions, and directories of work trees; none: all work trees
  std::string target;              ///< revision; empty: what the configuration says
};

Answer<CompareAnswer> compare(World&, const CompareRequest&);

}  // namespace planner::app
