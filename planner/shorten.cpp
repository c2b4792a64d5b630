#include "planner/shorten.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

#include "planner/proof.h"

namespace planner {
namespace {

using Kind = Shorter::Kind;

constexpr std::size_t most_candidates = 8;
constexpr std::size_t most_orders = 20'000;
constexpr std::size_t most_clashes = 50'000;

bool disputes_a_resource(ConflictKind kind) {
  return kind == ConflictKind::write_write || kind == ConflictKind::read_write || kind == ConflictKind::resource;
}

class Shortener {
 public:
  Shortener(const Bottleneck& from, const PlanOptions& options)
      : from_(from), options_(options), now_(from.schedule.makespan), bound_(from.schedule.bound.value) {
    options_.effort.steps /= 20;
  }

  std::optional<Shorter> run() {
    if (from_.model.orders.size() > most_orders || from_.clashes.pairs.size() > most_clashes) return std::nullopt;
    resources();
    capacity();
    decisions();
    if (!best_.text.empty()) return std::move(best_);
    const graph::Reason reason = from_.schedule.bound.reason;
    const bool witnessed = reason == graph::Reason::clique || reason == graph::Reason::chain;
    if (!from_.schedule.optimal || !witnessed || !sure_ || !from_.open.empty() || from_.schedule.bound.tasks.size() < 2)
      return std::nullopt;
    best_.kind = Kind::none;
    best_.makespan = now_;
    best_.lower_bound = bound_;
    best_.text = "no single split, decision or agent more would shorten it";
    return std::move(best_);
  }

 private:
  std::string words(graph::Time makespan) const {
    return fmt::format("{}, {} less", amount(makespan, from_.model.unit), now_ - makespan);
  }

  /// The better plan; the lower bound has to fall as well, or it was only luck.
  void offer(Shorter candidate) {
    sure_ = sure_ && candidate.lower_bound >= now_;
    if (candidate.makespan >= now_ || candidate.lower_bound >= bound_) return;
    const auto key = [](const Shorter& s) { return std::tuple(s.makespan, s.lower_bound, s.kind, s.text); };
    if (best_.text.empty() || key(candidate) < key(best_)) best_ = std::move(candidate);
  }

  graph::Schedule solve(const Clashes& clashes) const {
    const Constraints relaxed = constrain(from_.orders, clashes, from_.decisions, options_, from_.constraints.stacking);
    return graph::solve_schedule(build_model(from_.orders, relaxed, options_, {}).instance, options_.effort);
  }

  /// What the orders of the witness dispute, the most disputed first.
  void resources() {
    std::vector<bool> critical(from_.orders.list.size(), false);
    for (graph::TaskId task : from_.schedule.bound.tasks) critical[from_.model.orders[task.index()].index()] = true;
    std::map<std::pair<std::string, bool>, std::size_t> disputes;  // (resource, named thing?) -> pairs
    for (const Clash& clash : from_.clashes.pairs)
      if (!clash.hint && critical[clash.a.index()] && critical[clash.b.index()] && disputes_a_resource(clash.kind))
        ++disputes[{clash.evidence.resource, clash.kind == ConflictKind::resource}];
    for (const Hub& hub : from_.constraints.hubs) {
      std::size_t users = 0;
      for (const auto* list : {&hub.writers, &hub.readers})
        for (OrderId id : *list) users += critical[id.index()] ? 1U : 0U;
      if (users > 1) disputes[{hub.resource, hub.kind == ConflictKind::resource}] += users * (users - 1) / 2;
    }
    std::vector<std::pair<std::size_t, std::pair<std::string, bool>>> order;
    for (const auto& [resource, pairs] : disputes) order.emplace_back(pairs, resource);
    std::sort(order.begin(), order.end(), [](const auto& x, const auto& y) {
      return x.first != y.first ? x.first > y.first : x.second < y.second;
    });
    sure_ = order.size() <= most_candidates;
    if (!sure_) order.resize(most_candidates);
    for (const auto& [pairs, resource] : order) split(resource.first, resource.second);
  }

  void split(const std::string& resource, bool named) {
    Clashes without = from_.clashes;
    std::erase_if(without.pairs, [&](const Clash& clash) {
      return disputes_a_resource(clash.kind) && clash.evidence.resource == resource &&
             (clash.kind == ConflictKind::resource) == named;
    });
    std::erase_if(without.hubs, [&](const Hub& hub) {
      return hub.resource == resource && (hub.kind == ConflictKind::resource) == named;
    });
    const graph::Schedule then = solve(without);
    offer({Kind::split,
           resource,
           {},
           {},
           then.makespan,
           then.bound.value,
           fmt::format("if its orders did not share {}, it would take {}: {}", resource, words(then.makespan),
                       named ? "a second one would do" : "split it, or the work on it")});
  }

  void capacity() {
    const graph::Bound& bound = from_.schedule.bound;
    graph::Instance more = from_.model.instance;
    if (more.agents) {
      ++*more.agents;
      const graph::Schedule then = graph::solve_schedule(more, options_.effort);
      offer({Kind::agents,
             std::to_string(*more.agents),
             {},
             {},
             then.makespan,
             then.bound.value,
             fmt::format("with {} agents it would take {}", *more.agents, words(then.makespan))});
    }
    if (bound.reason != graph::Reason::load || bound.pool < 0) return;
    more = from_.model.instance;
    graph::Pool& pool = more.pools[static_cast<std::size_t>(bound.pool)];
    ++pool.capacity;
    const graph::Schedule then = graph::solve_schedule(more, options_.effort);
    const std::string name = pool_name(from_.orders, from_.model, bound.pool);
    offer({Kind::pool,
           name,
           {},
           {},
           then.makespan,
           then.bound.value,
           fmt::format("with {} of {} it would take {}", pool.capacity, name, words(then.makespan))});
  }

  /// Answers that lose no work; what each costs is known.
  void decisions() {
    for (const DecisionNeeded& needed : from_.open)
      for (const Choice& choice : needed.choices) {
        if (!choice.makespan || choice.choose.starts_with("drop")) continue;
        const graph::Time least = std::min(*choice.makespan, bound_ - 1);  // a plan of that length exists
        offer({Kind::decision,
               {},
               {needed.between[0], needed.between[1]},
               choice.choose,
               *choice.makespan,
               least,
               fmt::format("the decision {} between {} and {} would make it {}", choice.choose,
                           from_.orders.list[needed.between[0].index()].id,
                           from_.orders.list[needed.between[1].index()].id, words(*choice.makespan))});
      }
  }

  const Bottleneck& from_;
  PlanOptions options_;
  graph::Time now_, bound_;
  bool sure_ = true;  ///< every candidate was tried and is proved to be of no use
  Shorter best_;
};

}  // namespace

std::optional<Shorter> shorten(const Bottleneck& from, const PlanOptions& options) {
  return Shortener(from, options).run();
}

}  // namespace planner
