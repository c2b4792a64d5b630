#include "planner/model.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "planner/proof.h"

namespace planner {
namespace {

using parsers::Status;

/// Seconds per task: declared estimates, the lower median for the rest; 1 each when nobody estimates.
std::vector<graph::Time> durations(const Orders& orders, const std::vector<OrderId>& planned, Model& model) {
  std::vector<std::int64_t> declared;
  for (const Order& order : orders.list)
    if (order.open() && order.estimate) declared.push_back(*order.estimate);
  if (declared.empty()) return std::vector<graph::Time>(planned.size(), 1);
  std::sort(declared.begin(), declared.end());
  const std::int64_t median = declared[(declared.size() - 1) / 2];
  std::vector<graph::Time> out;
  std::vector<std::string> assumed;
  Place first;
  for (OrderId id : planned) {
    const Order& order = orders.list[id.index()];
    if (!order.estimate) {
      if (assumed.empty()) first = order.where;
      assumed.push_back(order.id);
    }
    out.push_back(order.estimate.value_or(median));
  }
  const bool minutes = std::all_of(out.begin(), out.end(), [](graph::Time t) { return t % 60 == 0; });
  model.unit = minutes ? Unit::minute : Unit::second;
  if (minutes)
    for (graph::Time& t : out) t /= 60;
  if (!assumed.empty())
    model.findings.push_back(
        {"assumed-estimate",
         FindingSeverity::note,
         Certainty::inferred,
         assumed.size() == 1 ? assumed.front() : "",
         fmt::format("{} {} no estimate and {} as {}, the lower median", join_names(assumed),
                     assumed.size() == 1 ? "has" : "have", assumed.size() == 1 ? "counts" : "count each",
                     minutes ? fmt::format("{}m", median / 60) : fmt::format("{}s", median)),
         first,
         {}});
  return out;
}

/// The same exclusion but for some pairs: a clique without an edge is two cliques, each without one end of it.
std::vector<graph::Exclusion> without_pairs(graph::Exclusion whole,
                                            const std::vector<std::pair<graph::TaskId, graph::TaskId>>& pairs) {
  const auto uses = [](const graph::Exclusion& e, graph::TaskId t) {
    return std::find(e.writers.begin(), e.writers.end(), t) != e.writers.end() ||
           std::find(e.readers.begin(), e.readers.end(), t) != e.readers.end();
  };
  std::vector<graph::Exclusion> parts{std::move(whole)};
  for (const auto& [a, b] : pairs)
    for (std::size_t i = 0, n = parts.size(); i < n; ++i) {
      if (!uses(parts[i], a) || !uses(parts[i], b)) continue;
      parts.push_back(parts[i]);
      for (auto& [part, left_out] : {std::pair<graph::Exclusion&, graph::TaskId>{parts[i], a}, {parts.back(), b}}) {
        std::erase(part.writers, left_out);
        std::erase(part.readers, left_out);
      }
    }
  return parts;
}

/// Takes the orders in review on which users of the exclusion build out of it, and returns each of them with the users
/// that do not.
std::vector<graph::Exclusion> split_off_bases(const Model& model, const Orders& orders, const Stacking& stacking,
                                              graph::Exclusion& exclusion) {
  std::vector<graph::Exclusion> stars;
  if (stacking.bases.empty()) return stars;
  const auto order = [&](graph::TaskId t) { return model.orders[t.index()]; };
  std::set<OrderId> built_on;
  for (const auto* users : {&exclusion.writers, &exclusion.readers})
    for (graph::TaskId t : *users)
      for (OrderId base : stacking.bases[order(t).index()]) built_on.insert(base);
  for (auto* users : {&exclusion.writers, &exclusion.readers}) {
    std::vector<graph::TaskId> kept;
    for (graph::TaskId base : *users) {
      if (orders.list[order(base).index()].status != Status::review || !built_on.contains(order(base))) {
        kept.push_back(base);
        continue;
      }
      graph::Exclusion star{{base}, {}, false};
      const auto add = [&](const std::vector<graph::TaskId>& others) {
        for (graph::TaskId t : others)
          if (t != base && !stacking.covers(order(t), order(base))) star.readers.push_back(t);
      };
      add(exclusion.writers);
      if (users == &exclusion.writers) add(exclusion.readers);
      stars.push_back(std::move(star));
    }
    *users = std::move(kept);
  }
  return stars;
}

}  // namespace

Model build_model(const Orders& orders, const Constraints& constraints, const PlanOptions& options,
                  const std::vector<bool>& aside) {
  Model model;
  std::vector<std::optional<graph::TaskId>> task(orders.list.size());
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    if (!constraints.planned[i] || (!aside.empty() && aside[i])) continue;
    task[i] = graph::TaskId(model.orders.size());
    model.orders.push_back(OrderId(i));
  }
  graph::Instance& instance = model.instance;
  instance.duration = durations(orders, model.orders, model);
  instance.agents = options.agents;
  const auto tasks = [&](const std::vector<OrderId>& ids) {
    std::vector<graph::TaskId> out;
    for (OrderId id : ids)
      if (task[id.index()]) out.push_back(*task[id.index()]);
    return out;
  };
  for (std::size_t t = 0; t < model.orders.size(); ++t) {
    const Status status = orders.list[model.orders[t].index()].status;
    if (status == Status::running || status == Status::review) instance.started.push_back(graph::TaskId(t));
    if (status == Status::review) instance.unmanned.push_back(graph::TaskId(t));
  }
  for (const Precedence& p : constraints.arcs)
    if (task[p.before.index()] && task[p.after.index()])
      instance.arcs.push_back({*task[p.before.index()], *task[p.after.index()]});
  for (const Precedence& p : constraints.exclusions)
    if (task[p.before.index()] && task[p.after.index()])
      instance.exclusions.push_back({{*task[p.before.index()], *task[p.after.index()]}, {}, false});
  const bool weak = options.isolation == parsers::Isolation::worktree;
  std::vector<std::pair<graph::TaskId, graph::TaskId>> apart;
  for (const Precedence& p : constraints.together)
    if (task[p.before.index()] && task[p.after.index()])
      apart.emplace_back(*task[p.before.index()], *task[p.after.index()]);
  for (const Hub& hub : constraints.hubs) {
    graph::Exclusion exclusion{tasks(hub.writers), tasks(hub.readers), hub.readers_first};
    // With trees of their own readers and writers may overlap; only named things are shared by all trees.
    if (weak && hub.kind != ConflictKind::resource && hub.readers_first)
      exclusion.readers.clear(), exclusion.readers_first = false;
    std::vector<graph::Exclusion> stars = split_off_bases(model, orders, constraints.stacking, exclusion);
    for (graph::Exclusion& part : without_pairs(std::move(exclusion), apart)) stars.push_back(std::move(part));
    for (graph::Exclusion& part : stars)
      if (!part.writers.empty() && part.writers.size() + part.readers.size() > 1)
        instance.exclusions.push_back(std::move(part));
  }
  instance.alone = tasks(constraints.alone);
  for (const Pool& pool : orders.rules.pools) {
    graph::Pool bound;
    bound.capacity = pool.capacity;
    for (std::size_t t = 0; t < model.orders.size(); ++t)
      for (const ResourceUse& use : orders.list[model.orders[t].index()].resources)
        if (use.pool && use.name == pool.name && (bound.users.empty() || bound.users.back() != graph::TaskId(t)))
          bound.users.push_back(graph::TaskId(t));
    if (!bound.users.empty()) instance.pools.push_back(std::move(bound));
  }
  return model;
}

std::vector<graph::Arc> sequence(const Model& model, const graph::Schedule& schedule) {
  const graph::Instance& instance = model.instance;
  std::vector<graph::Arc> arcs = instance.arcs;
  const auto start = [&](graph::TaskId t) { return schedule.start[t.index()]; };
  const auto end = [&](graph::TaskId t) { return start(t) + instance.duration[t.index()]; };
  // Between two writers stand the readers of the first; between two readers nothing. Tasks that overlap (both started)
  // wait for nobody.
  const auto chain = [&](const std::vector<graph::TaskId>& writers, const std::vector<graph::TaskId>& readers) {
    std::vector<std::pair<graph::TaskId, bool>> users;  // writes?
    for (graph::TaskId t : writers) users.emplace_back(t, true);
    for (graph::TaskId t : readers) users.emplace_back(t, false);
    std::sort(users.begin(), users.end(), [&](const auto& x, const auto& y) {
      return std::pair(start(x.first), x.first) < std::pair(start(y.first), y.first);
    });
    std::vector<graph::TaskId> last_writers, readers_since;
    const auto wait_for = [&](graph::TaskId t, const std::vector<graph::TaskId>& earlier) {
      for (graph::TaskId e : earlier)
        if (end(e) <= start(t)) arcs.push_back({e, t});
    };
    for (const auto& [t, writes] : users) {
      wait_for(t, last_writers);
      if (!writes) {
        readers_since.push_back(t);
        continue;
      }
      wait_for(t, readers_since);
      if (start(t) > 0) last_writers.clear();
      last_writers.push_back(t);
      if (start(t) > 0) readers_since.clear();
    }
  };
  for (const graph::Exclusion& exclusion : instance.exclusions) chain(exclusion.writers, exclusion.readers);
  if (!instance.alone.empty()) {
    std::vector<graph::TaskId> others;
    std::vector<bool> alone(instance.size(), false);
    for (graph::TaskId t : instance.alone) alone[t.index()] = true;
    for (std::size_t t = 0; t < instance.size(); ++t)
      if (!alone[t]) others.push_back(graph::TaskId(t));
    chain(instance.alone, others);
  }
  std::sort(arcs.begin(), arcs.end());
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());
  return arcs;
}

}  // namespace planner
