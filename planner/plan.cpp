#include "planner/plan.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <numeric>
#include <stdexcept>

#include "graph/precedence.h"
#include "planner/check.h"
#include "planner/constraints.h"
#include "planner/model.h"
#include "planner/proof.h"
#include "planner/ready.h"
#include "planner/replan.h"
#include "planner/shorten.h"
#include "planner/unknown_cost.h"

namespace planner {
namespace {

using parsers::Status;

std::vector<OrderId> to_orders(const Model& model, const std::vector<graph::TaskId>& tasks) {
  std::vector<OrderId> out;
  out.reserve(tasks.size());
  for (graph::TaskId task : tasks) out.push_back(model.orders[task.index()]);
  return out;
}

/// Components in the order of their first start; inside by start, then id.
std::vector<std::vector<OrderId>> lanes_of(const Orders& orders, const Model& model, const graph::Schedule& schedule) {
  std::vector<std::vector<graph::TaskId>> lanes = graph::lanes(model.instance);
  const auto key = [&](graph::TaskId t) {
    return std::pair(schedule.start[t.index()], std::string_view(orders.list[model.orders[t.index()].index()].id));
  };
  const auto by_start = [&](graph::TaskId x, graph::TaskId y) { return key(x) < key(y); };
  for (auto& lane : lanes) std::sort(lane.begin(), lane.end(), by_start);
  std::sort(lanes.begin(), lanes.end(), [&](const auto& x, const auto& y) { return by_start(x.front(), y.front()); });
  std::vector<std::vector<OrderId>> out;
  for (const auto& lane : lanes) out.push_back(to_orders(model, lane));
  return out;
}

std::vector<std::vector<OrderId>> listed(const Model& model, const graph::Waves& waves) {
  std::vector<std::vector<OrderId>> out(static_cast<std::size_t>(waves.count));
  for (std::size_t t = 0; t < model.orders.size(); ++t)
    out[static_cast<std::size_t>(waves.wave[t])].push_back(model.orders[t]);
  return out;
}

std::vector<Start> starts_of(const Orders& orders, const Model& model, const graph::Schedule& schedule) {
  std::vector<std::vector<OrderId>> after(model.orders.size());
  for (const graph::Arc& arc : graph::transitive_reduction(model.orders.size(), sequence(model, schedule)))
    after[arc.after.index()].push_back(model.orders[arc.before.index()]);
  std::vector<Start> starts;
  for (std::size_t t = 0; t < model.orders.size(); ++t) {
    std::sort(after[t].begin(), after[t].end());
    const bool manned = orders.list[model.orders[t].index()].status != Status::review;
    starts.push_back({model.orders[t], manned ? std::optional(schedule.agent[t]) : std::nullopt, schedule.start[t],
                      schedule.start[t] + model.instance.duration[t], std::move(after[t]), std::nullopt});
  }
  std::sort(starts.begin(), starts.end(),
            [](const Start& x, const Start& y) { return std::pair(x.start, x.order) < std::pair(y.start, y.order); });
  return starts;
}

/// Every order after those it has to be merged behind; among the free ones who ends first, then id.
std::vector<OrderId> merge_order(const Orders& orders, const Constraints& constraints,
                                 const std::vector<Start>& starts) {
  std::vector<Start> by_end = starts;
  std::sort(by_end.begin(), by_end.end(),
            [](const Start& x, const Start& y) { return std::tuple(x.end, x.order) < std::tuple(y.end, y.order); });
  std::vector<std::size_t> rank(orders.list.size());
  for (std::size_t r = 0; r < by_end.size(); ++r) rank[by_end[r].order.index()] = r;
  std::vector<graph::Arc> arcs;
  const auto add = [&](const std::vector<Precedence>& list) {
    for (const Precedence& p : list)
      arcs.push_back({graph::TaskId(rank[p.before.index()]), graph::TaskId(rank[p.after.index()])});
  };
  add(constraints.arcs);
  // Who waits for whom in the schedule is merged in that order; a reader that runs only after the writer reads again,
  // and its weak arc no longer holds. Times only grow along the arcs that are left, so they close no cycle.
  std::vector<const Start*> start(orders.list.size(), nullptr);
  for (const Start& s : starts) start[s.order.index()] = &s;
  for (const Start& s : starts)
    for (OrderId before : s.after)
      arcs.push_back({graph::TaskId(rank[before.index()]), graph::TaskId(rank[s.order.index()])});
  for (const Precedence& p : constraints.merge_first)
    if (start[p.before.index()]->start < start[p.after.index()]->end)
      arcs.push_back({graph::TaskId(rank[p.before.index()]), graph::TaskId(rank[p.after.index()])});
  std::size_t vertices = by_end.size();
  for (const Hub& hub : constraints.hubs) {
    if (!hub.readers_first) continue;
    graph::Time last_reader = 0;
    for (OrderId reader : hub.readers) last_reader = std::max(last_reader, start[reader.index()]->start);
    const graph::TaskId middle(vertices++);
    for (OrderId reader : hub.readers) arcs.push_back({graph::TaskId(rank[reader.index()]), middle});
    for (OrderId writer : hub.writers)
      if (orders.list[writer.index()].status == Status::pending && last_reader < start[writer.index()]->end)
        arcs.push_back({middle, graph::TaskId(rank[writer.index()])});
  }
  std::vector<OrderId> out;
  const auto sorted = graph::topological_order(vertices, arcs);
  for (graph::TaskId task : std::get<graph::TopologicalOrder>(sorted).tasks)
    if (task.index() < by_end.size()) out.push_back(by_end[task.index()].order);
  return out;
}

std::vector<Reasoned> held_of(const Orders& orders, const Constraints& constraints) {
  std::map<OrderId, std::vector<std::string>> reasons;
  for (const OpenDecision& open : constraints.open)
    for (int side = 0; side < 2; ++side)
      if (orders.list[open.between[side].index()].status == Status::pending)
        reasons[open.between[side]].push_back(
            fmt::format("{} with {}", to_string(open.kind), orders.list[open.between[1 - side].index()].id));
  std::vector<Reasoned> held;
  for (const auto& [id, list] : reasons)
    held.push_back({id, fmt::format("{} {} a decision", join_names(list), list.size() == 1 ? "needs" : "need")});
  return held;
}

/// Decisions beyond these are asked without a price: each price is a plan of its own.
constexpr std::size_t most_priced = 24;

/// What each answer would cost: the plan once more with the answer given. Answers that contradict a dependency are left
/// out.
std::vector<DecisionNeeded> price_decisions(const Orders& orders, const Clashes& clashes,
                                            const Constraints& constraints, const std::vector<Decision>& valid,
                                            const PlanOptions& options, Unit unit) {
  using ChoiceKind = parsers::Decision::Choice;
  PlanOptions cheap = options;
  cheap.effort.steps /= static_cast<std::int64_t>(constraints.open.size() * 5 + 1);
  std::vector<DecisionNeeded> out;
  for (const OpenDecision& open : constraints.open) {
    const auto id = [&](int side) { return orders.list[open.between[side].index()].id; };
    DecisionNeeded needed{{open.between[0], open.between[1]},
                          open.kind,
                          pair_digest(orders.list[open.between[0].index()], orders.list[open.between[1].index()]),
                          {}};
    const bool priced = out.size() < most_priced;
    const auto price = [&](std::string name, ChoiceKind kind, OrderId chosen) {
      if (!priced) return needed.choices.push_back({std::move(name), std::nullopt});
      std::vector<Decision> decisions = valid;
      decisions.push_back({{open.between[0], open.between[1]}, kind, chosen, "", "", "", {}});
      const Constraints then = constrain(orders, clashes, decisions, cheap, constraints.stacking);
      const auto cycles = [](const Constraints& c) {
        return std::count_if(c.findings.begin(), c.findings.end(),
                             [](const Finding& f) { return f.rule == "dependency-cycle"; });
      };
      if (cycles(then) > cycles(constraints)) return;
      const Model model = build_model(orders, then, cheap, {});
      const graph::Time makespan = graph::solve_schedule(model.instance, cheap.effort).makespan;
      const bool finer = unit == Unit::second && model.unit == Unit::minute;  // what was left out had the odd seconds
      needed.choices.push_back({std::move(name), finer ? makespan * 60 : makespan});
    };
    for (int side : {0, 1}) price("first:" + id(side), ChoiceKind::first, open.between[side]);
    for (int side : {0, 1}) price("drop:" + id(side), ChoiceKind::drop, open.between[side]);
    price("together", ChoiceKind::together, open.between[0]);
    out.push_back(std::move(needed));
  }
  return out;
}

/// Decisions whose digest still fits; a void one is said.
std::vector<Decision> valid_decisions(const Orders& orders, std::vector<Finding>& findings) {
  std::vector<Decision> valid;
  for (const Decision& d : orders.decisions) {
    const Order &a = orders.list[d.between[0].index()], &b = orders.list[d.between[1].index()];
    const std::string digest = pair_digest(a, b);
    if (d.digest.empty() || (d.digest.size() >= 4 && digest.starts_with(d.digest))) {
      valid.push_back(d);
      continue;
    }
    findings.push_back(
        {"decision-void",
         FindingSeverity::warning,
         Certainty::declared,
         a.id,
         fmt::format("the decision between {} and {} was made for other scopes (digest {}, now {}): it is open again",
                     a.id, b.id, d.digest, digest),
         d.where,
         {}});
  }
  return valid;
}

Verdict verdict_of(const Orders& orders, const Constraints& constraints, const PlanOptions& options) {
  const bool cycle = std::any_of(constraints.findings.begin(), constraints.findings.end(),
                                 [](const Finding& f) { return f.rule == "dependency-cycle"; });
  if (cycle || !constraints.open.empty()) return Verdict::decision_needed;
  if (options.unknown == UnknownScope::parallel)
    for (std::size_t i = 0; i < orders.list.size(); ++i)
      if (constraints.planned[i] && !orders.list[i].write) return Verdict::unknown;
  const bool binding =
      !constraints.hubs.empty() || std::any_of(constraints.conflicts.begin(), constraints.conflicts.end(),
                                               [](const Conflict& c) { return c.resolution != Resolution::hint; });
  return binding ? Verdict::sequenced : Verdict::clean;
}

std::string cut_words(const PlanOptions& options) {
  if (!options.time_limit) return "the search was cut short";
  return fmt::format("the time limit of {} s cut the search short", *options.time_limit);
}

void note_blocked(const Orders& orders, const Facts& facts, const Constraints& constraints,
                  std::vector<Finding>& findings) {
  for (const auto& [id, why] : blocked(orders, facts, constraints)) {
    const Order& order = orders.list[id.index()];
    findings.push_back({"unproven-dependency",
                        FindingSeverity::note,
                        Certainty::unproven,
                        order.id,
                        fmt::format("{} is planned, but not ready: {}", order.id, why),
                        order.where,
                        {}});
  }
}

struct Solved {
  Constraints constraints;
  Model model;
  graph::Resumed schedule;
  std::vector<Start> starts;
};

/// The schedule. With stacking once more for as long as it tears an order between two branches: that one waits then.
Solved solve(const Orders& orders, const Clashes& clashes, const std::vector<Decision>& decisions,
             const PlanOptions& options, const EarlierPlan* earlier) {
  constexpr int most_rounds = 4;
  std::set<OrderId> torn;
  for (int round = 0;; ++round) {
    Solved out;
    out.constraints = constrain(orders, clashes, decisions, options, find_stacks(orders, clashes, options, torn));
    out.model = build_model(orders, out.constraints, options, {});
    out.schedule = schedule_of(out.model, options.effort, earlier);
    out.starts = starts_of(orders, out.model, out.schedule.schedule);
    StackedStarts stacked = stacked_starts(orders, out.constraints.stacking, options, out.starts);
    if (stacked.torn.empty()) {
      if (options.stack)
        for (Start& start : out.starts) start.from = stacked.from[start.order.index()];
      return out;
    }
    torn.merge(stacked.torn);
    if (round >= most_rounds)  // whoever has to wait for anybody
      for (const Start& start : out.starts)
        if (start.start > 0 && out.constraints.stacking.on[start.order.index()]) torn.insert(start.order);
  }
}

}  // namespace

std::string_view to_string(PlanChanges::Order::Kind kind) {
  using Kind = PlanChanges::Order::Kind;
  switch (kind) {
    case Kind::added:
      return "added";
    case Kind::removed:
      return "removed";
    case Kind::earlier:
      return "earlier";
    case Kind::later:
      return "later";
    case Kind::agent:
      return "agent";
  }
  return "";
}

std::string_view to_string(Shorter::Kind kind) {
  switch (kind) {
    case Shorter::Kind::split:
      return "split";
    case Shorter::Kind::decision:
      return "decision";
    case Shorter::Kind::agents:
      return "agents";
    case Shorter::Kind::pool:
      return "pool";
    case Shorter::Kind::none:
      return "none";
  }
  return "";
}

std::string_view to_string(EffortLevel level) {
  switch (level) {
    case EffortLevel::fast:
      return "fast";
    case EffortLevel::normal:
      return "normal";
    case EffortLevel::thorough:
      return "thorough";
  }
  return "";
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::clean:
      return "clean";
    case Verdict::sequenced:
      return "sequenced";
    case Verdict::unknown:
      return "unknown";
    case Verdict::decision_needed:
      return "decision-needed";
  }
  return "";
}

CheckedPlan make_plan(const Orders& orders, const Facts& facts, const PlanOptions& options,
                      const EarlierPlan* earlier) {
  Plan plan;
  plan.options = options;
  plan.base = facts.base;
  plan.input_digest = input_digest(orders);
  const std::vector<Decision> decisions = valid_decisions(orders, plan.findings);
  const Clashes clashes = find_clashes(orders, facts, options.unknown);
  Solved solved = solve(orders, clashes, decisions, options, earlier);
  Constraints& constraints = solved.constraints;
  const Model& model = solved.model;
  const graph::Schedule& schedule = solved.schedule.schedule;
  const graph::Waves waves = waves_of(model, options.effort, earlier);

  plan.verdict = verdict_of(orders, constraints, options);
  plan.lanes = lanes_of(orders, model, schedule);
  plan.waves = listed(model, waves);
  plan.unit = model.unit;
  plan.makespan = schedule.makespan;
  plan.starts = std::move(solved.starts);
  plan.merge_order = merge_order(orders, constraints, plan.starts);
  plan.held = held_of(orders, constraints);
  plan.ready =
      ready_of(orders, facts, constraints, plan.held, options, options.agents ? nullptr : &schedule, model, earlier);
  plan.waves_proof = prove_waves(orders, model, constraints, waves);
  plan.makespan_proof = prove_makespan(orders, model, constraints, schedule, options);
  plan.decisions_needed = price_decisions(orders, clashes, constraints, decisions, options, model.unit);
  plan.shorter = shorten({orders, clashes, decisions, constraints, model, schedule, plan.decisions_needed}, options);
  const std::vector<Finding>& refused = constraints.stacking.refused;
  plan.findings.insert(plan.findings.end(), refused.begin(), refused.end());
  if (const auto cost = unknown_cost({orders, facts, decisions, plan.unit, plan.makespan, plan.waves.size()}, options))
    plan.findings.push_back(*cost);
  plan.unplanned = std::move(constraints.unplanned);
  plan.findings.insert(plan.findings.end(), constraints.findings.begin(), constraints.findings.end());
  plan.findings.insert(plan.findings.end(), model.findings.begin(), model.findings.end());
  plan.findings.insert(plan.findings.end(), facts.findings.begin(), facts.findings.end());
  note_blocked(orders, facts, constraints, plan.findings);
  const std::vector<Finding> over = overloads(orders, constraints, options);
  plan.findings.insert(plan.findings.end(), over.begin(), over.end());
  sort_findings(plan.findings);
  plan.conflicts = std::move(constraints.conflicts);
  plan.hubs = std::move(constraints.hubs);
  if (earlier) {
    plan.changes = changes_since(orders, *earlier, plan);
    plan.changes->turned = solved.schedule.turned;
    plan.changes->least = solved.schedule.least;
  }
  plan.cut_short = options.effort.stop && options.effort.stop->load();
  if (plan.cut_short)
    for (Proof* proof : {&plan.waves_proof, &plan.makespan_proof})
      if (!proof->optimal) proof->text += fmt::format("; {}", cut_words(options));
  if (const auto violation = check(orders, facts, plan))
    throw std::logic_error(fmt::format("the plan was rejected by its own check: {}", *violation));
  return CheckedPlan(std::move(plan));
}

}  // namespace planner
