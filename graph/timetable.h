// A pool inside the learning search.
#pragma once

#include <utility>
#include <vector>

#include "graph/clause_learning.h"

namespace graph {

/// A task that takes `units` for `duration` from the start that a variable holds.
struct PoolTask {
  Index variable;
  Time duration;
  Time units;
};

/// Timetable propagation of a pool, with explanations at single points in time: Schutt, Feydt, Stuckey and Wallace,
/// Explaining the cumulative propagator (2011). O(n log n + n * steps of the profile) a run.
class Timetable : public Propagator {
 public:
  /// `held`: (until, units) taken from time 0 on by what runs already; all of it may exceed the capacity.
  Timetable(Time capacity, std::vector<PoolTask> tasks, std::vector<std::pair<Time, Time>> held)
      : capacity_(capacity), tasks_(std::move(tasks)), held_(std::move(held)) {}
  bool propagate(LearningSolver&) override;
  std::size_t cost() const override { return tasks_.size(); }

 private:
  struct Step {
    Time from, to, used;
  };
  Time held_at(Time) const;
  void build(const LearningSolver&);
  void explain(const LearningSolver&, Time at, Time enough, const PoolTask* except);
  bool raise(LearningSolver&, const PoolTask&);
  bool lower(LearningSolver&, const PoolTask&);

  Time capacity_;
  std::vector<PoolTask> tasks_;
  std::vector<std::pair<Time, Time>> held_;
  std::vector<Step> steps_;
  std::vector<std::pair<Time, Time>> changes_;
  std::vector<Literal> why_;
};

}  // namespace graph
