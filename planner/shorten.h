// What would shorten a plan most: one resource that is split, one decision, one agent more.
#pragma once

#include <vector>

#include "planner/constraints.h"
#include "planner/model.h"
#include "planner/plan.h"

namespace planner {

/// What the question starts from: a plan, and what it was made of.
struct Bottleneck {
  const Orders& orders;
  const Clashes& clashes;
  const std::vector<Decision>& decisions;
  const Constraints& constraints;
  const Model& model;
  const graph::Schedule& schedule;
  const std::vector<DecisionNeeded>& open;
};

/// Relaxes one candidate after the other (what the orders of the lower bound's witness dispute, the open decisions, the
/// cap or pool of a load) and plans again with a twentieth of the steps. The best is what lowers the bound and gives
/// the shortest plan; ties by kind, then name. Kind `none` with a text: proved that no single one helps, for every plan
/// without one of them still has the witness of an optimal plan; nullopt: not known. At most eight candidates; nothing
/// is tried on plans too large to be made several times.
std::optional<Shorter> shorten(const Bottleneck&, const PlanOptions&);

}  // namespace planner
