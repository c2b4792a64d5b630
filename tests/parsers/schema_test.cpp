#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "parsers/document_keys.h"

namespace parsers {
namespace {

using Json = nlohmann::ordered_json;

Json schema(const std::string& name) {
  std::ifstream file(INTERLOCK_SOURCE_DIR "/schemas/" + name);
  return Json::parse(file);
}

std::vector<std::string> keys(const Json& properties) {
  std::vector<std::string> out;
  for (const auto& member : properties.items()) out.push_back(member.key());
  return out;
}

template <class Table>
std::vector<std::string> keys_of(const Table& table) {
  return {table.begin(), table.end()};
}

/// Every object the schema describes key by key refuses other keys, as the readers do.
void expect_closed(const Json& node, const std::string& path) {
  if (node.is_object() && node.contains("properties") && node.value("type", Json()) == "object") {
    EXPECT_EQ(node.value("additionalProperties", Json(true)), Json(false)) << path;
  }
  if (node.is_structured())
    for (const auto& member : node.items()) expect_closed(member.value(), path + "/" + member.key());
}

TEST(WorkOrdersSchema, HasTheKeysOfTheReader) {
  const Json s = schema("work-orders.schema.json");
  const Json& defs = s["$defs"];
  EXPECT_EQ(keys(s["properties"]), keys_of(document_keys));
  EXPECT_EQ(keys(defs["order"]["properties"]), keys_of(order_keys));
  EXPECT_EQ(keys(defs["decision"]["properties"]), keys_of(decision_keys));
  EXPECT_EQ(keys(defs["resource_use"]["anyOf"][1]["properties"]), keys_of(resource_keys));
  std::set<std::string> entry;
  for (const char* kind : {"write_entry", "read_entry", "plain_entry"})
    for (const std::string& key : keys(defs[kind]["anyOf"][1]["properties"])) entry.insert(key);
  EXPECT_EQ(entry, std::set<std::string>(entry_keys.begin(), entry_keys.end()));
}

TEST(ConfigSchema, HasTheKeysOfTheReader) {
  const Json s = schema("config.schema.json");
  EXPECT_EQ(keys(s["properties"]), keys_of(config_keys));
  EXPECT_EQ(keys(s["properties"]["classes"]["properties"]), keys_of(class_keys));
}

TEST(Schemas, AreClosedAndNamed) {
  for (const std::string name : {"work-orders", "config", "plan", "findings"}) {
    const Json s = schema(name + ".schema.json");
    EXPECT_EQ(s["$id"], "interlock:" + name + "/1");
    EXPECT_EQ(s["additionalProperties"], Json(false));
    for (const char* part : {"properties", "$defs"}) {
      if (!s.contains(part)) continue;
      for (const auto& member : s[part].items())
        if (member.key() != "options") expect_closed(member.value(), name + "/" + part + "/" + member.key());
    }
  }
}

TEST(AnswerSchemas, ListTheirKeysInTheOrderOfTheAnswer) {
  const Json plan = schema("plan.schema.json");
  EXPECT_THAT(keys(plan["properties"]),
              testing::ElementsAre("schema", "verdict", "base", "options", "input_digest", "work_orders", "conflicts",
                                   "hubs", "decisions_needed", "lanes", "waves", "schedule", "merge_order", "ready",
                                   "held", "unplanned", "proofs", "findings", "diagnostics", "changes_from"));
  std::vector<std::string> always = keys(plan["properties"]);
  always.pop_back();  // only where the plan goes on from an earlier one
  EXPECT_EQ(plan["required"].get<std::vector<std::string>>(), always);
  const Json findings = schema("findings.schema.json");
  EXPECT_EQ(findings["required"].get<std::vector<std::string>>(), keys(findings["properties"]));
  for (const char* shared : {"severity", "certainty", "where", "finding"})
    EXPECT_EQ(plan["$defs"][shared], findings["$defs"][shared]) << shared;
}

}  // namespace
}  // namespace parsers
