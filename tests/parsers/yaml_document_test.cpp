#include <gtest/gtest.h>
#include <string>

#include "tests/parsers/document_outline.h"

namespace parsers {
namespace {

std::string yaml(const std::string& text) {
  const Source source{"a.yaml", text};
  const Parsed<Node> parsed = read_yaml(source, {});
  return parsed.diagnostics.empty() ? outline(parsed.value) : describe(parsed.diagnostics, {source});
}

TEST(ReadYaml, PlacesCountBytesFromOne) {
  const std::pair<std::string, std::string> table[] = {
      {"", "0:0 null"},
      {"# only a comment\n", "0:0 null"},
      {"a: b\n", "1:1 {1:1 a = 1:4 b; }"},
      {"\xEF\xBB\xBF"
       "a: b\r\nc: 'd'\r\n",
       "1:4 {1:4 a = 1:7 b; 2:1 c = 2:4 \"d\"; }"},
      {"\u00e9: [\u00fc, x]\n", "1:1 {1:1 \u00e9 = 1:5 [1:6 \u00fc; 1:10 x; ]; }"},
      {"- 0009\n- \"true\"\n- ~\n- |\n  text\n", "1:1 [1:3 0009; 2:3 \"true\"; 3:3 null; 4:3 \"text\n\"; ]"},
      {"-\n- a\n-\n", "1:1 [1:1 null; 2:3 a; 3:1 null; ]"},
      {"%YAML 1.2\n---\na: b\n...\n", "3:1 {3:1 a = 3:4 b; }"},
      {"{\"a\": [1, {b: c}]}\n", "1:1 {1:2 \"a\" = 1:7 [1:8 1; 1:11 {1:12 b = 1:15 c; }; ]; }"},
  };
  for (const auto& [text, tree] : table) EXPECT_EQ(yaml(text), tree) << text;
}

TEST(ReadYaml, SaysWhatIsWrongAndWhere) {
  const std::pair<std::string, std::string> table[] = {
      {"a:\n"
       "\tb: c\n",
       "a.yaml:2:1: error: a tab in the indentation\n"
       "   b: c\n"
       "  ^\n"
       "  indent with spaces\n"},
      {"title: a: b\n",
       "a.yaml:1:9: error: a \":\" where no value can begin\n"
       "  title: a: b\n"
       "          ^\n"
       "  put text that holds \": \" in quotes; or a colon is missing, or the indentation is off, in the line "
       "before\n"},
      {"- id WO\n"
       "  title: x\n",
       "a.yaml:2:8: error: a \":\" where no value can begin\n"
       "    title: x\n"
       "         ^\n"
       "  put text that holds \": \" in quotes; or a colon is missing, or the indentation is off, in the line "
       "before\n"},
      {"a:\n"
       "  - x\n"
       " b: y\n",
       "a.yaml:3:2: error: this does not fit what comes before it\n"
       "   b: y\n"
       "   ^\n"
       "  check the indentation of this line, and the end of the line before it\n"},
      {"a: [x, y\n"
       "b: c\n",
       "a.yaml:1:8: error: an entry that goes on over several lines\n"
       "  a: [x, y\n"
       "         ^\n"
       "  separate entries with a comma, or by \"- \" on each line; else put the text in quotes\n"
       "a.yaml:2:2: error: a , or ] is missing before this\n"
       "  b: c\n"
       "   ^\n"
       "  separate entries with commas and close every [ with ] (an open bracket is on line 1)\n"},
      {"a: [b: c",
       "a.yaml:1:4: error: the bracket opened here is not closed\n"
       "  a: [b: c\n"
       "     ^\n"
       "  close it with ] or }\n"},
      {"a: \"open\n"
       "b: c\n",
       "a.yaml:1:4: error: a quoted text that is not closed\n"
       "  a: \"open\n"
       "     ^\n"
       "  end the text with the same quote\n"},
      {"a: 'open",
       "a.yaml:1:4: error: a quoted text that is not closed\n"
       "  a: 'open\n"
       "     ^\n"
       "  end the text with the same quote\n"},
      {"- @billing\n",
       "a.yaml:1:3: error: text cannot begin with @\n"
       "  - @billing\n"
       "    ^\n"
       "  put text that begins with a special character in quotes: \"...\"\n"},
      {"- *.py\n",
       "a.yaml:1:3: error: an alias (text that begins with *), and this reader takes none\n"
       "  - *.py\n"
       "    ^\n"
       "  a pattern that begins with * needs quotes: \"*.py\"\n"},
      {"- [slug]/page\n",
       "a.yaml:1:9: error: this does not fit what comes before it\n"
       "  - [slug]/page\n"
       "          ^\n"
       "  begin every entry with \"- \" at the same indentation; text that begins with [ or a quote goes wholly in "
       "quotes\n"},
      {"a: ]\n",
       "a.yaml:1:4: error: a closing bracket that nothing opened\n"
       "  a: ]\n"
       "     ^\n"
       "  remove it, or put the text in quotes\n"},
      {"a: &x 1\n"
       "b: *x\n",
       "a.yaml:1:4: error: an anchor (text that begins with &), and this reader takes none\n"
       "  a: &x 1\n"
       "     ^\n"
       "  put text that begins with a special character in quotes: \"...\"\n"
       "a.yaml:2:4: error: an alias (text that begins with *), and this reader takes none\n"
       "  b: *x\n"
       "     ^\n"
       "  a pattern that begins with * needs quotes: \"*.py\"\n"},
      {"a: !!str x\n"
       "b: ! y\n"
       "c: ! [1]\n",
       "a.yaml:1:4: error: a tag (text that begins with !), and this reader takes none\n"
       "  a: !!str x\n"
       "     ^\n"
       "  put text that begins with a special character in quotes: \"...\"\n"
       "a.yaml:2:4: error: a tag (text that begins with !), and this reader takes none\n"
       "  b: ! y\n"
       "     ^\n"
       "  put text that begins with a special character in quotes: \"...\"\n"
       "a.yaml:3:4: error: a tag (text that begins with !), and this reader takes none\n"
       "  c: ! [1]\n"
       "     ^\n"
       "  put text that begins with a special character in quotes: \"...\"\n"},
      {"--- a\n"
       "--- b\n",
       "a.yaml:2:1: error: a second document\n"
       "  --- b\n"
       "  ^\n"
       "  write one document per file\n"},
      {"- a\n"
       "b: c\n",
       "a.yaml:2:1: error: this does not fit what comes before it\n"
       "  b: c\n"
       "  ^\n"
       "  check the indentation: is it part of the list above?\n"},
      {"? [a]\n"
       ": b\n",
       "a.yaml:1:3: error: a list where a key belongs\n"
       "  ? [a]\n"
       "    ^\n"
       "  a key is plain text; put text that begins with [ or { in quotes\n"},
      {": b\n",
       "a.yaml:1:1: error: a key is missing\n"
       "  : b\n"
       "  ^\n"
       "  write every member as \"key: value\"\n"},
      {"a: 1\n"
       "b: {c: 1, c: 2}\n"
       "a: 3\n",
       "a.yaml:2:11: error: the key \"c\" is here twice\n"
       "  b: {c: 1, c: 2}\n"
       "            ^\n"
       "  the first is on line 2; keep one\n"
       "a.yaml:3:1: error: the key \"a\" is here twice\n"
       "  a: 3\n"
       "  ^\n"
       "  the first is on line 1; keep one\n"},
      {"a: \351\n",
       "a.yaml:1:4: error: byte 0xE9 is not UTF-8\n"
       "  a: \\xE9\n"
       "     ^\n"
       "  save the file as UTF-8\n"},
      {"a: \033[0m\n",
       "a.yaml:1:4: error: a control character, 0x1B\n"
       "  a: \\x1B[0m\n"
       "     ^\n"
       "  remove it; in a quoted text it can be written as an escape\n"},
      {"\357\273\277a: b: c\n",
       "a.yaml:1:8: error: a \":\" where no value can begin\n"
       "  \\xEF\\xBB\\xBFa: b: c\n"
       "                  ^\n"
       "  put text that holds \": \" in quotes; or a colon is missing, or the indentation is off, in the line "
       "before\n"},
      {"\303\251: \303\274: c\r\n",
       "a.yaml:1:7: error: a \":\" where no value can begin\n"
       "  \303\251: \303\274: c\n"
       "      ^\n"
       "  put text that holds \": \" in quotes; or a colon is missing, or the indentation is off, in the line "
       "before\n"},
      {"a: \"\\q\"\n",
       "a.yaml:1:7: error: an unknown escape in a quoted text\n"
       "  a: \"\\q\"\n"
       "        ^\n"
       "  write a backslash as \\\\, or use single quotes\n"},
      {"a: - b\n",
       "a.yaml:1:4: error: a \"- \" where no entry can begin\n"
       "  a: - b\n"
       "     ^\n"
       "  begin a list on the line after its key; put text that begins with \"- \" in quotes\n"},
      {"a: |x\n"
       "  y\n",
       "a.yaml:1:5: error: text after | or >\n"
       "  a: |x\n"
       "      ^\n"
       "  begin the text on the next line\n"},
      {"a: {b: c]\n",
       "a.yaml:1:9: error: a closing bracket that nothing opened\n"
       "  a: {b: c]\n"
       "          ^\n"
       "  remove it, or put the text in quotes (an open bracket is on line 1)\n"},
      {"a: \355\240\200\n",
       "a.yaml:1:4: error: byte 0xED is not UTF-8\n"
       "  a: \\xED\\xA0\\x80\n"
       "     ^\n"
       "  save the file as UTF-8\n"},
      {"a: \300\257\n",
       "a.yaml:1:4: error: byte 0xC0 is not UTF-8\n"
       "  a: \\xC0\\xAF\n"
       "     ^\n"
       "  save the file as UTF-8\n"},
  };
  for (const auto& [text, said] : table) EXPECT_EQ(yaml(text), said) << text;
}

TEST(ReadYaml, RefusesEntriesThatRunTogether) {
  const std::string remedy =
      "  separate entries with a comma, or by \"- \" on each line; else put the text in quotes\n";
  EXPECT_EQ(yaml("a:\n  - b\n    c\n"),
            "a.yaml:2:5: error: an entry that goes on over several lines\n    - b\n      ^\n" + remedy);
  EXPECT_EQ(yaml("a: [b\n  c]\n"),
            "a.yaml:1:5: error: an entry that goes on over several lines\n  a: [b\n      ^\n" + remedy);
  EXPECT_EQ(yaml("a: b\n  c\n"), "1:1 {1:1 a = 1:4 b c; }");
  EXPECT_EQ(yaml("- 'a\n  b'\n- c d\n"), "1:1 [1:3 \"a b\"; 3:3 c d; ]");
}

TEST(ReadYaml, RefusesWhatIsNoText) {
  using std::literals::operator""s;
  EXPECT_EQ(yaml("\377\376a\0"s),
            "a.yaml:1:1: error: the file is UTF-16, not UTF-8\n"
            "  \\xFF\\xFEa\\x00\n"
            "  ^\n"
            "  save the file as UTF-8\n");
  EXPECT_EQ(yaml("a: \0\n"s),
            "a.yaml:1:4: error: a NUL byte, which no text holds\n"
            "  a: \\x00\n"
            "     ^\n"
            "  save the file as UTF-8, without NUL bytes (UTF-16 is full of them)\n");
}

}  // namespace
}  // namespace parsers
