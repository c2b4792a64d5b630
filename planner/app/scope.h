// scope: the block for a session's prompt.
#pragma once

#include <string>

#include "planner/app/load.h"

namespace planner::app {

struct ScopeRequest {
  OrdersRequest orders;
  std::string id;
};

Answer<ScopeAnswer> scope(World&, const ScopeRequest&);

}  // namespace planner::app
