#include "parsers/data_keys.h"

#include <gmock/gmock.h>

namespace parsers {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> keys(DataFormat format, std::string_view text) {
  std::vector<std::string> out;
  for (const DataKey& key : keys_in(format, text))
    out.push_back(std::to_string(key.line) + " " + key.mapping + key.key);
  return out;
}

TEST(DataKeys, OfJsonHaveTheirPathAndLine) {
  EXPECT_THAT(keys(DataFormat::json, "{\n  \"a\": 1,\n  \"b\": {\"c\": [1, \"d\"],\n \"e\": {}},\n  \"a\": 2\n}\n"),
              ElementsAre("2 a", "3 b", "3 b/c", "4 b/e", "5 a"));
  EXPECT_THAT(keys(DataFormat::json, "[{\"a\": 1}, {\"a\": 2}]"), ElementsAre("1 a", "1 a"));
  EXPECT_THAT(keys(DataFormat::json, "// \"x\": 1\n{\"a\\\"b\": \"c:\"}"), ElementsAre("2 a\\\"b")) << "as written";
  EXPECT_THAT(keys(DataFormat::json, "]}{\"a"), IsEmpty());
}

TEST(DataKeys, OfListItemsBelongToMappingsOfTheirOwn) {
  const auto read = keys_in(DataFormat::json, "[{\"a\": 1}, {\"a\": 2}]");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_NE(read[0].instance, read[1].instance);
  const auto items = keys_in(DataFormat::yaml, "l:\n  - name: x\n    on: y\n  - name: z\n");
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[1].instance, items[2].instance);
  EXPECT_NE(items[1].instance, items[3].instance);
}

TEST(DataKeys, OfYamlFollowTheIndentation) {
  EXPECT_THAT(
      keys(DataFormat::yaml, "a: 1\nb:\n  c: |\n    x: no\n    y: no\n  \"d e\": {f: 1}\ng: # h: no\n  - i: 1\n"),
      ElementsAre("1 a", "2 b", "3 b/c", "6 b/d e", "7 g", "8 g/i"));
  EXPECT_THAT(keys(DataFormat::yaml, "# a: 1\nurl: http://x:80\n---\nurl: 2\n"), ElementsAre("2 url", "4 url"));
}

TEST(DataKeys, OfTomlStandInTheirTables) {
  EXPECT_THAT(keys(DataFormat::toml, "a = 1\n[t]\n\"b\" = \"\"\"\nc = no\n\"\"\"\nd = [\n  1,\n]\n[[u]]\ne = 1\n"),
              ElementsAre("1 a", "2 []/t", "3 t/b", "6 t/d", "10 u/e"));
}

TEST(DataKeys, AreNotReadFromLockFiles) {
  EXPECT_FALSE(data_format_of("web/package-lock.json"));
  EXPECT_EQ(data_format_of("a/b.yml"), DataFormat::yaml);
  EXPECT_FALSE(data_format_of("a.py"));
}

}  // namespace
}  // namespace parsers
