#include "planner/shorten.h"

#include <gtest/gtest.h>

#include "tests/support/orders.h"

namespace planner {
namespace {

using Kind = Shorter::Kind;

std::optional<Shorter> shorter(const std::string& yaml, std::optional<int> agents = {},
                               const std::string& config = "") {
  const Orders orders = test::orders(yaml, config);
  PlanOptions options;
  options.agents = agents;
  return make_plan(orders, {}, options)->shorter;
}

std::string text(const std::string& yaml, std::optional<int> agents = {}, const std::string& config = "") {
  const auto told = shorter(yaml, agents, config);
  return told ? told->text : "";
}

TEST(Shorten, NamesTheResourceWhoseSplitHelpsMost) {
  EXPECT_EQ(text(R"(work_orders:
  - {id: A, write: [x, y]}
  - {id: B, write: [x]}
  - {id: C, write: [x]}
  - {id: D, write: [y]}
)"),
            "if its orders did not share x, it would take 2 steps, 1 less: split it, or the work on it");
}

TEST(Shorten, NamesReadersFirstAsWell) {
  EXPECT_EQ(text(R"(work_orders:
  - {id: A, write: [x], estimate: 30m}
  - {id: B, read: [x], write: [], estimate: 1h}
)"),
            "if its orders did not share x, it would take 60 min, 30 less: split it, or the work on it");
}

TEST(Shorten, NamedThingsAndPoolsAndAgents) {
  EXPECT_EQ(text("work_orders:\n  - {id: A, write: [], resources: [\"db:test\"]}\n"
                 "  - {id: B, write: [], resources: [\"db:test\"]}\n"),
            "if its orders did not share db:test, it would take 1 step, 1 less: a second one would do");
  EXPECT_EQ(text("work_orders:\n  - {id: A, write: [], resources: [gpu]}\n  - {id: B, write: [], resources: [gpu]}\n",
                 {}, "pools: {gpu: 1}\n"),
            "with 2 of gpu it would take 1 step, 1 less");
  EXPECT_EQ(text("work_orders:\n  - {id: A, write: []}\n  - {id: B, write: []}\n", 1),
            "with 2 agents it would take 1 step, 1 less");
}

TEST(Shorten, ADecisionThatLosesNoWork) {
  const auto told = shorter(R"(work_orders:
  - {id: A, write: [{path: x, intent: delete}]}
  - {id: B, write: [x]}
)");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->kind, Kind::decision);
  EXPECT_EQ(told->choose, "together");
  EXPECT_EQ(told->makespan, 1);
}

TEST(Shorten, SaysWhenNothingHelps) {
  const auto twice = shorter("work_orders:\n  - {id: A, write: [x, y]}\n  - {id: B, write: [x, y]}\n");
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->kind, Kind::none);
  const auto chain = shorter("work_orders:\n  - {id: A, write: [x]}\n  - {id: B, write: [y], depends_on: [A]}\n");
  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->kind, Kind::none);
  EXPECT_FALSE(shorter("work_orders:\n  - {id: A, write: [x]}\n"));  // nothing is in its way
}

}  // namespace
}  // namespace planner
