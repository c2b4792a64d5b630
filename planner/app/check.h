// check: lint, hand-made waves against the conflicts, and who has just touched what is about to be written.
#pragma once

#include <cstdint>
#include <string>

#include "planner/app/load.h"

namespace planner::app {

struct Lately {
  std::string since;     ///< "30m" before `now`, a time, or a revision; empty: nobody asks
  std::int64_t now = 0;  ///< seconds since 1970
};

Answer<CheckAnswer> check(World&, const OrdersRequest&, const Lately& = {});

}  // namespace planner::app
