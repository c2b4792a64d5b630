// Fewest colours: what can always be coloured afterwards is taken away first (a vertex with fewer neighbours than
// colours, and one whose neighbours another vertex has as well; folklore, see Lucet, Mendes and Moukrim 2006); the rest
// is searched from above (hybrid_coloring, independent_sets) and decided from below by SAT, in turns with growing
// limits.
#include "graph/coloring.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "graph/hybrid_coloring.h"

namespace graph {
namespace {

/// The graph without what `colors` colours always reach, and how to put it back.
class Kernel {
 public:
  Kernel(const Neighbours& graph, std::size_t colors) : graph_(graph), colors_(colors), gone_(graph.size(), 0) {
    for (std::size_t v = 0; v < graph.size(); ++v) degree_.push_back(graph[v].size());
    peel();
    while (dominate()) peel();
    std::vector<Index> local(graph.size(), 0);
    for (Index v = 0; v < graph.size(); ++v) {
      if (gone_[v]) continue;
      local[v] = static_cast<Index>(vertices_.size());
      vertices_.push_back(v);
    }
    for (const Index v : vertices_) {
      for (const Index to : graph[v]) {
        if (!gone_[to]) rest_.items.push_back(local[to]);
      }
      rest_.close();
    }
  }
  const Neighbours& rest() const { return rest_; }
  const std::vector<Index>& vertices() const { return vertices_; }
  /// What is left of a colouring of the whole.
  Coloring restrict(const Coloring& whole) const {
    Coloring result;
    for (const Index v : vertices_) result.push_back(whole[v]);
    return result;
  }
  Coloring extend(const Coloring& inner) const {
    Coloring color(graph_.size(), -1);
    for (std::size_t i = 0; i < vertices_.size(); ++i) color[vertices_[i]] = inner[i];
    std::vector<char> used;
    for (auto v = order_.rbegin(); v != order_.rend(); ++v) {
      used.assign(graph_[*v].size() + 1, 0);
      for (const Index to : graph_[*v]) {
        if (color[to] >= 0 && static_cast<std::size_t>(color[to]) < used.size())
          used[static_cast<std::size_t>(color[to])] = 1;
      }
      color[*v] = static_cast<int>(std::find(used.begin(), used.end(), 0) - used.begin());
    }
    return color;
  }

 private:
  void remove(Index v) {
    gone_[v] = 1;
    order_.push_back(v);
    for (const Index to : graph_[v]) --degree_[to];
  }
  void peel() {
    std::vector<Index> queue;
    for (Index v = 0; v < graph_.size(); ++v) {
      if (!gone_[v] && degree_[v] < colors_) queue.push_back(v);
    }
    for (std::size_t head = 0; head < queue.size(); ++head) {
      if (gone_[queue[head]]) continue;
      remove(queue[head]);
      for (const Index to : graph_[queue[head]]) {
        if (!gone_[to] && degree_[to] < colors_) queue.push_back(to);
      }
    }
  }
  /// Removes vertices whose remaining neighbours are all neighbours of a vertex they are not adjacent to.
  bool dominate() {
    bool found = false;
    std::vector<Index> common(graph_.size(), 0);
    for (Index v = 0; v < graph_.size(); ++v) {
      if (gone_[v] || degree_[v] == 0) continue;
      Index pivot = ~Index{0};
      for (const Index to : graph_[v]) {
        if (!gone_[to] && (pivot == ~Index{0} || degree_[to] < degree_[pivot])) pivot = to;
      }
      constexpr std::size_t most_work = 20'000;
      std::size_t work = 0;
      for (const Index u : graph_[pivot]) {
        if (gone_[u] || u == v || degree_[u] < degree_[v]) continue;
        const auto theirs = graph_[u];
        if (std::binary_search(theirs.begin(), theirs.end(), v)) continue;
        work += graph_[v].size();
        if (work > most_work) break;
        const auto own = graph_[v];
        if (!std::all_of(own.begin(), own.end(),
                         [&](Index to) { return gone_[to] || std::binary_search(theirs.begin(), theirs.end(), to); })) {
          continue;
        }
        remove(v);
        found = true;
        break;
      }
    }
    return found;
  }

  const Neighbours& graph_;
  std::size_t colors_;
  std::vector<char> gone_;
  std::vector<std::size_t> degree_;
  std::vector<Index> order_;  ///< as removed
  std::vector<Index> vertices_;
  Neighbours rest_;
};

/// The clique in the kernel's own numbers, as far as it is still there.
std::vector<Index> inside(const Kernel& kernel, std::span<const Index> clique) {
  std::vector<Index> result;
  for (const Index v : clique) {
    const auto at = std::lower_bound(kernel.vertices().begin(), kernel.vertices().end(), v);
    if (at != kernel.vertices().end() && *at == v) result.push_back(static_cast<Index>(at - kernel.vertices().begin()));
  }
  return result;
}

/// From above: the search for one colour fewer goes on where it stopped, until there is one.
class Descent {
 public:
  Descent(const Neighbours& graph, Coloring start) : graph_(graph), best_(std::move(start)) {
    for (std::size_t v = 0; v < graph.size(); ++v)
      countable_ = countable_ && graph[v].size() <= TabuColoring::most_neighbours;
  }

  int value() const { return colors_used(best_); }
  const Coloring& best() const { return best_; }
  bool take(const Kernel& kernel, const Coloring& inner) {
    Coloring whole = kernel.extend(inner);
    if (colors_used(whole) >= value()) return false;
    best_ = std::move(whole);
    return true;
  }
  /// Whether so many moves found a better colouring.
  bool run(std::int64_t moves, Budget& budget) {
    if (value() < 2 || !countable_) return false;
    if (!step_ || step_->search.colors() != value() - 1) step_ = std::make_unique<Step>(graph_, value() - 1, best_);
    const auto found = step_->search.run(moves, budget);
    return found && take(step_->kernel, *found);
  }
  /// Afresh, class by class: where classes are hidden, this is far below what descends to it.
  bool run_sets(std::int64_t moves, Budget& budget) {
    constexpr std::size_t least_size = 200;
    const std::int64_t steps = moves / 4;
    if (graph_.size() < least_size || steps <= tried_) return false;
    tried_ = steps;
    Budget part = budget.split(2, moves * 2'000);
    auto found = color_by_sets(graph_, value(), steps, part);
    budget.join(part);
    if (!found || colors_used(*found) >= value()) return false;
    best_ = std::move(*found);
    return true;
  }

 private:
  struct Step {
    Step(const Neighbours& graph, int colors, const Coloring& start)
        : kernel(graph, static_cast<std::size_t>(colors)), search(kernel.rest(), colors, kernel.restrict(start)) {}
    Kernel kernel;
    HybridColoring search;
  };
  const Neighbours& graph_;
  Coloring best_;
  bool countable_ = true;
  std::int64_t tried_ = 0;  ///< steps of the sets looked for last
  std::unique_ptr<Step> step_;
};

}  // namespace

FewestColors color_exactly(const Neighbours& graph, std::span<const Index> clique, Coloring start, int low,
                           Budget& budget) {
  Descent above(graph, std::move(start));
  int bound = low;
  std::int64_t moves = 20'000, largest = 0;
  int conflicts = 2'000;
  std::size_t clauses = 200'000;
  while (!budget.spent() && above.value() > bound) {
    // A large formula takes as long to build as so many moves; never less is spent on the search.
    if (above.run(std::max(moves, largest / 4), budget) || above.run_sets(moves, budget)) continue;
    const auto pose = [&](const Kernel& kernel, int colors) {
      const std::size_t size = kernel.rest().items.size() / 2 * static_cast<std::size_t>(colors);
      if (size <= clauses) largest = std::max(largest, static_cast<std::int64_t>(size));
      return decide_coloring(kernel.rest(), inside(kernel, clique), colors, conflicts, clauses, budget);
    };
    const Kernel lower(graph, static_cast<std::size_t>(bound));
    SatColoring decided = pose(lower, bound);
    if (decided.answer == Colorable::yes) above.take(lower, decided.coloring);
    if (decided.answer == Colorable::no) {
      ++bound;
      continue;
    }
    const int below = above.value() - 1;
    if (decided.answer == Colorable::unknown && below > bound) {
      const Kernel upper(graph, static_cast<std::size_t>(below));
      decided = pose(upper, below);
      if (decided.answer == Colorable::yes) above.take(upper, decided.coloring);
      if (decided.answer == Colorable::no) bound = below + 1;
    }
    moves *= 2;
    clauses = std::min<std::size_t>(clauses * 2, 6'000'000);
    conflicts = std::min(conflicts * 2, 1 << 29);
  }
  return {above.best(), bound};
}

}  // namespace graph
