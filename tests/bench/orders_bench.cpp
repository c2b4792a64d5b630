// Reading and planning as users do it, from the text of the orders to the checked plan and its JSON.
#include <benchmark/benchmark.h>
#include <random>

#include "planner/app/plan.h"
#include "planner/report/report.h"
#include "planner/resource.h"
#include "tests/support/memory_sources.h"

namespace {

/// `count` orders of three writes and two reads each, drawn from 20 files in each of `modules` directories.
std::string spread(int count, int modules) {
  std::mt19937 random(1);
  const auto file = [&] {
    return "src/m" + std::to_string(random() % static_cast<unsigned>(modules)) + "/f" + std::to_string(random() % 20) +
           ".py";
  };
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < count; ++i) {
    yaml += "  - id: WO-" + std::to_string(i) + "\n    title: order " + std::to_string(i);
    yaml +=
        "\n    write: [" + file() + ", " + file() + ", " + file() + "]\n    read: [" + file() + ", " + file() + "]\n";
  }
  return yaml;
}

std::string hub(int count) {
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < count; ++i) yaml += "  - {id: WO-" + std::to_string(i) + ", write: [hub.py]}\n";
  return yaml;
}

void plan_text(benchmark::State& state, const std::string& yaml, bool json) {
  for (auto _ : state) {
    support::MemorySources sources{{"orders.yaml", yaml}};
    planner::app::World world{sources};
    const auto answer = planner::app::plan(world, {{"orders.yaml"}, {}, {}});
    if (!answer) return state.SkipWithError("the orders were refused");
    if (json) benchmark::DoNotOptimize(planner::report::json(*answer));
  }
}

void read_and_plan_10000_orders(benchmark::State& state) { plan_text(state, spread(10'000, 10'000), false); }
void read_plan_and_print_10000_orders_as_json(benchmark::State& state) {
  plan_text(state, spread(10'000, 10'000), true);
}
void read_and_plan_10000_orders_with_many_conflicts(benchmark::State& state) {
  plan_text(state, spread(10'000, 200), false);
}
void read_and_plan_100000_orders_on_one_file(benchmark::State& state) { plan_text(state, hub(100'000), false); }

void meet_two_patterns(benchmark::State& state) {
  const parsers::PathPattern a("src/**/test_*_*.py"), b("src/auth/**/*_kernel.py");
  for (auto _ : state) benchmark::DoNotOptimize(common_path(a, b));
}

BENCHMARK(read_and_plan_10000_orders)->Unit(benchmark::kMillisecond);
BENCHMARK(read_plan_and_print_10000_orders_as_json)->Unit(benchmark::kMillisecond);
BENCHMARK(read_and_plan_10000_orders_with_many_conflicts)->Unit(benchmark::kMillisecond);
BENCHMARK(read_and_plan_100000_orders_on_one_file)->Unit(benchmark::kMillisecond);
BENCHMARK(meet_two_patterns)->Unit(benchmark::kMicrosecond);

}  // namespace
