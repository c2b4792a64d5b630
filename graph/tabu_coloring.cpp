// TabuCol: Hertz and de Werra, Using tabu search techniques for graph coloring (1987), with the table of colour
// conflicts and the tenure of Galinier and Hao (1999). One move costs the number of conflicting vertices times colours.
#include <algorithm>
#include <utility>

#include "graph/coloring.h"
#include "graph/random.h"

namespace graph {
std::optional<Coloring> search_coloring(const Neighbours& graph, const Coloring& start, int colors, std::int64_t moves,
                                        Budget& budget) {
  const std::size_t size = graph.size(), k = static_cast<std::size_t>(colors);
  if (size == 0) return Coloring{};
  if (colors < 1) return std::nullopt;
  Random random;
  std::vector<Index> color(size);
  for (std::size_t v = 0; v < size; ++v) {
    const auto old = static_cast<std::size_t>(start[v]);
    color[v] = static_cast<Index>(old < k ? old : random.below(k));
  }
  std::vector<int> clash(size * k, 0);  // neighbours of v in colour c
  std::vector<std::int64_t> tabu(size * k, 0);
  std::vector<Index> bad, place(size, ~Index{0});
  std::int64_t conflicts = 0;
  for (std::size_t v = 0; v < size; ++v) {
    for (const Index to : graph[v]) ++clash[v * k + color[to]];
  }
  const auto refresh = [&](Index v) {
    const bool is_bad = clash[v * k + color[v]] > 0, listed = place[v] != ~Index{0};
    if (is_bad && !listed) {
      place[v] = static_cast<Index>(bad.size());
      bad.push_back(v);
    } else if (!is_bad && listed) {
      bad[place[v]] = bad.back();
      place[bad.back()] = place[v];
      bad.pop_back();
      place[v] = ~Index{0};
    }
  };
  for (Index v = 0; v < size; ++v) {
    conflicts += clash[v * k + color[v]];
    refresh(v);
  }
  conflicts /= 2;
  std::int64_t best = conflicts;
  for (std::int64_t move = 1; move <= moves && conflicts > 0 && !budget.spent(); ++move) {
    Index vertex = 0, target = 0;
    int least = 0;
    std::uint64_t ties = 0;
    for (const Index v : bad) {
      const int* row = &clash[v * k];
      const std::int64_t* blocked = &tabu[v * k];
      const int own = row[color[v]];
      for (Index c = 0; c < k; ++c) {
        const int change = row[c] - own;
        if (c == color[v] || (ties > 0 && change > least)) continue;
        if (blocked[c] > move && conflicts + change >= best) continue;
        if (ties == 0 || change < least) ties = 0;
        if (random.below(++ties) == 0) vertex = v, target = c;
        least = change;
      }
    }
    budget.spend(1 + bad.size() * k / 16);
    if (ties == 0) continue;
    const Index from = color[vertex];
    tabu[vertex * k + from] =
        move + static_cast<std::int64_t>(random.below(10)) + static_cast<std::int64_t>(bad.size()) * 6 / 10 + 1;
    color[vertex] = target;
    conflicts += least;
    best = std::min(best, conflicts);
    for (const Index to : graph[vertex]) {
      --clash[to * k + from];
      ++clash[to * k + target];
      refresh(to);
    }
    refresh(vertex);
    budget.spend(graph[vertex].size() / 16);
  }
  if (conflicts > 0) return std::nullopt;
  return Coloring(color.begin(), color.end());
}

}  // namespace graph
