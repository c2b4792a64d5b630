#include "graph/search_model.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "graph/bounds.h"
#include "graph/timetable.h"

namespace graph {
namespace {

/// A variable is no less than the number of literals that hold.
class Sum : public Propagator {
 public:
  Sum(std::vector<Literal> literals, Index variable) : literals_(std::move(literals)), variable_(variable) {}

  bool propagate(LearningSolver& solver) override {
    why_.clear();
    for (const Literal literal : literals_) {
      if (solver.holds(literal)) why_.push_back(literal);
    }
    const auto count = static_cast<Time>(why_.size());
    if (!solver.conclude(at_least(variable_, count), why_)) return false;
    if (count < solver.high(variable_)) return true;
    why_.push_back(at_most(variable_, count));
    for (const Literal literal : literals_) {
      if (!solver.holds(literal) && !solver.conclude(!literal, why_)) return false;
    }
    return true;
  }
  std::size_t cost() const override { return literals_.size() / 4 + 1; }

 private:
  std::vector<Literal> literals_;
  Index variable_;
  std::vector<Literal> why_;
};

}  // namespace

SearchModel::SearchModel(const Problem& problem, const Neighbours& conflicts, std::span<const Time> start, Time horizon,
                         Budget& budget)
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

SearchModel::Outcome SearchModel::finish_by(Time deadline, std::int64_t conflicts) {
  return solver_.solve(at_most(end_, deadline), conflicts);
}

SearchModel::Outcome SearchModel::start_by(Index task, Time latest, std::int64_t conflicts) {
  return solver_.solve(at_most(task, latest), conflicts);
}

bool SearchModel::require_end(Time deadline) { return solver_.require(at_most(end_, deadline)); }

bool SearchModel::require_start(Index task, Time latest) { return solver_.require(at_most(task, latest)); }

SearchModel::Outcome SearchModel::turn_at_most(Time turned, std::int64_t conflicts) {
  return solver_.solve(at_most(turned_, turned), conflicts);
}

void SearchModel::hint(std::span<const Time> start) {
  for (const Order& order : orders_) solver_.hint(order.variable, start[order.a] < start[order.b]);
}

Time SearchModel::earliest(Index task) const { return solver_.root_low(task); }

std::vector<Time> SearchModel::starts() const {
  std::vector<Time> result(problem_.tasks());
  for (std::size_t t = 0; t < result.size(); ++t) result[t] = solver_.value(static_cast<Index>(t));
  return result;
}

std::size_t SearchModel::count_turns(std::span<const std::pair<Index, Index>> pairs) {
  std::map<std::pair<Index, Index>, Index> variable;
  for (const Order& order : orders_) variable.emplace(std::pair(order.a, order.b), order.variable);
  const auto later = reachability(problem_);
  std::size_t forced = 0;
  std::vector<Literal> turned;
  std::vector<Index> variables;
  for (const auto& [first, second] : pairs) {
    const auto known = variable.find({std::min(first, second), std::max(first, second)});
    if (known != variable.end()) {
      turned.push_back(first < second ? at_most(known->second, 0) : at_least(known->second, 1));
      variables.push_back(known->second);
      continue;
    }
    // Ordered for good, by precedence or by the horizon.
    const bool behind = !later.empty() && (later[second][first / 64] >> (first % 64) & 1) != 0;
    if (behind || solver_.low(first) + problem_.duration[first] > solver_.high(second)) ++forced;
  }
  turned_ = solver_.new_variable(0, static_cast<Time>(turned.size()));
  variables.push_back(turned_);
  solver_.add_propagator(std::make_unique<Sum>(std::move(turned), turned_), variables);
  return forced;
}

void SearchModel::add_orders(const Neighbours& conflicts, std::span<const Time> start) {
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
std::vector<Index> SearchModel::rivals(Index task, std::span<const Index> conflicts) const {
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

void SearchModel::add_pools() {
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

}  // namespace graph
