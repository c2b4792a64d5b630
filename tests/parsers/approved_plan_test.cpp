#include "parsers/approved_plan.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

Parsed<ApprovedPlan> read(const std::string& text) { return read_approved_plan({"plan.json", text}, FileId{0}); }

TEST(ApprovedPlan, KeepsWhatLaterCallsCompare) {
  const Parsed<ApprovedPlan> plan = read(R"({"schema": "interlock.plan/1", "base": "abc", "input_digest": "d1",
    "options": {"agents": 3, "isolation": "worktree", "unknown": "parallel"},
    "work_orders": [{"id": "A", "status": "pending", "write": ["x", "y"], "read": ["z"]}, {"id": "B", "status": "done", "write": null, "read": []}]})");
  EXPECT_TRUE(plan.diagnostics.empty());
  EXPECT_EQ(plan.value.base, "abc");
  EXPECT_EQ(plan.value.agents, 3);
  EXPECT_EQ(plan.value.isolation, Isolation::worktree);
  EXPECT_EQ(plan.value.unknown, "parallel");
  ASSERT_EQ(plan.value.work_orders.size(), 2U);
  EXPECT_EQ(plan.value.work_orders[0].write, (std::vector<std::string>{"x", "y"}));
  EXPECT_FALSE(plan.value.work_orders[1].write);
}

TEST(ApprovedPlan, TakesNullForNoBaseAndNoCap) {
  const Parsed<ApprovedPlan> plan =
      read(R"({"schema": "interlock.plan/1", "base": null, "options": {"agents": null}})");
  EXPECT_TRUE(plan.diagnostics.empty());
  EXPECT_EQ(plan.value.base, "");
  EXPECT_EQ(plan.value.agents, std::nullopt);
}

TEST(ApprovedPlan, RefusesWhatIsNoPlan) {
  for (const char* text :
       {"", "[]", "{}", R"({"schema": "interlock.plan/2"})", R"({"schema": ["interlock.plan/1"]})", "{"})
    EXPECT_TRUE(has_errors(read(text).diagnostics)) << text;
}

}  // namespace
}  // namespace parsers
