// Search that proves: the least makespan of a part small enough to look at in pairs, and the answer that ties prefer.
#pragma once

#include <span>
#include <vector>

#include "graph/kernel.h"

namespace graph {

/// The best starts found and the largest value below which nothing was found to be possible.
struct Minimum {
  std::vector<Time> start;
  Time bound = 0;
};

/// Improves `start` until its makespan is `low` (a bound known already) or at most `enough`, or is proved least, or the
/// steps are used up.
Minimum minimise(const Problem&, const Neighbours& conflicts, std::vector<Time> start, Time low, Time enough,
                 Budget& budget);

/// The lexicographically least starts of a makespan of at most `deadline`, as far as the steps reach.
/// REQUIRES: `start` meets the deadline.
std::vector<Time> settle(const Problem&, const Neighbours& conflicts, std::vector<Time> start, Time deadline,
                         Budget& budget);

}  // namespace graph
