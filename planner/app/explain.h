// explain: the whole story of one pair, or why there is none.
#pragma once

#include <string>

#include "planner/app/load.h"

namespace planner::app {

struct ExplainRequest {
  OrdersRequest orders;
  std::string a, b;
};

Answer<ExplainAnswer> explain(World&, const ExplainRequest&);

}  // namespace planner::app
