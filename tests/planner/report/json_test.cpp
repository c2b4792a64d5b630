#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "planner/report/report.h"
#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

using Json = nlohmann::ordered_json;

std::string keys(const Json& object) {
  std::string out;
  for (const auto& [key, value] : object.items()) out += (out.empty() ? "" : " ") + key;
  return out;
}

TEST(JsonPlan, KeysComeInTheOrderOfTheManual) {
  const Json plan = Json::parse(json(undecided()));
  EXPECT_EQ(keys(plan),
            "schema verdict base options input_digest work_orders conflicts hubs decisions_needed lanes waves schedule "
            "merge_order ready held unplanned proofs findings diagnostics");
  EXPECT_EQ(keys(plan["options"]), "agents isolation unknown effort");
  EXPECT_EQ(keys(plan["work_orders"][0]), "id title status write read source");
  EXPECT_EQ(keys(plan["work_orders"][0]["source"]), "file line");
  EXPECT_EQ(keys(plan["conflicts"][0]), "kind certainty between resolution evidence");
  EXPECT_EQ(keys(plan["conflicts"][0]["evidence"][0]), "resource witness sides note");
  EXPECT_EQ(keys(plan["conflicts"][0]["evidence"][0]["sides"][0]), "entry source");
  EXPECT_EQ(keys(plan["decisions_needed"][0]), "between kind digest choices");
  EXPECT_EQ(keys(plan["decisions_needed"][0]["choices"][0]), "choose makespan");
  EXPECT_EQ(keys(plan["lanes"][0]), "order");
  EXPECT_EQ(keys(plan["schedule"]), "agents unit makespan starts");
  EXPECT_EQ(keys(plan["schedule"]["starts"][0]), "id agent start end after");
  EXPECT_EQ(keys(plan["held"][0]), "id reason");
  EXPECT_EQ(keys(plan["proofs"]), "waves makespan");
  EXPECT_EQ(keys(plan["proofs"]["waves"]), "value lower_bound optimal because");
  EXPECT_EQ(keys(plan["proofs"]["waves"]["because"]), "kind work_orders text");
}

TEST(JsonPlan, SaysWhatIsNotKnown) {
  const Json plan = Json::parse(json(undecided()));
  EXPECT_EQ(plan["schema"], "interlock.plan/1");
  EXPECT_EQ(plan["verdict"], "decision-needed");
  EXPECT_TRUE(plan["base"].is_null());
  EXPECT_TRUE(plan["options"]["agents"].is_null());
  EXPECT_TRUE(plan["work_orders"][4]["write"].is_null());
  const Json& alone = plan["conflicts"].back();
  EXPECT_EQ(alone["between"], Json({"WO-E", "*"}));
  EXPECT_EQ(alone["resolution"], "alone");
  EXPECT_EQ(alone["evidence"][0]["sides"].size(), 1U);
  EXPECT_TRUE(alone["evidence"][0]["witness"].is_null());
}

TEST(JsonPlan, WritesUnitsAgentsAndFindings) {
  const Json plan = Json::parse(json(busy()));
  EXPECT_EQ(plan["schedule"]["unit"], "min");
  EXPECT_EQ(plan["schedule"]["agents"], 3);
  const auto start_of = [&](std::string_view id) {
    for (const Json& start : plan["schedule"]["starts"])
      if (start["id"] == id) return start;
    return Json();
  };
  EXPECT_TRUE(start_of("FIX-4")["agent"].is_null());
  EXPECT_EQ(start_of("FIX-2")["after"], Json::array({"FIX-1"}));
  const Json& cycle = plan["findings"][0];
  EXPECT_EQ(keys(cycle), "rule severity certainty work_order message where related");
  EXPECT_EQ(keys(cycle["where"]), "path line");
  EXPECT_EQ(keys(cycle["related"][0]), "path line message");
  EXPECT_EQ(plan["findings"][1]["where"]["line"], 4);
  EXPECT_TRUE(plan["findings"][1]["work_order"].is_null());
}

TEST(JsonPlan, IsAlwaysUtf8) {
  PlanAnswer answer = undecided();
  answer.orders.list[0].title = "\xff\xfe bytes";
  const std::string out = json(answer);
  EXPECT_NE(out.find("\xEF\xBF\xBD\xEF\xBF\xBD bytes"), std::string::npos);
  EXPECT_TRUE(out.ends_with("}\n"));
}

TEST(JsonVerify, HoldsFindingsAndWhatWasJudged) {
  VerifyAnswer answer;
  answer.findings = {
      {"foreign-work", FindingSeverity::error, Certainty::proved, "WO-1", "m", {"a.py", 3}, {{{}, "r"}}}};
  answer.judged = {"WO-1: a..b (1 file)"};
  const Json out = Json::parse(json(answer));
  EXPECT_EQ(keys(out), "schema policy findings judged changed_since_plan diagnostics");
  EXPECT_EQ(out["schema"], "interlock.findings/1");
  EXPECT_EQ(out["policy"], "strict");
  EXPECT_EQ(out["findings"][0]["related"][0], Json({{"message", "r"}}));
}

TEST(JsonAnswers, NameTheirSchemas) {
  const PlanAnswer plan = undecided();
  const CheckAnswer check{plan.orders, plan.plan, plan.reading, {}, HandMadePlan{4, 3, true, true, {"WO-E"}}, {}};
  const Json checked = Json::parse(json(check));
  EXPECT_EQ(keys(checked), "schema work_orders hand_made findings readings changed_since_plan diagnostics");
  EXPECT_EQ(checked["schema"], "interlock.check/1");
  EXPECT_EQ(keys(checked["hand_made"]), "waves needed proved valid unplaced");

  const ExplainAnswer explain{plan.orders, plan.plan, plan.reading, OrderId(0), OrderId(1), plan.plan->conflicts,
                              {},          {},        false,        {"why"},    {}};
  const Json explained = Json::parse(json(explain));
  EXPECT_EQ(keys(explained),
            "schema between may_overlap reasons conflicts hubs chain unit work_orders changed_since_plan diagnostics");
  EXPECT_EQ(explained["between"], Json({"WO-A", "WO-B"}));
  EXPECT_EQ(keys(explained["work_orders"][0]), "id title status write read source lane wave agent start end after");
  EXPECT_EQ(explained["work_orders"][1]["wave"], 2);
}

}  // namespace
}  // namespace planner::report
