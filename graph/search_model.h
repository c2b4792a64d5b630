// A part of the problem as bounded integers for the learning search: a start per task, a truth value per pair that must
// not overlap (who goes first), a timetable per pool, and the makespan.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "graph/clause_learning.h"
#include "graph/kernel.h"

namespace graph {

class SearchModel {
 public:
  using Outcome = LearningSolver::Outcome;

  /// Of all schedules that end by `horizon`. `start`: a schedule to stay near to.
  SearchModel(const Problem&, const Neighbours& conflicts, std::span<const Time> start, Time horizon, Budget&);

  /// Is there one that ends by the deadline; in which the task starts that early? `impossible` is remembered for good.
  Outcome finish_by(Time deadline, std::int64_t conflicts);
  Outcome start_by(Index task, Time latest, std::int64_t conflicts);
  /// From now on only such schedules; false if there is none.
  bool require_end(Time deadline);
  bool require_start(Index task, Time latest);
  void hint(std::span<const Time> start);

  /// Counts how many of the pairs do not stand as given, first before second; returns how many never can.
  std::size_t count_turns(std::span<const std::pair<Index, Index>> pairs);
  /// REQUIRES: count_turns was called. Is there a schedule with at most so many of those that can stand either way?
  Outcome turn_at_most(Time turned, std::int64_t conflicts);

  /// No schedule within what is required starts the task earlier.
  Time earliest(Index task) const;
  /// The last schedule found.
  std::vector<Time> starts() const;

 private:
  void add_orders(const Neighbours& conflicts, std::span<const Time> start);
  std::vector<Index> rivals(Index task, std::span<const Index> conflicts) const;
  void add_pools();

  struct Order {
    Index variable, a, b;
  };
  const Problem& problem_;
  LearningSolver solver_;
  Index end_ = 0, turned_ = 0;
  std::vector<Order> orders_;
};

}  // namespace graph
