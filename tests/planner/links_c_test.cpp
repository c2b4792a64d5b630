#include <gtest/gtest.h>

#include "planner/include_closure.h"
#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project tree = {
    {"include/lib/store.h",
     "namespace lib {\nclass Store {\n public:\n  virtual void put(int);\n  int size;\n};\nvoid open();\n"
     "enum Mode { fast, safe };\n}\n"},
    {"src/store.cc", "#include \"lib/store.h\"\nnamespace lib {\nvoid Store::put(int) {}\nvoid open() {}\n}\n"},
    {"src/disk.h",
     "#include <lib/store.h>\nnamespace lib {\nclass Disk : public Store {\n public:\n"
     "  void put(int) override;\n};\n}\n"},
    {"src/other.h", "void elsewhere();\n"},
};

struct Case {
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class CLinks : public testing::TestWithParam<Case> {};

TEST_P(CLinks, AreAsExpected) {
  Project project = tree;
  project["src/use.cc"] = GetParam().text;
  EXPECT_EQ(links_of(project, "src/use.cc"), GetParam().links);
}

INSTANTIATE_TEST_SUITE_P(
    Includes, CLinks,
    testing::Values(
        // A declaration and its body are one symbol.
        Case{"#include \"lib/store.h\"\nvoid f() { lib::open(); }\n",
             "2 open -> include/lib/store.h:lib.open P\n2 open -> src/store.cc:lib.open P\n"
             "1 * -> include/lib/store.h I\n"},
        // Through another header; a bare name of the namespace around.
        Case{"#include \"disk.h\"\nnamespace lib { int f() { open(); return fast; } }\n",
             "2 open -> include/lib/store.h:lib.open P\n2 open -> src/store.cc:lib.open P\n"
             "2 fast -> include/lib/store.h:lib.Mode.fast P\n1 * -> src/disk.h I\n"},
        // A call may reach what overrides the method.
        Case{"#include \"lib/store.h\"\nvoid f(lib::Store* s) { s->put(1); }\n",
             "2 Store -> include/lib/store.h:lib.Store P\n2 put -> include/lib/store.h:lib.Store.put P\n"
             "2 put -> src/disk.h:lib.Disk.put P\n2 put -> src/store.cc:lib.Store.put P\n"
             "1 * -> include/lib/store.h I\n"},
        // The only one that the file sees.
        Case{"#include \"lib/store.h\"\nvoid f() { get()->put(1); }\n",
             "2 put -> include/lib/store.h:lib.Store.put P\n2 put -> src/disk.h:lib.Disk.put P\n"
             "2 put -> src/store.cc:lib.Store.put P\n1 * -> include/lib/store.h I\n"},
        Case{"#include \"lib/store.h\"\nstruct D : lib::Store { void g() { size = 1; } };\n",
             "2 Store -> include/lib/store.h:lib.Store P\n2 size -> include/lib/store.h:lib.Store.size P\n"
             "1 * -> include/lib/store.h I\n"}));

INSTANTIATE_TEST_SUITE_P(
    NoLinks, CLinks,
    testing::Values(Case{"void f() { elsewhere(); }\n", ""},  // not included
                    Case{"#include \"lib/store.h\"\nvoid f(int open) { open; }\n", "1 * -> include/lib/store.h I\n"},
                    Case{"#include \"lib/store.h\"\nvoid f(std::string s) { s.put(1); }\n",  // of a type of others
                         "1 * -> include/lib/store.h I\n"},
                    Case{"#include <store.h>\nvoid f() { lib::open(); }\n", ""}));  // of the system

TEST(CLinks, IncludesGoToTheNearest) {
  const Project project = {{"a/x.h", ""}, {"b/include/x.h", ""}, {"b/y.c", ""},
                           {"c/x.h", ""}, {"d/y.c", ""},         {"d/x.h", ""}};
  support::MemoryCode code(project);
  planner::CodeNames names(code);
  planner::IncludeClosures closures(names);
  const auto found = [&](const char* from, const char* written, bool quoted) {
    const auto file = closures.included(*code.find(from), written, quoted);
    return file ? code.files()[file->index()].path : std::string();
  };
  EXPECT_EQ(found("b/y.c", "x.h", true), "b/include/x.h");
  EXPECT_EQ(found("b/y.c", "x.h", false), "b/include/x.h");
  EXPECT_EQ(found("d/y.c", "x.h", true), "d/x.h");
  EXPECT_EQ(found("d/y.c", "../a/x.h", true), "a/x.h");
  EXPECT_EQ(found("d/y.c", "none.h", true), "");
}

TEST(CLinks, IncludeCyclesEnd) {
  Project project = {{"a.h", "#include \"b.h\"\nint one();\n"}, {"b.h", "#include \"a.h\"\nint two();\n"}};
  project["c.c"] = "#include \"a.h\"\nint f() { return one() + two(); }\n";
  EXPECT_EQ(links_of(project, "c.c"), "2 one -> a.h:one P\n2 two -> b.h:two P\n1 * -> a.h I\n");
}

}  // namespace
