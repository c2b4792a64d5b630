// Input that nobody writes by accident: it has to end, quickly, with places that exist.
#include <chrono>
#include <gtest/gtest.h>

#include "tests/parsers/markdown_dump.h"

namespace parsers {
namespace {

std::string times(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(MarkdownHostile, EndsInLinearTime) {
  constexpr std::size_t n = 1 << 18;
  const std::string scope = "## WO-1: a\n**Write set:** ";
  std::vector<std::string> texts;
  for (const std::string_view unit : {"[",
                                      "*",
                                      "|",
                                      "`",
                                      "<",
                                      "(",
                                      "_",
                                      "#",
                                      "> ",
                                      "- ",
                                      "1. ",
                                      "<!-- ",
                                      "[a]",
                                      "`x` ",
                                      "{a,",
                                      "[a]/b.py,",
                                      "\\",
                                      "\"",
                                      "[\n",
                                      "|-|-|\n",
                                      "| a |\n|-|-|\n",
                                      "```\n",
                                      "Files:\n",
                                      "**Files:** ",
                                      "(WO-1 ",
                                      "Commit WO-1 before WO-1. "}) {
    texts.push_back(times(unit, n / unit.size()));
    texts.push_back(scope + texts.back());
  }
  texts.push_back("|" + times("a|", n) + "\n|" + times("-|", n) + "\n|" + times("b|", n) + "\n");
  texts.push_back("---\nid: 1\nallowed_paths: [" + times("a,", n));
  for (const std::string& text : texts) {
    const auto start = std::chrono::steady_clock::now();
    const auto parsed = read_markdown({"a.md", text}, FileId{0});
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    EXPECT_LT(taken.count(), 5.0) << text.substr(0, 60);
    EXPECT_LE(parsed.value.orders.size(), 1U);
  }
}

TEST(MarkdownHostile, DeepListsAndUnclosedFences) {
  EXPECT_EQ(read_and_dump(times("> ", 1000) + "**Write set:** a.py\n"), "");
  EXPECT_EQ(read_and_dump("## WO-1: a\n```\n**Write set:** a.py\n"),
            "warning 1:4: WO-1 has no scope that could be read, and is no work order\n");
  std::string deep = "## WO-1: a\n**Files:** a.py\n";
  for (std::size_t i = 0; i < 200; ++i) deep += std::string(2 * i, ' ') + "- b.py\n";
  EXPECT_NE(read_and_dump(deep).find("write: a.py@2:12"), std::string::npos);
}

TEST(MarkdownHostile, BytesThatAreNotText) {
  EXPECT_EQ(read_and_dump("## WO-1: a\n**Write set:** a.py, \xFF.py\n").substr(0, 4), "WO-1");
  EXPECT_EQ(read_and_dump(std::string("## WO-1: a\n**Write set:** a\0b.py\n", 33)).substr(0, 10), "error 2:17");
  EXPECT_EQ(read_and_dump(""), "");
  EXPECT_EQ(read_and_dump("\xEF\xBB\xBF"), "");
  EXPECT_EQ(read_and_dump("---"), "");
  EXPECT_EQ(read_and_dump("---\n---\n"), "");
}

TEST(MarkdownHostile, ACarriageReturnEndsNoLine) {
  EXPECT_EQ(read_and_dump("x\r## WO-9: y\r\n## WO-1: a\n**Write set:** a.py\n"),
            "WO-1@2:4 \"a\"\n  write: a.py@3:16\n");
}

}  // namespace
}  // namespace parsers
