#include "planner/ready.h"

#include <algorithm>
#include <fmt/format.h>

namespace planner {
namespace {

using parsers::Status;

/// Marks whoever comes after one that is marked, over the arcs and over hubs that readers leave first. O(arcs + users).
void stand_aside(const Orders& orders, const Constraints& constraints, const std::vector<Precedence>& arcs,
                 bool over_hubs, std::vector<bool>& aside) {
  if (std::find(aside.begin(), aside.end(), true) == aside.end()) return;
  std::vector<std::vector<OrderId>> after(orders.list.size());
  for (const Precedence& p : arcs) after[p.before.index()].push_back(p.after);
  std::vector<std::vector<std::size_t>> read(orders.list.size());  // hubs
  if (over_hubs)
    for (std::size_t h = 0; h < constraints.hubs.size(); ++h)
      if (constraints.hubs[h].readers_first)
        for (OrderId reader : constraints.hubs[h].readers) read[reader.index()].push_back(h);
  std::vector<OrderId> stack;
  std::vector<bool> opened(constraints.hubs.size(), false);
  for (std::size_t i = 0; i < aside.size(); ++i)
    if (aside[i]) stack.push_back(OrderId(i));
  const auto mark = [&](OrderId id) {
    if (aside[id.index()] || orders.list[id.index()].status != Status::pending) return;
    aside[id.index()] = true;
    stack.push_back(id);
  };
  while (!stack.empty()) {
    const OrderId id = stack.back();
    stack.pop_back();
    for (OrderId next : after[id.index()]) mark(next);
    for (std::size_t hub : read[id.index()]) {
      if (opened[hub]) continue;
      opened[hub] = true;
      for (OrderId writer : constraints.hubs[hub].writers) mark(writer);
    }
  }
}

}  // namespace

std::map<OrderId, std::string> blocked(const Orders& orders, const Facts& facts, const Constraints& constraints) {
  using Kind = parsers::Dependency::Kind;
  const auto unproven = [&](std::string_view what, const std::string& target) {
    return fmt::format("{} {} {}", what, target,
                       facts.base.empty() ? "cannot be looked up without a repository" : "is not in the base");
  };
  std::vector<bool> waits(orders.list.size(), false);  // for an order of the plan, which may be who makes the path
  for (const Conflict& c : constraints.conflicts)
    if (c.kind == ConflictKind::dependency)
      waits[(c.first == c.between[0] ? c.between[1] : c.between[0]).index()] = true;
  std::map<OrderId, std::string> out;
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& order = orders.list[i];
    if (!constraints.planned[i] || order.status != Status::pending) continue;
    for (const Dependency& d : order.depends_on) {
      if (d.kind == Kind::external)
        out.emplace(OrderId(i), fmt::format("external:{} cannot be looked up here", d.target));
      if (d.kind == Kind::order && !d.order)
        out.emplace(OrderId(i), fmt::format("{} is not among the work orders", d.target));
      if (d.kind == Kind::commit && !facts.satisfied_commits.contains(d.target))
        out.emplace(OrderId(i), unproven("commit", d.target));
      if (d.kind == Kind::path && !facts.existing_paths.contains(d.target) && !waits[i])
        out.emplace(OrderId(i), unproven("path", d.target));
    }
  }
  return out;
}

std::vector<Finding> overloads(const Orders& orders, const Constraints& constraints, const PlanOptions& options) {
  std::vector<Finding> out;
  const auto note = [&](const std::vector<OrderId>& running, std::size_t capacity, const std::string& words) {
    if (running.size() <= capacity) return;
    const Order& last = orders.list[running[capacity].index()];
    Finding finding{"running-over-capacity",
                    FindingSeverity::warning,
                    Certainty::declared,
                    last.id,
                    fmt::format("{} orders are under way, and {}: nobody else starts before {} of them have ended",
                                running.size(), words, running.size() - capacity + 1),
                    last.where,
                    {}};
    for (OrderId id : running)
      if (finding.related.size() < 10)
        finding.related.push_back({orders.list[id.index()].where, orders.list[id.index()].id});
    out.push_back(std::move(finding));
  };
  const auto running = [&](auto counts) {
    std::vector<OrderId> ids;
    for (std::size_t i = 0; i < orders.list.size(); ++i)
      if (constraints.planned[i] && orders.list[i].status != Status::pending && counts(orders.list[i]))
        ids.push_back(OrderId(i));
    return ids;
  };
  if (options.agents)
    note(running([](const Order& order) { return order.status == Status::running; }),
         static_cast<std::size_t>(*options.agents),
         fmt::format("there {} {} agent{}", *options.agents == 1 ? "is" : "are", *options.agents,
                     *options.agents == 1 ? "" : "s"));
  for (const Pool& pool : orders.rules.pools)
    note(running([&](const Order& order) {
           return std::any_of(order.resources.begin(), order.resources.end(),
                              [&](const ResourceUse& use) { return use.pool && use.name == pool.name; });
         }),
         static_cast<std::size_t>(pool.capacity), fmt::format("the pool {} holds {}", pool.name, pool.capacity));
  return out;
}

std::vector<OrderId> ready_of(const Orders& orders, const Facts& facts, const Constraints& constraints,
                              const std::vector<Reasoned>& held, const PlanOptions& options,
                              const graph::Schedule* uncapped, const Model& model, const EarlierPlan* earlier) {
  std::vector<bool> aside(orders.list.size(), false);
  bool anyone = false;
  for (const Reasoned& h : held) aside[h.order.index()] = anyone = true;
  stand_aside(orders, constraints, constraints.dependencies, false, aside);
  // What waits for something outside keeps its turn: nobody whose predecessor it is starts before it.
  std::vector<bool> waiting(orders.list.size(), false);
  for (const auto& [id, why] : blocked(orders, facts, constraints)) waiting[id.index()] = anyone = true;
  if (anyone) {
    stand_aside(orders, constraints, constraints.arcs, options.isolation == parsers::Isolation::shared, waiting);
    for (std::size_t i = 0; i < aside.size(); ++i)
      if (waiting[i]) aside[i] = true;
    stand_aside(orders, constraints, constraints.dependencies, false, aside);
  }
  Model sub;
  graph::Schedule own;
  if (anyone || !uncapped) {
    PlanOptions free = options;
    free.agents = std::nullopt;
    sub = build_model(orders, constraints, free, aside);
    own = schedule_of(sub, options.effort, earlier).schedule;
  }
  const Model& used = anyone || !uncapped ? sub : model;
  const graph::Schedule& schedule = anyone || !uncapped ? own : *uncapped;
  std::vector<OrderId> ready;
  for (std::size_t t = 0; t < used.orders.size(); ++t)
    if (schedule.start[t] == 0 && orders.list[used.orders[t].index()].status == Status::pending)
      ready.push_back(used.orders[t]);
  return ready;
}

}  // namespace planner
