// plan: which orders may run side by side, proved.
#pragma once

#include "planner/app/load.h"

namespace planner::app {

Answer<PlanAnswer> plan(World&, const OrdersRequest&);

}  // namespace planner::app
