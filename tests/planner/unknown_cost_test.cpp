#include "planner/unknown_cost.h"

#include <gtest/gtest.h>

#include "tests/support/orders.h"

namespace planner {
namespace {

std::string cost(const std::string& yaml, PlanOptions options = {}) {
  const Orders orders = test::orders("work_orders:\n" + yaml);
  const CheckedPlan plan = test::plan(orders, options);
  for (const Finding& f : plan->findings)
    if (f.rule == "unknown-cost") return f.work_order + ": " + f.message;
  return "";
}

TEST(UnknownCost, IsWhatThePlanWouldSave) {
  EXPECT_EQ(cost("  - {id: A, write: [a]}\n  - {id: B}\n"),
            "B: B has no accepted scope and runs alone, which costs up to 1 of 2 steps and 1 of 2 waves");
  EXPECT_EQ(cost("  - {id: A, write: [a]}\n  - {id: B, estimate: 3h}\n  - {id: C, estimate: 1h}\n"),
            "B: 2 work orders have no accepted scope and run alone, which costs up to 120 of 300 min and 2 of 3 waves; "
            "settle B first, which saves up to 60 min");
}

TEST(UnknownCost, OfAProposalIsWhatAcceptingItSaves) {
  EXPECT_EQ(
      cost("  - {id: A, write: [a]}\n  - {id: B, write: [b], scope: proposed}\n"
           "  - {id: C, write: [a], scope: proposed}\n"),
      "B: 2 work orders have no accepted scope and run alone, which costs 1 of 3 steps and 1 of 3 waves; settle B "
      "first, which saves 1 step");
  EXPECT_EQ(cost("  - {id: A, write: [a]}\n  - {id: C, write: [a], scope: proposed}\n"),
            "C: C has no accepted scope and runs alone, which costs nothing: the plan would be no shorter");
}

TEST(UnknownCost, IsNoneWhereNothingRunsAlone) {
  EXPECT_EQ(cost("  - {id: A, write: [a]}\n"), "");
  PlanOptions options;
  options.unknown = UnknownScope::parallel;
  EXPECT_EQ(cost("  - {id: A, write: [a]}\n  - {id: B}\n", options), "");
}

}  // namespace
}  // namespace planner
