#include "planner/app/scope.h"

#include "planner/scope.h"

namespace planner::app {

Answer<ScopeAnswer> scope(World& world, const ScopeRequest& request) {
  auto loaded = load(world, request.orders);
  if (!loaded) return tl::make_unexpected(loaded.error());
  const auto id = find_order(*loaded, request.id);
  if (!id) return tl::make_unexpected(id.error());
  const CheckedPlan plan = make_plan(loaded->orders, loaded->facts, loaded->options);
  const Order& order = loaded->orders.list[id->index()];
  ScopeAnswer answer;
  answer.order = *id;
  answer.base = loaded->facts.base;
  const auto branch_of = [](const Order& one) { return one.branch.empty() ? safe_name(one.id) : one.branch; };
  answer.branch = branch_of(order);
  for (const Start& start : plan->starts)
    if (start.order == *id && start.from) answer.base = branch_of(loaded->orders.list[start.from->index()]);
  if (world.repository && !answer.base.empty()) {
    const std::string top = world.repository->top();
    answer.worktree = "../" + top.substr(top.rfind('/') + 1) + "-" + safe_name(order.id);
  }
  answer.orders = std::move(loaded->orders);
  answer.reading = std::move(loaded->reading);
  answer.changed_since_plan = std::move(loaded->changed_since_plan);
  describe_scope(answer, *plan);
  return answer;
}

}  // namespace planner::app
