// Additions to a JSON text leave the rest alone, and go again without a trace.
#include "parsers/json_edit.h"

#include <gtest/gtest.h>
#include <ostream>
#include <string>

namespace parsers {
namespace {

const Node item =
    json_object({{"name", json_string("x \"y\"")}, {"n", json_list({json_number(1), json_boolean(true)})}});
bool is_ours(const Node& node) { return node.find("name") != nullptr && node.find("name")->text == "x \"y\""; }

struct Case {
  const char* before;
  const char* after;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.before; }

class Edit : public testing::TestWithParam<Case> {};
TEST_P(Edit, AppendsAndRemoves) {
  const std::string after = json_appended(GetParam().before, {"a", "b"}, item);
  EXPECT_EQ(after, GetParam().after);
  const Parsed<Node> read = read_json({"", after}, {});
  EXPECT_TRUE(read.diagnostics.empty());
  ASSERT_NE(json_at(read.value, {"a", "b"}), nullptr);
  EXPECT_TRUE(is_ours(json_at(read.value, {"a", "b"})->items.back()));
  bool back = false;
  for (std::size_t empty = 0; empty <= 2; ++empty)
    back = back || json_removed(after, {"a", "b"}, is_ours, empty) == GetParam().before;
  EXPECT_TRUE(back) << after;
}

const Case cases[] = {
    {"{}\n",
     "{\n  \"a\": {\n    \"b\": [\n      {\n        \"name\": \"x \\\"y\\\"\",\n        \"n\": [1, true]\n      }\n    "
     "]\n  }\n}\n"},
    {R"({"z": 1})", R"({"z": 1, "a": { "b": [ {"name": "x \"y\"", "n": [1, true]} ] }})"},
    {R"({"a": {"b": [{"q": 1}]}})", R"({"a": {"b": [{"q": 1}, {"name": "x \"y\"", "n": [1, true]}]}})"},
    {"{\n\t\"z\": 1,\n\t\"a\": {\n\t\t\"b\": [\n\t\t\t\"k\"\n\t\t]\n\t}\n}",
     "{\n\t\"z\": 1,\n\t\"a\": {\n\t\t\"b\": [\n\t\t\t\"k\",\n\t\t\t{\n\t\t\t  \"name\": \"x \\\"y\\\"\",\n\t\t\t  "
     "\"n\": [1, "
     "true]\n\t\t\t}\n\t\t]\n\t}\n}"},
    {"{\r\n  \"z\": 1\r\n}\r\n",
     "{\r\n  \"z\": 1,\r\n  \"a\": {\r\n    \"b\": [\r\n      {\r\n        \"name\": \"x \\\"y\\\"\",\r\n        "
     "\"n\": [1, "
     "true]\r\n      }\r\n    ]\r\n  }\r\n}\r\n"},
    {R"({"a": {"b": []}})", R"({"a": {"b": [{"name": "x \"y\"", "n": [1, true]}]}})"},
    {R"({"a": {}, "s": "}]\""})", R"({"a": {"b": [ {"name": "x \"y\"", "n": [1, true]} ]}, "s": "}]\""})"},
};
INSTANTIATE_TEST_SUITE_P(Texts, Edit, testing::ValuesIn(cases));

TEST(JsonEdit, RemovesOnlyWhatIsAskedFor) {
  EXPECT_EQ(json_removed(R"({"a": [1, 2, 3]})", {"a"}, [](const Node& n) { return n.text == "2"; }, 2),
            R"({"a": [1, 3]})");
  EXPECT_EQ(json_removed(R"({"a": [1, 2]})", {"a"}, [](const Node& n) { return n.text == "1"; }, 2), R"({"a": [2]})");
  EXPECT_EQ(json_removed(R"({"a": [1]})", {"a"}, [](const Node&) { return false; }, 2), R"({"a": [1]})");
  EXPECT_EQ(json_removed(R"({"a": []})", {"a"}, [](const Node&) { return true; }, 2), R"({"a": []})");
  EXPECT_EQ(json_removed(R"({"z": 1, "a": [1]})", {"a"}, [](const Node&) { return true; }, 2), R"({"z": 1})");
}

}  // namespace
}  // namespace parsers
