// Texts that nobody wrote by hand: the outline stays quick, and says what it did not look into.
#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include "parsers/code_outline.h"

namespace parsers {
namespace {

std::string repeated(std::string_view part, std::size_t count) {
  std::string out;
  out.reserve(part.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += part;
  return out;
}

/// Bytes of `alphabet` in an order without a pattern.
std::string noise(std::string_view alphabet, std::size_t size) {
  std::string out;
  std::uint32_t state = 1;
  while (out.size() < size) {
    state = state * 1664525 + 1013904223;
    out += alphabet[(state >> 16) % alphabet.size()];
  }
  return out;
}

TEST(CodeHostile, SaysWhatItDidNotLookInto) {
  const std::string array = "int a[] = {\n" + repeated("1, 2, 3, 4, 5, 6, 7, 8,\n", 450000) + "};\n";
  const struct {
    Language language;
    std::string text;
    OutlineStatus status;
  } table[] = {
      {Language::c, array, OutlineStatus::too_large},
      {Language::javascript, repeated("function a(b){return b+1}", 3000), OutlineStatus::long_lines},
      {Language::javascript, repeated("[", 200000) + repeated("]", 200000), OutlineStatus::long_lines},
      {Language::python, std::string("x = 1\0\n", 7), OutlineStatus::binary},
      {Language::cpp, noise("{}()[];,.+-*/<>=!&|^~?:#\"'\\ \n", 1000000), OutlineStatus::too_complex},
      {Language::typescript, noise("{}()[];,.+-*/<>=!&|^~?:#\"'\\ \n", 1000000), OutlineStatus::too_complex},
  };
  for (const auto& [language, text, status] : table) {
    const CodeOutline out = outline(language, text);
    EXPECT_EQ(out.status, status) << to_string(language) << ' ' << to_string(out.status);
    EXPECT_FALSE(out.proven());
    EXPECT_TRUE(out.definitions.empty());
    ASSERT_EQ(out.gaps.size(), 1U);
    EXPECT_EQ(out.gaps[0].range.end, text.size());
  }
}

TEST(CodeHostile, SurvivesDepthAndBrokenBytes) {
  const struct {
    Language language;
    std::string text;
  } table[] = {
      {Language::javascript, repeated("[\n", 200000)},
      {Language::javascript, repeated("a(\n", 100000)},
      {Language::c, repeated("if(x){\n", 50000)},
      {Language::cpp, repeated("namespace a{\n", 50000)},
      {Language::cpp, repeated("(\n", 300000)},
      {Language::java, repeated("class A{\n", 50000)},
      {Language::rust, "use " + repeated("a::{\n", 50000)},
      {Language::bash, repeated("\"$(\n", 20000)},
      {Language::python, "x = 1\r\ndef f():\r\n    return '\xff\xfe\xc3'\r\n"},
      {Language::python, "\xef\xbb\xbfimport a\n"},
      {Language::php, ""},
      {Language::ruby, "\n"},
  };
  for (const auto& [language, text] : table) {
    const CodeOutline out = outline(language, text);
    EXPECT_TRUE(out.gaps.empty() || out.gaps.back().range.end <= text.size()) << to_string(language);
  }
}

TEST(CodeHostile, GivesUpWhatNobodyWrote) {
  const auto nested = [](std::size_t depth) { return repeated("class a {\n", depth) + repeated("}\n", depth); };
  EXPECT_EQ(outline(Language::java, nested(10000)).status, OutlineStatus::too_complex);
  EXPECT_EQ(outline(Language::java, nested(40)).definitions.size(), 40U);
  EXPECT_EQ(outline(Language::tsx, repeated("alpha beta gamma\n", 20000)).status, OutlineStatus::too_complex);
  // One line, looked through once.
  const std::string annotated = repeated("\n", 3000) + repeated("LOCKS_EXCLUDED a ", 50000);
  EXPECT_EQ(outline(Language::cpp, annotated).gaps.back().range.end, annotated.size());
}

TEST(CodeHostile, ReadsALongSource) {
  const std::string text = repeated("int f(int a, char* b) { return a ? g(b, \"c\") + 1 : h[a].i->j; }\n", 15500);
  const CodeOutline out = outline(Language::cpp, text);
  EXPECT_EQ(out.status, OutlineStatus::parsed);
  EXPECT_EQ(out.definitions.size(), 15500U);
}

TEST(CodeHostile, ReadsThroughWindowsLineEnds) {
  const CodeOutline out = outline(Language::python, "import a\r\n\r\ndef f():\r\n    return 1\r\n\r\nx = 2\r\n");
  ASSERT_EQ(out.definitions.size(), 2U);
  EXPECT_EQ(out.definitions[0].range.first_line, 3U);
  EXPECT_EQ(out.definitions[0].range.last_line, 4U);
  EXPECT_EQ(out.definitions[1].line, 6U);
}

}  // namespace
}  // namespace parsers
