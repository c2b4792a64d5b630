// changes: what two commits differ in, as symbols.
#pragma once

#include <string>

#include "planner/app/load.h"

namespace planner::app {

struct ChangesRequest {
  std::string base, head;  ///< revisions
};

Answer<ChangesAnswer> changes(World&, const ChangesRequest&);

}  // namespace planner::app
