// Stacking: a successor of an order in review starts from that order's branch instead of waiting until it has landed.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "planner/conflicts.h"
#include "planner/plan.h"

namespace planner {

/// `bases[S]`: the orders in review that a pending order S would otherwise wait for and builds on instead, ascending;
/// `on[S]`: the one of them whose branch has all the others. Both empty without stacking.
///
/// S builds on R when it depends on R, writes what R writes, reads what R writes, or writes what R reads. It waits as
/// ever when it disputes anything with R that a branch does not hold (a named resource, a decision), or when several
/// are in review and none of their branches is known to contain the others.
struct Stacking {
  std::vector<std::optional<OrderId>> on;
  std::vector<std::vector<OrderId>> bases;
  std::vector<Finding> refused;  ///< who waits although it could have been asked to stack, and why

  bool covers(OrderId a, OrderId b) const;  ///< one builds on the other
};

/// `not_these`: orders that the schedule showed to be no good for it. O(clashes + users of hubs).
Stacking find_stacks(const Orders&, const Clashes&, const PlanOptions&, const std::set<OrderId>& not_these);

/// Orders that stack and come, in this schedule, behind others that have not landed by then and whose branches are not
/// on top of the same one: they would need two branches at once. `from`: for every other order that stacks, whose
/// branch it starts from, by order.
struct StackedStarts {
  std::vector<std::optional<OrderId>> from;
  std::set<OrderId> torn;
};
StackedStarts stacked_starts(const Orders&, const Stacking&, const PlanOptions&, const std::vector<Start>&);

}  // namespace planner
