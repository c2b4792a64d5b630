// What the decisions, the statuses and the isolation make of the clashes: the constraints of a schedule.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "planner/conflicts.h"
#include "planner/plan.h"
#include "planner/stack.h"

namespace planner {

struct Precedence {
  OrderId before, after;
  friend auto operator<=>(const Precedence&, const Precedence&) = default;
};

/// A pair that waits for an answer.
struct OpenDecision {
  OrderId between[2];
  ConflictKind kind;
};

struct Constraints {
  std::vector<bool> planned;             ///< by order: takes part
  std::vector<Precedence> arcs;          ///< ends before the other starts; ordered, unique
  std::vector<Precedence> dependencies;  ///< those of `arcs` that a dependency or a decision asks for
  std::vector<Precedence> merge_first;   ///< only the merge order is fixed; ordered, unique
  std::vector<Precedence> exclusions;    ///< never at once (before < after by id); ordered, unique
  std::vector<Precedence> together;      ///< decided: what a hub forbids does not hold between these two
  std::vector<Hub> hubs;                 ///< as found, readers_first settled
  std::vector<OrderId> alone;
  Stacking stacking;                ///< what it covers is among none of these but merge_first
  std::vector<Conflict> conflicts;  ///< every pair and kind with its resolution
  std::vector<OpenDecision> open;
  std::vector<Reasoned> unplanned;
  std::vector<Finding> findings;  ///< cycles, running orders that should not run
};

/// O(clashes log clashes + distinct sources of arcs * arcs).
Constraints constrain(const Orders&, const Clashes&, std::span<const Decision>, const PlanOptions&,
                      const Stacking& = {});

}  // namespace planner
