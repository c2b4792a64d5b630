// The memetic search of Moalic and Gondran, Variations on memetic algorithms for graph coloring problems (2018): two
// parents, two children by the greedy partition crossover of Galinier and Hao (1999), each improved by TabuCol. The
// best child of the last but one cycle of ten generations replaces a parent, so that the two do not become the same. A
// crossing costs O(n * colours).
#include "graph/hybrid_coloring.h"

#include <algorithm>
#include <utility>

namespace graph {
namespace {

constexpr std::int64_t generations_in_a_cycle = 10;

/// How many vertices would have to change their colour, whatever the colours are called: at most (greedy matching).
std::size_t distance(const Coloring& a, const Coloring& b, std::size_t colors) {
  std::vector<std::size_t> shared(colors * colors, 0);
  for (std::size_t v = 0; v < a.size(); ++v)
    ++shared[static_cast<std::size_t>(a[v]) * colors + static_cast<std::size_t>(b[v])];
  std::size_t same = 0;
  for (std::size_t c = 0; c < colors; ++c) {
    const auto row = shared.begin() + static_cast<std::ptrdiff_t>(c * colors);
    same += *std::max_element(row, row + static_cast<std::ptrdiff_t>(colors));
  }
  return a.size() - same;
}

}  // namespace

HybridColoring::HybridColoring(const Neighbours& graph, int colors, const Coloring& start)
    : graph_(graph), colors_(colors), tabu_(graph, colors) {
  Coloring first = start;
  for (int& color : first) {
    if (color >= colors) color = static_cast<int>(random_.below(static_cast<std::uint64_t>(colors)));
  }
  parents_.push_back({std::move(first), -1});
}

Coloring HybridColoring::redrawn() {
  Coloring result(graph_.size());
  for (int& color : result) color = static_cast<int>(random_.below(static_cast<std::uint64_t>(colors_)));
  return result;
}

/// The largest class of the one parent, then of what is left of the other, and so on; the rest by lot.
Coloring HybridColoring::cross(const Coloring& mother, const Coloring& father) {
  const auto k = static_cast<std::size_t>(colors_);
  const Coloring* parent[2] = {&mother, &father};
  std::vector<std::vector<Index>> members[2];
  std::vector<std::size_t> left[2];
  for (int p = 0; p < 2; ++p) {
    members[p].resize(k);
    for (std::size_t v = 0; v < graph_.size(); ++v)
      members[p][static_cast<std::size_t>((*parent[p])[v])].push_back(static_cast<Index>(v));
    for (const auto& list : members[p]) left[p].push_back(list.size());
  }
  Coloring child(graph_.size(), -1);
  for (std::size_t c = 0; c < k; ++c) {
    const int p = static_cast<int>(c % 2);
    std::size_t most = 0, ties = 0, chosen = 0;
    for (std::size_t i = 0; i < k; ++i) {
      if (left[p][i] < most) continue;
      if (left[p][i] > most) ties = 0;
      most = left[p][i];
      if (random_.below(++ties) == 0) chosen = i;
    }
    for (const Index v : members[p][chosen]) {
      if (child[v] >= 0) continue;
      child[v] = static_cast<int>(c);
      --left[0][static_cast<std::size_t>(mother[v])];
      --left[1][static_cast<std::size_t>(father[v])];
    }
  }
  for (int& color : child) {
    if (color < 0) color = static_cast<int>(random_.below(static_cast<std::uint64_t>(colors_)));
  }
  return child;
}

std::optional<Coloring> HybridColoring::run(std::int64_t moves, Budget& budget) {
  // Long enough to settle, short enough for some generations; the first walk, from the colouring given, takes its time.
  const std::int64_t all = moves;
  const std::int64_t each = std::max(2'000 + 8 * static_cast<std::int64_t>(graph_.size()), moves / 4);
  const auto improve = [&](Member& member, std::int64_t walk) {
    member.clashes = tabu_.run(member.color, walk, random_, budget);
    moves -= walk;
    return member.clashes == 0;
  };
  while (moves > 0 && !budget.spent()) {
    if (parents_[0].clashes < 0) {
      if (improve(parents_[0], all)) return parents_[0].color;
      elite_ = last_elite_ = parents_[0];
      continue;
    }
    if (parents_.size() < 2) {
      parents_.push_back({redrawn(), -1});
      if (improve(parents_[1], each)) return parents_[1].color;
      continue;
    }
    Member children[2] = {{cross(parents_[0].color, parents_[1].color), -1},
                          {cross(parents_[1].color, parents_[0].color), -1}};
    budget.spend(graph_.size() * 2);
    for (int i = 0; i < 2; ++i) {
      if (improve(children[i], each)) return children[i].color;
      parents_[static_cast<std::size_t>(i)] = std::move(children[i]);
      if (parents_[static_cast<std::size_t>(i)].clashes <= elite_.clashes)
        elite_ = parents_[static_cast<std::size_t>(i)];
    }
    if (++generation_ % generations_in_a_cycle == 0) {
      parents_[0] = std::exchange(last_elite_, std::exchange(elite_, parents_[0]));
    }
    const std::size_t apart = distance(parents_[0].color, parents_[1].color, static_cast<std::size_t>(colors_));
    if (apart * 20 < graph_.size()) parents_.pop_back();  // nothing left to cross
  }
  return std::nullopt;
}

}  // namespace graph
