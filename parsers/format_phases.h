// Phases of a task list: which come before which, and the waits of single tasks that follow from it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/work_order.h"

namespace parsers {

struct TaskPhase {
  std::string title;   ///< "User Story 1 - Define Pipeline (Priority: P1)"
  std::string number;  ///< "3" of "Phase 3"; empty: it has none
  std::string story;   ///< "US1", empty: of no story
  Location where;
  /// Tasks (positions in WorkOrders::orders) in the order of the text; a run may go at once, and follows the run
  /// before it.
  std::vector<std::vector<std::size_t>> runs;
  std::vector<std::size_t> after;  ///< phases that must be finished first; only with `stated`
  bool stated = false;             ///< the text says what it waits for; else for the phase before it
  Location stated_where;
};

/// "**Foundational (Phase 2)**: Depends on Setup completion - BLOCKS all stories", "US2: can start after Phase 2".
/// `own`: the phase that the sentence stands in, or npos. True when it was understood; then the phases hold what it
/// says.
bool read_phase_sentence(std::string_view sentence, Location, std::size_t own, std::vector<TaskPhase>& phases);

/// Writes the order of phases and runs into the tasks as dependencies (`stated`). A barrier between two runs of more
/// than 64 tasks goes through the last task of the first, so that 10^5 tasks need no 10^10 pairs. O(tasks + phases^2).
void add_phase_dependencies(const std::vector<TaskPhase>& phases, std::vector<WorkOrder>& tasks);

}  // namespace parsers
