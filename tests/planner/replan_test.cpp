#include "planner/replan.h"

#include <gtest/gtest.h>

#include "tests/support/orders.h"

namespace planner {
namespace {

/// What the JSON of a plan keeps of it.
parsers::ApprovedPlan approved(const Orders& orders, const Plan& plan) {
  parsers::ApprovedPlan out;
  out.input_digest = plan.input_digest;
  out.unit = plan.unit == Unit::order ? "order" : plan.unit == Unit::minute ? "min" : "s";
  out.makespan = plan.makespan;
  out.lower_bound = plan.makespan_proof.lower_bound;
  for (const Order& order : orders.list) out.work_orders.push_back({order.id, "pending", std::nullopt, {}});
  for (const Start& s : plan.starts) {
    parsers::ApprovedPlan::Start start{test::name(orders, s.order), s.agent, s.start, s.end, {}};
    for (OrderId before : s.after) start.after.push_back(test::name(orders, before));
    out.starts.push_back(std::move(start));
  }
  for (const auto& wave : plan.waves) {
    out.waves.emplace_back();
    for (OrderId id : wave) out.waves.back().push_back(test::name(orders, id));
  }
  return out;
}

CheckedPlan replan(const std::string& before, const std::string& after, const PlanOptions& options = {}) {
  const Orders old = test::orders(before), orders = test::orders(after);
  const EarlierPlan earlier = earlier_plan(orders, approved(old, *make_plan(old, {}, options)));
  return make_plan(orders, {}, options, &earlier);
}

std::string orders_line(const PlanChanges& changes) {
  std::string out;
  for (const auto& o : changes.orders) out += o.id + " " + std::string(to_string(o.kind)) + ": " + o.reason + "\n";
  for (const auto& w : changes.waits) out += w.id + (w.gained ? " + " : " - ") + w.after + ": " + w.reason + "\n";
  return out;
}

const std::string three = R"(work_orders:
  - {id: A, write: [x]}
  - {id: B, write: [x]}
  - {id: C, write: [x]}
)";

TEST(Replan, NothingChanged) {
  const CheckedPlan plan = replan(three, three);
  ASSERT_TRUE(plan->changes);
  EXPECT_EQ(orders_line(*plan->changes), "");
  EXPECT_EQ(plan->changes->turned, 0U);
  EXPECT_TRUE(plan->changes->least);
  EXPECT_EQ(plan->changes->elapsed, 0);
}

TEST(Replan, FinishedWorkIsNoNewsForTheOthers) {
  const CheckedPlan plan = replan(three, R"(work_orders:
  - {id: A, write: [x], status: done}
  - {id: B, write: [x], status: running}
  - {id: C, write: [x]}
)");
  EXPECT_EQ(orders_line(*plan->changes), "A removed: it is done\n");
  EXPECT_EQ(plan->changes->elapsed, 1);
}

TEST(Replan, ReviewIsNoNewsForWhoWaitsForIt) {
  const CheckedPlan plan = replan(three, R"(work_orders:
  - {id: A, write: [x], status: review}
  - {id: B, write: [x]}
  - {id: C, write: [x]}
)");
  EXPECT_EQ(orders_line(*plan->changes), "");
  EXPECT_EQ(plan->changes->elapsed, 0);
}

TEST(Replan, AnUrgentNewcomerTurnsNobody) {
  const CheckedPlan plan = replan(three, three + "  - {id: D, write: [x], priority: 1}\n");
  EXPECT_EQ(orders_line(*plan->changes), "D added: it is new\nD + C: write-write on x; it is new\n");
  EXPECT_EQ(plan->changes->turned, 0U);
}

TEST(Replan, AFailureLeavesOutWhoDependsOnIt) {
  const std::string before = R"(work_orders:
  - {id: A, write: [x]}
  - {id: B, write: [y], depends_on: [A]}
  - {id: C, write: [x, y]}
)";
  const CheckedPlan plan = replan(before, R"(work_orders:
  - {id: A, write: [x], status: failed}
  - {id: B, write: [y], depends_on: [A]}
  - {id: C, write: [x, y]}
)");
  EXPECT_EQ(plan->starts.size(), 1U);
  EXPECT_NE(orders_line(*plan->changes).find("B removed: depends on A, which is failed"), std::string::npos);
  EXPECT_NE(orders_line(*plan->changes).find("C earlier: it need not wait for"), std::string::npos);
}

TEST(Replan, ADeletedOrderIsSaidToBeGone) {
  const CheckedPlan plan = replan(three, "work_orders:\n  - {id: A, write: [x]}\n  - {id: C, write: [x]}\n");
  EXPECT_EQ(orders_line(*plan->changes),
            "B removed: it is not among the work orders any more\n"
            "C earlier: it need not wait for B, which is gone\n");
}

TEST(Replan, ANewDependencyTurnsAPairAndSaysSo) {
  const CheckedPlan plan = replan(three, R"(work_orders:
  - {id: A, write: [x], depends_on: [C]}
  - {id: B, write: [x]}
  - {id: C, write: [x]}
)");
  EXPECT_EQ(plan->makespan, 3);
  EXPECT_EQ(plan->changes->turned, 2U);  // B or C has to pass somebody besides: C before A, and B beside one of them
  EXPECT_TRUE(plan->changes->least);
  EXPECT_NE(orders_line(*plan->changes).find("A + C: dependency; it went first in the earlier plan"),
            std::string::npos);
}

TEST(Replan, TimesOfOtherUnitsAreCompared) {
  const std::string minutes = R"(work_orders:
  - {id: A, write: [x], estimate: 2m}
  - {id: B, write: [x], estimate: 3m}
)";
  const std::string seconds = R"(work_orders:
  - {id: A, write: [x], estimate: 2m}
  - {id: B, write: [x], estimate: 3m}
  - {id: C, write: [y], estimate: 5s}
)";
  EXPECT_EQ(orders_line(*replan(minutes, seconds)->changes), "C added: it is new\n");
  EXPECT_EQ(orders_line(*replan(seconds, minutes)->changes), "C removed: it is not among the work orders any more\n");
  EXPECT_EQ(replan(three, minutes)->changes->elapsed, std::nullopt);
}

TEST(Replan, RunningOrdersKeepTheirAgents) {
  PlanOptions options;
  options.agents = 2;
  const CheckedPlan plan = replan(R"(work_orders:
  - {id: A, write: [a], estimate: 1h}
  - {id: B, write: [b], estimate: 2h}
  - {id: C, write: [c], estimate: 1h}
)",
                                  R"(work_orders:
  - {id: A, write: [a], estimate: 1h, status: done}
  - {id: B, write: [b], estimate: 2h, status: running}
  - {id: C, write: [c], estimate: 1h}
)",
                                  options);
  const Start& b = plan->starts[0];
  EXPECT_EQ(b.agent, 2);
  EXPECT_EQ(plan->starts[1].agent, 1);
}

}  // namespace
}  // namespace planner
