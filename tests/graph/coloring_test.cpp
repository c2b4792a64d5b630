#include "graph/coloring.h"

#include <gtest/gtest.h>

#include "graph/hybrid_coloring.h"
#include "tests/graph/random_instances.h"

namespace graph {
namespace {

using testing::Random;

Neighbours graph_of(std::size_t size, const std::vector<std::pair<Index, Index>>& edges) {
  std::vector<std::vector<Index>> rows(size);
  for (const auto& [a, b] : edges) rows[a].push_back(b), rows[b].push_back(a);
  Neighbours graph;
  for (auto& row : rows) {
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    graph.items.insert(graph.items.end(), row.begin(), row.end());
    graph.close();
  }
  return graph;
}

bool proper(const Neighbours& graph, const Coloring& color) {
  for (std::size_t v = 0; v < graph.size(); ++v) {
    if (color[v] < 0) return false;
    for (const Index to : graph[v]) {
      if (color[v] == color[to]) return false;
    }
  }
  return true;
}

bool colorable(const Neighbours& graph, Coloring& color, std::size_t v, int colors) {
  if (v == graph.size()) return true;
  for (color[v] = 0; color[v] < colors; ++color[v]) {
    bool free = true;
    for (const Index to : graph[v]) free = free && (to > v || color[to] != color[v]);
    if (free && colorable(graph, color, v + 1, colors)) return true;
  }
  return false;
}

int by_backtracking(const Neighbours& graph) {
  Coloring color(graph.size(), 0);
  int colors = 1;
  while (!colorable(graph, color, 0, colors)) ++colors;
  return colors;
}

/// Mycielski (1955): one more colour than before, without any triangle.
Neighbours mycielski(int colors) {
  std::vector<std::pair<Index, Index>> edges{{0, 1}};
  Index size = 2;
  for (int c = 2; c < colors; ++c) {
    const auto old = edges;
    for (const auto& [a, b] : old) {
      edges.emplace_back(a, size + b);
      edges.emplace_back(b, size + a);
    }
    for (Index v = 0; v < size; ++v) edges.emplace_back(size + v, 2 * size);
    size = 2 * size + 1;
  }
  return graph_of(size, edges);
}

TEST(Coloring, AsFewColorsAsBacktracking) {
  Random random(51);
  for (int i = 0; i < 400; ++i) {
    const std::size_t size = 1 + random.below(10), density = 20 + 10 * random.below(7);
    std::vector<std::pair<Index, Index>> edges;
    for (Index a = 0; a < size; ++a) {
      for (Index b = 0; b < a; ++b) {
        if (random.chance(density)) edges.emplace_back(a, b);
      }
    }
    const Neighbours graph = graph_of(size, edges);
    const int expected = by_backtracking(graph);
    const Coloring greedy = color_by_saturation(graph);
    ASSERT_TRUE(proper(graph, greedy));
    Budget budget(Effort{10'000'000});
    const FewestColors found = color_exactly(graph, {}, greedy, 1, budget);
    ASSERT_TRUE(proper(graph, found.coloring));
    ASSERT_EQ(colors_used(found.coloring), expected);
    ASSERT_EQ(found.bound, expected);
    EXPECT_EQ(decide_coloring(graph, {}, expected - 1, 1'000, 100'000, budget).answer, Colorable::no);
    const auto searched = HybridColoring(graph, expected, greedy).run(50'000, budget);
    ASSERT_TRUE(searched);
    EXPECT_TRUE(proper(graph, *searched));
    EXPECT_LE(colors_used(*searched), expected);
  }
}

/// Pairs of neighbours of one colour.
std::int64_t clashes(const Neighbours& graph, const Coloring& color) {
  std::int64_t count = 0;
  for (std::size_t v = 0; v < graph.size(); ++v) {
    for (const Index to : graph[v]) count += v < to && color[v] == color[to];
  }
  return count;
}

TEST(Coloring, AWalkLeavesTheBestItMet) {
  Random random(52);
  for (int i = 0; i < 30; ++i) {
    const std::size_t size = 20 + random.below(60), density = 20 + 10 * random.below(7);
    std::vector<std::pair<Index, Index>> edges;
    for (Index a = 0; a < size; ++a) {
      for (Index b = 0; b < a; ++b) {
        if (random.chance(density)) edges.emplace_back(a, b);
      }
    }
    const Neighbours graph = graph_of(size, edges);
    const int colors = 2 + static_cast<int>(random.below(12));
    Coloring color;
    for (std::size_t v = 0; v < size; ++v)
      color.push_back(static_cast<int>(random.below(static_cast<std::size_t>(colors))));
    const std::int64_t before = clashes(graph, color);
    Budget budget(Effort{10'000'000});
    graph::Random walk;
    const std::int64_t left = TabuColoring(graph, colors).run(color, 3'000, walk, budget);
    EXPECT_LE(left, before);
    ASSERT_EQ(left, clashes(graph, color));
    ASSERT_TRUE(std::all_of(color.begin(), color.end(), [&](int c) { return c >= 0 && c < colors; }));
  }
}

/// A colouring hidden among random edges is found although the greedy one is far away.
TEST(Coloring, FindsWhatIsHiddenFarBelow) {
  Random random(53);
  constexpr std::size_t size = 300;
  constexpr int hidden = 10;
  std::vector<std::pair<Index, Index>> edges;
  for (Index a = 0; a < size; ++a) {
    for (Index b = 0; b < a; ++b) {
      if (a % hidden != b % hidden && random.chance(50)) edges.emplace_back(a, b);
    }
  }
  const Neighbours graph = graph_of(size, edges);
  const Coloring greedy = color_by_saturation(graph);
  EXPECT_GT(colors_used(greedy), hidden + 5);
  Budget budget(Effort{50'000'000});
  const FewestColors found = color_exactly(graph, {}, greedy, hidden, budget);
  EXPECT_TRUE(proper(graph, found.coloring));
  EXPECT_EQ(colors_used(found.coloring), hidden);
}

TEST(Coloring, HiddenClassesAreTakenOneByOne) {
  Random random(54);
  constexpr std::size_t size = 240;
  for (const int hidden : {8, 60}) {  // classes of 30 are seen, those of 4 are as large as many others
    std::vector<std::pair<Index, Index>> edges;
    for (Index a = 0; a < size; ++a) {
      for (Index b = 0; b < a; ++b) {
        if (a % static_cast<Index>(hidden) != b % static_cast<Index>(hidden) && random.chance(50))
          edges.emplace_back(a, b);
      }
    }
    const Neighbours graph = graph_of(size, edges);
    Budget budget(Effort{50'000'000});
    const auto found = color_by_sets(graph, 20, 3'000, budget);
    ASSERT_EQ(found.has_value(), hidden == 8);
    if (!found) continue;
    EXPECT_TRUE(proper(graph, *found));
    EXPECT_EQ(colors_used(*found), hidden);
  }
}

TEST(Coloring, ProvesGraphsWithoutACliqueToShow) {
  for (const int colors : {3, 4, 5}) {
    const Neighbours graph = mycielski(colors);
    Budget budget(Effort{});
    const FewestColors found = color_exactly(graph, {}, color_by_saturation(graph), 2, budget);
    EXPECT_TRUE(proper(graph, found.coloring));
    EXPECT_EQ(colors_used(found.coloring), colors);
    EXPECT_EQ(found.bound, colors);
  }
}

}  // namespace
}  // namespace graph
