#include "graph/check.h"

#include <gtest/gtest.h>

#include "tests/graph/random_instances.h"

namespace graph {
namespace {

using testing::as_waves;
using testing::contains;
using testing::Mix;
using testing::Random;
using testing::random_instance;
using testing::Slow;

/// The bound judged pair by pair.
bool true_bound(const Instance& instance, const Bound& bound, Time value, bool optimal) {
  const Slow slow(instance);
  if (bound.value > value || optimal != (bound.value == value)) return false;
  if ((bound.reason == Reason::none) != (instance.size() == 0)) return false;
  Time sum = 0;
  for (std::size_t i = 0; i < bound.tasks.size(); ++i) {
    if (bound.tasks[i].index() >= instance.size()) return false;
    if (std::count(bound.tasks.begin(), bound.tasks.end(), bound.tasks[i]) != 1) return false;
    sum += instance.duration[bound.tasks[i].index()];
  }
  if (bound.reason != Reason::chain && !std::is_sorted(bound.tasks.begin(), bound.tasks.end())) return false;
  if (bound.reason == Reason::none) return bound.value == 0;
  if (bound.reason == Reason::search) return true;
  if (bound.reason == Reason::chain) {
    for (std::size_t i = 0; i + 1 < bound.tasks.size(); ++i) {
      if (!slow.before(bound.tasks[i], bound.tasks[i + 1])) return false;
    }
    return sum == bound.value;
  }
  if (bound.reason == Reason::clique) {
    for (const TaskId a : bound.tasks) {
      for (const TaskId b : bound.tasks) {
        if (a == b) continue;
        if (slow.started(a) && slow.started(b)) return false;
        if (!slow.excludes(a, b) && !slow.reaches(a, b) && !slow.reaches(b, a)) return false;
      }
    }
    return sum == bound.value;
  }
  Pool pool;
  if (bound.pool == -1 && instance.agents) {
    pool.capacity = *instance.agents;
    for (std::size_t t = 0; t < instance.size(); ++t) {
      if (slow.manned(TaskId{t})) pool.users.emplace_back(t);
    }
  } else if (bound.pool >= 0 && static_cast<std::size_t>(bound.pool) < instance.pools.size()) {
    pool = instance.pools[static_cast<std::size_t>(bound.pool)];
  } else {
    return false;
  }
  Time work = 0, running = 0;
  for (const TaskId t : bound.tasks) {
    const auto at = std::find(pool.users.begin(), pool.users.end(), t);
    if (at == pool.users.end()) return false;
    const Time units = pool.units.empty() ? 1 : pool.units[static_cast<std::size_t>(at - pool.users.begin())];
    work += units * instance.duration[t.index()];
    if (slow.started(t)) running += units;
  }
  Time least = (work + pool.capacity - 1) / pool.capacity;  // then up to a length that the durations can make
  const auto divides = [&](Time unit) {
    return std::all_of(instance.duration.begin(), instance.duration.end(), [&](Time d) { return d % unit == 0; });
  };
  Time unit = instance.duration[0];
  while (!divides(unit)) --unit;
  while (least % unit != 0) ++least;
  return running <= pool.capacity && least == bound.value;
}

bool true_schedule(const Instance& instance, const Schedule& answer) {
  const Slow slow(instance);
  if (!slow.valid(answer.start)) return false;
  Time end = 0;
  for (std::size_t a = 0; a < instance.size(); ++a) {
    if (answer.start[a] < 0) return false;
    end = std::max(end, answer.start[a] + instance.duration[a]);
    if (!slow.manned(TaskId{a})) {
      if (answer.agent[a] != 0) return false;
      continue;
    }
    if (answer.agent[a] < 1) return false;
    if (instance.agents && !slow.started(TaskId{a}) && answer.agent[a] > *instance.agents) return false;
    for (std::size_t b = 0; b < a; ++b) {
      const bool overlap = answer.start[a] < answer.start[b] + instance.duration[b] &&
                           answer.start[b] < answer.start[a] + instance.duration[a];
      if (overlap && answer.agent[a] == answer.agent[b]) return false;
    }
  }
  return end == answer.makespan && true_bound(instance, answer.bound, answer.makespan, answer.optimal);
}

bool true_waves(const Instance& instance, const Waves& answer) {
  const Instance unit = as_waves(instance);
  const std::vector<Time> start(answer.wave.begin(), answer.wave.end());
  if (!Slow(unit).valid(start)) return false;
  for (int w = 0; w < answer.count; ++w) {
    if (std::count(answer.wave.begin(), answer.wave.end(), w) == 0) return false;
  }
  for (const int w : answer.wave) {
    if (w < 0 || w >= answer.count) return false;
  }
  return true_bound(unit, answer.bound, answer.count, answer.optimal);
}

void mutate_bound(Random& random, Bound& bound, bool& optimal, std::size_t size) {
  switch (random.below(6)) {
    case 0:
      bound.value += random.chance(50) ? 1 : -1;
      break;
    case 1:
      bound.reason = static_cast<Reason>(random.below(5));
      break;
    case 2:
      if (!bound.tasks.empty())
        bound.tasks.erase(bound.tasks.begin() + static_cast<std::ptrdiff_t>(random.below(bound.tasks.size())));
      break;
    case 3:
      bound.tasks.insert(bound.tasks.begin() + static_cast<std::ptrdiff_t>(random.below(bound.tasks.size() + 1)),
                         TaskId{random.below(size + 1)});
      break;
    case 4:
      bound.pool += random.chance(50) ? 1 : -1;
      break;
    default:
      optimal = !optimal;
      break;
  }
}

TEST(Check, SchedulesPassOrFailAsPairwiseEvaluationSays) {
  Random random(11);
  int accepted = 0, refused = 0;
  for (int i = 0; i < 2000; ++i) {
    const Instance instance = random_instance(random, Mix{});
    const Schedule answer = solve_schedule(instance);
    for (int m = 0; m < 10; ++m) {
      Schedule mutant = answer;
      const std::size_t t = random.below(instance.size());
      switch (random.below(5)) {
        case 0:
          mutant.start[t] += static_cast<Time>(random.below(7)) - 3;
          break;
        case 1:
          mutant.agent[t] += random.chance(50) ? 1 : -1;
          break;
        case 2:
          std::swap(mutant.start[t], mutant.start[random.below(instance.size())]);
          break;
        case 3:
          mutant.makespan += random.chance(50) ? 1 : -1;
          break;
        default:
          mutate_bound(random, mutant.bound, mutant.optimal, instance.size());
          break;
      }
      const bool valid = true_schedule(instance, mutant);
      (valid ? accepted : refused)++;
      const auto violation = check(instance, mutant);
      ASSERT_EQ(!violation.has_value(), valid)
          << "instance " << i << " mutant " << m << (violation ? violation->rule : "");
    }
  }
  EXPECT_GT(accepted, 1000);
  EXPECT_GT(refused, 10000);
}

TEST(Check, WavesPassOrFailAsPairwiseEvaluationSays) {
  Random random(12);
  int accepted = 0, refused = 0;
  for (int i = 0; i < 2000; ++i) {
    const Instance instance = random_instance(random, Mix{});
    const Waves answer = solve_waves(instance);
    for (int m = 0; m < 10; ++m) {
      Waves mutant = answer;
      const std::size_t t = random.below(instance.size());
      switch (random.below(4)) {
        case 0:
          mutant.wave[t] += random.chance(50) ? 1 : -1;
          break;
        case 1:
          std::swap(mutant.wave[t], mutant.wave[random.below(instance.size())]);
          break;
        case 2:
          mutant.count += random.chance(50) ? 1 : -1;
          break;
        default:
          mutate_bound(random, mutant.bound, mutant.optimal, instance.size());
          break;
      }
      const bool valid = true_waves(instance, mutant);
      (valid ? accepted : refused)++;
      const auto violation = check(instance, mutant);
      ASSERT_EQ(!violation.has_value(), valid)
          << "instance " << i << " mutant " << m << (violation ? violation->rule : "");
    }
  }
  EXPECT_GT(accepted, 1000);
  EXPECT_GT(refused, 8000);
}

TEST(Check, NamesTheRuleAndTheTasks) {
  Instance instance{.duration = {2, 3}, .exclusions = {{{TaskId{0}, TaskId{1}}, {}}}};
  Schedule answer = solve_schedule(instance);
  EXPECT_EQ(answer.makespan, 5);
  answer.start[1] = 1;
  const auto violation = check(instance, answer);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->rule, "tasks 0 and 1 use exclusion 0 at once");
  EXPECT_EQ(violation->tasks, (std::vector<TaskId>{TaskId{0}, TaskId{1}}));
}

}  // namespace
}  // namespace graph
