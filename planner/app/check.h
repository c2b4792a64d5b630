// check: lint, and hand-made waves against the conflicts.
#pragma once

#include "planner/app/load.h"

namespace planner::app {

Answer<CheckAnswer> check(World&, const OrdersRequest&);

}  // namespace planner::app
