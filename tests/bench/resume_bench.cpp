// Going on from an earlier schedule after one change, at the size where nobody wants to start again.
#include <benchmark/benchmark.h>

#include "graph/resume.h"
#include "tests/graph/random_instances.h"

namespace {

using graph::Instance;
using graph::TaskId;
using graph::Time;
using graph::testing::Random;

/// 100,000 tasks that write three files each; with a hub, all of them use one more, every twentieth as a writer.
Instance many(bool hub) {
  constexpr std::size_t tasks = 100'000;
  Random random(1);
  Instance instance;
  instance.exclusions.resize(tasks);
  for (std::size_t t = 0; t < tasks; ++t) {
    instance.duration.push_back(5 * (1 + static_cast<Time>(random.below(24))));
    for (int file = 0; file < 3; ++file) {
      auto& writers = instance.exclusions[random.below(tasks)].writers;
      if (writers.empty() || writers.back() != TaskId{t}) writers.emplace_back(t);
    }
  }
  if (hub) {
    graph::Exclusion one;
    for (std::size_t t = 0; t < tasks; ++t) (t % 20 == 0 ? one.writers : one.readers).emplace_back(t);
    instance.exclusions.push_back(std::move(one));
  }
  instance.agents = 256;
  return instance;
}

void resume_after_one_change(benchmark::State& state, bool hub) {
  Instance instance = many(hub);
  const graph::Schedule before = solve_schedule(instance);
  graph::Earlier earlier{before.start, before.start, before.agent, {}, before.makespan, before.bound.value};
  for (std::size_t t = 0; t < instance.size(); ++t) earlier.end[t] += instance.duration[t];
  earlier.start[777] = earlier.end[777] = -1;  // it is new
  earlier.agent[777] = 0;
  Time makespan = 0;
  for (auto _ : state) {
    const graph::Resumed resumed = resume_schedule(instance, earlier);
    benchmark::DoNotOptimize(makespan = resumed.schedule.makespan);
  }
  state.counters["makespan"] = static_cast<double>(makespan);
  state.counters["before"] = static_cast<double>(before.makespan);
}

void resume_100000_tasks_after_one_change(benchmark::State& state) { resume_after_one_change(state, false); }
void resume_100000_tasks_on_a_hub_after_one_change(benchmark::State& state) { resume_after_one_change(state, true); }

BENCHMARK(resume_100000_tasks_after_one_change)->Unit(benchmark::kMillisecond);
BENCHMARK(resume_100000_tasks_on_a_hub_after_one_change)->Unit(benchmark::kMillisecond);

}  // namespace
