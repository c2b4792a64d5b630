// Orders that cannot be as they say, and what could slip through: findings, never a wrong plan.
#include <gtest/gtest.h>

#include "tests/support/orders.h"

namespace planner {
namespace {

std::string rules(const Plan& plan) {
  std::string out;
  for (const Finding& f : plan.findings) out += f.rule + " ";
  return out;
}

TEST(PlanInput, MoreRunThanThereAreAgentsOrUnits) {
  const Orders orders = test::orders(R"(work_orders:
  - {id: A, write: [a], status: running, resources: [gpu]}
  - {id: B, write: [b], status: running, resources: [gpu]}
  - {id: C, write: [c]}
)",
                                     "pools: {gpu: 1}\n");
  PlanOptions options;
  options.agents = 1;
  const CheckedPlan plan = make_plan(orders, {}, options);
  EXPECT_EQ(rules(*plan), "running-over-capacity running-over-capacity ");
  EXPECT_EQ(plan->findings[0].message,
            "2 orders are under way, and the pool gpu holds 1: nobody else starts before 2 of them have ended");
  EXPECT_EQ(plan->starts.back().start, 1);
  options.agents = 2;
  EXPECT_EQ(rules(*make_plan(orders, {}, options)), "running-over-capacity ");
}

TEST(PlanInput, EstimatesAsLongAsTheyComeAddUp) {
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < 2000; ++i) yaml += "  - {id: W" + std::to_string(i) + ", write: [x], estimate: 1000000000s}\n";
  EXPECT_EQ(test::plan(test::orders(yaml))->makespan, 2'000'000'000'000);
}

TEST(PlanInput, ACycleHidesBehindNobodyWhoIsLeftOut) {
  const Orders orders = test::orders(R"(work_orders:
  - {id: A, depends_on: [B]}
  - {id: B, write: [b], depends_on: [A]}
)");
  PlanOptions options;
  options.unknown = UnknownScope::exclude;
  const CheckedPlan plan = make_plan(orders, {}, options);
  EXPECT_EQ(rules(*plan), "dependency-cycle ");
  EXPECT_EQ(plan->verdict, Verdict::decision_needed);
  EXPECT_EQ(plan->unplanned.size(), 2U);
}

TEST(PlanInput, APairThatMeetsTwiceForOneOutcomeIsListedOnce) {
  const Orders orders = test::orders(R"(work_orders:
  - {id: A, write: [x], read: [y]}
  - {id: B, write: [y], read: [x], status: running}
)");
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(test::conflicts(orders, plan->conflicts), "read-write A B first:B\n");
  EXPECT_EQ(plan->conflicts[0].evidence.size(), 2U);
}

TEST(PlanInput, NobodyIsReadyBeforeWhoWaitsForSomethingOutside) {
  const Orders orders = test::orders(R"(work_orders:
  - {id: A, write: [a], read: [x], depends_on: ["external:OPS-1"]}
  - {id: B, write: [x]}
  - {id: C, write: [c]}
)");
  EXPECT_EQ(test::groups(orders, {test::plan(orders)->ready}), "C");
}

TEST(PlanInput, EverybodyAgainstEverybodyIsOneClique) {
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < 120; ++i) {
    yaml += "  - {id: W" + std::to_string(i) + ", estimate: " + std::to_string(5 + 5 * (i % 7)) + "m, write: [";
    for (int j = 0; j < 120; ++j)
      if (j != i)
        yaml += (j == (i == 0 ? 1 : 0) ? "f" : ", f") + std::to_string(std::min(i, j)) + "_" +
                std::to_string(std::max(i, j));
    yaml += "]}\n";
  }
  PlanOptions options;
  options.effort.steps = 50'000;
  const Orders orders = test::orders(yaml);
  const CheckedPlan plan = make_plan(orders, {}, options);
  EXPECT_TRUE(plan->waves_proof.optimal);
  EXPECT_EQ(plan->waves_proof.work_orders.size(), 120U);
  EXPECT_TRUE(plan->makespan_proof.optimal);
}

TEST(PlanInput, AStoppedClockIsSaid) {
  // Ten orders in a ring of conflicts need a search to settle ties; the stop comes before it begins.
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < 11; ++i)
    yaml += "  - {id: W" + std::to_string(i) + ", write: [f" + std::to_string(i) + ", f" +
            std::to_string((i + 1) % 11) + "], estimate: " + std::to_string(3 + i * i % 7) + "m}\n";
  const std::atomic<bool> stop = true;
  PlanOptions options;
  options.effort.stop = &stop;
  options.time_limit = 1;
  const CheckedPlan plan = make_plan(test::orders(yaml), {}, options);
  EXPECT_TRUE(plan->cut_short);
  for (const Proof* proof : {&plan->waves_proof, &plan->makespan_proof})
    EXPECT_EQ(proof->optimal, proof->text.find("cut the search short") == std::string::npos) << proof->text;
}

}  // namespace
}  // namespace planner
