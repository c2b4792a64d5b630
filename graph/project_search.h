// Better schedules where pools bind.
#pragma once

#include <span>
#include <vector>

#include "graph/budget.h"
#include "graph/problem.h"
#include "graph/random.h"

namespace graph {

class ProjectSearch {
 public:
  ProjectSearch(const Problem&, std::span<const Time> start);

  /// Goes on from a better schedule found elsewhere.
  void adopt(std::span<const Time> start);
  /// Breeds so many schedules more, or until the makespan is at most `enough`.
  void run(std::int64_t schedules, Time enough, Budget&);
  Time best() const { return best_.value; }
  const std::vector<Time>& best_starts() const { return best_.start; }

 private:
  struct Member {
    std::vector<Time> start;
    std::vector<Index> order;  ///< tasks by start
    Time value = 0;
  };
  Member settled(std::vector<Time> start);
  void insert(Member);
  std::vector<Index> cross(const Member& mother, const Member& father);

  const Problem& problem_;
  Problem mirror_;  ///< time runs backwards; empty if started tasks forbid it
  std::vector<Time> tail_;
  Random random_;
  std::vector<Member> population_;
  Member best_;
  std::int64_t stale_ = 0;
};

}  // namespace graph
