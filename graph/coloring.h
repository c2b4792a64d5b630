// Waves of a part that only exclusions bind: colouring of its conflict graph.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "graph/kernel.h"

namespace graph {

/// colour[v] counts from 0.
using Coloring = std::vector<int>;

int colors_used(const Coloring&);

/// Always the vertex that sees most colours next, in its smallest possible colour. O(n^2 + edges).
Coloring color_by_saturation(const Neighbours&);

/// Always a large independent set of what is left, looked for with so many steps. nullopt if the first ones are no
/// larger than those of many a graph, for then it will hardly take fewer than `most` colours.
std::optional<Coloring> color_by_sets(const Neighbours&, int most, std::int64_t steps, Budget&);

enum class Colorable { yes, no, unknown };
struct SatColoring {
  Colorable answer = Colorable::unknown;
  Coloring coloring;
};
/// Decides by a SAT solver whether `colors` colours suffice. `clique` gets the first colours. Unknown after so many
/// conflicts, or if it would take more clauses.
SatColoring decide_coloring(const Neighbours&, std::span<const Index> clique, int colors, int conflicts,
                            std::size_t clauses, Budget&);

/// The fewest colours found and the number that is proved necessary, at least `low`.
struct FewestColors {
  Coloring coloring;
  int bound = 0;
};
FewestColors color_exactly(const Neighbours&, std::span<const Index> clique, Coloring start, int low, Budget&);

}  // namespace graph
