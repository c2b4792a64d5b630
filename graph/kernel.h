// Small enough to look at in pairs: the conflict graph behind the hyperedges.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "graph/budget.h"
#include "graph/problem.h"

namespace graph {

/// Neighbours of every task, ascending. Two tasks are neighbours if they share an exclusion, not as two readers and not
/// both started.
using Neighbours = Rows<Index>;

/// nullopt if expanding the exclusions would take more than `limit` pairs.
std::optional<Neighbours> conflict_pairs(const Problem&, std::size_t limit);

/// The same with all pairs that precedence orders, directly or not. nullopt beyond `limit` pairs or 4096 tasks.
std::optional<Neighbours> incompatible_pairs(const Problem&, const Neighbours& conflicts, std::size_t limit);

/// later[t] as bits: what comes after t. Empty beyond 4096 nodes.
std::vector<std::vector<std::uint64_t>> reachability(const Problem&);

/// The heaviest clique (`tasks` ascending), among the heaviest the lexicographically least; `exact` says whether the
/// steps sufficed to be sure of both. `at_least`: only cliques of at least this weight count, else the answer is empty.
struct Clique {
  std::vector<Index> tasks;
  Time weight = 0;
  bool exact = true;
};
Clique heaviest_clique(const Neighbours&, std::span<const Time> weight, Time at_least, Budget& budget);

}  // namespace graph
