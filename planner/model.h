// The constraints of a set of orders as an instance of the graph problem, and back.
#pragma once

#include <vector>

#include "graph/answer.h"
#include "planner/constraints.h"

namespace planner {

struct Model {
  graph::Instance instance;
  std::vector<OrderId> orders;  ///< by task: ascending, so that ties go by priority, then id
  Unit unit = Unit::order;
  std::vector<Finding> findings;  ///< estimates that had to be assumed
};

/// Planned orders only, without those that stand `aside` (empty: nobody does).
Model build_model(const Orders&, const Constraints&, const PlanOptions&, const std::vector<bool>& aside);

/// Who waits for whom in the schedule: the arcs, and every pair that may not be at once in the order of its starts.
/// Hubs contribute chains, not pairs. Not reduced; ordered.
std::vector<graph::Arc> sequence(const Model&, const graph::Schedule&);

}  // namespace planner
