// The part as bounded integers for the learning search: a start per task, a truth value per pair that must not overlap
// (who goes first), a timetable per pool, and the makespan. `minimise` works on the bound from below and on the value
// from above in turns, with growing limits, so that either proof ends it. `settle` asks for every task in turn whether
// it can start earlier than known while all smaller ones stay: the lexicographically least optimum. Exponential; effort
// in steps.
#include "graph/exact.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "graph/bounds.h"
#include "graph/clause_learning.h"
#include "graph/list_schedule.h"
#include "graph/project_search.h"
#include "graph/tabu_schedule.h"
#include "graph/timetable.h"

namespace graph {
namespace {

class Model {
 public:
  Model(const Problem& problem, const Neighbours& conflicts, std::span<const Time> start, Time horizon, Budget& budget)
      : problem_(problem), solver_(budget) {
    const Windows window = windows(problem);
    for (std::size_t node = 0; node < problem.nodes(); ++node) {
      const bool started = node < problem.tasks() && problem.started[node];
      solver_.new_variable(window.head[node], started ? 0 : horizon - window.tail[node]);
    }
    end_ = solver_.new_variable(0, horizon);
    for (std::size_t node = 0; node < problem.nodes(); ++node) {
      const auto from = static_cast<Index>(node);
      for (const Index to : problem.after[node]) {
        if (to < problem.tasks() && problem.started[to]) continue;
        solver_.add_distance(from, to, problem.duration[node]);
      }
      if (problem.after[node].empty()) solver_.add_distance(from, end_, problem.duration[node]);
    }
    add_orders(conflicts, start);
    add_pools();
  }

  LearningSolver::Outcome finish_by(Time deadline, std::int64_t conflicts) {
    return solver_.solve(at_most(end_, deadline), conflicts);
  }
  LearningSolver::Outcome start_by(Index task, Time latest, std::int64_t conflicts) {
    return solver_.solve(at_most(task, latest), conflicts);
  }
  void hint(std::span<const Time> start) {
    for (const Order& order : orders_) solver_.hint(order.variable, start[order.a] < start[order.b]);
  }
  bool require_end(Time deadline) { return solver_.require(at_most(end_, deadline)); }
  bool require_start(Index task, Time latest) { return solver_.require(at_most(task, latest)); }
  Time earliest(Index task) const { return solver_.root_low(task); }
  std::vector<Time> starts() const {
    std::vector<Time> result(problem_.tasks());
    for (std::size_t t = 0; t < result.size(); ++t) result[t] = solver_.value(static_cast<Index>(t));
    return result;
  }

 private:
  void add_orders(const Neighbours& conflicts, std::span<const Time> start) {
    const auto later = reachability(problem_);
    const auto ordered = [&](Index a, Index b) {
      return !later.empty() && ((later[a][b / 64] >> (b % 64) & 1) != 0 || (later[b][a / 64] >> (a % 64) & 1) != 0);
    };
    for (Index a = 0; a < problem_.tasks(); ++a) {
      for (const Index b : rivals(a, conflicts[a])) {
        if (b <= a || problem_.started[a] || problem_.started[b] || ordered(a, b)) continue;
        const Time length_a = problem_.duration[a], length_b = problem_.duration[b];
        const bool a_first = solver_.low(a) + length_a <= solver_.high(b);
        const bool b_first = solver_.low(b) + length_b <= solver_.high(a);
        if (a_first != b_first) {
          solver_.add_distance(a_first ? a : b, a_first ? b : a, a_first ? length_a : length_b);
          continue;
        }
        const Index order = solver_.new_variable(0, 1);
        solver_.add_distance(a, b, length_a, at_least(order, 1));
        solver_.add_distance(b, a, length_b, at_most(order, 0));
        solver_.decide_order(order, start[a] < start[b]);
        orders_.push_back({order, a, b});
      }
    }
  }
  /// Who cannot run beside a task: its conflicts, and who does not fit into a pool with it.
  std::vector<Index> rivals(Index task, std::span<const Index> conflicts) const {
    std::vector<Index> result(conflicts.begin(), conflicts.end());
    constexpr std::size_t most_tasks = 1000;
    if (problem_.tasks() > most_tasks) return result;
    for (const Use& use : problem_.uses[task]) {
      for (Index other = 0; other < problem_.tasks(); ++other) {
        for (const Use& its : problem_.uses[other]) {
          if (its.pool == use.pool && its.units + use.units > problem_.capacity[use.pool]) result.push_back(other);
        }
      }
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }
  void add_pools() {
    for (Index pool = 0; pool < problem_.capacity.size(); ++pool) {
      std::vector<PoolTask> tasks;
      std::vector<Index> variables;
      std::vector<std::pair<Time, Time>> held;
      for (Index t = 0; t < problem_.tasks(); ++t) {
        for (const Use& use : problem_.uses[t]) {
          if (use.pool != pool) continue;
          if (problem_.started[t]) {
            held.emplace_back(problem_.duration[t], use.units);
          } else {
            tasks.push_back({t, problem_.duration[t], use.units});
            variables.push_back(t);
          }
        }
      }
      solver_.add_propagator(std::make_unique<Timetable>(problem_.capacity[pool], std::move(tasks), std::move(held)),
                             variables);
    }
    for (Index t = 0; t < problem_.tasks(); ++t) {
      if (!problem_.uses[t].empty() && !problem_.started[t]) solver_.decide_start(t);
    }
  }

  const Problem& problem_;
  LearningSolver solver_;
  Index end_ = 0;
  struct Order {
    Index variable, a, b;
  };
  std::vector<Order> orders_;
};

using Outcome = LearningSolver::Outcome;

}  // namespace

Minimum minimise(const Problem& problem, const Neighbours& conflicts, std::vector<Time> start, Time low, Time enough,
                 Budget& budget) {
  Time value = makespan(problem, start);
  Minimum result{std::move(start), std::max(low, one_machine_bound(problem))};
  if (value <= std::max(result.bound, enough)) return result;
  Model model(problem, conflicts, result.start, value, budget);
  std::optional<TabuSchedule> tabu;
  std::optional<ProjectSearch> breed;
  if (problem.capacity.empty()) {
    tabu.emplace(problem, result.start);
  } else {
    breed.emplace(problem, result.start);
  }
  std::int64_t from_below = 200, from_above = 400, moves = 2'000, schedules = 60;
  const auto open = [&] { return value > std::max(result.bound, enough) && !budget.spent(); };
  const auto take = [&](std::vector<Time> found) {
    result.start = std::move(found);
    value = makespan(problem, result.start);
    model.hint(result.start);
  };
  while (open()) {
    if (tabu) {
      if (tabu->best() > value) tabu->adopt(result.start);
      tabu->run(moves, std::max(result.bound, enough), budget);
      if (tabu->best() < value) take(tabu->best_starts());
      moves += moves / 2;
    }
    if (breed) {
      if (breed->best() > value) breed->adopt(result.start);
      breed->run(schedules, std::max(result.bound, enough), budget);
      if (breed->best() < value) take(breed->best_starts());
      schedules += schedules / 2;
    }
    // Nothing but better is of interest from here on.
    while (open()) {
      if (!model.require_end(value - 1)) {
        result.bound = value;
        return result;
      }
      const Outcome outcome = model.finish_by(value - 1, from_above);
      if (outcome == Outcome::impossible) result.bound = value;
      if (outcome != Outcome::solution) break;
      take(left_shift(problem, model.starts()));
    }
    from_above *= 2;
    // Halfway down first; where that is too hard to decide, nearer to what is proved.
    for (Time part = 2; open() && part <= 32;) {
      const Time floor = std::max(result.bound, enough);
      const Time target = floor + (value - 1 - floor) / part;
      if (target >= value - 1) break;
      const Outcome outcome = model.finish_by(target, from_below);
      if (outcome == Outcome::solution) take(left_shift(problem, model.starts()));
      if (outcome == Outcome::impossible) result.bound = target + 1;
      if (outcome == Outcome::exhausted) part *= 4;
    }
    from_below *= 2;
  }
  return result;
}

std::vector<Time> settle(const Problem& problem, const Neighbours& conflicts, std::vector<Time> start, Time deadline,
                         Budget& budget) {
  constexpr std::int64_t conflicts_each = 300;
  Model model(problem, conflicts, start, deadline, budget);
  if (!model.require_end(deadline)) return start;
  for (Index t = 0; t < problem.tasks() && !budget.spent(); ++t) {
    if (problem.started[t]) continue;
    for (bool least = true; start[t] > model.earliest(t) && !budget.spent(); least = false) {
      const Outcome outcome = model.start_by(t, least ? model.earliest(t) : start[t] - 1, conflicts_each);
      if (outcome == Outcome::solution) start = model.starts();
      if (outcome == Outcome::exhausted && !least) break;
    }
    if (!model.require_start(t, start[t])) break;
  }
  return start;
}

}  // namespace graph
