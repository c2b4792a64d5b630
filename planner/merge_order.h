// In which order branches are merged at the least cost.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace planner {

/// A place that two branches contend for: whichever is merged later has to look after it, once for all that went
/// before.
struct Contention {
  std::size_t a = 0, b = 0;  ///< positions of branches
  std::string what;          ///< "src/a.py", "reference-removed src/a.py f"
  bool repair = true;        ///< false: only to be looked at
};

/// Repairs weigh more than any number of looks.
struct MergeCost {
  std::uint32_t repairs = 0, looks = 0;
  friend auto operator<=>(const MergeCost&, const MergeCost&) = default;
};

struct MergeOrder {
  std::vector<std::size_t> order;  ///< positions of branches
  std::vector<MergeCost> costs;    ///< of each branch, when it is merged in this order; as `order`
  MergeCost total;
  bool exact = true;  ///< no order costs less
};

/// The cost of a branch is the number of different places it contends for with branches that were merged before.
/// `first`: pairs of positions, the first of which must come before the second (stacked branches); no cycles.
/// Components of contention are ordered one by one: up to 14 branches exactly, by dynamic programming over subsets;
/// larger ones by taking, again and again, the branch that makes what remains cheapest, improved by moving single
/// branches until nothing gains. Ties: the smaller position. O(2^14 n) or O(n^3 places).
MergeOrder merge_order(std::size_t branches, const std::vector<Contention>&,
                       const std::vector<std::pair<std::size_t, std::size_t>>& first);

}  // namespace planner
