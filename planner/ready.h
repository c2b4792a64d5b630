// What can start now.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "planner/constraints.h"
#include "planner/replan.h"

namespace planner {

/// Orders that cannot start now whatever the schedule says, with the reason: something outside, a commit, a path.
std::map<OrderId, std::string> blocked(const Orders&, const Facts&, const Constraints&);

/// More orders run than there are agents or units of a pool: what runs stays, nobody new starts before it fits.
std::vector<Finding> overloads(const Orders&, const Constraints&, const PlanOptions&);

/// What the uncapped schedule starts now, once those who cannot start stand aside: `held` orders reserve nothing, while
/// nobody passes one that waits for something outside and goes first. `uncapped`: the schedule of `model`, if it is one
/// without a cap on agents; nullptr: it has to be found. Ascending.
std::vector<OrderId> ready_of(const Orders& orders, const Facts& facts, const Constraints& constraints,
                              const std::vector<Reasoned>& held, const PlanOptions& options,
                              const graph::Schedule* uncapped, const Model& model, const EarlierPlan* earlier);

}  // namespace planner
