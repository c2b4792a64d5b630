// The part as bounded integers for the learning search: a start per task, a truth value per pair that must not overlap
// (who goes first), a timetable per pool, and the makespan. `minimise` works on the bound from below and on the value
// from above in turns, with growing limits, so that either proof ends it. `settle` asks for every task in turn whether
// it can start earlier than known while all smaller ones stay: the lexicographically least optimum. Exponential; effort
// in steps.
#include "graph/exact.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "graph/bounds.h"
#include "graph/list_schedule.h"
#include "graph/neighbourhood_search.h"
#include "graph/project_search.h"
#include "graph/search_model.h"
#include "graph/tabu_schedule.h"

namespace graph {
namespace {

using Outcome = SearchModel::Outcome;

}  // namespace

Minimum minimise(const Problem& problem, const Neighbours& conflicts, std::vector<Time> start, Time low, Time enough,
                 Budget& budget) {
  Time value = makespan(problem, start);
  Minimum result{std::move(start), std::max(low, one_machine_bound(problem))};
  if (value <= std::max(result.bound, enough)) return result;
  SearchModel model(problem, conflicts, result.start, value, budget);
  std::optional<TabuSchedule> tabu;
  std::optional<ProjectSearch> breed;
  if (problem.capacity.empty()) {
    tabu.emplace(problem, result.start);
  } else {
    breed.emplace(problem, result.start);
  }
  constexpr std::size_t small = 40;
  NeighbourhoodSearch nearby(problem, conflicts);
  std::int64_t rounds = 20;
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
    if (problem.tasks() > small) {
      const Time known = value;
      std::vector<Time> found = nearby.run(result.start, rounds, std::max(result.bound, enough), budget);
      if (makespan(problem, found) < known) take(std::move(found));
      rounds += rounds / 2;
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
  SearchModel model(problem, conflicts, start, deadline, budget);
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
