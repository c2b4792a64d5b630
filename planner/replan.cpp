#include "planner/replan.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <unordered_map>

#include "planner/proof.h"

namespace planner {
namespace {

using graph::Time;
using parsers::Status;
using Kind = PlanChanges::Order::Kind;

Unit unit_of(std::string_view name) { return name == "min" ? Unit::minute : name == "s" ? Unit::second : Unit::order; }

/// How many units of the plan one unit of the earlier plan is, as a fraction; nullopt: steps against minutes.
std::optional<std::pair<Time, Time>> ratio(Unit from, Unit to) {
  if (from == to) return std::pair<Time, Time>{1, 1};
  if (from == Unit::minute && to == Unit::second) return std::pair<Time, Time>{60, 1};
  if (from == Unit::second && to == Unit::minute) return std::pair<Time, Time>{1, 60};
  return std::nullopt;
}

class Comparison {
 public:
  Comparison(const Orders& orders, const EarlierPlan& earlier, const Plan& plan)
      : orders_(orders), earlier_(earlier), plan_(plan), starts_(orders.list.size(), nullptr) {
    for (const Start& start : plan.starts) starts_[start.order.index()] = &start;
    for (const Reasoned& r : plan.unplanned) unplanned_.emplace(r.order, &r.reason);
  }

  PlanChanges run() {
    out_.input_digest = earlier_.input_digest;
    ratio_ = ratio(earlier_.unit, plan_.unit);
    find_elapsed();
    for (std::size_t i = 0; i < orders_.list.size(); ++i) compare(OrderId(i));
    for (const std::string& id : earlier_.gone)
      out_.orders.push_back({id, Kind::removed, {}, {}, {}, {}, "it is not among the work orders any more"});
    std::sort(out_.orders.begin(), out_.orders.end(), [](const auto& x, const auto& y) { return x.id < y.id; });
    std::sort(out_.waits.begin(), out_.waits.end(),
              [](const auto& x, const auto& y) { return std::tie(x.id, x.after) < std::tie(y.id, y.after); });
    return std::move(out_);
  }

 private:
  const Order& at(OrderId id) const { return orders_.list[id.index()]; }
  const std::string& name(OrderId id) const { return at(id).id; }
  const Start* now(OrderId id) const { return starts_[id.index()]; }
  const EarlierPlan::Place* then(OrderId id) const {
    const auto& place = earlier_.places[id.index()];
    return place ? &*place : nullptr;
  }
  Time in_unit(Time time) const { return ratio_ ? time * ratio_->first / ratio_->second : time; }

  /// Work has come as far as the latest order that began or landed since. One in review holds its writes for as long
  /// again as it would take, so its end says nothing of the others.
  void find_elapsed() {
    if (!ratio_) return;
    Time elapsed = 0;
    for (std::size_t i = 0; i < orders_.list.size(); ++i) {
      const EarlierPlan::Place* place = then(OrderId(i));
      if (!place) continue;
      const Status status = orders_.list[i].status;
      if (status == Status::running || status == Status::failed || status == Status::review)
        elapsed = std::max(elapsed, place->start);
      if (status == Status::done) elapsed = std::max(elapsed, place->end);
    }
    out_.elapsed = in_unit(elapsed);
  }
  Time expected(const EarlierPlan::Place& place) const {
    return std::max<Time>(0, in_unit(place.start) - *out_.elapsed);
  }
  bool pending(OrderId id) const { return at(id).status == Status::pending; }

  void compare(OrderId id) {
    const EarlierPlan::Place* was = then(id);
    const Start* is = now(id);
    if (!was && !is) return;
    const auto start = [](const auto* place) { return place ? std::optional(place->start) : std::nullopt; };
    const auto agent = [](const auto* place) { return place ? place->agent : std::nullopt; };
    PlanChanges::Order change{name(id), Kind::added, start(was), start(is), agent(was), agent(is), {}};
    if (!was) {
      change.reason = earlier_.known[id.index()] ? "it was not planned before" : "it is new";
      out_.orders.push_back(std::move(change));
      return compare_waits(id);
    }
    if (!is) {
      const auto reason = unplanned_.find(id);
      change.kind = Kind::removed;
      change.reason = reason != unplanned_.end() ? *reason->second : fmt::format("it is {}", to_string(at(id).status));
      out_.orders.push_back(std::move(change));
      return;
    }
    if (!pending(id)) return;  // it goes on as it does
    if (ratio_ && is->start != expected(*was)) {
      change.kind = is->start > expected(*was) ? Kind::later : Kind::earlier;
      change.reason = change.kind == Kind::later ? why_later(*is) : why_earlier(*was, *is);
      out_.orders.push_back(std::move(change));
    } else if (was->agent && is->agent && was->agent != is->agent) {
      change.kind = Kind::agent;
      change.reason = fmt::format("agent {} has other work then", *was->agent);
      if (plan_.options.agents && *was->agent > *plan_.options.agents)
        change.reason = fmt::format("there is no agent {} any more", *was->agent);
      out_.orders.push_back(std::move(change));
    }
    compare_waits(id);
  }

  /// What it waits for last.
  std::string why_later(const Start& is) const {
    for (OrderId before : is.after) {
      const Start& other = *now(before);
      if (other.end != is.start) continue;
      const EarlierPlan::Place* place = then(before);
      if (!place) return fmt::format("it waits for {}, which is new", name(before));
      const auto& mine = then(is.order)->after;
      if (!std::binary_search(mine.begin(), mine.end(), before))
        return fmt::format("it waits for {} now", name(before));
      if (other.end - other.start > in_unit(place->end - place->start))
        return fmt::format("{}, which it waits for, takes longer", name(before));
      return fmt::format("{}, which it waits for, {}", name(before),
                         pending(before)                       ? "is later too"
                         : at(before).status == Status::review ? "is in review and has not landed"
                                                               : "is still under way");
    }
    return plan_.options.agents ? "no agent or pool is free before" : "what it shares is taken until then";
  }
  std::string why_earlier(const EarlierPlan::Place& was, const Start& is) const {
    if (!was.after_gone.empty())
      return fmt::format("it need not wait for {}, which {} gone", join_names(was.after_gone),
                         was.after_gone.size() == 1 ? "is" : "are");
    for (OrderId before : was.after) {
      if (!then(before) || then(before)->end != was.start) continue;
      const Start* other = now(before);
      if (!other) return fmt::format("it need not wait for {}, which is {}", name(before), gone_words(before));
      const bool still = std::binary_search(is.after.begin(), is.after.end(), before);
      return fmt::format("{}, which it waited for, {}", name(before),
                         still                      ? "ends earlier"
                         : other->start >= is.start ? "does not go first any more"
                                                    : "does not hold it up any more");
    }
    return plan_.options.agents ? "an agent or pool is free earlier" : "what it shares is free earlier";
  }
  std::string gone_words(OrderId id) const {
    if (at(id).open()) return "not planned any more";
    return std::string(to_string(at(id).status));
  }

  void compare_waits(OrderId id) {
    static const std::vector<OrderId> nobody;
    const std::vector<OrderId>& is = now(id)->after;
    const std::vector<OrderId>& was = then(id) ? then(id)->after : nobody;
    for (OrderId before : is)
      if (!std::binary_search(was.begin(), was.end(), before) && !waited(id, before))
        out_.waits.push_back({name(id), name(before), true, why_gained(id, before)});
    for (OrderId before : was)
      if (!std::binary_search(is.begin(), is.end(), before) && !waits(id, before))
        out_.waits.push_back({name(id), name(before), false, why_lost(id, before)});
  }

  /// Directly or through others, in the earlier plan or in this one.
  bool waited(OrderId id, OrderId before) const {
    const EarlierPlan::Place* target = then(before);
    if (!target || !then(id)) return false;
    return reaches(
        id, before, [&](OrderId at) { return then(at) ? &then(at)->after : nullptr; },
        [&](OrderId at) { return then(at) && then(at)->start >= target->end; });
  }
  bool waits(OrderId id, OrderId before) const {
    const Start* target = now(before);
    if (!target) return false;
    return reaches(
        id, before, [&](OrderId at) { return now(at) ? &now(at)->after : nullptr; },
        [&](OrderId at) { return now(at) && now(at)->start >= target->end; });
  }
  template <class After, class Worth>
  static bool reaches(OrderId from, OrderId to, After after, Worth worth) {
    constexpr std::size_t most = 2000;  // then it counts as a wait of its own
    std::set<OrderId> seen{from};
    std::vector<OrderId> stack{from};
    while (!stack.empty() && seen.size() < most) {
      const OrderId at = stack.back();
      stack.pop_back();
      const std::vector<OrderId>* list = after(at);
      if (!list) continue;
      for (OrderId next : *list) {
        if (next == to) return true;
        if (worth(next) && seen.insert(next).second) stack.push_back(next);
      }
    }
    return false;
  }

  /// What the two dispute: "write-write on src/a.py"; empty: nothing of their own.
  std::string dispute(OrderId a, OrderId b) const {
    if (b < a) std::swap(a, b);
    const auto less = [](const Conflict& c, const std::pair<OrderId, OrderId>& pair) {
      return std::pair(c.between[0], c.between[1]) < pair;
    };
    for (auto c = std::lower_bound(plan_.conflicts.begin(), plan_.conflicts.end(), std::pair(a, b), less);
         c != plan_.conflicts.end() && c->between[0] == a && c->between[1] == b; ++c) {
      if (c->resolution == Resolution::hint || c->with_all) continue;
      if (c->kind == ConflictKind::dependency) return "dependency";
      return fmt::format("{} on {}", to_string(c->kind), c->evidence.front().resource);
    }
    const auto uses = [](const Hub& hub, OrderId id) {
      return std::binary_search(hub.writers.begin(), hub.writers.end(), id) ||
             std::binary_search(hub.readers.begin(), hub.readers.end(), id);
    };
    for (const Hub& hub : plan_.hubs)
      if (uses(hub, a) && uses(hub, b)) return fmt::format("{} on {}", to_string(hub.kind), hub.resource);
    for (const Conflict& c : plan_.conflicts)
      if (c.with_all && (c.between[0] == a || c.between[0] == b))
        return fmt::format("{} runs alone", name(c.between[0]));
    return {};
  }

  std::string why_gained(OrderId id, OrderId before) const {
    const std::string about = dispute(id, before);
    const auto with = [&](std::string words) { return about.empty() ? words : fmt::format("{}; {}", about, words); };
    if (!then(id) && !earlier_.known[id.index()]) return with("it is new");
    if (!then(before)) return with(fmt::format("{} is new in the plan", name(before)));
    if (then(id) && waited(before, id)) return with("it went first in the earlier plan");
    return about.empty() ? "its place in the queue" : about;
  }
  std::string why_lost(OrderId id, OrderId before) const {
    if (!now(before)) return fmt::format("{} is {}", name(before), gone_words(before));
    if (waits(before, id)) return fmt::format("{} goes behind it now", name(before));
    return dispute(id, before).empty() ? "they do not conflict any more"
                                       : "others stand between them, or it runs apart";
  }

  const Orders& orders_;
  const EarlierPlan& earlier_;
  const Plan& plan_;
  std::vector<const Start*> starts_;
  std::map<OrderId, const std::string*> unplanned_;
  std::optional<std::pair<Time, Time>> ratio_;
  PlanChanges out_;
};

}  // namespace

EarlierPlan earlier_plan(const Orders& orders, const parsers::ApprovedPlan& plan) {
  std::unordered_map<std::string_view, OrderId> by_id;
  for (std::size_t i = 0; i < orders.list.size(); ++i) by_id.emplace(orders.list[i].id, OrderId(i));
  EarlierPlan out;
  out.input_digest = plan.input_digest;
  out.unit = unit_of(plan.unit);
  out.makespan = plan.makespan;
  out.lower_bound = plan.lower_bound;
  out.places.resize(orders.list.size());
  out.known.resize(orders.list.size(), false);
  for (const auto& order : plan.work_orders)
    if (const auto known = by_id.find(order.id); known != by_id.end()) out.known[known->second.index()] = true;
  std::unordered_map<std::string_view, const parsers::ApprovedPlan::Start*> starts;
  for (const auto& start : plan.starts) starts.emplace(start.id, &start);
  for (const auto& start : plan.starts) {
    const auto known = by_id.find(start.id);
    if (known == by_id.end()) {
      out.gone.push_back(start.id);
      continue;
    }
    EarlierPlan::Place place{start.start, start.end, start.agent, -1, {}, {}};
    std::vector<const std::string*> stack;
    std::set<std::string_view> seen;
    for (const std::string& id : start.after) stack.push_back(&id);
    while (!stack.empty()) {
      const std::string& id = *stack.back();
      stack.pop_back();
      if (!seen.insert(id).second) continue;
      const auto before = by_id.find(id);
      if (before != by_id.end()) {
        place.after.push_back(before->second);
        continue;
      }
      place.after_gone.push_back(id);
      for (const std::string& further : starts.at(id)->after) stack.push_back(&further);
    }
    std::sort(place.after.begin(), place.after.end());
    std::sort(place.after_gone.begin(), place.after_gone.end());
    out.places[known->second.index()] = std::move(place);
  }
  std::sort(out.gone.begin(), out.gone.end());
  for (std::size_t w = 0; w < plan.waves.size(); ++w)
    for (const std::string& id : plan.waves[w])
      if (const auto known = by_id.find(id); known != by_id.end() && out.places[known->second.index()])
        out.places[known->second.index()]->wave = static_cast<int>(w);
  return out;
}

graph::Earlier earlier_of(const EarlierPlan& plan, const Model& model) {
  const std::size_t size = model.orders.size();
  graph::Earlier out{std::vector<Time>(size, -1),
                     std::vector<Time>(size, -1),
                     std::vector<int>(size, 0),
                     std::vector<int>(size, -1),
                     plan.makespan,
                     plan.lower_bound};
  for (std::size_t t = 0; t < size; ++t) {
    const auto& place = plan.places[model.orders[t].index()];
    if (!place) continue;
    out.start[t] = place->start;
    out.end[t] = place->end;
    out.agent[t] = place->agent.value_or(0);
    out.wave[t] = place->wave;
  }
  return out;
}

graph::Resumed schedule_of(const Model& model, const graph::Effort& effort, const EarlierPlan* earlier) {
  if (earlier) return graph::resume_schedule(model.instance, earlier_of(*earlier, model), effort);
  return {graph::solve_schedule(model.instance, effort), 0, true};
}

graph::Waves waves_of(const Model& model, const graph::Effort& effort, const EarlierPlan* earlier) {
  if (earlier) return graph::resume_waves(model.instance, earlier_of(*earlier, model), effort);
  return graph::solve_waves(model.instance, effort);
}

PlanChanges changes_since(const Orders& orders, const EarlierPlan& earlier, const Plan& plan) {
  return Comparison(orders, earlier, plan).run();
}

}  // namespace planner
