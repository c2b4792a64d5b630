#include <gtest/gtest.h>

#include "graph/kernel.h"
#include "tests/graph/random_instances.h"

namespace graph {
namespace {

using testing::Random;

struct Graph {
  Neighbours neighbours;
  std::vector<Time> weight;
  std::vector<std::vector<char>> adjacent;
};

Graph random_graph(Random& random, std::size_t size, std::size_t density) {
  Graph graph{{}, {}, std::vector<std::vector<char>>(size, std::vector<char>(size, 0))};
  for (std::size_t a = 0; a < size; ++a) {
    graph.weight.push_back(1 + static_cast<Time>(random.below(4)));
    for (std::size_t b = 0; b < a; ++b) graph.adjacent[a][b] = graph.adjacent[b][a] = random.chance(density);
  }
  for (std::size_t a = 0; a < size; ++a) {
    for (std::size_t b = 0; b < size; ++b) {
      if (graph.adjacent[a][b]) graph.neighbours.items.push_back(static_cast<Index>(b));
    }
    graph.neighbours.close();
  }
  return graph;
}

/// All subsets; the heaviest clique, then the least list.
Clique by_subsets(const Graph& graph) {
  Clique best;
  for (std::uint32_t subset = 1; subset < (1U << graph.weight.size()); ++subset) {
    std::vector<Index> tasks;
    Time weight = 0;
    bool clique = true;
    for (Index v = 0; v < graph.weight.size(); ++v) {
      if ((subset >> v & 1) == 0) continue;
      for (const Index u : tasks) clique = clique && graph.adjacent[u][v];
      tasks.push_back(v);
      weight += graph.weight[v];
    }
    if (!clique || weight < best.weight) continue;
    if (weight > best.weight || tasks < best.tasks) best = {tasks, weight, true};
  }
  return best;
}

TEST(Clique, HeaviestThenLeastAsAllSubsetsSay) {
  Random random(41);
  for (int i = 0; i < 600; ++i) {
    const Graph graph = random_graph(random, 1 + random.below(10), 20 + 10 * random.below(8));
    const Clique expected = by_subsets(graph);
    Budget budget(Effort{1'000'000});
    const Clique found = heaviest_clique(graph.neighbours, graph.weight, 1, budget);
    ASSERT_EQ(found.weight, expected.weight);
    ASSERT_EQ(found.tasks, expected.tasks);
    ASSERT_TRUE(found.exact);
    Budget again(Effort{1'000'000});
    EXPECT_TRUE(heaviest_clique(graph.neighbours, graph.weight, expected.weight + 1, again).tasks.empty());
  }
}

TEST(Clique, SaysWhenItCouldNotBeSure) {
  Random random(42);
  const Graph graph = random_graph(random, 200, 80);
  Budget budget(Effort{2'000});
  const Clique found = heaviest_clique(graph.neighbours, graph.weight, 1, budget);
  EXPECT_FALSE(found.exact);
  for (const Index a : found.tasks) {
    for (const Index b : found.tasks) EXPECT_TRUE(a == b || graph.adjacent[a][b]);
  }
}

}  // namespace
}  // namespace graph
