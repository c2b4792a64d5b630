#include <gtest/gtest.h>
#include <iostream>

#include "planner/report/report.h"
#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

TEST(TextPlan, Demo) {
  const PlanAnswer a = plan_of(R"(work_orders:
  - {id: WO-A, title: "Remove <b>the</b> @me old_view | view", write: [{path: src/view.py, intent: delete}]}
  - {id: WO-B, title: Polish the view, write: [src/view.py, "tests/**"], depends_on: ["external:OPS-7"]}
  - {id: WO-C, title: Read things, read: [src/rng.py], write: [tests/test_c.py, {path: a.py, intent: rename, to: b.py}], do_not_touch: ["**/*.lock"], keys: ["idea:1"]}
  - {id: WO-D, write: [src/rng.py]}
  - {id: WO-E, title: Nobody knows}
)");
  std::cout << markdown(a);
  std::cout << text(a, {true, true});
  std::cout << text(ExplainAnswer{a.orders, a.plan, a.reading, OrderId(0), OrderId(1), {a.plan->conflicts[0]}, {}, {OrderId(0), OrderId(2), OrderId(1)}, false, {"foo"}, {}}, {});
  ScopeAnswer s{a.orders, a.reading, OrderId(2), "abc", "fix-03", "../wt a", {{"src/x.py", "WO-A"}}, 3, {{OrderId(1), "read-write on x"}}, {}};
  std::cout << text(s) << json(s);
}

}  // namespace
}  // namespace planner::report
