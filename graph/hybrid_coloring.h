// Colourings with a given number of colours, bred from two parents at a time.
#pragma once

#include <optional>

#include "graph/tabu_coloring.h"

namespace graph {

class HybridColoring {
 public:
  /// `start` may have more colours; REQUIRES as TabuColoring.
  HybridColoring(const Neighbours&, int colors, const Coloring& start);

  /// Goes on for so many moves more; a proper colouring once there is one.
  std::optional<Coloring> run(std::int64_t moves, Budget&);
  int colors() const { return colors_; }

 private:
  struct Member {
    Coloring color;
    std::int64_t clashes = 0;
  };
  Coloring redrawn();
  Coloring cross(const Coloring& mother, const Coloring& father);

  const Neighbours& graph_;
  int colors_;
  TabuColoring tabu_;
  Random random_;
  std::vector<Member> parents_;
  Member elite_, last_elite_;
  std::int64_t generation_ = 0;
};

}  // namespace graph
