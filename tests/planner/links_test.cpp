#include "planner/links.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "planner/code_names.h"
#include "planner/links_rules.h"
#include "tests/support/link_lines.h"

namespace planner {
namespace {

using support::links_of;
using support::MemoryCode;
using support::Project;

TEST(Links, GradesHaveNamesAndAnOrder) {
  EXPECT_EQ(to_string(Grade::exact), "X");
  EXPECT_EQ(to_string(Grade::member_far), "M2");
  EXPECT_TRUE(resolved(Grade::package));
  EXPECT_FALSE(resolved(Grade::member_near));
}

TEST(Links, BindNamesInsideAFile) {
  const Project project = {
      {"a.py", "LIMIT = 1\ndef f(): return LIMIT\nclass C:\n    def g(self): self.h(f())\n    def h(self, x): x\n"}};
  EXPECT_EQ(links_of(project, "a.py", true), "2 LIMIT -> a.py:LIMIT X\n4 h -> a.py:C.h X\n4 f -> a.py:f X\n");
}

/// Users of one definition, as "path:line".
std::string users(const Project& project, const std::string& path, const std::string& name) {
  MemoryCode code(project);
  Linker linker(code);
  const CodeFileId to = *code.find(path);
  std::vector<std::uint32_t> wanted;
  if (name.empty()) wanted.push_back(parsers::no_definition);
  for (std::uint32_t i = 0; i < code.outline(to).definitions.size(); ++i)
    if (code.outline(to).definitions[i].name == name) wanted.push_back(i);
  std::string out;
  for (const Link& link : linker.links_to(to, wanted))
    out += fmt::format(
        "{}:{} {}\n", code.files()[link.from.index()].path,
        link.reference == no_reference ? link.via_line : code.outline(link.from).references[link.reference].line,
        to_string(link.grade));
  return out;
}

TEST(Links, ComeBackFromTheDefinition) {
  const Project python = {
      {"p/__init__.py", "from .a import f as g\n"},
      {"p/a.py", "def f(): pass\n"},
      {"use.py", "from p import g as h\nh()\n"},
      {"same_name.py", "def f(): pass\nf()\n"},
  };
  EXPECT_EQ(users(python, "p/a.py", "f"), "p/__init__.py:1 I\np/__init__.py:1 I\nuse.py:1 I\nuse.py:1 I\nuse.py:2 I\n");
  EXPECT_EQ(users(python, "p/a.py", ""), "p/__init__.py:1 I\n");
  EXPECT_EQ(users(python, "p/__init__.py", ""), "use.py:1 I\n");
  const Project script = {
      {"lib/make.ts", "export default function () {}\n"},
      {"lib/index.ts", "export { default as make } from './make';\n"},
      {"a.ts", "import m from './lib/make';\nm();\n"},
      {"b.ts", "import { make } from './lib';\nmake();\n"},
      {"lib/c.ts", "import { make } from '.';\nmake();\n"},
  };
  EXPECT_EQ(users(script, "lib/make.ts", "default"),
            "a.ts:1 I\na.ts:2 I\nb.ts:1 I\nb.ts:2 I\nlib/c.ts:1 I\nlib/c.ts:2 I\nlib/index.ts:1 I\nlib/index.ts:1 I\n");
  EXPECT_EQ(users(script, "lib/index.ts", ""), "b.ts:1 I\nlib/c.ts:1 I\n");
}

TEST(Links, BetweenFilesAreThoseThatEndThere) {
  Project project = {{"a.py", "def f(): pass\nclass C:\n    def m(self): pass\n"},
                     {"b.py", "def g(): pass\n"},
                     {"use.py", "from a import f\nfrom b import g\nf(); g()\ndef h(x): x.m()\n"}};
  MemoryCode code(project);
  Linker linker(code);
  const CodeFileId use = *code.find("use.py"), a = *code.find("a.py");
  std::vector<Link> expected;
  for (const Link& link : linker.links_from(use))
    if (link.to == a) expected.push_back(link);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(Linker(code).links_between(use, {a}), expected);
  linker.forget();
  EXPECT_EQ(linker.links_between(use, {a}), expected);

  // Those of some references, and the imports as such only where they are asked for.
  std::vector<std::uint32_t> all = {no_reference}, one = {expected[0].reference};
  for (std::uint32_t i = 0; i < code.outline(use).references.size(); ++i) all.push_back(i);
  std::sort(all.begin(), all.end());
  EXPECT_EQ(linker.links_at(use, all), linker.links_from(use));
  const std::vector<CodeFileId> into = {a};
  EXPECT_EQ(linker.links_at(use, all, &into), expected);
  std::erase_if(expected, [&](const Link& link) { return link.reference != one[0]; });
  EXPECT_EQ(linker.links_at(use, one, &into), expected);
}

TEST(Links, ParseOnlyWhatIsAskedFor) {
  Project project = {{"use.py", "from m0 import f\nf()\n"}};
  for (int i = 0; i < 200; ++i) project[fmt::format("m{}.py", i)] = "def f(): pass\nclass C:\n    def f(self): pass\n";
  MemoryCode code(project);
  Linker linker(code);
  EXPECT_EQ(links_of(code, linker, "use.py"), "2 f -> m0.py:f I\n1 * -> m0.py I\n");
  EXPECT_EQ(code.parsed, 2U);
}

TEST(Links, DoNotDependOnTheOrderOfQuestions) {
  const Project project = {
      {"a.h", "#include \"b.h\"\nclass A : public B { void f() { g(); } };\n"},
      {"b.h", "class B { void g(); };\nnamespace n { class B { void g(); }; }\n"},
      {"c.cc", "#include \"a.h\"\nnamespace n { void h(B* b) { b->g(); } }\nvoid i(B* b) { b->g(); }\n"}};
  std::string first;
  for (const bool backwards : {false, true}) {
    MemoryCode code(project);
    Linker linker(code);
    std::map<std::string, std::string> all;
    for (const char* path : {"a.h", "b.h", "c.cc"}) {
      const char* other = backwards ? (std::string(path) == "a.h"    ? "c.cc"
                                       : std::string(path) == "c.cc" ? "a.h"
                                                                     : path)
                                    : path;
      all[other] = links_of(code, linker, other, true);
    }
    const std::string told = all["a.h"] + all["b.h"] + all["c.cc"];
    if (!backwards) first = told;
    EXPECT_EQ(told, first);
  }
}

TEST(Links, EndInCyclesAndDeepChains) {
  Project star;
  for (int i = 0; i < 50; ++i) {
    std::string text;
    for (int j = 0; j < 50; ++j) text += fmt::format("from m{} import *\n", j);
    star[fmt::format("m{}.py", i)] = text + "missing()\n";
  }
  star["m7.py"] += "def found(): pass\n";
  star["use.py"] = "from m3 import *\nfound(); nothing()\n";
  EXPECT_EQ(links_of(star, "use.py"), "2 found -> m7.py:found I\n1 * -> m3.py I\n");

  const Project loop = {{"a.py", "from b import x\nx()\n"}, {"b.py", "from a import x\n"}};
  EXPECT_EQ(links_of(loop, "a.py"), "1 * -> b.py I\n");

  Project chain;
  for (int i = 0; i < 20; ++i) chain[fmt::format("c{}.ts", i)] = fmt::format("export {{ x }} from './c{}';\n", i + 1);
  chain["c20.ts"] = "export const x = 1;\n";
  chain["near.ts"] = "import { x } from './c14';\nx;\n";
  chain["far.ts"] = "import { x } from './c0';\nx;\n";  // further than anybody follows
  EXPECT_EQ(links_of(chain, "near.ts"), "2 x -> c20.ts:x I\n1 * -> c14.ts I\n");
  EXPECT_EQ(links_of(chain, "far.ts"), "1 * -> c0.ts I\n");

  const Project bases = {{"a.py", "class A(B):\n    def f(self): self.none()\nclass B(A): pass\n"}};
  EXPECT_EQ(links_of(bases, "a.py", true), "1 B -> a.py:B X\n3 A -> a.py:A X\n");
}

TEST(Links, EndWhereTypesNameThemselves) {
  EXPECT_EQ(
      links_of({{"a.ts", "export interface T {}\nexport const T: T = {};\nT.gone; T.gone.deeper;\n"}}, "a.ts", true),
      "2 T -> a.ts:T X\n2 T -> a.ts:T X\n3 T -> a.ts:T X\n3 T -> a.ts:T X\n3 T -> a.ts:T X\n3 T -> a.ts:T X\n");
  EXPECT_EQ(
      links_of({{"b.h", "struct A { B b; };\nstruct B { A a; };\nint f(A x) { return x.b.a.b.a.none; }\n"}}, "b.h"),
      "");
  EXPECT_EQ(links_of({{"c.cc", "int T; void f(T T) { T.m(); }\n"}}, "c.cc"), "");
}

TEST(Links, StayFastOnHostileInput) {
  // A name that is defined and used very often, and members that nobody can tell apart.
  std::string defined, used = "from many import *\n";
  for (int i = 0; i < 4000; ++i) {
    defined += fmt::format("def f(): pass\nclass C{}:\n    def m(self): pass\n", i);
    used += "x.m(); x.y.m()\n";
  }
  MemoryCode code({{"many.py", defined}, {"use.py", used}});
  Linker linker(code);
  // One definer in one file is near, with every one of its classes a candidate: cut.
  EXPECT_LT(linker.links_from(*code.find("use.py")).size(), 10000U);

  Project wide;
  for (int i = 0; i < 500; ++i) wide[fmt::format("w{}.py", i)] = "class C:\n    def m(self): pass\n";
  wide["use.py"] = "x.m()\n";
  EXPECT_EQ(links_of(wide, "use.py"), "");  // so common that it says nothing
}

TEST(CodeNames, JoinsPathsInsideTheTree) {
  EXPECT_EQ(joined("a/b", "../c"), "a/c");
  EXPECT_EQ(joined("", "./c/./d"), "c/d");
  EXPECT_EQ(joined("a", "../../c"), std::nullopt);
  EXPECT_EQ(directory_of("a/b/c"), "a/b");
}

TEST(CodeNames, KnowsDirectories) {
  MemoryCode code({{"a/b/c.py", ""}, {"a/d.py", ""}, {"a/e/f/g.py", ""}, {"a.b", ""}});
  CodeNames names(code);
  EXPECT_TRUE(names.is_directory("a/e"));
  EXPECT_FALSE(names.is_directory("a/d.py"));
  EXPECT_FALSE(names.is_directory("b"));
  ASSERT_EQ(names.files_in("a").size(), 1U);
  EXPECT_EQ(names.path(names.files_in("a")[0]), "a/d.py");
  EXPECT_EQ(names.files_below("a").size(), 3U);
}

}  // namespace
}  // namespace planner
