#include <fstream>
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

Json schema(const std::string& name) {
  std::ifstream file(INTERLOCK_SOURCE_DIR "/schemas/" + name + ".schema.json");
  return Json::parse(file);
}

/// An object says exactly what its schema lists, in that order, and so do the objects in it.
void expect_described(const Json& value, const Json& by, const Json& root, const std::string& path) {
  if (by.contains("$ref")) {
    const std::string target = by["$ref"];
    return expect_described(value, root.at(Json::json_pointer(target.substr(1))), root, path);
  }
  if (by.contains("anyOf")) return value.is_null() ? void() : expect_described(value, by["anyOf"][0], root, path);
  if (value.is_object() && by.contains("properties")) {
    for (const auto& [key, member] : value.items()) {
      ASSERT_TRUE(by["properties"].contains(key)) << path << "/" << key;
      expect_described(member, by["properties"][key], root, path + "/" + key);
    }
    for (const Json& key : by["required"]) EXPECT_TRUE(value.contains(key)) << path << "/" << key;
  }
  if (value.is_array() && by.contains("items"))
    for (const Json& item : value) expect_described(item, by["items"], root, path + "/items");
}

/// The answer is what schemas/NAME.schema.json describes; parts that other answers have too are described alike there.
void expect_answer_of(const std::string& name, const Json& answer) {
  const Json own = schema(name), plan = schema("plan"), findings = schema("findings");
  EXPECT_EQ(own["$id"], "interlock:" + name + "/1");
  EXPECT_EQ(own["properties"]["schema"]["const"], answer["schema"]);
  EXPECT_EQ(own["additionalProperties"], Json(false));
  EXPECT_EQ(keys(own["properties"]), keys(answer));
  EXPECT_EQ(own["required"].get<std::vector<std::string>>().size(), own["properties"].size());
  expect_described(answer, own, own, name);
  for (const char* shared : {"conflicts", "hubs", "findings", "diagnostics"})
    if (own["properties"].contains(shared)) {
      EXPECT_EQ(own["properties"][shared], plan["properties"][shared]) << shared;
    }
  EXPECT_EQ(own["properties"]["changed_since_plan"], findings["properties"]["changed_since_plan"]);
  for (const auto& [def, value] : own["$defs"].items()) EXPECT_EQ(value, plan["$defs"][def]) << def;
}

TEST(JsonPlan, KeysComeInTheOrderOfTheManual) {
  const Json plan = Json::parse(json(undecided()));
  EXPECT_EQ(keys(plan),
            "schema verdict base options input_digest work_orders conflicts hubs decisions_needed lanes waves schedule "
            "merge_order ready held unplanned proofs findings diagnostics");
  EXPECT_EQ(keys(plan["options"]), "agents isolation unknown infer stack effort time_limit cut_short");
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
  EXPECT_EQ(keys(plan["proofs"]), "waves makespan shorter");
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
  answer.judged = {{{"WO-1"}, "fix-1", "a", "", 1, FindingSeverity::error}};
  const Json out = Json::parse(json(answer));
  EXPECT_EQ(keys(out), "schema policy findings judged not_judged crossed changed_since_plan diagnostics");
  EXPECT_EQ(out["schema"], "interlock.findings/1");
  EXPECT_EQ(out["policy"], "strict");
  EXPECT_EQ(out["findings"][0]["related"][0], Json({{"message", "r"}}));
  EXPECT_EQ(keys(out["judged"][0]), "work_orders name base head files verdict");
  EXPECT_EQ(out["judged"][0]["verdict"], "error");
  EXPECT_TRUE(out["judged"][0]["head"].is_null());
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

TEST(JsonAnswers, AreAsTheirSchemasSay) {
  PlanAnswer plan = busy();
  plan.reading.readings = {{{parsers::FileId{0}, 2, 1}, "FIX-1", "write", "core/maneuvers.py"},
                           {{parsers::FileId{0}, 3, 1}, "", "unread", "so long"}};
  CheckAnswer check{plan.orders, plan.plan, plan.reading, plan.plan->findings, {}, {"orders.yaml"}};
  expect_answer_of("check", Json::parse(json(check)));
  check.hand_made = HandMadePlan{4, 3, true, true, {"FIX-9"}};
  expect_answer_of("check", Json::parse(json(check)));

  const ExplainAnswer explain{plan.orders, plan.plan, plan.reading, OrderId(0), OrderId(1), plan.plan->conflicts,
                              {},          {},        false,        {"why"},    {}};
  expect_answer_of("explain", Json::parse(json(explain)));

  ScopeAnswer scope;
  scope.orders = plan.orders;
  scope.reading = plan.reading;
  scope.order = OrderId(plan.orders.list.size() - 1);
  scope.owned = {{"src/b.py", {"FIX-1", "FIX-2"}}};
  scope.not_now = "it is held";
  scope.read_again = {"src/c.py"};
  scope.waits_for = {{OrderId(1), "dependency on FIX-2"}};
  expect_answer_of("scope", Json::parse(json(scope)));
}

}  // namespace
}  // namespace planner::report
