// Heaviest clique by branch and bound with greedy colour classes as the bound: Tomita and Seki, An efficient
// branch-and-bound algorithm for finding a maximum clique (2003), with the weights of Kumlander (2004), on bitsets.
// Split by the first vertex of a degeneracy order, so a sparse graph of any size costs only its dense spots. A second
// run, by smallest task, picks the lexicographically least among the heaviest. Exponential in the worst case; effort in
// steps.
#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "graph/kernel.h"

namespace graph {
namespace {

using Bits = std::vector<std::uint64_t>;

void set(Bits& bits, std::size_t i) { bits[i / 64] |= std::uint64_t{1} << (i % 64); }
void clear(Bits& bits, std::size_t i) { bits[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
bool any(const Bits& bits) {
  return std::any_of(bits.begin(), bits.end(), [](std::uint64_t word) { return word != 0; });
}
std::size_t lowest(const Bits& bits) {
  std::size_t w = 0;
  while (bits[w] == 0) ++w;
  return w * 64 + static_cast<std::size_t>(std::countr_zero(bits[w]));
}
Bits operator&(const Bits& a, const Bits& b) {
  Bits result(a.size());
  for (std::size_t w = 0; w < a.size(); ++w) result[w] = a[w] & b[w];
  return result;
}

/// Branch and bound inside one neighbourhood.
class Search {
 public:
  Search(const Neighbours& graph, std::span<const Time> weight, std::vector<Index> vertices, Budget& budget)
      : vertices_(std::move(vertices)), budget_(budget) {
    const std::size_t words = (vertices_.size() + 63) / 64;
    adjacent_.assign(vertices_.size(), Bits(words, 0));
    all_.assign(words, 0);
    for (std::size_t i = 0; i < vertices_.size(); ++i) {
      set(all_, i);
      weight_.push_back(weight[vertices_[i]]);
      const auto next = graph[vertices_[i]];
      std::size_t at = 0;  // vertices_ and the row are both ascending
      for (const Index to : next) {
        while (at < vertices_.size() && vertices_[at] < to) ++at;
        if (at == vertices_.size()) break;
        if (vertices_[at] == to) set(adjacent_[i], at);
      }
      budget_.spend(next.size() / 16 + 1);
    }
  }

  /// A clique heavier than `floor`; the heaviest, or the first found if `first`. Empty: there is none (or no steps
  /// left).
  std::vector<Index> heavier(Time floor, bool first) { return named(run(all_, floor, first)); }

  /// The lexicographically least clique of exactly `target`, the weight of the heaviest. Empty if there is none.
  std::vector<Index> least(Time target) {
    std::vector<Index> known = run(all_, target - 1, true);
    if (known.empty()) return {};
    std::sort(known.begin(), known.end());
    std::vector<Index> chosen;
    Bits candidates = all_;
    for (std::size_t place = 0; target > 0; ++place) {
      while (any(candidates)) {  // known is a solution that extends chosen; look for one with a smaller next vertex
        const std::size_t v = lowest(candidates);
        clear(candidates, v);
        if (v == known[place]) break;
        const Bits inside = candidates & adjacent_[v];
        std::vector<Index> rest = run(inside, target - weight_[v] - 1, true);
        if (rest.empty() && target != weight_[v]) continue;
        std::sort(rest.begin(), rest.end());
        known.resize(place);
        known.push_back(static_cast<Index>(v));
        known.insert(known.end(), rest.begin(), rest.end());
        break;
      }
      chosen.push_back(known[place]);
      target -= weight_[known[place]];
      candidates = candidates & adjacent_[known[place]];
    }
    return named(chosen);
  }

 private:
  std::vector<Index> named(const std::vector<Index>& local) const {
    std::vector<Index> result;
    for (const Index i : local) result.push_back(vertices_[i]);
    std::sort(result.begin(), result.end());
    return result;
  }
  std::vector<Index> run(const Bits& inside, Time floor, bool first) {
    best_.clear();
    current_.clear();
    best_weight_ = floor;
    first_ = first;
    done_ = false;
    expand(inside, 0);
    return best_;
  }
  void expand(Bits open, Time sum) {
    // Colour classes: of each, a clique takes one vertex at most.
    std::vector<std::pair<Time, Index>> order;  // (bound on what the vertex and those before it can add, vertex)
    Bits uncoloured = open;
    Time bound = 0;
    while (any(uncoloured)) {
      Bits free = uncoloured;
      Time heaviest = 0;
      const std::size_t begin = order.size();
      while (any(free)) {
        const std::size_t v = lowest(free);
        clear(free, v);
        clear(uncoloured, v);
        for (std::size_t w = 0; w < free.size(); ++w) free[w] &= ~adjacent_[v][w];
        heaviest = std::max(heaviest, weight_[v]);
        order.emplace_back(0, static_cast<Index>(v));
      }
      std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(begin), order.end(),
                       [&](const auto& a, const auto& b) { return weight_[a.second] < weight_[b.second]; });
      for (std::size_t i = begin; i < order.size(); ++i) order[i].first = bound + weight_[order[i].second];
      bound += heaviest;
    }
    budget_.spend(order.size() * (1 + open.size() / 4) / 4 + 1);
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
      if (done_ || budget_.spent() || sum + at->first <= best_weight_) return;
      const Index v = at->second;
      current_.push_back(v);
      const Bits inside = open & adjacent_[v];
      if (any(inside)) {
        expand(inside, sum + weight_[v]);
      } else if (sum + weight_[v] > best_weight_) {
        best_weight_ = sum + weight_[v];
        best_ = current_;
        done_ = first_;
      }
      current_.pop_back();
      clear(open, v);
    }
  }

  std::vector<Index> vertices_;
  Budget& budget_;
  std::vector<Bits> adjacent_;
  std::vector<Time> weight_;
  Bits all_;
  std::vector<Index> current_, best_;
  Time best_weight_ = 0;
  bool first_ = false, done_ = false;
};

/// Vertices so that each has few neighbours behind it: always the one of least degree next, Matula and Beck (1983).
std::vector<Index> degeneracy_order(const Neighbours& graph) {
  const std::size_t size = graph.size();
  std::vector<std::vector<Index>> bucket;
  std::vector<std::size_t> degree(size);
  for (std::size_t v = size; v-- > 0;) {
    degree[v] = graph[v].size();
    if (bucket.size() <= degree[v]) bucket.resize(degree[v] + 1);
    bucket[degree[v]].push_back(static_cast<Index>(v));
  }
  std::vector<char> taken(size, 0);
  std::vector<Index> order;
  for (std::size_t d = 0; order.size() < size;) {
    if (bucket[d].empty()) {
      ++d;
      continue;
    }
    const Index v = bucket[d].back();
    bucket[d].pop_back();
    if (taken[v] || degree[v] != d) continue;
    taken[v] = 1;
    order.push_back(v);
    for (const Index to : graph[v]) {
      if (taken[to]) continue;
      bucket[--degree[to]].push_back(to);
    }
    if (d > 0) --d;
  }
  return order;
}

}  // namespace

Clique heaviest_clique(const Neighbours& graph, std::span<const Time> weight, Time at_least, Budget& budget) {
  Clique best;
  best.weight = at_least - 1;
  const std::vector<Index> order = degeneracy_order(graph);
  std::vector<Index> position(graph.size());
  for (std::size_t i = 0; i < order.size(); ++i) position[order[i]] = static_cast<Index>(i);
  const auto behind = [&](Index v, auto&& before) {
    std::vector<Index> result;
    Time sum = weight[v];
    for (const Index to : graph[v]) {
      if (!before(v, to)) continue;
      result.push_back(to);
      sum += weight[to];
    }
    return std::pair(result, sum);
  };
  // One clique at once, whatever the steps: from the core outwards, everybody who knows all so far.
  std::vector<Index> core;
  std::vector<Index> known(graph.size(), 0);
  for (auto v = order.rbegin(); v != order.rend(); ++v) {
    if (known[*v] != core.size()) continue;
    core.push_back(*v);
    for (const Index to : graph[*v]) ++known[to];
  }
  Time weighs = 0;
  for (const Index t : core) weighs += weight[t];
  if (weighs > best.weight) {
    std::sort(core.begin(), core.end());
    best.tasks = std::move(core);
    best.weight = weighs;
  }
  for (auto v = order.rbegin(); v != order.rend() && !budget.spent(); ++v) {
    auto [inside, sum] = behind(*v, [&](Index a, Index b) { return position[a] < position[b]; });
    if (sum <= best.weight) continue;
    std::vector<Index> found =
        Search(graph, weight, std::move(inside), budget).heavier(best.weight - weight[*v], false);
    if (found.empty() && weight[*v] <= best.weight) continue;
    found.insert(std::lower_bound(found.begin(), found.end(), *v), *v);
    best.tasks = std::move(found);
    best.weight = 0;
    for (const Index t : best.tasks) best.weight += weight[t];
  }
  for (Index v = 0; v < graph.size() && !budget.spent() && !best.tasks.empty(); ++v) {
    auto [inside, sum] = behind(v, [](Index a, Index b) { return a < b; });
    if (sum < best.weight) continue;
    std::vector<Index> found;
    if (weight[v] < best.weight) {
      found = Search(graph, weight, std::move(inside), budget).least(best.weight - weight[v]);
      if (found.empty()) continue;
    }
    if (budget.spent()) break;
    found.insert(found.begin(), v);
    best.tasks = std::move(found);
    break;
  }
  best.exact = !budget.spent();
  if (best.tasks.empty()) best.weight = 0;
  return best;
}

}  // namespace graph
