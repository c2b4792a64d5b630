#include "planner/report/index.h"

#include <gtest/gtest.h>

namespace planner::report {
namespace {

IndexAnswer answer() {
  IndexAnswer out;
  out.files = 4;
  out.unknown_language = 1;
  out.effort = {1, 3, 700, 0, 2};
  out.unread = {{"a\x1b.bin", "is too large"}};
  out.outlines.emplace();
  out.outlines->languages[static_cast<std::size_t>(parsers::Language::python)] = {3, 1, 1, 1};
  out.outlines->definitions = 5;
  out.outlines->degraded = {{"b.py", "1 parse error, 4 bytes, the first on line 2"}};
  out.outlines->unproven = {{"c.py", "binary"}};
  return out;
}

TEST(IndexText, SaysWhatIsNotKnown) {
  EXPECT_EQ(text(answer()),
            "4 files of the work tree: the names of 1 were kept, 3 read (700 bytes)\n"
            "1 are in no known language: their names are known, their symbols are not\n"
            "0 outlines were kept, 2 parsed: 5 definitions, 0 references\n"
            "\n"
            "language        files   parsed  degraded  unproven\n"
            "python              3        1         1         1\n"
            "\n"
            "Degraded: symbols that overlap a parse error count as their file:\n"
            "  b.py: 1 parse error, 4 bytes, the first on line 2\n"
            "\n"
            "Unproven: not parsed, may define and use anything:\n"
            "  c.py: binary\n"
            "\n"
            "Unread: may mention anything:\n"
            "  a\\x1B.bin: is too large\n");
}

TEST(IndexJson, HasNullForWhatWasNotAsked) {
  IndexAnswer plain;
  plain.commit = "abc";
  EXPECT_EQ(json(plain),
            "{\n  \"schema\": \"interlock.index/1\",\n  \"commit\": \"abc\",\n  \"files\": 0,\n"
            "  \"unknown_language\": 0,\n  \"kept\": 0,\n  \"read\": 0,\n  \"bytes\": 0,\n  \"unread\": [],\n"
            "  \"outlines\": null\n}\n");
  EXPECT_NE(json(answer()).find("\"language\": \"python\""), std::string::npos);
}

}  // namespace
}  // namespace planner::report
