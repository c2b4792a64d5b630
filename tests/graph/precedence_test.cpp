#include "graph/precedence.h"

#include <gtest/gtest.h>

#include "tests/graph/random_instances.h"

namespace graph {
namespace {

using testing::Random;

std::vector<TaskId> ids(std::initializer_list<std::size_t> list) {
  std::vector<TaskId> result;
  for (const std::size_t t : list) result.emplace_back(t);
  return result;
}

std::vector<Arc> arcs(std::initializer_list<std::pair<std::size_t, std::size_t>> list) {
  std::vector<Arc> result;
  for (const auto& [a, b] : list) result.push_back({TaskId{a}, TaskId{b}});
  return result;
}

TEST(Precedence, OrdersSmallestFreeIdFirst) {
  const auto order = topological_order(5, arcs({{4, 0}, {0, 2}, {4, 0}}));
  EXPECT_EQ(std::get<TopologicalOrder>(order).tasks, ids({1, 3, 4, 0, 2}));
  EXPECT_TRUE(std::get<TopologicalOrder>(topological_order(0, {})).tasks.empty());
}

TEST(Precedence, ShowsAShortestCycleThroughTheSmallestTask) {
  struct Case {
    std::vector<Arc> arcs;
    std::vector<TaskId> cycle;
  };
  const Case table[] = {
      {arcs({{2, 2}}), ids({2})},
      {arcs({{0, 1}, {1, 2}, {2, 3}, {3, 1}, {2, 1}}), ids({1, 2})},
      {arcs({{3, 2}, {2, 4}, {4, 3}, {1, 3}}), ids({2, 4, 3})},
      {arcs({{4, 3}, {3, 4}, {0, 1}, {1, 2}, {2, 0}}), ids({0, 1, 2})},
  };
  for (const Case& c : table) EXPECT_EQ(std::get<Cycle>(topological_order(5, c.arcs)).tasks, c.cycle);
}

TEST(Precedence, ComponentsAreWhoReachEachOther) {
  Random random(21);
  for (int i = 0; i < 500; ++i) {
    const std::size_t n = 1 + random.below(8);
    std::vector<Arc> list;
    for (std::size_t k = random.below(2 * n); k > 0; --k)
      list.push_back({TaskId{random.below(n)}, TaskId{random.below(n)}});
    std::vector<std::vector<char>> reach(n, std::vector<char>(n, 0));
    for (const Arc& arc : list) reach[arc.before.index()][arc.after.index()] = 1;
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b) reach[a][b] = reach[a][b] || (reach[a][k] && reach[k][b]);
      }
    }
    const auto component = strong_components(n, list);
    std::uint32_t known = 0;
    bool cyclic = false;
    for (std::size_t a = 0; a < n; ++a) {
      EXPECT_LE(component[a], known);
      if (component[a] == known) ++known;
      cyclic = cyclic || reach[a][a];
      for (std::size_t b = 0; b < n; ++b) {
        EXPECT_EQ(component[a] == component[b], a == b || (reach[a][b] && reach[b][a]));
      }
    }
    EXPECT_EQ(std::holds_alternative<Cycle>(topological_order(n, list)), cyclic);
  }
}

TEST(Precedence, ReductionDropsExactlyWhatOthersImply) {
  Random random(22);
  for (int i = 0; i < 500; ++i) {
    const std::size_t n = 2 + random.below(8);
    std::vector<TaskId> line;
    for (std::size_t t = 0; t < n; ++t) line.emplace_back(t);
    random.shuffle(line);
    std::vector<Arc> list;
    for (std::size_t k = random.below(3 * n); k > 0; --k) {
      const std::size_t a = random.below(n - 1);
      list.push_back({line[a], line[a + 1 + random.below(n - 1 - a)]});
    }
    std::vector<Arc> expected;
    Instance instance;
    instance.duration.assign(n, 1);
    instance.arcs = list;
    const testing::Slow slow(instance);
    for (std::size_t b = 0; b < n; ++b) {
      for (std::size_t a = 0; a < n; ++a) {
        if (!slow.before(TaskId{a}, TaskId{b})) continue;
        bool implied = false;
        for (std::size_t m = 0; m < n; ++m) {
          implied = implied || (m != b && slow.before(TaskId{a}, TaskId{m}) && slow.reaches(TaskId{m}, TaskId{b}));
        }
        if (!implied) expected.push_back({TaskId{a}, TaskId{b}});
      }
    }
    EXPECT_EQ(transitive_reduction(n, list), expected);
  }
}

}  // namespace
}  // namespace graph
