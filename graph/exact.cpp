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

constexpr std::size_t most_tabu_tasks = 2000;    ///< memory of pairs
constexpr std::size_t most_bred_tasks = 2000;    ///< quadratic generations
constexpr std::size_t least_large_project = 40;  ///< below, the whole is a neighbourhood
constexpr std::size_t least_large_shop = 150;    ///< where no pool binds

Problem without_pools(Problem problem) {
  problem.capacity.clear();
  problem.pool_name.clear();
  problem.uses = {};
  for (std::size_t t = 0; t < problem.tasks(); ++t) problem.uses.close();
  return problem;
}

/// Every method in turns, each with the best schedule of all and with growing limits.
class Descent {
 public:
  Descent(const Problem& problem, const Neighbours& conflicts, std::vector<Time> start, Time low, Time enough,
          Budget& budget)
      : problem_(problem),
        unbound_(without_pools(problem)),
        budget_(budget),
        enough_(enough),
        value_(makespan(problem, start)),
        found_{std::move(start), low},
        model_(problem, conflicts, found_.start, value_, budget),
        nearby_(problem, conflicts) {
    if (problem.tasks() <= most_tabu_tasks && !problem.members.items.empty()) tabu_.emplace(unbound_, found_.start);
    if (problem.tasks() <= most_bred_tasks && !problem.capacity.empty()) breed_.emplace(problem, found_.start);
  }

  Minimum run() {
    while (open()) {
      if (tabu_) search_orders();
      if (breed_) search_lists();
      if (problem_.tasks() > (breed_ ? least_large_project : least_large_shop)) search_neighbourhoods();
      search_from_above();
      search_from_below();
    }
    return std::move(found_);
  }

 private:
  Time floor() const { return std::max(found_.bound, enough_); }
  bool open() const { return value_ > floor() && !budget_.spent(); }

  void take(std::vector<Time> start) {
    const Time value = makespan(problem_, start);
    if (value >= value_) return;
    found_.start = std::move(start);
    value_ = value;
    model_.hint(found_.start);
  }

  /// Where pools bind, the orders are searched without them and then fitted in.
  void search_orders() {
    if (problem_.capacity.empty() && tabu_->best() > value_) tabu_->adopt(found_.start);
    tabu_->run(moves_, floor(), budget_);
    moves_ += moves_ / 2;
    take(left_shift(problem_, tabu_->best_starts()));
  }
  void search_lists() {
    if (breed_->best() > value_) breed_->adopt(found_.start);
    breed_->run(schedules_, floor(), budget_);
    schedules_ += schedules_ / 2;
    take(breed_->best_starts());
  }
  void search_neighbourhoods() {
    take(nearby_.run(found_.start, rounds_, floor(), budget_));
    rounds_ += rounds_ / 2;
  }
  /// Nothing but better is of interest from here on.
  void search_from_above() {
    while (open()) {
      const Outcome outcome =
          model_.require_end(value_ - 1) ? model_.finish_by(value_ - 1, from_above_) : Outcome::impossible;
      if (outcome == Outcome::impossible) found_.bound = value_;
      if (outcome != Outcome::solution) break;
      take(left_shift(problem_, model_.starts()));
    }
    from_above_ *= 2;
  }
  /// Halfway down first; where that is too hard to decide, nearer to what is proved.
  void search_from_below() {
    for (Time share = 2; open() && share <= 32;) {
      const Time target = floor() + (value_ - 1 - floor()) / share;
      if (target >= value_ - 1) break;
      const Outcome outcome = model_.finish_by(target, from_below_);
      if (outcome == Outcome::solution) take(left_shift(problem_, model_.starts()));
      if (outcome == Outcome::impossible) found_.bound = target + 1;
      if (outcome == Outcome::exhausted) share *= 4;
    }
    from_below_ *= 2;
  }

  const Problem& problem_;
  const Problem unbound_;
  Budget& budget_;
  Time enough_, value_;
  Minimum found_;
  SearchModel model_;
  NeighbourhoodSearch nearby_;
  std::optional<TabuSchedule> tabu_;
  std::optional<ProjectSearch> breed_;
  std::int64_t moves_ = 10'000, schedules_ = 60, rounds_ = 20, from_above_ = 2'000, from_below_ = 200;
};

}  // namespace

Minimum minimise(const Problem& problem, const Neighbours& conflicts, std::vector<Time> start, Time low, Time enough,
                 Budget& budget) {
  low = std::max(low, one_machine_bound(problem));
  if (makespan(problem, start) <= std::max(low, enough)) return {std::move(start), low};
  return Descent(problem, conflicts, std::move(start), low, enough, budget).run();
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
