// Every search on its own: what it returns is a schedule, never worse than what it was given.
#include <gtest/gtest.h>

#include "graph/bounds.h"
#include "graph/list_schedule.h"
#include "graph/neighbourhood_search.h"
#include "graph/project_search.h"
#include "graph/search_model.h"
#include "graph/tabu_schedule.h"
#include "tests/graph/random_instances.h"

namespace graph {
namespace {

using testing::Mix;
using testing::Random;
using testing::random_instance;
using testing::Slow;

/// The starts of a problem as starts of its instance. REQUIRES: no solo tasks.
bool feasible(const Instance& instance, const Prepared& prepared, std::vector<Time> start) {
  for (Time& at : start) at *= prepared.unit;
  return Slow(instance).valid(start);
}

struct Given {
  Instance instance;
  Prepared prepared;
  std::vector<Time> start;
  Time value = 0;
};

Given random_given(Random& random, bool pools) {
  Given given;
  do {
    given.instance = random_instance(random, Mix{14, 9, false});
    if (!pools) {
      given.instance.pools.clear();
      given.instance.agents.reset();
    }
    given.prepared = prepare(given.instance, View::schedule);
  } while (pools && given.prepared.problem.capacity.empty());
  const Problem& problem = given.prepared.problem;
  std::vector<Time> urgency(problem.tasks(), 0);
  for (Time& u : urgency) u = static_cast<Time>(random.below(10));
  given.start = list_schedule(problem, urgency);
  given.value = makespan(problem, given.start);
  return given;
}

TEST(Search, ListSchedulesAreFeasibleAndLeftShiftGainsNothing) {
  Random random(61);
  for (int i = 0; i < 1000; ++i) {
    const Given given = random_given(random, i % 2 == 0);
    ASSERT_TRUE(feasible(given.instance, given.prepared, given.start)) << i;
    EXPECT_EQ(left_shift(given.prepared.problem, given.start), given.start) << "a non-delay schedule is active";
  }
}

TEST(Search, TabuNeverLosesAndStaysFeasible) {
  Random random(62);
  int gained = 0;
  for (int i = 0; i < 300; ++i) {
    const Given given = random_given(random, false);
    Budget budget(Effort{});
    TabuSchedule tabu(given.prepared.problem, given.start);
    tabu.run(2'000, 0, budget);
    const std::vector<Time> start = tabu.best_starts();
    ASSERT_TRUE(feasible(given.instance, given.prepared, start)) << i;
    ASSERT_EQ(makespan(given.prepared.problem, start), tabu.best()) << i;
    ASSERT_LE(tabu.best(), given.value) << i;
    gained += tabu.best() < given.value ? 1 : 0;
  }
  EXPECT_GT(gained, 30);
}

TEST(Search, BreedingAndNeighbourhoodsNeverLoseAndStayFeasible) {
  Random random(63);
  int bred_gained = 0, nearby_gained = 0;
  for (int i = 0; i < 60; ++i) {
    const Given given = random_given(random, true);
    const Problem& problem = given.prepared.problem;
    const auto conflicts = conflict_pairs(problem, 1'000'000);
    ASSERT_TRUE(conflicts);
    Budget budget(Effort{});
    ProjectSearch breed(problem, given.start);
    breed.run(100, 0, budget);
    ASSERT_TRUE(feasible(given.instance, given.prepared, breed.best_starts())) << i;
    ASSERT_LE(breed.best(), given.value) << i;
    bred_gained += breed.best() < given.value ? 1 : 0;
    const std::vector<Time> near = NeighbourhoodSearch(problem, *conflicts).run(given.start, 20, 0, budget);
    ASSERT_TRUE(feasible(given.instance, given.prepared, near)) << i;
    ASSERT_LE(makespan(problem, near), given.value) << i;
    nearby_gained += makespan(problem, near) < given.value ? 1 : 0;
  }
  EXPECT_GT(bred_gained, 6);
  EXPECT_GT(nearby_gained, 6);
}

TEST(Search, NoBoundExceedsWhatTheModelFinds) {
  Random random(64);
  for (int i = 0; i < 300; ++i) {
    const Given given = random_given(random, i % 2 == 0);
    const Problem& problem = given.prepared.problem;
    const auto conflicts = conflict_pairs(problem, 1'000'000);
    Budget budget(Effort{});
    SearchModel model(problem, *conflicts, given.start, given.value, budget);
    Time least = given.value;
    while (model.finish_by(least - 1, 1'000) == SearchModel::Outcome::solution) {
      ASSERT_TRUE(feasible(given.instance, given.prepared, model.starts())) << i;
      least = makespan(problem, model.starts());
    }
    EXPECT_LE(chain_bound(problem).value, least) << i;
    EXPECT_LE(exclusion_bound(problem).value, least) << i;
    EXPECT_LE(load_bound(problem).value, least) << i;
    EXPECT_LE(one_machine_bound(problem), least) << i;
    EXPECT_LE(shared_load_bound(problem).value, least) << i;
    EXPECT_LE(lower_bound(problem, &*conflicts, budget).value, least) << i;
  }
}

/// Fisher and Thompson (1963), 6 jobs on 6 machines: 55.
TEST(Search, ProvesASmallJobShop) {
  const int table[6][12] = {{2, 1, 0, 3, 1, 6, 3, 7, 5, 3, 4, 6}, {1, 8, 2, 5, 4, 10, 5, 10, 0, 10, 3, 4},
                            {2, 5, 3, 4, 5, 8, 0, 9, 1, 1, 4, 7}, {1, 5, 0, 5, 2, 5, 3, 3, 4, 8, 5, 9},
                            {2, 9, 1, 3, 4, 5, 5, 4, 0, 3, 3, 1}, {1, 3, 3, 3, 5, 9, 0, 10, 4, 4, 2, 1}};
  Instance instance;
  instance.exclusions.resize(6);
  for (const auto& job : table) {
    for (std::size_t i = 0; i < 6; ++i) {
      const TaskId t{instance.size()};
      instance.exclusions[static_cast<std::size_t>(job[2 * i])].writers.push_back(t);
      instance.duration.push_back(job[2 * i + 1]);
      if (i > 0) instance.arcs.push_back({TaskId{t.index() - 1}, t});
    }
  }
  const Schedule free = solve_schedule(instance);
  EXPECT_EQ(free.makespan, 55);
  EXPECT_TRUE(free.optimal);
  instance.agents = 3;
  const Schedule three = solve_schedule(instance);
  EXPECT_TRUE(three.optimal);
  EXPECT_GE(3 * three.makespan, 197) << "the work of three agents";
}

}  // namespace
}  // namespace graph
