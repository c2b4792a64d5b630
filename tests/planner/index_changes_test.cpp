#include "planner/index_changes.h"

#include <gtest/gtest.h>
#include <string>

namespace planner {
namespace {

std::string changes(parsers::Language language, std::string_view before, std::string_view after) {
  std::string out;
  for (const SymbolChange& c : symbol_changes(parsers::outline(language, before), parsers::outline(language, after)))
    out += std::string(to_string(c.kind)) + " " + c.symbol + (c.before.empty() ? "" : " was " + c.before) + "\n";
  return out;
}

TEST(IndexChanges, SayWhatAnEditDid) {
  const struct {
    const char* before;
    const char* after;
    const char* changes;
  } table[] = {
      {"def f(): pass\n", "# moved\n\ndef f():\n    pass\n", ""},
      {"", "def f(): pass\n", "added f\n"},
      {"def f(): pass\n", "", "removed f\n"},
      {"def f(): pass\n", "def f(a): return a\n", "signature f\n"},
      {"def f(): pass\n", "def f(): return 1\n", "body f\n"},
      {"def f(a): return a + 1\n", "def g(a): return a + 1\n", "renamed g was f\n"},
      {"def f(): pass\ndef g(): pass\n", "def h(): pass\n", "added h\nremoved f\nremoved g\n"},
      {"def a(): x()\ndef b(): y()\n", "def b(): y()\ndef a(): x()\n", ""},
      {"class C:\n  def f(self): return 1\n", "class C:\n  def f(self): return 2\n", "body C.f\n"},
      {"class C:\n  x = 1\n", "class C(B):\n  x = 2\n", "signature C\nbody C.x\n"},
      {"class C:\n  def f(s): return s\n", "class D:\n  def f(s): return s\n",
       "added D\nrenamed D.f was C.f\nremoved C\n"},
      {"LIMIT = 1\n", "LIMIT = 2\n", "body LIMIT\n"},
      {"if a:\n  def f(): x()\nelse:\n  def f(): y()\n", "if a:\n  def f(): x()\nelse:\n  def f(): z()\n", "body f\n"},
      {"f = 1\n", "def f(): pass\n", "signature f\n"},
  };
  for (const auto& [before, after, expected] : table)
    EXPECT_EQ(changes(parsers::Language::python, before, after), expected) << before << "---\n" << after;
}

TEST(IndexChanges, TellOverloadsApart) {
  EXPECT_EQ(changes(parsers::Language::cpp, "void f(int a) { x(); }\nvoid f(char a) { y(); }\n",
                    "void f(char a) { z(); }\nvoid f(int a) { x(); }\n"),
            "body f\n");
  EXPECT_EQ(changes(parsers::Language::java, "class C { void f(int a) {} }", "class C { void f(long a) {} }"),
            "signature C.f\n");
}

}  // namespace
}  // namespace planner
