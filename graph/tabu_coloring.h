// One colouring and its clashes, walked from neighbour to neighbour towards none.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/budget.h"
#include "graph/coloring.h"
#include "graph/random.h"

namespace graph {

/// TabuCol for a fixed number of colours. A colouring here may clash: neighbours of one colour.
class TabuColoring {
 public:
  /// Vertices with more neighbours are too many to count in 16 bits.
  static constexpr std::size_t most_neighbours = 8'000;

  /// REQUIRES: colors >= 1; no vertex has more than `most_neighbours`.
  TabuColoring(const Neighbours&, int colors);

  /// Walks so many moves from the colouring given, or until nothing clashes; leaves the colouring with the fewest
  /// clashes met and returns how many they are. REQUIRES: every colour is below `colors`.
  std::int64_t run(Coloring&, std::int64_t moves, Random&, Budget&);

 private:
  using Count = std::int16_t;

  void place(const Coloring&);
  void refresh(Index vertex);
  void age();
  std::int64_t choose(std::int64_t slack, Random&);
  void move(Index vertex, Index target, std::int64_t tenure);

  const Neighbours& graph_;
  std::size_t colors_, width_;  ///< a row of the tables: the colours, filled up to whole vectors
  std::vector<Count> clash_;    ///< neighbours of a vertex in a colour
  std::vector<Count> until_;    ///< when a vertex may take a colour again; `own`: it has that colour
  std::vector<Index> color_, bad_, place_, ties_;
  Index chosen_ = 0, target_ = 0;
  Count now_ = 0;
};

}  // namespace graph
