#include <gtest/gtest.h>

#include "graph/check.h"
#include "tests/graph/random_instances.h"

namespace graph {
namespace {

using testing::as_waves;
using testing::Exhaust;
using testing::Mix;
using testing::Random;
using testing::random_instance;

std::string problem_of(const std::optional<Violation>& violation) { return violation ? violation->rule : ""; }

/// No task can start earlier while the others stay.
bool active(const Instance& instance, const std::vector<Time>& start) {
  const testing::Slow slow(instance);
  for (std::size_t t = 0; t < instance.size(); ++t) {
    if (slow.started(TaskId{t})) continue;
    std::vector<Time> earlier = start;
    for (earlier[t] = 0; earlier[t] < start[t]; ++earlier[t]) {
      if (slow.valid(earlier)) return false;
    }
  }
  return true;
}

TEST(Solve, LeastMakespanAsTryingEveryOrderFindsIt) {
  Random random(1);
  for (int i = 0; i < 3000; ++i) {
    const Instance instance = random_instance(random, Mix{i % 8 == 0 ? std::size_t{7} : std::size_t{6}, 4, true});
    const Schedule answer = solve_schedule(instance);
    const Exhaust exhaust(instance);
    ASSERT_EQ(problem_of(check(instance, answer)), "") << "instance " << i;
    ASSERT_EQ(answer.makespan, exhaust.best().makespan) << "instance " << i;
    ASSERT_TRUE(answer.optimal) << "instance " << i;
    ASSERT_TRUE(active(instance, answer.start)) << "instance " << i;
    if (!instance.alone.empty()) continue;
    ASSERT_EQ(answer.start, exhaust.best().start) << "instance " << i;
  }
}

TEST(Solve, FewestWavesAsTryingEveryOrderFindsThem) {
  Random random(2);
  for (int i = 0; i < 3000; ++i) {
    const Instance instance = random_instance(random, Mix{});
    const Waves answer = solve_waves(instance);
    const Instance unit = as_waves(instance);
    const Exhaust exhaust(unit);
    ASSERT_EQ(problem_of(check(instance, answer)), "") << "instance " << i;
    ASSERT_EQ(answer.count, exhaust.best().makespan) << "instance " << i;
    ASSERT_TRUE(answer.optimal) << "instance " << i;
    const Schedule schedule = solve_schedule(unit);
    ASSERT_EQ(schedule.makespan, answer.count) << "instance " << i;
    ASSERT_EQ(schedule.bound.reason, answer.bound.reason) << "instance " << i;
  }
}

TEST(Solve, TheOrderOfTheInputDoesNotMatter) {
  Random random(3);
  for (int i = 0; i < 300; ++i) {
    const Instance instance = random_instance(random, Mix{12, 9, true});
    Instance other = instance;
    random.shuffle(other.arcs);
    random.shuffle(other.exclusions);
    for (Exclusion& exclusion : other.exclusions) {
      random.shuffle(exclusion.writers);
      random.shuffle(exclusion.readers);
    }
    random.shuffle(other.alone);
    random.shuffle(other.started);
    random.shuffle(other.unmanned);
    const Schedule a = solve_schedule(instance), b = solve_schedule(other);
    ASSERT_EQ(a.start, b.start);
    ASSERT_EQ(a.agent, b.agent);
    ASSERT_EQ(a.bound.tasks, b.bound.tasks);
    ASSERT_EQ(solve_waves(instance).wave, solve_waves(other).wave);
  }
}

}  // namespace
}  // namespace graph
