#include <gtest/gtest.h>

#include "graph/answer.h"

namespace graph {
namespace {

std::vector<TaskId> ids(std::initializer_list<std::size_t> list) {
  std::vector<TaskId> result;
  for (const std::size_t t : list) result.emplace_back(t);
  return result;
}

Instance of(std::size_t tasks) {
  Instance instance;
  instance.duration.assign(tasks, 1);
  return instance;
}

TEST(Lanes, JoinOverFilesAndArcsOnly) {
  Instance instance = of(8);
  instance.exclusions = {{ids({5, 1}), {}}, {ids({1}), ids({7, 3})}, {{}, ids({0, 2})}};  // readers alone join nothing
  instance.arcs = {{TaskId{4}, TaskId{2}}};
  instance.pools = {{1, ids({0, 6})}};
  EXPECT_EQ(lanes(instance), (std::vector{ids({0}), ids({1, 3, 5, 7}), ids({2, 4}), ids({6})}));
}

TEST(Lanes, AnAloneTaskJoinsNothing) {
  Instance instance = of(4);
  instance.exclusions = {{ids({0, 1, 2}), {}}};
  instance.arcs = {{TaskId{0}, TaskId{1}}, {TaskId{1}, TaskId{3}}};
  instance.alone = ids({1});
  EXPECT_EQ(lanes(instance), (std::vector{ids({0, 2}), ids({1}), ids({3})}));
}

/// Thirteen orders of a real project; the files they share.
TEST(Lanes, SevenLanesAndThreeWavesOfAKnownTable) {
  Instance instance = of(13);
  instance.exclusions = {
      {ids({0, 2}), {}}, {ids({0, 1, 2}), {}}, {ids({2, 3}), {}}, {ids({6, 7, 8}), {}}, {ids({5, 10}), {}}};
  EXPECT_EQ(lanes(instance).size(), 7U);
  const Waves waves = solve_waves(instance);
  EXPECT_EQ(waves.count, 3);
  EXPECT_TRUE(waves.optimal);
  EXPECT_EQ(waves.bound.reason, Reason::clique);
  EXPECT_EQ(waves.bound.tasks, ids({0, 1, 2}));
}

}  // namespace
}  // namespace graph
