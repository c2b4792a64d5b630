// DSATUR: Brelaz, New methods to color the vertices of a graph (1979). Ties by degree, then by id.
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "graph/coloring.h"

namespace graph {

int colors_used(const Coloring& coloring) {
  return coloring.empty() ? 0 : *std::max_element(coloring.begin(), coloring.end()) + 1;
}

Coloring color_by_saturation(const Neighbours& graph) {
  const std::size_t size = graph.size();
  Coloring color(size, -1);
  std::vector<std::vector<char>> seen(size);
  std::vector<std::size_t> saturation(size, 0);
  using Key = std::tuple<std::size_t, std::size_t, Index>;  // the least is next
  const auto key = [&](Index v) { return Key(size - saturation[v], size - graph[v].size(), v); };
  std::set<Key> open;
  for (Index v = 0; v < size; ++v) open.insert(key(v));
  while (!open.empty()) {
    const Index v = std::get<2>(*open.begin());
    open.erase(open.begin());
    const auto free = std::find(seen[v].begin(), seen[v].end(), 0);
    const auto chosen = static_cast<std::size_t>(free - seen[v].begin());
    color[v] = static_cast<int>(chosen);
    for (const Index to : graph[v]) {
      if (color[to] >= 0) continue;
      if (seen[to].size() <= chosen) seen[to].resize(chosen + 1, 0);
      if (seen[to][chosen]) continue;
      open.erase(key(to));
      seen[to][chosen] = 1;
      ++saturation[to];
      open.insert(key(to));
    }
  }
  return color;
}

}  // namespace graph
