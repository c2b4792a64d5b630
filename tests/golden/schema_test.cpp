// schemas/ describe every golden answer and every sample.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "parsers/document.h"
#include "tests/golden/harness.h"

namespace golden {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

const fs::path source_directory = INTERLOCK_SOURCE_DIR;

/// What is wrong with a document by schemas/NAME.schema.json, a line each; empty when it is valid.
std::string violations(const std::string& name, const Json& document) {
  const fs::path file = source_directory / "schemas" / (name + ".schema.json");
  if (!fs::exists(file)) return "there is no " + file.string();
  const nlohmann::json text = nlohmann::json::parse(read_file(file.string()));
  valijson::Schema schema;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(Adapter(text), schema);
  const nlohmann::json plain = document;
  valijson::ValidationResults results;
  if (valijson::Validator().validate(schema, Adapter(plain), &results)) return {};
  std::string out;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& step : error.context) out += step;
    out += ": " + error.description + "\n";
  }
  return out;
}

/// A YAML or JSON value as JSON: plain scalars are null, booleans and numbers where they look so.
Json to_json(const parsers::Node& node) {
  using Kind = parsers::Node::Kind;
  Json out;
  switch (node.kind) {
    case Kind::null:
      return nullptr;
    case Kind::scalar: {
      Json value = node.quoted ? Json(node.text) : Json::parse(node.text, nullptr, false);
      return value.is_primitive() && !value.is_discarded() ? value : Json(node.text);
    }
    case Kind::sequence:
      out = Json::array();
      for (const parsers::Node& item : node.items) out.push_back(to_json(item));
      return out;
    case Kind::mapping:
      out = Json::object();
      for (const auto& [key, value] : node.members) out[key.text] = to_json(value);
      return out;
  }
  return out;
}

/// Every file below that ends in one of these, ordered.
std::vector<fs::path> files_below(const fs::path& top, const std::vector<std::string>& extensions) {
  std::vector<fs::path> out;
  if (!fs::exists(top)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(top)) {
    const std::string extension = entry.path().extension().string();
    if (entry.is_regular_file() && std::find(extensions.begin(), extensions.end(), extension) != extensions.end())
      out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Golden inputs that are meant to be refused.
bool is_refused(const fs::path& file) {
  for (fs::path top = file.parent_path(); top != source_directory && top != top.parent_path(); top = top.parent_path())
    if (fs::exists(top / "cmd")) return read_file((top / "exit").string()).find('2') != std::string::npos;
  return false;
}

TEST(Schemas, DescribeEveryGoldenAnswer) {
  for (const auto& entry : fs::directory_iterator(source_directory / "tests/golden")) {
    const std::string text = read_file((entry.path() / "stdout").string());
    if (!text.starts_with("{")) continue;
    const Json answer = Json::parse(text, nullptr, false);
    ASSERT_FALSE(answer.is_discarded()) << entry.path() << ": stdout is no JSON";
    const std::string schema = answer.value("schema", "");  // interlock.plan/1
    if (!schema.starts_with("interlock.")) continue;
    const std::string name = schema.substr(10, schema.find('/') - 10);
    EXPECT_EQ(violations(name, answer), "") << entry.path();
  }
}

TEST(Schemas, DescribeEverySampleAndGoldenInput) {
  for (const char* top : {"samples", "tests/golden"}) {
    for (const fs::path& file : files_below(source_directory / top, {".yaml", ".yml", ".json"})) {
      if (is_refused(file)) continue;
      const parsers::Source source{file.string(), read_file(file.string())};
      const auto parsed = file.extension() == ".json" ? parsers::read_json(source, {}) : parsers::read_yaml(source, {});
      const Json document = to_json(parsed.value);
      if (!document.is_object()) continue;
      if (file.stem() == "interlock") {
        EXPECT_EQ(violations("config", document), "") << file;
      } else if (document.contains("work_orders") && !document.contains("schema")) {
        EXPECT_EQ(violations("work-orders", document), "") << file;
      }
    }
  }
}

TEST(Schemas, RefuseWhatIsWrong) {
  EXPECT_NE(violations("plan", Json{{"schema", "interlock.plan/1"}}), "");
  EXPECT_NE(violations("findings", Json{{"schema", "interlock.findings/1"}}), "");
  EXPECT_EQ(violations("work-orders", Json::parse(R"({"work_orders": [{"id": "A", "write": ["a.py"]}]})")), "");
  EXPECT_NE(violations("work-orders", Json::parse(R"({"work_orders": [{"id": "A", "wirte": ["a.py"]}]})")), "");
  EXPECT_NE(violations("config", Json{{"isolation", "none"}}), "");
}

}  // namespace
}  // namespace golden
