#include "planner/proof.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace planner {
namespace {

std::vector<std::string> names_of(const Orders& orders, const std::vector<OrderId>& ids) {
  std::vector<std::string> names;
  for (OrderId id : ids) names.push_back(orders.list[id.index()].id);
  return names;
}

/// The one resource that every pair of the clique disputes, if there is one: "all write x", "all use db:test".
std::string common_dispute(const Constraints& constraints, const std::vector<OrderId>& clique) {
  const std::set<OrderId> members(clique.begin(), clique.end());
  const auto all_in = [&](const std::vector<OrderId>& users) {
    return std::all_of(clique.begin(), clique.end(),
                       [&](OrderId id) { return std::binary_search(users.begin(), users.end(), id); });
  };
  for (const Hub& hub : constraints.hubs)
    if (all_in(hub.writers))
      return fmt::format("{} {} {}", clique.size() == 2 ? "both" : "all",
                         hub.kind == ConflictKind::resource ? "need" : "write", hub.resource);
  std::optional<std::set<std::pair<ConflictKind, std::string>>> common;
  std::set<std::pair<OrderId, OrderId>> seen;
  std::set<std::pair<ConflictKind, std::string>> here;
  std::pair<OrderId, OrderId> current;
  const auto close = [&] {
    if (!common)
      common = here;
    else
      std::erase_if(*common, [&](const auto& r) { return !here.contains(r); });
    here.clear();
  };
  for (const Conflict& c : constraints.conflicts) {
    if (c.with_all || !members.contains(c.between[0]) || !members.contains(c.between[1])) continue;
    if (c.kind != ConflictKind::write_write && c.kind != ConflictKind::resource) continue;
    const std::pair pair{c.between[0], c.between[1]};
    if (!seen.empty() && pair != current) close();
    seen.insert(current = pair);
    for (const Evidence& e : c.evidence) here.emplace(c.kind, e.resource);
  }
  if (clique.size() == 2 && seen.empty())
    for (const Conflict& c : constraints.conflicts)
      if (!c.with_all && members.contains(c.between[0]) && members.contains(c.between[1]) &&
          (c.kind == ConflictKind::read_write || c.kind == ConflictKind::mutual_read_write))
        return fmt::format("meet on {}: one reads it, the other writes it", c.evidence.front().resource);
  if (seen.size() != clique.size() * (clique.size() - 1) / 2 || seen.empty()) return {};
  close();
  if (common->empty()) return {};
  const auto& [kind, resource] = *common->begin();
  return fmt::format("{} {} {}", clique.size() == 2 ? "both" : "all", kind == ConflictKind::resource ? "need" : "write",
                     resource);
}

std::string because(const Orders& orders, const Model& model, const Constraints& constraints, const graph::Bound& bound,
                    const Proof& proof, std::string_view value, std::string_view agents, bool load_unit) {
  const std::vector<std::string> names = names_of(orders, proof.work_orders);
  switch (bound.reason) {
    case graph::Reason::none:
      return "there is nothing to plan";
    case graph::Reason::clique: {
      if (names.size() == 1) return fmt::format("{} alone takes {}", names[0], value);
      const std::string dispute = common_dispute(constraints, proof.work_orders);
      return fmt::format("{} {}", join_names(names), dispute.empty() ? "exclude each other" : dispute);
    }
    case graph::Reason::chain:
      if (names.size() == 1) return fmt::format("{} alone takes {}", names[0], value);
      return fmt::format("the chain {} takes {}", join_chain(names), value);
    case graph::Reason::load: {
      graph::Time work = 0;
      for (graph::TaskId task : bound.tasks) work += load_unit ? 1 : model.instance.duration[task.index()];
      const std::string total =
          load_unit ? fmt::format("{} orders", work) : fmt::format("{} of work", amount(work, model.unit));
      if (bound.pool < 0) return fmt::format("{} for {}", total, agents);
      return fmt::format("{} for {} of {}", total, model.instance.pools[static_cast<std::size_t>(bound.pool)].capacity,
                         pool_name(orders, model, bound.pool));
    }
    case graph::Reason::search:
      return proof.optimal ? "every smaller plan was searched through" : "smaller plans were ruled out by search";
  }
  return {};
}

Proof prove(const Model& model, graph::Time value, const graph::Bound& bound) {
  Proof proof{value, bound.value, value == bound.value, bound.reason, {}, {}};
  for (graph::TaskId task : bound.tasks) proof.work_orders.push_back(model.orders[task.index()]);
  return proof;
}

}  // namespace

std::string pool_name(const Orders& orders, const Model& model, int index) {
  // build_model leaves out pools without users: count those that have one.
  const graph::Pool& wanted = model.instance.pools[static_cast<std::size_t>(index)];
  const Order& user = orders.list[model.orders[wanted.users.front().index()].index()];
  int at = -1;
  for (const Pool& pool : orders.rules.pools) {
    const auto uses = [&](const Order& order) {
      return std::any_of(order.resources.begin(), order.resources.end(),
                         [&](const ResourceUse& u) { return u.pool && u.name == pool.name; });
    };
    if (std::any_of(model.orders.begin(), model.orders.end(),
                    [&](OrderId id) { return uses(orders.list[id.index()]); }))
      ++at;
    if (at == index && uses(user)) return pool.name;
  }
  return "a pool";
}

std::string join_names(const std::vector<std::string>& names, std::size_t most) {
  if (names.size() <= 1) return names.empty() ? std::string() : names.front();
  if (names.size() > most) {
    const std::vector<std::string> shown(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(most) - 1);
    return fmt::format("{} and {} more", fmt::join(shown, ", "), names.size() - shown.size());
  }
  const std::vector<std::string> front(names.begin(), names.end() - 1);
  return fmt::format("{} and {}", fmt::join(front, ", "), names.back());
}

std::string join_chain(const std::vector<std::string>& names, std::size_t most) {
  if (names.size() <= most) return fmt::format("{}", fmt::join(names, " -> "));
  const auto middle = static_cast<std::ptrdiff_t>(most) - 1;
  return fmt::format("{} -> ... -> {} ({} in all)", fmt::join(names.begin(), names.begin() + middle, " -> "),
                     names.back(), names.size());
}

std::string amount(graph::Time time, Unit unit) {
  switch (unit) {
    case Unit::order:
      return fmt::format("{} step{}", time, time == 1 ? "" : "s");
    case Unit::minute:
      return fmt::format("{} min", time);
    case Unit::second:
      return fmt::format("{} s", time);
  }
  return {};
}

Proof prove_waves(const Orders& orders, const Model& model, const Constraints& constraints, const graph::Waves& waves) {
  Proof proof = prove(model, waves.count, waves.bound);
  const auto waves_text = [](graph::Time n) { return fmt::format("{} wave{}", n, n == 1 ? "" : "s"); };
  const std::string why = because(orders, model, constraints, waves.bound, proof,
                                  proof.work_orders.size() == 1 ? "one wave" : waves_text(waves.bound.value), "", true);
  proof.text = proof.optimal ? fmt::format("{}, and no plan can do with fewer: {}", waves_text(proof.value), why)
                             : fmt::format("{}, at least {}: {}", waves_text(proof.value), proof.lower_bound, why);
  return proof;
}

Proof prove_makespan(const Orders& orders, const Model& model, const Constraints& constraints,
                     const graph::Schedule& schedule, const PlanOptions& options) {
  Proof proof = prove(model, schedule.makespan, schedule.bound);
  const std::string on =
      options.agents ? fmt::format(" on {} agent{}", *options.agents, *options.agents == 1 ? "" : "s") : "";
  const std::string agents =
      options.agents ? fmt::format("{} agent{}", *options.agents, *options.agents == 1 ? "" : "s") : "";
  const std::string why = because(orders, model, constraints, schedule.bound, proof,
                                  amount(schedule.bound.value, model.unit), agents, model.unit == Unit::order);
  proof.text = proof.optimal ? fmt::format("{}{}, and no plan is shorter: {}", amount(proof.value, model.unit), on, why)
                             : fmt::format("{}{}, at least {}: {}", amount(proof.value, model.unit), on,
                                           amount(proof.lower_bound, model.unit), why);
  return proof;
}

}  // namespace planner
