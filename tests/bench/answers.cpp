// Prints a line for each of many instances: everything that the solvers answer, as a number. script/same-answers builds
// this with different compilers and optimisation and compares what they print. Each instance is also given with its
// lists shuffled, which must not change the answer.
#include <cstdio>
#include <string>

#include "graph/resume.h"
#include "tests/graph/random_instances.h"

namespace {

using graph::Instance;
using graph::TaskId;
using graph::Time;
using graph::testing::Random;

/// FNV-1a.
class Digest {
 public:
  void add(Time value) {
    for (int byte = 0; byte < 8; ++byte) {
      sum_ ^= static_cast<std::uint64_t>(value) >> (8 * byte) & 0xff;
      sum_ *= 0x100000001b3U;
    }
  }
  template <class List>
  void add_all(const List& list) {
    for (const auto& value : list) add(static_cast<Time>(value));
    add(-1);
  }
  void add(const graph::Bound& bound) {
    add(bound.value);
    add(static_cast<Time>(bound.reason));
    for (const TaskId t : bound.tasks) add(static_cast<Time>(t.index()));
    add(bound.pool);
  }
  std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t sum_ = 0xcbf29ce484222325U;
};

std::uint64_t answers(const Instance& instance, std::int64_t steps) {
  const graph::Effort effort{steps, nullptr};
  Digest digest;
  const graph::Schedule schedule = solve_schedule(instance, effort);
  digest.add_all(schedule.start);
  digest.add_all(schedule.agent);
  digest.add(schedule.bound);
  const graph::Waves waves = solve_waves(instance, effort);
  digest.add_all(waves.wave);
  digest.add(waves.bound);
  graph::Earlier earlier{schedule.start, schedule.start, schedule.agent, waves.wave, schedule.makespan, 1};
  for (std::size_t t = 0; t < instance.size(); ++t) {
    earlier.end[t] += instance.duration[t];
    if (t % 5 == 0) earlier.start[t] = earlier.end[t] = earlier.wave[t] = -1;
  }
  const graph::Resumed resumed = resume_schedule(instance, earlier, effort);
  digest.add_all(resumed.schedule.start);
  digest.add_all(resumed.schedule.agent);
  digest.add(static_cast<Time>(resumed.turned));
  return digest.sum();
}

Instance shuffled(Random& random, Instance instance) {
  random.shuffle(instance.arcs);
  random.shuffle(instance.alone);
  random.shuffle(instance.started);
  for (graph::Exclusion& exclusion : instance.exclusions) {
    random.shuffle(exclusion.writers);
    random.shuffle(exclusion.readers);
  }
  random.shuffle(instance.exclusions);
  return instance;
}

/// Orders that write a few files each, some of them far more often than others.
Instance dispatch(Random& random, std::size_t tasks) {
  Instance instance;
  instance.exclusions.resize(tasks);
  for (std::size_t t = 0; t < tasks; ++t) {
    instance.duration.push_back(5 * (1 + static_cast<Time>(random.below(24))));
    for (int file = 0; file < 3; ++file) {
      auto& writers = instance.exclusions[random.below(1 + random.below(tasks))].writers;
      if (!graph::testing::contains(writers, TaskId{t})) writers.emplace_back(t);
    }
    if (t > 0 && random.chance(10)) instance.arcs.push_back({TaskId{random.below(t)}, TaskId{t}});
  }
  if (random.chance(50)) instance.agents = 2 + static_cast<int>(random.below(8));
  return instance;
}

}  // namespace

int main() {
  Random random(2026);
  int differ = 0;
  for (int i = 0; i < 400; ++i) {
    const Instance instance = i % 8 == 7 ? dispatch(random, 20 + random.below(60))
                                         : random_instance(random, graph::testing::Mix{10, 6, true});
    const std::int64_t steps = i % 3 == 0 ? 20'000 : 400'000;
    const std::uint64_t given = answers(instance, steps), other = answers(shuffled(random, instance), steps);
    std::printf("%d\t%016llx\n", i, static_cast<unsigned long long>(given));
    if (given != other) {
      std::printf("%d\tdiffers when its lists are shuffled\n", i);
      ++differ;
    }
  }
  return differ == 0 ? 0 : 1;
}
