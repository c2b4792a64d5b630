// A good schedule at once, at any size.
#pragma once

#include <span>
#include <vector>

#include "graph/problem.h"

namespace graph {

/// Starts of a non-delay (so active) schedule: whenever something ends, tasks that can start do, the more urgent first,
/// ties by the smaller task.
std::vector<Time> list_schedule(const Problem&, std::span<const Time> urgency);

/// Every task as early as it can go when they are placed in order of `start`; never later than `start`. An active
/// schedule. O(n * users of its resources).
std::vector<Time> left_shift(const Problem&, std::span<const Time> start);

/// When the last task ends.
Time makespan(const Problem&, std::span<const Time> start);

/// The lowest free agent in order of (start, id), from 1; 0 for unmanned tasks. O(n log n).
std::vector<int> assign_agents(const Instance&, std::span<const Time> start);

}  // namespace graph
