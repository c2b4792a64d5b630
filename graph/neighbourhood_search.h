// Better schedules for parts too large to search whole.
#pragma once

#include <span>
#include <vector>

#include "graph/kernel.h"
#include "graph/random.h"

namespace graph {

class NeighbourhoodSearch {
 public:
  NeighbourhoodSearch(const Problem&, const Neighbours& conflicts);

  /// The best schedule after so many neighbourhoods, or one of a makespan of at most `enough`.
  std::vector<Time> run(std::vector<Time> start, std::int64_t rounds, Time enough, Budget&);

 private:
  std::vector<char> choose(std::span<const Time> start, Time end);
  std::vector<std::pair<Index, Index>> keep(std::span<const Time> start, const std::vector<char>& free) const;

  const Problem& problem_;
  const Neighbours& conflicts_;
  std::vector<std::vector<Index>> shared_;  ///< the users of every exclusion and pool
  Random random_;
  std::size_t size_ = 25;  ///< of a neighbourhood, as the last ones taught
};

}  // namespace graph
