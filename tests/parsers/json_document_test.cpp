#include <gtest/gtest.h>
#include <string>

#include "tests/parsers/document_outline.h"

namespace parsers {
namespace {

std::string json(const std::string& text) {
  const Source source{"a.json", text};
  const Parsed<Node> parsed = read_json(source, {});
  return parsed.diagnostics.empty() ? outline(parsed.value) : describe(parsed.diagnostics, {source});
}

TEST(ReadJson, PlacesCountBytesFromOne) {
  const std::pair<std::string, std::string> table[] = {
      {"{}", "1:1 {}"},
      {" [ ] ", "1:2 []"},
      {"\xEF\xBB\xBF{\"a\": 1}", "1:4 {1:5 \"a\" = 1:10 1; }"},
      {"{\"\u00e9\":\r\n [true,null, -12 ]}", "1:1 {1:2 \"\u00e9\" = 2:2 [2:3 true; 2:8 null; 2:14 -12; ]; }"},
      {"[\"a\\\"],\", {\"b\":[]}]", "1:1 [1:2 \"a\"],\"; 1:11 {1:12 \"b\" = 1:16 []; }; ]"},
      {"[1.50, 1e3, 999999999999999999999999999999]", "1:1 [1:2 1.50; 1:8 1e3; 1:13 999999999999999999999999999999; ]"},
  };
  for (const auto& [text, tree] : table) EXPECT_EQ(json(text), tree) << text;
}

TEST(ReadJson, SaysWhatIsWrongAndWhere) {
  const std::pair<std::string, std::string> table[] = {
      {"",
       "a.json:1:1: error: the file is empty\n"
       "  write one JSON document\n"},
      {"{",
       "a.json:1:1: error: the { opened here is not closed\n"
       "  {\n"
       "  ^\n"
       "  end it with }\n"},
      {"{\"a\": [1, 2}",
       "a.json:1:12: error: a } where the [ on line 1 still waits\n"
       "  {\"a\": [1, 2}\n"
       "             ^\n"
       "  finish what was begun, and close it with its own bracket\n"},
      {"{\"a\": 1,}",
       "a.json:1:8: error: a comma with nothing behind it\n"
       "  {\"a\": 1,}\n"
       "         ^\n"
       "  remove the comma\n"},
      {"[,1]",
       "a.json:1:2: error: a , out of place\n"
       "  [,1]\n"
       "   ^\n"
       "  a member is \"key\": value; members are separated by commas\n"},
      {"[1 2]",
       "a.json:1:4: error: a comma or a colon is missing before this\n"
       "  [1 2]\n"
       "     ^\n"
       "  separate members with commas; a member is \"key\": value\n"},
      {"{\"a\" 1}",
       "a.json:1:6: error: a comma or a colon is missing before this\n"
       "  {\"a\" 1}\n"
       "       ^\n"
       "  separate members with commas; a member is \"key\": value\n"},
      {"{\"a\": 1 \"b\": 2}",
       "a.json:1:9: error: a comma or a colon is missing before this\n"
       "  {\"a\": 1 \"b\": 2}\n"
       "          ^\n"
       "  separate members with commas; a member is \"key\": value\n"},
      {"{a: 1}",
       "a.json:1:2: error: \"a\" is not JSON\n"
       "  {a: 1}\n"
       "   ^\n"
       "  put text in double quotes; only numbers, true, false and null go without\n"},
      {"{1: 2}",
       "a.json:1:2: error: \"1\" where a key belongs\n"
       "  {1: 2}\n"
       "   ^\n"
       "  a key is text in double quotes\n"},
      {"{'a': 1}",
       "a.json:1:2: error: a single quote\n"
       "  {'a': 1}\n"
       "   ^\n"
       "  JSON wants double quotes: \"...\"\n"},
      {"{\"a\": tru}",
       "a.json:1:7: error: \"tru\" is not JSON\n"
       "  {\"a\": tru}\n"
       "        ^\n"
       "  put text in double quotes; only numbers, true, false and null go without\n"},
      {"{\"a\": 01}",
       "a.json:1:7: error: \"01\" is not a number that can be read\n"
       "  {\"a\": 01}\n"
       "        ^\n"
       "  write an integer as digits, without leading zeros, or put the text in quotes\n"},
      {"{\"a\": 1e400}",
       "a.json:1:7: error: \"1e400\" is not a number that can be read\n"
       "  {\"a\": 1e400}\n"
       "        ^\n"
       "  write an integer as digits, without leading zeros, or put the text in quotes\n"},
      {"{\"a\": \"x\n"
       "y\"}",
       "a.json:1:7: error: a text that is not closed, or with a tab or line break inside\n"
       "  {\"a\": \"x\n"
       "        ^\n"
       "  close it with \"; write a line break as \\n and a tab as \\t\n"},
      {"{\"a\": \"\\q\"}",
       "a.json:1:7: error: an unknown escape in a text\n"
       "  {\"a\": \"\\q\"}\n"
       "        ^\n"
       "  write a backslash as \\\\\n"},
      {"{\"a\": \"\\ud800\"}",
       "a.json:1:7: error: an unknown escape in a text\n"
       "  {\"a\": \"\\ud800\"}\n"
       "        ^\n"
       "  write a backslash as \\\\\n"},
      {"{\"a\": 1} {\"b\": 2}",
       "a.json:1:10: error: text after the end of the document\n"
       "  {\"a\": 1} {\"b\": 2}\n"
       "           ^\n"
       "  write one document per file\n"},
      {"{} // c",
       "a.json:1:4: error: a comment, and JSON has none\n"
       "  {} // c\n"
       "     ^\n"
       "  remove it, or write the file as YAML\n"},
      {"{\"a\": 1, \"a\": 2}",
       "a.json:1:10: error: the key \"a\" is here twice\n"
       "  {\"a\": 1, \"a\": 2}\n"
       "           ^\n"
       "  the first is on line 1; keep one\n"},
      {"{\"a\":: 1}",
       "a.json:1:6: error: a : out of place\n"
       "  {\"a\":: 1}\n"
       "       ^\n"
       "  a member is \"key\": value; members are separated by commas\n"},
      {"\357\273\277{\"a\": x}",
       "a.json:1:10: error: \"x\" is not JSON\n"
       "  \\xEF\\xBB\\xBF{\"a\": x}\n"
       "                    ^\n"
       "  put text in double quotes; only numbers, true, false and null go without\n"},
      {"{\"\303\251\": [1,\n"
       " \"\303\274\" x]}",
       "a.json:2:7: error: \"x\" is not JSON\n"
       "   \"\303\274\" x]}\n"
       "       ^\n"
       "  put text in double quotes; only numbers, true, false and null go without\n"},
      {"[1}",
       "a.json:1:3: error: a } where the [ on line 1 still waits\n"
       "  [1}\n"
       "    ^\n"
       "  finish what was begun, and close it with its own bracket\n"},
      {"[\"\377\"]",
       "a.json:1:3: error: byte 0xFF is not UTF-8\n"
       "  [\"\\xFF\"]\n"
       "    ^\n"
       "  save the file as UTF-8\n"},
      {"[NaN]",
       "a.json:1:2: error: \"NaN\" is not JSON\n"
       "  [NaN]\n"
       "   ^\n"
       "  put text in double quotes; only numbers, true, false and null go without\n"},
  };
  for (const auto& [text, said] : table) EXPECT_EQ(json(text), said) << text;
}

}  // namespace
}  // namespace parsers
