#include "planner/app/plan.h"

namespace planner::app {

Answer<PlanAnswer> plan(World& world, const OrdersRequest& request) {
  auto loaded = load(world, request);
  if (!loaded) return tl::make_unexpected(loaded.error());
  CheckedPlan plan =
      make_plan(loaded->orders, loaded->facts, loaded->options, loaded->earlier ? &*loaded->earlier : nullptr);
  return PlanAnswer{std::move(loaded->orders), std::move(plan), std::move(loaded->reading)};
}

}  // namespace planner::app
