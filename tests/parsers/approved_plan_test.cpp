#include "parsers/approved_plan.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

Parsed<ApprovedPlan> read(const std::string& text) { return read_approved_plan({"plan.json", text}, FileId{0}); }

const std::string whole = R"({"schema": "interlock.plan/1", "base": "abc", "input_digest": "d1",
  "options": {"agents": 3, "isolation": "worktree", "unknown": "parallel"},
  "work_orders": [{"id": "A", "status": "pending", "write": ["x", "y"], "read": ["z"]},
                  {"id": "B", "status": "done", "write": null, "read": []},
                  {"id": "C", "status": "review", "write": ["x"], "read": []}],
  "waves": [["C"], ["A"]],
  "schedule": {"unit": "min", "makespan": 9, "starts": [
    {"id": "C", "agent": null, "start": 0, "end": 5, "after": []},
    {"id": "A", "agent": 2, "start": 5, "end": 9, "after": ["C"]}]},
  "proofs": {"makespan": {"lower_bound": 8}}})";

std::string with(const std::string& part, const std::string& instead) {
  std::string text = whole;
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), instead);
}

TEST(ApprovedPlan, KeepsWhatLaterCallsCompare) {
  const Parsed<ApprovedPlan> plan = read(whole);
  EXPECT_TRUE(plan.diagnostics.empty());
  EXPECT_EQ(plan.value.base, "abc");
  EXPECT_EQ(plan.value.agents, 3);
  EXPECT_EQ(plan.value.isolation, Isolation::worktree);
  EXPECT_EQ(plan.value.unknown, "parallel");
  ASSERT_EQ(plan.value.work_orders.size(), 3U);
  EXPECT_EQ(plan.value.work_orders[0].write, (std::vector<std::string>{"x", "y"}));
  EXPECT_FALSE(plan.value.work_orders[1].write);
}

TEST(ApprovedPlan, KeepsTheScheduleToGoOnFrom) {
  const ApprovedPlan plan = read(whole).value;
  EXPECT_EQ(plan.unit, "min");
  EXPECT_EQ(plan.makespan, 9);
  EXPECT_EQ(plan.lower_bound, 8);
  EXPECT_EQ(plan.waves, (std::vector<std::vector<std::string>>{{"C"}, {"A"}}));
  ASSERT_EQ(plan.starts.size(), 2U);
  EXPECT_EQ(plan.starts[0].agent, std::nullopt);
  EXPECT_EQ(plan.starts[1].agent, 2);
  EXPECT_EQ(plan.starts[1].start, 5);
  EXPECT_EQ(plan.starts[1].end, 9);
  EXPECT_EQ(plan.starts[1].after, (std::vector<std::string>{"C"}));
}

TEST(ApprovedPlan, TakesNullForNoBaseAndNoCap) {
  const Parsed<ApprovedPlan> plan = read(with("\"abc\"", "null"));
  EXPECT_TRUE(plan.diagnostics.empty());
  EXPECT_EQ(plan.value.base, "");
  EXPECT_EQ(read(with("\"agents\": 3", "\"agents\": null")).value.agents, std::nullopt);
}

TEST(ApprovedPlan, LeavesUnknownKeysToLaterVersions) {
  EXPECT_TRUE(read(with("\"base\"", "\"news\": {\"x\": []}, \"base\"")).diagnostics.empty());
}

TEST(ApprovedPlan, RefusesWhatIsNoPlan) {
  for (const char* text : {"", "[]", "{}", R"({"schema": "interlock.plan/2"})", R"({"schema": ["interlock.plan/1"]})",
                           "{", R"({"schema": "interlock.plan/1"})"})
    EXPECT_TRUE(has_errors(read(text).diagnostics)) << text;
}

TEST(ApprovedPlan, RefusesWhatContradictsItself) {
  const std::pair<const char*, const char*> table[] = {
      {"\"abc\"", "7"},
      {"\"input_digest\": \"d1\"", "\"input_digest\": null"},
      {"\"agents\": 3", "\"agents\": 0"},
      {"\"agents\": 3", "\"agents\": \"3\""},
      {"\"worktree\"", "\"forest\""},
      {"\"options\": {", "\"options\": [], \"more\": {"},
      {"\"pending\"", "\"sleeping\""},
      {"\"id\": \"B\"", "\"id\": \"A\""},
      {"\"write\": null", "\"write\": \"x\""},
      {"\"read\": []", "\"read\": [1]"},
      {"\"makespan\": 9", "\"makespan\": 8"},
      {"\"makespan\": 9", "\"makespan\": 9.5"},
      {"\"end\": 5", "\"end\": 0"},
      {"\"start\": 5", "\"start\": -5"},
      {"\"start\": 5", "\"start\": 99999999999999999999999"},
      {"\"agent\": 2", "\"agent\": -2"},
      {"\"after\": [\"C\"]", "\"after\": [\"B\"]"},
      {"\"waves\": [[\"C\"]", "\"waves\": [[\"D\"]"},
      {"\"lower_bound\": 8", "\"lower_bound\": 10"},
      {"{\"id\": \"C\", \"agent\"", "{\"id\": \"X\", \"agent\""},
      {"{\"id\": \"C\", \"agent\"", "{\"id\": \"A\", \"agent\""},
  };
  for (const auto& [part, instead] : table) {
    const Parsed<ApprovedPlan> plan = read(with(part, instead));
    ASSERT_TRUE(has_errors(plan.diagnostics)) << instead;
    EXPECT_GT(plan.diagnostics.front().where.line, 0U) << instead;
  }
}

}  // namespace
}  // namespace parsers
