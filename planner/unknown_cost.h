// What orders without an accepted scope cost a plan, and which of them is worth settling first.
#pragma once

#include <optional>
#include <vector>

#include "planner/conflicts.h"
#include "planner/plan.h"

namespace planner {

/// A plan as it was made.
struct PlannedWith {
  const Orders& orders;
  const Facts& facts;
  const std::vector<Decision>& decisions;
  Unit unit;
  graph::Time makespan;
  std::size_t waves;
};

/// A note `unknown-cost`: by how much the plan would be shorter if every unknown scope were settled, and the one that
/// shortens it most alone; nullopt: no scope is unknown, or none of them runs alone. Settled is what is proposed, and
/// where nothing is, the best there could be: a scope that meets nobody. Plans again with a twentieth of the steps,
/// once for all of them and, up to 2000 orders, once for each of the first eight; nothing is planned again for more
/// than 20,000.
std::optional<Finding> unknown_cost(const PlannedWith&, const PlanOptions&);

}  // namespace planner
