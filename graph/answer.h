// What the solvers answer: a value, what no answer can beat, and why.
#pragma once

#include <atomic>
#include <vector>

#include "graph/instance.h"

namespace graph {

/// Why no answer can be better than `value`.
enum class Reason {
  none,    ///< nothing to do: the value is 0
  clique,  ///< no two of `tasks` may run at once; their durations (waves: their number) add up to the value
  chain,   ///< `tasks` in order, each before the next; their durations (waves: their number) add up to the value
  load,  ///< `tasks` share a pool or the agents; their work divided by the capacity, rounded up to what durations allow
  search,  ///< no short witness: every alternative below the value was searched through; `tasks`: the component
};

/// A lower bound with its witness. In a clique two tasks exclude each other, or one is alone; only where neither such a
/// clique nor a chain attains the value may a pair be there because one comes before the other, directly or not.
/// Load: started tasks count only as far as they fit the capacity together, and the quotient is rounded up to a
/// multiple of the greatest common divisor of all durations (tasks that all take 5, 10 or 15 minutes end on a multiple
/// of 5). `pool`: index into Instance::pools for a load bound, -1 for the agents.
struct Bound {
  Time value = 0;
  Reason reason = Reason::none;
  std::vector<TaskId> tasks;  ///< ordered by id, for a chain in its own order
  int pool = -1;
};

/// Fewest waves found. wave[t] counts from 0, gapless. `optimal` exactly when count == bound.value.
struct Waves {
  std::vector<int> wave;
  int count = 0;
  Bound bound;
  bool optimal = false;
};

/// Least makespan found. agent[t] counts from 1; 0 for unmanned tasks. `optimal` exactly when makespan == bound.value.
/// Active: no task can start earlier while all others stay (started tasks excepted: they start at 0).
struct Schedule {
  std::vector<Time> start;
  std::vector<int> agent;
  Time makespan = 0;
  Bound bound;
  bool optimal = false;
};

/// Effort counts search steps, never seconds, so the same instance gives the same answer on every machine.
/// `stop`, if given and set (a clock, an impatient user), cuts the search short: the answer is still checked and its
/// bound still true, only no longer the same everywhere.
struct Effort {
  std::int64_t steps = 50'000'000;
  const std::atomic<bool>* stop = nullptr;
};

/// Minimal number of waves: every wave free of exclusions and within every pool's capacity, arcs lead to later waves,
/// alone tasks have a wave of their own, started tasks are in wave 0 together.
Waves solve_waves(const Instance&, Effort = {});

/// Minimal makespan. Among answers of the same makespan found, tasks with smaller ids start earlier.
Schedule solve_schedule(const Instance&, Effort = {});

/// Connected components over arcs and exclusions (pools and `alone` join nothing; an alone task is a lane of its own
/// and what it excludes or precedes joins through it neither). Each lane ordered by id; lanes ordered by their first
/// id.
std::vector<std::vector<TaskId>> lanes(const Instance&);

}  // namespace graph
