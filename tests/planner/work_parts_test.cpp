#include "planner/work_parts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/attribution.h"
#include "planner/verify.h"
#include "tests/support/bound_orders.h"

namespace planner {
namespace {

using support::bound_orders;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string before = R"(import os

LIMIT = 3

def f(x):
    return x

def g(x):
    return x

class C:
    size = 1

    def m(self):
        return 1

    def n(self):
        return 2
)";

std::string edited(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::vector<std::string> places(const std::string& after) {
  std::vector<std::string> out;
  for (const auto& place : parts_of("a.py", before, after, {}).places)
    out.push_back(fmt::format("{} {}", place.name, place.line));
  return out;
}

TEST(WorkParts, NamesSymbolsAndGapsWithTheirLines) {
  EXPECT_THAT(places(edited(before, "import os", "import os\nimport re")), ElementsAre("<imports> 2"));
  EXPECT_THAT(places(edited(before, "return x", "return x + 1")), ElementsAre("f 6"));
  EXPECT_THAT(places(edited(before, "return 2", "return 3")), ElementsAre("C.n 18"));
  EXPECT_THAT(places(edited(before, "size = 1", "size = 2")), ElementsAre("<in C> 12"));
  EXPECT_THAT(places(edited(before, "def g(x):\n    return x\n", "")), ElementsAre("g 8"));
  EXPECT_THAT(places(edited(before, "\nclass C:", "\n\n\nclass C:")), IsEmpty()) << "blank lines are nobody's";
}

TEST(WorkParts, ANewFunctionIsItself) {
  EXPECT_THAT(places(edited(before, "def g(x)", "def new():\n    pass\n\ndef g(x)")), ElementsAre("new 8"));
}

TEST(WorkParts, AFileThatNobodyCanParseIsNotKnown) {
  EXPECT_FALSE(parts_of("a.txt", "a\n", "b\n", {}).known);
  const FileParts broken = parts_of("a.py", before, "def f(:\n" + before, {});
  EXPECT_TRUE(!broken.known || broken.why_not == "it has errors of syntax");
}

/// What is said of a change of a.py to `after`.
std::vector<std::string> judge(const Orders& orders, const std::vector<std::string>& ids, const std::string& after,
                               const std::string& trailer = "") {
  Work work;
  for (const std::string& id : ids) work.orders.push_back(find_order(orders, id).value());
  work.base = std::string(40, 'b');
  work.head = std::string(40, 'a');
  work.changes = {{Change::Kind::modified, "a.py", 0100644, 0100644, "1", "2", ""}};
  if (!trailer.empty()) work.commits = {{std::string(40, 'a'), {}, "s", {{"Scope-Add", trailer}}, ""}};
  std::set<std::string> symbols;
  for (const Order& order : orders.list)
    for (const auto* set : {&order.write.value(), &order.do_not_touch})
      for (const Entry& entry : *set)
        if (entry.resource.kind == Resource::Kind::symbol) symbols.emplace(entry.resource.symbol());
  for (const Resource& resource : orders.rules.removed) symbols.emplace(resource.symbol());
  work.parts.emplace("a.py", parts_of("a.py", before, after, symbols));
  std::vector<std::string> out;
  for (const Finding& f : verify(orders, {{work}, {}, {}}))
    out.push_back(fmt::format("{} {} {}:{} {}", to_string(f.severity), f.rule, f.where.file, f.where.line, f.message));
  return out;
}

TEST(UndeclaredSymbol, OnlyWhatWasDeclaredMayBeTouched) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [\"a.py::f\", \"a.py::C.m\"]}\n");
  const std::string good = edited(edited(before, "return x", "return y"), "return 1", "return 7");
  EXPECT_THAT(judge(orders, {"A"}, edited(good, "import os", "import re")), IsEmpty()) << "imports are implied";
  EXPECT_THAT(judge(orders, {"A"}, edited(good, "return 2", "return 3")),
              ElementsAre("error undeclared-symbol a.py:18 \"a.py\" was modified in C.n (line 18), and A declares only "
                          "\"a.py::f\" and \"a.py::C.m\" of it; undo it, or commit with the trailer Scope-Add: a.py -- "
                          "reason"));
  EXPECT_THAT(judge(orders, {"A"}, edited(good, "return 2", "return 3"), "a.py -- asked for"),
              ElementsAre(HasSubstr("note scope-extended a.py:0")));
}

TEST(UndeclaredSymbol, AContainerHoldsWhatIsInside) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [\"a.py::C\"]}\n");
  EXPECT_THAT(judge(orders, {"A"}, edited(edited(before, "return 2", "return 3"), "size = 1", "size = 2")), IsEmpty());
  EXPECT_THAT(judge(orders, {"A"}, edited(edited(before, "return 2", "return 3"), "LIMIT = 3", "LIMIT = 4")),
              ElementsAre(HasSubstr("undeclared-symbol a.py:3")));
}

TEST(UndeclaredSymbol, ANewSymbolTouchesEveryGapUnlessItSaysWhich) {
  const std::string added = edited(before, "def g(x)", "TABLE = {}\n\ndef new():\n    return 0\n\ndef g(x)");
  const Orders any = bound_orders("work_orders:\n  - {id: A, write: [{path: \"a.py::new\", intent: create}]}\n");
  EXPECT_THAT(judge(any, {"A"}, added), IsEmpty());
  const Orders behind =
      bound_orders("work_orders:\n  - {id: A, write: [{path: \"a.py::new\", intent: create, after: f}]}\n");
  EXPECT_THAT(judge(behind, {"A"}, added), IsEmpty());
  EXPECT_THAT(judge(behind, {"A"}, edited(added, "size = 1", "size = 2")), ElementsAre(HasSubstr("undeclared-symbol")));
}

TEST(UndeclaredSymbol, WhatIsAnothersIsForeign) {
  const Orders orders =
      bound_orders("work_orders:\n  - {id: A, write: [\"a.py::f\"]}\n  - {id: B, write: [\"a.py::g\"]}\n");
  const std::string both = edited(edited(before, "def f(x):\n    return x", "def f(x):\n    return 1"),
                                  "def g(x):\n    return x", "def g(x):\n    return 2");
  EXPECT_THAT(judge(orders, {"A"}, both), ElementsAre(HasSubstr("error foreign-work a.py:9")));
  EXPECT_THAT(judge(orders, {"A", "B"}, both), IsEmpty()) << "the union";
}

TEST(UndeclaredSymbol, DoNotTouchASymbol) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [a.py], do_not_touch: [\"a.py::g\"]}\n");
  EXPECT_THAT(judge(orders, {"A"}, edited(before, "return 2", "return 3")), IsEmpty());
  EXPECT_THAT(judge(orders, {"A"}, edited(before, "def g(x)", "def g(x, y)")),
              ElementsAre(HasSubstr("error forbidden-write a.py:8")));
}

TEST(UndeclaredSymbol, IntentsOfSymbolsAreHeldTo) {
  const Orders kept = bound_orders("work_orders:\n  - {id: A, write: [{path: \"a.py::g\", intent: delete}]}\n");
  EXPECT_THAT(judge(kept, {"A"}, edited(before, "def g(x)", "def g(x, y)")),
              ElementsAre(HasSubstr("wrong-intent a.py:0 a.py::g: declared to be deleted, and it is still there")));
  EXPECT_THAT(judge(kept, {"A"}, edited(before, "def g(x):\n    return x\n", "")), IsEmpty());
}

TEST(UndeclaredSymbol, APromisedSymbolThatWasLeftAloneIsPartial) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [\"a.py::f\", \"a.py::g\"]}\n");
  EXPECT_THAT(judge(orders, {"A"}, edited(before, "def f(x)", "def f(x, y)")),
              ElementsAre(HasSubstr("warning partial-completion a.py:0 A declares a.py::g")));
}

TEST(Resurrected, ARemovedSymbolThatIsBack) {
  const Orders orders =
      bound_orders("work_orders:\n  - {id: A, write: [a.py]}\n", "removed: [\"a.py::legacy\", \"a.py::f\"]\n");
  EXPECT_THAT(judge(orders, {"A"}, edited(before, "def g(x)", "def legacy():\n    pass\n\ndef g(x)")),
              ElementsAre(HasSubstr("error resurrected a.py:0 \"a.py\" was modified, and \"legacy\" is back")));
  EXPECT_THAT(judge(orders, {"A"}, edited(before, "return x", "return y")), IsEmpty()) << "f was there all the time";
}

TEST(EndOfLineOnly, IsToldApart) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [b.py]}\n  - {id: B, write: [a.py]}\n");
  Work work;
  work.base = std::string(40, 'b');
  work.head = std::string(40, 'a');
  work.changes = {{Change::Kind::modified, "b.py", 0100644, 0100644, "1", "2", ""},
                  {Change::Kind::modified, "c.py", 0100644, 0100644, "1", "2", ""}};
  work.ends_only = {"b.py", "c.py"};
  work.orders = {find_order(orders, "A").value()};
  std::vector<std::string> said;
  for (const Finding& f : verify(orders, {{work}, {}, {}})) said.push_back(f.rule + " " + f.where.file);
  EXPECT_THAT(said, ElementsAre("silent-completion o.yaml", "end-of-line-only b.py", "end-of-line-only c.py"));
}

TEST(SilentCompletion, AReasonMakesItANote) {
  const Orders orders =
      bound_orders("work_orders:\n  - {id: A, write: [a.py]}\n  - {id: B, write: [b.py], no_change: analysis-only}\n");
  for (const auto& [id, trailer, severity] :
       {std::tuple("A", "already-satisfied -- done in 3e843ce", FindingSeverity::note),
        std::tuple("A", "bored", FindingSeverity::error), std::tuple("A", "", FindingSeverity::error),
        std::tuple("B", "", FindingSeverity::note)}) {
    Work work;
    work.orders = {find_order(orders, id).value()};
    work.base = work.head = std::string(40, 'a');
    work.commits = {{std::string(40, 'c'), {}, "s", {{"no-change", trailer}}, ""}};
    const auto findings = verify(orders, {{work}, {}, {}});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].severity, severity) << trailer;
  }
}

TEST(Crossings, ArePairsThatChangedTheSamePaths) {
  const Orders orders =
      bound_orders("work_orders:\n  - {id: A, write: [a]}\n  - {id: B, write: [b]}\n  - {id: C, write: [c]}\n");
  const auto work = [&](const std::vector<std::string>& ids, const std::vector<std::string>& paths) {
    Work out;
    for (const std::string& id : ids) out.orders.push_back(find_order(orders, id).value());
    for (const std::string& path : paths) out.changes.push_back({Change::Kind::modified, path, 0, 0, "1", "2", ""});
    return out;
  };
  const auto crossed = crossings(orders, {work({"A", "B"}, {"a", "b", "x"}), work({"C"}, {"b", "c", "x"})});
  ASSERT_EQ(crossed.size(), 2U);
  EXPECT_EQ(crossed[0].between[0] + crossed[0].between[1], "AC");
  EXPECT_THAT(crossed[0].paths, ElementsAre("x"));
  EXPECT_EQ(crossed[1].between[0] + crossed[1].between[1], "BC");
  EXPECT_THAT(crossed[1].paths, ElementsAre("b", "x")) << "b is B's alone, x is of both";
}

}  // namespace
}  // namespace planner
