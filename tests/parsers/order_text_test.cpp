#include "parsers/order_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace parsers {
namespace {

/// "line: text|".
std::string texts(const Source& source, std::string_view id, std::string_view title, std::uint32_t line,
                  std::uint32_t next = 0) {
  std::string out;
  for (const Passage& p : OrderTexts(source).of(id, title, line, next)) out += fmt::format("{}: {}|", p.line, p.text);
  return out;
}

TEST(OrderText, OfAFileIsUpToTheNextOrderOrHeading) {
  const Source source{"a.md", "# All\n## GH-1: a\nx\n### why\n## Notes\ny\n"};
  EXPECT_EQ(texts(source, "GH-1", "a", 2), "2: ## GH-1: a\nx\n### why|");
  EXPECT_EQ(texts(source, "GH-1", "a", 2, 4), "2: ## GH-1: a\nx|");
  EXPECT_EQ(texts({"b.md", "x <!-- no\nno --> y\n"}, "b", "", 0), "1: x        \n       y\n|");
  EXPECT_EQ(texts(source, "GH-1", "something else", 6), "6: something else|6: y\n|");
}

TEST(OrderText, OfJsonIsWhatStandsBesideTheTitle) {
  const Source source{
      "a.json",
      "[{\"number\": 1, \"title\": \"Same\", \"body\": \"one body\"},\n"
      " {\"number\": 2, \"title\": \"Same\", \"body\": \"two/three\", \"steps\": [{\"text\": \"go on\"}]}]"};
  EXPECT_EQ(texts(source, "GH-2", "Same", 2), "2: Same|2: two/three|2: go on|");
  EXPECT_EQ(texts(source, "GH-1", "Same", 1), "1: Same|1: one body|");
  EXPECT_EQ(texts({"a.jsonl", "{\"id\": \"a-1\", \"title\": \"T\", \"description\": \"a b\"}\n{}\n"}, "a-1", "T", 1),
            "1: T|1: a b|");
}

TEST(OrderText, KnowsItsLines) {
  const Passage flowing{"a\nb\nc", 7, true}, still{"a\nb\nc", 7, false};
  EXPECT_EQ(flowing.line_of(4), 9U);
  EXPECT_EQ(still.line_of(4), 7U);
}

}  // namespace
}  // namespace parsers
