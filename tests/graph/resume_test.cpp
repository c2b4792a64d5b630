#include "graph/resume.h"

#include <gtest/gtest.h>

#include "graph/check.h"
#include "graph/list_schedule.h"
#include "tests/graph/random_instances.h"

namespace graph {
namespace {

using testing::as_waves;
using testing::Mix;
using testing::Random;
using testing::random_instance;
using testing::Slow;

std::string problem_of(const std::optional<Violation>& violation) { return violation ? violation->rule : ""; }

Earlier nothing(std::size_t tasks) {
  return {std::vector<Time>(tasks, -1),
          std::vector<Time>(tasks, -1),
          std::vector<int>(tasks, 0),
          std::vector<int>(tasks, -1),
          0,
          0};
}

/// Pairs that exclude each other, wait both, and stand the other way round.
std::size_t turned(const Instance& instance, const Earlier& earlier, const std::vector<Time>& start) {
  const Slow slow(instance);
  std::size_t count = 0;
  for (std::size_t a = 0; a < instance.size(); ++a) {
    for (std::size_t b = 0; b < instance.size(); ++b) {
      if (a == b || slow.started(TaskId{a}) || slow.started(TaskId{b}) || !slow.excludes(TaskId{a}, TaskId{b}))
        continue;
      const bool stood = earlier.start[a] >= 0 && earlier.start[b] >= 0 && earlier.end[a] <= earlier.start[b];
      if (stood && start[a] > start[b]) ++count;
    }
  }
  return count;
}

/// The least makespan, and the fewest turned pairs of any schedule of that makespan, by trying every order.
class Fewest {
 public:
  Fewest(const Instance& instance, const Earlier& earlier, Time deadline)
      : instance_(instance), earlier_(earlier), slow_(instance), deadline_(deadline), start_(instance.size(), -1) {
    for (const TaskId t : instance.started) start_[t.index()] = 0;
    go();
  }
  std::size_t turned() const { return best_; }

 private:
  void go() {
    bool complete = true;
    for (std::size_t t = 0; t < instance_.size(); ++t) {
      if (start_[t] >= 0) continue;
      complete = false;
      Time at = 0;
      bool ready = true;
      for (std::size_t u = 0; u < instance_.size(); ++u) {
        if (slow_.before(TaskId{u}, TaskId{t})) ready = ready && start_[u] >= 0;
        if (start_[u] >= 0 && slow_.excludes(TaskId{u}, TaskId{t}))
          at = std::max(at, start_[u] + instance_.duration[u]);
      }
      if (!ready) continue;
      for (;; ++at) {
        start_[t] = at;
        if (slow_.valid(start_)) break;
      }
      if (at + instance_.duration[t] <= deadline_) go();
      start_[t] = -1;
    }
    if (complete) best_ = std::min(best_, graph::turned(instance_, earlier_, start_));
  }
  const Instance& instance_;
  const Earlier& earlier_;
  Slow slow_;
  Time deadline_;
  std::vector<Time> start_;
  std::size_t best_ = ~std::size_t{0};
};

/// A schedule of the same tasks under other circumstances, of which some are not known.
Earlier random_earlier(Random& random, const Instance& instance) {
  Instance before = instance;
  before.started.clear();
  if (random.chance(50)) before.agents.reset();
  for (Time& duration : before.duration) duration = 1 + static_cast<Time>(random.below(4));
  if (!before.exclusions.empty() && random.chance(50)) before.exclusions.pop_back();
  const Schedule schedule = solve_schedule(before);
  const Waves waves = solve_waves(before);
  Earlier earlier = nothing(instance.size());
  for (std::size_t t = 0; t < instance.size(); ++t) {
    if (random.chance(20)) continue;
    earlier.start[t] = schedule.start[t];
    earlier.end[t] = schedule.start[t] + before.duration[t];
    earlier.agent[t] = schedule.agent[t];
    earlier.wave[t] = waves.wave[t];
  }
  earlier.makespan = schedule.makespan;
  earlier.bound = schedule.bound.value;
  return earlier;
}

TEST(Resume, AsShortAsAFreshPlanWithTheFewestTurnedPairs) {
  Random random(11);
  std::size_t some = 0;
  for (int i = 0; i < 1500; ++i) {
    const Instance instance = random_instance(random, Mix{6, 4, true});
    const Earlier earlier = random_earlier(random, instance);
    const Resumed resumed = resume_schedule(instance, earlier);
    ASSERT_EQ(problem_of(check(instance, resumed.schedule)), "") << "instance " << i;
    ASSERT_EQ(resumed.schedule.makespan, solve_schedule(instance).makespan) << "instance " << i;
    ASSERT_TRUE(resumed.schedule.optimal) << "instance " << i;
    ASSERT_TRUE(resumed.least) << "instance " << i;
    ASSERT_EQ(resumed.turned, turned(instance, earlier, resumed.schedule.start)) << "instance " << i;
    ASSERT_EQ(resumed.turned, Fewest(instance, earlier, resumed.schedule.makespan).turned()) << "instance " << i;
    some += resumed.turned > 0 ? 1 : 0;
  }
  EXPECT_GT(some, 20U);  // the question is not an empty one
}

TEST(Resume, WavesAreAsFewAndValid) {
  Random random(12);
  for (int i = 0; i < 1500; ++i) {
    const Instance instance = random_instance(random, Mix{});
    const Waves waves = resume_waves(instance, random_earlier(random, instance));
    ASSERT_EQ(problem_of(check(instance, waves)), "") << "instance " << i;
    ASSERT_EQ(waves.count, solve_waves(instance).count) << "instance " << i;
  }
}

TEST(Resume, NothingChangedNothingChanges) {
  Random random(13);
  for (int i = 0; i < 500; ++i) {
    const Instance instance = random_instance(random, Mix{});
    const Schedule schedule = solve_schedule(instance);
    Earlier earlier = nothing(instance.size());
    earlier.start = schedule.start;
    earlier.agent = schedule.agent;
    for (std::size_t t = 0; t < instance.size(); ++t) earlier.end[t] = schedule.start[t] + instance.duration[t];
    const Resumed resumed = resume_schedule(instance, earlier);
    ASSERT_EQ(resumed.turned, 0U);
    ASSERT_EQ(resumed.schedule.agent, schedule.agent) << "instance " << i;
    ASSERT_EQ(resumed.schedule.start, schedule.start) << "instance " << i;
  }
}

/// Nobody else moves, nothing overlaps, and no earlier time would do.
TEST(Resume, NewcomersFillTheFirstGap) {
  Random random(14);
  for (int i = 0; i < 400; ++i) {
    Instance instance = random_instance(random, Mix{7, 4, false});
    instance.started.clear();
    instance.arcs.clear();
    for (Exclusion& exclusion : instance.exclusions) exclusion.readers_first = false;
    const Problem problem = prepare(instance, View::schedule, true).problem;
    std::vector<Time> start = list_schedule(problem, std::vector<Time>(problem.tasks(), 0));
    const std::vector<Index> late{static_cast<Index>(random.below(problem.tasks()))};
    const std::vector<Time> before = start;
    fill_gaps(problem, late, start);
    const Slow slow(instance);
    const Time unit = prepare(instance, View::schedule, true).unit;
    std::vector<Time> all;
    for (const Time at : start) all.push_back(at * unit);
    ASSERT_TRUE(slow.valid(all)) << "instance " << i;
    for (std::size_t t = 0; t < start.size(); ++t) ASSERT_TRUE(t == late[0] || start[t] == before[t]);
    for (Time at = 0; at < start[late[0]]; ++at) {
      all[late[0]] = at * unit;
      ASSERT_FALSE(slow.valid(all)) << "instance " << i;
    }
  }
}

TEST(Resume, AgentsStayWithTheirTasks) {
  Instance instance;
  instance.duration = {2, 2, 2, 2};
  instance.exclusions = {{{TaskId{0}, TaskId{1}}, {}}, {{TaskId{2}, TaskId{3}}, {}}};
  Earlier earlier = nothing(4);
  earlier.start = {0, 2, 0, 2};
  earlier.end = {2, 4, 2, 4};
  earlier.agent = {2, 2, 1, 1};
  EXPECT_EQ(resume_schedule(instance, earlier).schedule.agent, (std::vector<int>{2, 2, 1, 1}));
  instance.agents = 2;
  earlier.agent = {7, 2, 2, 1};  // there is no seventh agent any more
  EXPECT_EQ(resume_schedule(instance, earlier).schedule.agent, (std::vector<int>{1, 2, 2, 1}));
}

TEST(Resume, ALongQueueKeepsItsOrder) {
  constexpr std::size_t tasks = 20'000;
  Random random(14);
  Instance instance;
  instance.exclusions.resize(1);
  Earlier earlier = nothing(tasks);
  std::vector<std::size_t> order;
  for (std::size_t t = 0; t < tasks; ++t) {
    instance.duration.push_back(1 + static_cast<Time>(random.below(9)));
    instance.exclusions[0].writers.emplace_back(t);
    order.push_back(t);
  }
  random.shuffle(order);
  Time now = 0;
  for (std::size_t i = 0; i + 1 < tasks; ++i) {  // the last one is new
    earlier.start[order[i]] = now;
    earlier.end[order[i]] = now += instance.duration[order[i]];
  }
  earlier.makespan = earlier.bound = now;
  const Resumed resumed = resume_schedule(instance, earlier);
  EXPECT_EQ(problem_of(check(instance, resumed.schedule)), "");
  EXPECT_TRUE(resumed.schedule.optimal);
  EXPECT_TRUE(resumed.least);
  for (std::size_t i = 0; i + 1 < tasks; ++i) ASSERT_EQ(resumed.schedule.start[order[i]], earlier.start[order[i]]);
}

}  // namespace
}  // namespace graph
