#include <gtest/gtest.h>
#include <iostream>

#include "planner/report/report.h"
#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

TEST(TextPlan, Demo) {
  const PlanAnswer a = plan_of(R"(work_orders:
  - {id: WO-A, title: Remove the old view, write: [{path: src/view.py, intent: delete}]}
  - {id: WO-B, title: Polish the view, write: [src/view.py, "tests/**"], depends_on: ["external:OPS-7"]}
  - {id: WO-C, title: Read things, read: [src/rng.py], write: [tests/test_c.py]}
  - {id: WO-D, write: [src/rng.py]}
  - {id: WO-E, title: Nobody knows}
)");
  std::cout << text(a, {}) << json(a);
  std::cout << text(a, {true, true});
}

}  // namespace
}  // namespace planner::report
