// Going on from an earlier plan: what it said of today's orders, and what is different now, with reasons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/resume.h"
#include "parsers/approved_plan.h"
#include "planner/model.h"

namespace planner {

/// An earlier plan in today's orders.
struct EarlierPlan {
  struct Place {
    graph::Time start = 0, end = 0;  ///< in its own unit
    std::optional<int> agent;
    int wave = -1;
    std::vector<OrderId> after;             ///< ascending; in place of who is gone, whom that one waited for
    std::vector<std::string> after_gone{};  ///< who is not among the orders any more
  };
  std::string input_digest;
  Unit unit = Unit::order;
  graph::Time makespan = 0, lower_bound = 0;
  std::vector<std::optional<Place>> places;  ///< by order; nullopt: it had no start
  std::vector<bool> known;                   ///< by order: it was among the orders, planned or not
  std::vector<std::string> gone;             ///< had a start and are not among the orders any more; ascending
};

/// O(size of both * log).
EarlierPlan earlier_plan(const Orders&, const parsers::ApprovedPlan&);

/// The same for the tasks of a model.
graph::Earlier earlier_of(const EarlierPlan&, const Model&);

/// The schedule and the waves of a model: afresh, or going on from an earlier plan.
graph::Resumed schedule_of(const Model&, const graph::Effort&, const EarlierPlan*);
graph::Waves waves_of(const Model&, const graph::Effort&, const EarlierPlan*);

/// What is different in `plan`: orders, times and agents, and who waits for whom. REQUIRES: starts, conflicts and hubs
/// are there. O(starts + waits * search).
PlanChanges changes_since(const Orders&, const EarlierPlan&, const Plan&);

}  // namespace planner
