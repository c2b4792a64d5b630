#include "planner/resolve.h"

#include <gtest/gtest.h>

namespace planner {
namespace {

struct Outcome {
  std::string entries;      // write sets of all orders, canonical
  std::string diagnostics;  // one a line
};

Outcome outcome_of(const std::string& yaml, const std::string& config = "", const Ground& ground = {},
                   bool loose = false) {
  const std::vector<parsers::Source> sources{{"o.yaml", yaml}, {"interlock.yaml", config}};
  auto documents = parsers::read_canonical(sources[0], parsers::FileId{0});
  EXPECT_FALSE(parsers::has_errors(documents.diagnostics)) << parsers::describe(documents.diagnostics, sources);
  for (parsers::WorkOrder& order : documents.value.orders) order.loose = loose;
  parsers::Parsed<parsers::Config> settings;
  if (!config.empty()) settings = parsers::read_config(sources[1], parsers::FileId{1});
  const Bound bound = resolve({documents.value}, settings.value, ground, sources);
  Outcome out;
  for (const Order& order : bound.orders.list)
    if (order.write)
      for (const Entry& e : *order.write) out.entries += (out.entries.empty() ? "" : " ") + e.resource.text;
  for (const auto& d : bound.diagnostics)
    out.diagnostics += std::to_string(d.where.line) + ":" + std::to_string(d.where.column) + " " +
                       std::string(to_string(d.severity)) + ": " + d.message + "\n";
  return out;
}

Outcome outcome_of_entry(const std::string& entry, const Ground& ground = {}, bool loose = false) {
  return outcome_of("work_orders:\n  - {id: A, write: [" + entry + "]}\n", "", ground, loose);
}

const Tree& tree() {
  static const Tree files({{"README.md", 0100644, ""},
                           {"src/a.py", 0100644, ""},
                           {"src/b/util.py", 0100644, ""},
                           {"lib/util.py", 0100644, ""},
                           {"Foo::Bar.pm", 0100644, ""}});
  return files;
}

TEST(Resolve, MakesPathsCanonical) {
  Ground ground{&tree(), {"/home/me/repo/.worktrees/x", "/home/me/repo", ".worktrees/x"}};
  const std::pair<const char*, const char*> table[] = {
      {"src/a.py", "src/a.py"},
      {"./src/a.py", "src/a.py"},
      {"././/src/a.py", "src/a.py"},
      {"/home/me/repo/src/a.py", "src/a.py"},
      {"/home/me/repo/.worktrees/x/src/a.py", "src/a.py"},
      {".worktrees/x/src/a.py", "src/a.py"},
      {"src/", "src/"},
      {"\"src/*.py\"", "src/*.py"},
      {"\"src/a.py::C.f\"", "src/a.py::C.f"},
      {"\"Foo::Bar.pm\"", "Foo::Bar.pm"},
      {"{path: src/a.py, intent: rename, to: src/c.py}", "src/a.py src/c.py"},
  };
  for (const auto& [written, canonical] : table) {
    const Outcome out = outcome_of_entry(written, ground);
    EXPECT_EQ(out.entries, canonical) << written;
    EXPECT_EQ(out.diagnostics, "") << written;
  }
  EXPECT_EQ(outcome_of_entry("src", ground).diagnostics,
            "2:21 warning: \"src\" is a tracked directory; read as \"src/\"\n");
}

TEST(Resolve, RefusesPathsOutsideAndBadRenames) {
  const std::pair<const char*, const char*> table[] = {
      {"../x", "2:21 error: the path leaves the repository with \"..\": \"../x\"\n"},
      {"/etc/passwd", "2:21 error: the path is absolute: \"/etc/passwd\"\n"},
      {"a/.GIT/x", "2:21 error: the path reaches into git's own directory: \"a/.GIT/x\"\n"},
      {"\"a\\\\b\"", "2:21 error: the path has a backslash; separate with \"/\": \"a\\b\"\n"},
      {"\"a::\"", "2:21 error: nothing stands after \"::\"; a symbol is path::Outer.inner: \"a::\"\n"},
      {"\"*.py::f\"", "2:21 error: a symbol needs one path before \"::\", not a pattern: \"*.py::f\"\n"},
      {"\"@billing\"", "2:21 error: unknown area \"@billing\"\n"},
      {"{path: a, intent: rename, to: a}", "2:28 error: a rename needs another name: \"a\" to \"a\"\n"},
      {"{path: \"a*\", intent: rename, to: b}",
       "2:28 error: a rename goes from one path to one path: \"a*\" to \"b\"\n"},
      {"{path: \"a::f\", intent: rename, to: b}",
       "2:28 error: a symbol is renamed to a symbol, a file to a file: \"a::f\" to \"b\"\n"},
  };
  for (const auto& [written, diagnostics] : table)
    EXPECT_EQ(outcome_of_entry(written).diagnostics, diagnostics) << written;
}

TEST(Resolve, RootIsAPrefixWithAPlaceOfItsOwn) {
  const auto rooted = [](const std::string& root) {
    return outcome_of("work_orders:\n  - id: A\n    root: " + root + "\n    write: [x.py, /top.py, ./y.py]\n");
  };
  EXPECT_EQ(rooted("packages/rules").entries, "packages/rules/x.py top.py packages/rules/y.py");
  EXPECT_EQ(rooted("\"./packages/\"").entries, "packages/x.py top.py packages/y.py");
  EXPECT_TRUE(
      rooted("../z").diagnostics.starts_with("3:11 error: the path leaves the repository with \"..\": \"../z\"\n"));
  EXPECT_NE(rooted("\"p*\"").diagnostics.find("3:11 error: root is one directory"), std::string::npos);
}

TEST(Resolve, ABareNameInProseHasAHome) {
  const Ground ground{&tree(), {}};
  EXPECT_EQ(outcome_of_entry("a.py", ground, true).entries, "src/a.py");
  EXPECT_EQ(outcome_of_entry("a.py", ground, false).entries, "a.py");
  EXPECT_EQ(outcome_of_entry("README.md", ground, true).entries, "README.md");
  EXPECT_EQ(outcome_of_entry("util.py", ground, true).entries, "lib/util.py src/b/util.py");
  EXPECT_EQ(outcome_of_entry("\"a.py::f\"", ground, true).entries, "src/a.py::f");
  EXPECT_EQ(outcome_of_entry("new.py", ground, true).diagnostics,
            "2:21 note: no tracked file is named \"new.py\"; taken as \"new.py\"\n");
}

TEST(Resolve, HoldsIdsAndDecisionsTogether) {
  EXPECT_EQ(outcome_of("work_orders:\n  - {id: A, depends_on: [Z], write: []}\n").diagnostics,
            "2:26 error: \"A\" depends on \"Z\", and there is no such work order\n");
  EXPECT_EQ(outcome_of("work_orders:\n  - {id: A, depends_on: [Z], write: []}\n", "", {}, true).diagnostics,
            "2:26 warning: \"A\" depends on \"Z\", and there is no such work order\n");
  const std::string two = "work_orders:\n  - {id: A, write: []}\n  - {id: B, write: []}\ndecisions:\n";
  EXPECT_EQ(outcome_of(two + "  - {between: [A, Q], choose: together}\n").diagnostics,
            "5:5 error: the decision names \"Q\", and there is no such work order\n");
  EXPECT_EQ(outcome_of(two + "  - {between: [A, B], choose: \"first:A\"}\n  - {between: [B, A], choose: \"first:B\"}\n")
                .diagnostics,
            "6:5 error: \"B\" and \"A\" are decided twice, in two ways\n");
  EXPECT_EQ(outcome_of(two + "  - {between: [A, B], choose: \"first:A\"}\n  - {between: [A, B], choose: \"first:A\"}\n")
                .diagnostics,
            "");
}

TEST(Resolve, AppliesTheConfiguration) {
  const std::string config =
      "areas: {billing: [\"packages/billing/**\", shared.py]}\nclasses: {companion: [\"@billing\"]}\nseries: "
      "[\"../{n}.sql\"]\n";
  const Outcome out = outcome_of("work_orders:\n  - {id: A, write: [\"@billing\"]}\n", config);
  EXPECT_EQ(out.entries, "packages/billing/** shared.py");
  EXPECT_EQ(out.diagnostics,
            "2:23 error: \"@billing\" is an area, and only orders may name areas\n"
            "3:10 error: the path leaves the repository with \"..\": \"../{n}.sql\"\n");
}

}  // namespace
}  // namespace planner
