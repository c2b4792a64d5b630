// A colouring class by class: always a large independent set of what is left. Johnson, Aragon, McGeoch and Schevon,
// Optimization by simulated annealing: graph coloring (1991), call it XRLF; the sets are found by swaps as in Battiti
// and Protasi, Reactive local search for the maximum clique problem (2001): add whoever knows nobody inside, else
// exchange somebody for whoever knows only them, and who has left does not come back soon. One step costs the
// neighbours of whom it moves.
#include <algorithm>
#include <optional>
#include <utility>

#include "graph/coloring.h"
#include "graph/random.h"

namespace graph {
namespace {

/// Vertices in any order, with O(1) to put in and take out.
class Pool {
 public:
  explicit Pool(std::size_t size) : place_(size, nowhere) {}
  bool contains(Index v) const { return place_[v] != nowhere; }
  void insert(Index v) {
    place_[v] = static_cast<Index>(list_.size());
    list_.push_back(v);
  }
  void erase(Index v) {
    list_[place_[v]] = list_.back();
    place_[list_.back()] = place_[v];
    list_.pop_back();
    place_[v] = nowhere;
  }
  const std::vector<Index>& list() const { return list_; }

 private:
  static constexpr Index nowhere = ~Index{0};
  std::vector<Index> place_, list_;
};

/// An independent set of the vertices that are left, and who could join it.
class Growing {
 public:
  explicit Growing(const Neighbours& graph)
      : graph_(graph),
        known_(graph.size(), 0),
        until_(graph.size(), 0),
        left_(graph.size()),
        inside_(graph.size()),
        free_(graph.size()),
        one_(graph.size()) {
    for (Index v = 0; v < graph.size(); ++v) left_.insert(v), free_.insert(v);
  }

  bool any_left() const { return !left_.list().empty(); }
  /// Takes the largest set met out of the graph.
  std::vector<Index> take(std::int64_t steps, Random& random, Budget& budget) {
    std::vector<Index> best;
    std::int64_t since = 0;
    const auto patience = static_cast<std::int64_t>(200 + 2 * left_.list().size());
    for (; steps > 0 && (best.empty() || !budget.spent()); --steps, ++now_) {
      if (const Index v = choose(free_, random, budget); v != nobody) {
        join(v, budget);
        if (inside_.list().size() > best.size()) best = inside_.list(), since = 0;
      } else if (const Index swapped = choose(one_, random, budget); swapped != nobody) {
        exchange(swapped, random, budget);
      } else if (!inside_.list().empty()) {
        leave(inside_.list()[random.below(inside_.list().size())], random, budget);
      }
      if (++since < patience) continue;
      since = 0;
      const Index next = left_.list()[random.below(left_.list().size())];
      if (!inside_.contains(next)) exchange(next, random, budget);
    }
    while (!inside_.list().empty()) leave(inside_.list().back(), random, budget);
    std::sort(best.begin(), best.end());
    for (const Index v : best) {
      left_.erase(v);
      free_.erase(v);
    }
    return best;
  }

 private:
  static constexpr Index nobody = ~Index{0};

  Index choose(const Pool& pool, Random& random, Budget& budget) const {
    Index chosen = nobody;
    std::uint64_t ties = 0;
    budget.spend(pool.list().size() / 16);
    for (const Index v : pool.list()) {
      if (until_[v] <= now_ && random.below(++ties) == 0) chosen = v;
    }
    return chosen;
  }
  void join(Index v, Budget& budget) {
    free_.erase(v);
    inside_.insert(v);
    budget.spend(graph_[v].size() / 16 + 1);
    for (const Index u : graph_[v]) {
      const Index knew = known_[u]++;
      if (knew > 1 || !left_.contains(u)) continue;
      if (knew == 1) {
        one_.erase(u);
      } else {
        free_.erase(u);
        one_.insert(u);
      }
    }
  }
  void leave(Index v, Random& random, Budget& budget) {
    inside_.erase(v);
    free_.insert(v);
    until_[v] = now_ + 2 + static_cast<std::int64_t>(random.below(8));
    budget.spend(graph_[v].size() / 16 + 1);
    for (const Index u : graph_[v]) {
      const Index knows = --known_[u];
      if (knows > 1 || !left_.contains(u)) continue;
      if (knows == 1) {
        one_.insert(u);
      } else {
        one_.erase(u);
        free_.insert(u);
      }
    }
  }
  /// In goes v, out go those it knows.
  void exchange(Index v, Random& random, Budget& budget) {
    std::vector<Index> out;
    for (const Index u : inside_.list()) {
      const auto row = graph_[v];
      if (std::binary_search(row.begin(), row.end(), u)) out.push_back(u);
    }
    for (const Index u : out) leave(u, random, budget);
    join(v, budget);
  }

  const Neighbours& graph_;
  std::vector<Index> known_;  ///< neighbours inside
  std::vector<std::int64_t> until_;
  Pool left_, inside_, free_, one_;  ///< free_ and one_: outside, with no neighbour or one inside
  std::int64_t now_ = 0;
};

}  // namespace

std::optional<Coloring> color_by_sets(const Neighbours& graph, int most, std::int64_t steps, Budget& budget) {
  constexpr int sample = 5;
  Coloring color(graph.size(), 0);
  Random random;
  Growing growing(graph);
  std::size_t taken = 0;
  for (int c = 0; growing.any_left(); ++c) {
    if (c > most) return std::nullopt;
    // In a graph without hidden classes the first are some 1.3 times as large as those of a good colouring.
    if (c == sample && taken * static_cast<std::size_t>(most) * 10 < 14 * sample * graph.size()) return std::nullopt;
    for (const Index v : growing.take(steps, random, budget)) {
      color[v] = c;
      ++taken;
    }
  }
  return color;
}

}  // namespace graph
