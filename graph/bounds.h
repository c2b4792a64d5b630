// What no answer can beat, with a witness that anybody can add up.
#pragma once

#include <vector>

#include "graph/kernel.h"

namespace graph {

/// Earliest possible start of every node, and the least time from its start to the end of everything, by arcs and by
/// what started tasks hold. O(n + accesses + arcs).
struct Windows {
  std::vector<Time> head, tail;
};
Windows windows(const Problem&);

/// The longest chain; ties by smaller ids. Witness in its order. O(n + arcs).
Bound chain_bound(const Problem&);

/// The heaviest users of one exclusion: all writers and the longest reader. O(accesses).
Bound exclusion_bound(const Problem&);

/// The largest load of a pool or of the agents. O(accesses).
Bound load_bound(const Problem&);

/// The best preemptive one-machine bound of the writers of an exclusion between their heads and tails: no witness that
/// adds up, so whoever uses it says `search`. O(accesses log n).
Time one_machine_bound(const Problem&);

/// Writers of an exclusion one after the other, and its readers, when no writer runs, as fast as a pool lets them: no
/// plain witness either. O(accesses * pools of a task).
Bound shared_load_bound(const Problem&);

/// The best of all, preferring the heaviest clique over a chain over a load. Cliques over several exclusions are looked
/// for where `conflicts` are given. Names are those of the instance.
Bound lower_bound(const Problem&, const Neighbours* conflicts, Budget& budget);

}  // namespace graph
