#include <gtest/gtest.h>
#include <string>

#include "parsers/document.h"
#include "parsers/document_text.h"

namespace parsers {
namespace {

std::string repeated(std::string_view piece, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

/// "line: message" of the first diagnostic, empty when there is none.
std::string first_said(const Parsed<Node>& parsed) {
  if (parsed.diagnostics.empty()) return {};
  const Diagnostic& d = parsed.diagnostics.front();
  return std::to_string(d.where.line) + ": " + d.message;
}
std::string yaml(const std::string& text) { return first_said(read_yaml({"a.yaml", text}, {})); }
std::string json(const std::string& text) { return first_said(read_json({"a.json", text}, {})); }

TEST(Limits, DepthOf64) {
  const std::string deep = "1: nested deeper than 64 levels";
  EXPECT_EQ(yaml(repeated("[", 64) + repeated("]", 64)), "");
  EXPECT_EQ(yaml(repeated("[", 65) + repeated("]", 65)), deep);
  EXPECT_EQ(json(repeated("[", 64) + repeated("]", 64)), "");
  EXPECT_EQ(json(repeated("[", 65) + repeated("]", 65)), deep);
  EXPECT_EQ(json(repeated("{\"a\":", 200'000)), deep);
  EXPECT_EQ(yaml(repeated("- ", 200'000)), deep);
  EXPECT_EQ(yaml(repeated("{a: ", 65) + repeated("}", 65)), deep);
}

TEST(Limits, TextsOf64KiB) {
  const std::string fits(document_text_limit, 'x');
  EXPECT_EQ(yaml("a: " + fits), "");
  EXPECT_EQ(yaml("b: c\na: " + fits + "x"), "2: a text of 65537 bytes, more than the limit of 64 KiB");
  EXPECT_EQ(json("[\"" + fits + "\"]"), "");
  EXPECT_EQ(json("[\n\"" + fits + "x\"]"), "2: a text of 65537 bytes, more than the limit of 64 KiB");
}

TEST(Limits, FilesOf64MiB) {
  const std::string large(document_bytes_limit + 1, ' ');
  const std::string said = "0: the file has 67108865 bytes, more than the limit of 64 MiB";
  EXPECT_EQ(yaml(large), said);
  EXPECT_EQ(json(large), said);
}

TEST(Limits, ABracketThatNeverCloses) {
  EXPECT_EQ(yaml("a: [" + repeated("b,\n", 1 << 20) + "]"), "");
  EXPECT_EQ(yaml(repeated("[", 3 << 20)), "1: more than 2 MiB in one bracket, text or comment");
  EXPECT_EQ(yaml("a: |\n" + repeated("  b\n", 1 << 20)), "1: more than 2 MiB in one bracket, text or comment");
}

TEST(Limits, Values) {
  EXPECT_EQ(json("[" + repeated("1,\n", document_values_limit) + "1]"),
            "2000000: more than 2000000 values in one document");
}

TEST(Limits, ComplaintsAreNotWithoutEnd) {
  EXPECT_EQ(read_yaml({"a.yaml", repeated("- &a b\n", 5000)}, {}).diagnostics.size(), 1000U);
}

}  // namespace
}  // namespace parsers
