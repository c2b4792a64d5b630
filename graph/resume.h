// A new answer that changes an earlier one as little as it can: work goes on, is finished, fails or is added, and
// whoever waits for a turn wants to keep it.
#pragma once

#include <span>
#include <vector>

#include "graph/answer.h"
#include "graph/kernel.h"

namespace graph {

/// What an earlier answer said about the tasks of this instance. All lists per task.
struct Earlier {
  std::vector<Time> start;  ///< negative: the task is new
  std::vector<Time> end;
  std::vector<int> agent;        ///< from 1; 0: none
  std::vector<int> wave;         ///< negative: the task is new
  Time makespan = 0, bound = 0;  ///< what was proved of the earlier schedule
};

/// `turned`: pairs that exclude each other, wait their turn (neither is started), stood one after the other in the
/// earlier schedule and stand the other way round now. `least`: no schedule as short has fewer of them.
struct Resumed {
  Schedule schedule;
  std::size_t turned = 0;
  bool least = true;
};

/// A schedule that is, first, as short as solve_schedule's; then one with the fewest turned pairs; then as early as the
/// others allow. Agents stay with their tasks where they are free. Parts too large to search keep the earlier order as
/// long as that is proved best, or no farther from the bound than the earlier schedule was; what else they turn is not
/// counted in pairs (`least` is false).
Resumed resume_schedule(const Instance&, const Earlier&, Effort = {});

/// No more waves than solve_waves; every task in its order among the earlier ones as far as that allows it.
Waves resume_waves(const Instance&, const Earlier&, Effort = {});

/// Everyone as early as can be, one after the other in the order given: nobody overtakes anybody with whom it shares an
/// exclusion, and units of a pool are taken in that order. REQUIRES: predecessors come first, started tasks before all.
/// Tasks that are not in the order start at 0 and take nothing. O(n log n + accesses + arcs).
std::vector<Time> start_in_order(const Problem&, std::span<const Index> order);

/// Places the late tasks, one after the other, where nobody has to move: in the earliest gaps that all others leave.
/// Tasks with a negative start have no place and take nothing. REQUIRES: only late tasks come after a late one, and
/// each stands behind its predecessors. O(late tasks * n + accesses to what they use).
void fill_gaps(const Problem&, std::span<const Index> late, std::vector<Time>& start);

/// An agent per task, from 1: the earlier one if it is free, else one that nobody who starts meanwhile wants back, else
/// the lowest. O(n log n).
std::vector<int> keep_agents(const Instance&, const std::vector<Time>& start, const Earlier&);

/// The fewest pairs turned among schedules that end by the deadline, as far as the steps reach. `start` is one of them.
struct Turns {
  std::vector<Time> start;
  std::size_t turned = 0;
  bool least = true;
};
Turns turn_least(const Problem&, const Neighbours& conflicts, std::vector<Time> start, Time deadline,
                 std::span<const std::pair<Time, Time>> earlier, Budget&);

}  // namespace graph
