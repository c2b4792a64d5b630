// The planning problem, free of files and names: tasks, what must not overlap, what must come first.
//
// One Instance is seen three ways: as a schedule (start times, solve_schedule), as waves (colours, solve_waves) and as
// lanes (connected components, lanes). All answers are judged by graph/check.h, which shares no code with the solvers.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/ids.h"

namespace graph {

/// Time in whole units; the caller says what a unit is. Sums over an instance must fit: see max_total_duration.
using Time = std::int64_t;
inline constexpr Time max_total_duration = Time{1} << 60;

/// `before` ends no later than `after` starts; `after` is in a later wave.
struct Arc {
  TaskId before;
  TaskId after;
  friend auto operator<=>(const Arc&, const Arc&) = default;
};

/// One resource with its users, a hyperedge that is never expanded to pairs.
/// Writers exclude each other and every reader; readers share. With `readers_first` every reader ends before any writer
/// that is not `started` begins (in waves: an earlier wave); without it either may go first.
/// A plain pair "not at once" is an exclusion with two writers and no reader.
/// A task is listed at most once in one exclusion.
struct Exclusion {
  std::vector<TaskId> writers;
  std::vector<TaskId> readers;
  bool readers_first = false;
};

/// At most `capacity` (>= 1) units in use at once. Binds waves as well as the schedule. Started users may exceed the
/// capacity (they run already); then no further user starts until it fits.
/// `units`: what each user takes, parallel to `users`, each in 1..capacity; empty: one unit each.
struct Pool {
  int capacity = 1;
  std::vector<TaskId> users;
  std::vector<int> units = {};
};

/// REQUIRES: ids < duration.size(); durations > 0 with a sum <= max_total_duration; arcs and readers-first
/// exclusions form no cycle (see graph/precedence.h); arcs never lead into a started task.
struct Instance {
  std::vector<Time> duration = {};  ///< one per task; its size is the number of tasks
  std::vector<Arc> arcs = {};
  std::vector<Exclusion> exclusions = {};
  std::vector<Pool> pools = {};
  std::vector<TaskId> alone = {};     ///< each runs while nothing else does (and has a wave of its own)
  std::vector<TaskId> started = {};   ///< start at 0, in wave 0; constraints between two started tasks are waived
  std::vector<TaskId> unmanned = {};  ///< take no agent (their work is finished, their resources are still held)
  std::optional<int> agents =
      {};  ///< cap on manned tasks at once, >= 1, a pool like any other; binds the schedule only

  std::size_t size() const { return duration.size(); }
};

}  // namespace graph
