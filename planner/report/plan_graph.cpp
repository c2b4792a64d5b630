#include "planner/report/plan_graph.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "planner/report/words.h"

namespace planner::report {
namespace {

constexpr std::size_t most_users = 64;

std::set<OrderId> held(const Plan& plan) {
  std::set<OrderId> out;
  for (const Reasoned& reasoned : plan.held) out.insert(reasoned.order);
  return out;
}

std::set<OrderId> alone(const Plan& plan) {
  std::set<OrderId> out;
  for (const Conflict& conflict : plan.conflicts)
    if (conflict.with_all && conflict.resolution == Resolution::alone) out.insert(conflict.between[0]);
  return out;
}

/// What the plan does about a pair: an order of the two counts more than keeping them apart, a decision most.
PlanGraph::Edge edge_of(const PairConflicts& pair) {
  PlanGraph::Edge edge{pair.front()->between[0], pair.front()->between[1], PlanGraph::Edge::Kind::never_at_once,
                       std::string(to_string(pair.front()->kind))};
  for (const Conflict* conflict : pair) {
    if (conflict->resolution == Resolution::decide) {
      edge.kind = PlanGraph::Edge::Kind::decision;
      edge.label = to_string(conflict->kind);
      return edge;
    }
    if (conflict->resolution != Resolution::first && conflict->resolution != Resolution::merge_first) continue;
    edge.kind = PlanGraph::Edge::Kind::before;
    edge.label = to_string(conflict->kind);
    edge.from = conflict->first;
    edge.to = conflict->between[conflict->between[0] == conflict->first ? 1 : 0];
  }
  return edge;
}

}  // namespace

PlanGraph plan_graph(const PlanAnswer& answer) {
  const Plan& plan = *answer.plan;
  const std::set<OrderId> waits = held(plan), barred = alone(plan);
  PlanGraph out;
  std::set<OrderId> placed;
  const auto node = [&](OrderId id) {
    const Order& order = answer.orders.list[id.index()];
    placed.insert(id);
    return PlanGraph::Node{id,
                           order.title.empty() || order.title == order.id ? order.id : order.id + ": " + order.title,
                           waits.contains(id), barred.contains(id)};
  };
  for (const std::vector<OrderId>& lane : plan.lanes) {
    std::vector<PlanGraph::Node>& nodes = out.lanes.emplace_back();
    for (const OrderId id : lane) nodes.push_back(node(id));
  }
  for (const Reasoned& reasoned : plan.unplanned)
    if (!placed.contains(reasoned.order)) out.others.push_back(node(reasoned.order));
  for (const PairConflicts& pair : by_pair(plan.conflicts, false)) {
    if (pair.front()->with_all) continue;
    PlanGraph::Edge edge = edge_of(pair);
    if (placed.contains(edge.from) && placed.contains(edge.to)) out.edges.push_back(std::move(edge));
  }
  for (const planner::Hub& hub : plan.hubs) {
    PlanGraph::Hub& one = out.hubs.emplace_back();
    one.label = fmt::format("{} {}", to_string(hub.kind), hub.resource);
    for (const std::vector<OrderId>* users : {&hub.writers, &hub.readers})
      for (const OrderId id : *users) {
        if (!placed.contains(id)) continue;
        if (one.users.size() < most_users)
          one.users.push_back(id);
        else
          ++one.more;
      }
  }
  return out;
}

}  // namespace planner::report
