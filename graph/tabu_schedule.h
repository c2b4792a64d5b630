// Better orders on the resources, where no pool binds.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "graph/budget.h"
#include "graph/problem.h"

namespace graph {

class TabuSchedule {
 public:
  /// REQUIRES: the problem has no pools; `start` is feasible.
  TabuSchedule(const Problem&, std::span<const Time> start);
  ~TabuSchedule();
  TabuSchedule(TabuSchedule&&) noexcept;

  /// Goes on from a better schedule found elsewhere.
  void adopt(std::span<const Time> start);
  /// Searches on for so many moves or until the makespan is at most `enough`.
  void run(std::int64_t moves, Time enough, Budget&);
  Time best() const;
  std::vector<Time> best_starts() const;

 private:
  class Search;
  std::unique_ptr<Search> search_;
};

}  // namespace graph
