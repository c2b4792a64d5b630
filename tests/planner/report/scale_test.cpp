// Reports keep up with large dispatches.
#include <chrono>
#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>

#include "planner/report/report.h"
#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

double seconds(const std::function<void()>& work) {
  const auto from = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

TEST(Scale, TenThousandOrdersArePrintedAtOnce) {
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < 10000; ++i)
    yaml += fmt::format("  - {{id: WO-{0}, title: Order {0}, write: [a/f{1}.py, b/g{0}.py], read: [c/h{0}.py]}}\n", i,
                        i / 3);
  const PlanAnswer answer = plan_of(yaml);
  std::size_t size = 0;
  const double taken = seconds([&] {
    size = json(answer).size() + text(answer, {}).size() + text(answer, {true, true}).size() + markdown(answer).size();
  });
  EXPECT_GT(size, 10'000'000U);
  EXPECT_LT(taken, 5.0);  // 0.3 s on an idle machine; the margin is for sanitizers and company
}

TEST(Scale, ACommentStaysBelowWhatAForgeTakes) {
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < 3000; ++i) yaml += fmt::format("  - {{id: WO-{0}, write: [a/f{1}.py]}}\n", i, i / 3);
  EXPECT_LT(markdown(plan_of(yaml)).size(), 65536U);
}

}  // namespace
}  // namespace planner::report
