#include <ctime>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "graph/check.h"
#include "tests/graph/random_instances.h"

namespace graph {
namespace {

using testing::Random;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// `accesses` random files per task out of `files`, a share of them read.
Instance random_files(Random& random, std::size_t tasks, std::size_t files, std::size_t accesses, std::size_t reads) {
  Instance instance;
  instance.exclusions.resize(files);
  for (std::size_t t = 0; t < tasks; ++t) {
    instance.duration.push_back(1 + static_cast<Time>(random.below(60)));
    for (std::size_t a = 0; a < accesses; ++a) {
      Exclusion& file = instance.exclusions[random.below(files)];
      auto& users = random.chance(reads) ? file.readers : file.writers;
      const auto has = [&](const std::vector<TaskId>& list) { return !list.empty() && list.back() == TaskId{t}; };
      if (!has(file.readers) && !has(file.writers)) users.emplace_back(t);
    }
  }
  return instance;
}

void expect_good(const Instance& instance, Time slack_percent, double seconds) {
  const double before = cpu_seconds();
  const Schedule schedule = solve_schedule(instance);
  const Waves waves = solve_waves(instance);
  const double used = cpu_seconds() - before;
  EXPECT_FALSE(check(instance, schedule).has_value());
  EXPECT_FALSE(check(instance, waves).has_value());
  EXPECT_LE(100 * schedule.makespan, (100 + slack_percent) * schedule.bound.value);
  EXPECT_LE(100 * waves.count, (100 + slack_percent) * waves.bound.value);
  EXPECT_LT(used, seconds) << "generous, for slow machines";
  ::testing::Test::RecordProperty("cpu_ms", static_cast<int>(1000 * used));
}

TEST(Scale, AHundredThousandWritersOfOneFile) {
  Random random(31);
  Instance instance;
  Exclusion hub;
  for (std::size_t t = 0; t < 100'000; ++t) {
    instance.duration.push_back(1 + static_cast<Time>(random.below(60)));
    (t % 10 == 0 ? hub.readers : hub.writers).emplace_back(t);
  }
  instance.exclusions = {hub};
  expect_good(instance, 1, 5);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss, 1024 * 1024) << "KiB: pairs would take 20 GiB";
}

TEST(Scale, TenThousandTasksWithFiveFilesEach) {
  Random random(32);
  expect_good(random_files(random, 10'000, 20'000, 5, 40), 40, 5);
}

TEST(Scale, ATenThousandTaskChain) {
  Instance instance;
  instance.duration.assign(10'000, 3);
  for (std::size_t t = 1; t < 10'000; ++t) instance.arcs.push_back({TaskId{t - 1}, TaskId{t}});
  expect_good(instance, 0, 5);
}

TEST(Scale, ReadersFirstHubs) {
  Random random(33);
  Instance instance;
  instance.duration.assign(50'000, 2);
  Exclusion hub{{}, {}, true};
  for (std::size_t t = 0; t < 50'000; ++t) (t % 2 == 0 ? hub.readers : hub.writers).emplace_back(t);
  instance.exclusions = {hub};
  instance.agents = 50;
  expect_good(instance, 5, 5);
}

}  // namespace
}  // namespace graph
