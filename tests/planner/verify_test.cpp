#include "planner/verify.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/attribution.h"
#include "planner/verify_appends.h"
#include "planner/verify_rules.h"
#include "tests/support/bound_orders.h"

namespace planner {
namespace {

using support::bound_orders;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// "M a.py", "A a.py", "D a.py", "T a.py", "R old.py>new.py" (as git reports it: one removed, one added).
std::vector<Change> changes(const std::vector<std::string>& lines) {
  std::vector<Change> out;
  for (const std::string& line : lines) {
    const std::string path = line.substr(2);
    if (line[0] == 'R') {
      const std::size_t arrow = path.find('>');
      out.push_back({Change::Kind::removed, path.substr(0, arrow), 0100644, 0, "1", "", ""});
      out.push_back({Change::Kind::added, path.substr(arrow + 1), 0, 0100644, "", "1", path.substr(0, arrow)});
      continue;
    }
    const auto kind = line[0] == 'A'   ? Change::Kind::added
                      : line[0] == 'D' ? Change::Kind::removed
                      : line[0] == 'T' ? Change::Kind::type_changed
                                       : Change::Kind::modified;
    out.push_back({kind, path, 0100644, 0100644, line[0] == 'A' ? "" : "1", line[0] == 'D' ? "" : "2", ""});
  }
  return out;
}

Work work(const Orders& orders, const std::vector<std::string>& ids, const std::vector<std::string>& lines) {
  Work out;
  for (const std::string& id : ids) out.orders.push_back(find_order(orders, id).value());
  order_by_name(orders, out.orders);
  out.name = "branch";
  out.base = std::string(40, 'b');
  out.head = std::string(40, 'a');
  out.changes = changes(lines);
  return out;
}

std::vector<std::string> shown(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& f : findings)
    out.push_back(fmt::format("{} {} {} {}", to_string(f.severity), f.rule, f.work_order, f.where.file));
  return out;
}

std::vector<std::string> judge(const Orders& orders, std::vector<Work> works) {
  return shown(verify(orders, {std::move(works), {}, {}}));
}

const char* const two_orders = R"(
work_orders:
  - {id: A, write: [src/a.py, "src/gen/*.py", docs/], do_not_touch: ["**/*.lock", src/a.lock], permits: [notes/]}
  - {id: B, write: [src/b.py, "tests/**", tests/exact.py, CHANGELOG.md]}
)";

TEST(Verify, WhatWasDeclaredIsNoFinding) {
  const Orders orders = bound_orders(two_orders);
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"M src/a.py", "A src/gen/x.py", "D docs/old.md", "A notes/n"})}),
              IsEmpty());
}

TEST(Verify, OnePathOneFindingForbiddenThenForeignThenUndeclared) {
  const Orders orders = bound_orders(two_orders);
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"M src/a.py", "M x/y.lock", "M src/b.py", "T other.py"})}),
              ElementsAre("error forbidden-write A x/y.lock", "error foreign-work A src/b.py",
                          "error undeclared-write A other.py"));
}

TEST(Verify, AnUndeclaredWriteEndsWithTheTrailerToPaste) {
  const Orders orders = bound_orders(two_orders);
  Work done = work(orders, {"A", "B"}, {"R src/a.py>lib/a b.py", "M src/b.py", "M CHANGELOG.md", "M tests/exact.py"});
  done.commits = {{"0123456789abcdef", {}, "move it", {}}};
  done.touched["lib/a b.py"] = {0};
  const auto findings = verify(orders, {{done}, {}, {}});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message,
            "\"lib/a b.py\" was renamed from \"src/a.py\", and A and B do not declare it; undo it, or commit with the "
            "trailer Scope-Add: lib/a b.py -- reason");
  EXPECT_EQ(findings[0].certainty, Certainty::proved);
  EXPECT_EQ(findings[0].where, (Place{"lib/a b.py", 0}));
  EXPECT_EQ(findings[0].related.at(0).message, "commit 0123456789: move it");
}

TEST(Verify, SeveralOrdersOfOneRangeAreJudgedAgainstTheUnion) {
  const Orders orders = bound_orders(two_orders);
  EXPECT_THAT(judge(orders, {work(orders, {"B", "A"},
                                  {"M src/a.py", "M src/b.py", "M CHANGELOG.md", "A tests/exact.py", "M x.lock"})}),
              ElementsAre("error forbidden-write A x.lock"));
  const Orders lent =
      bound_orders("work_orders:\n  - {id: A, write: [a], do_not_touch: [\"b*\"]}\n  - {id: B, write: [b]}\n");
  EXPECT_THAT(judge(lent, {work(lent, {"A", "B"}, {"M a", "M b"})}), IsEmpty());
}

TEST(Verify, ThePathThatIsNamedWinsOverThePatternThatForbidsMany) {
  const Orders orders =
      bound_orders("work_orders:\n  - {id: A, write: [a.lock, \"b.*\"], do_not_touch: [\"*.lock\"]}\n");
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"M a.lock", "M b.lock"})}),
              ElementsAre("error forbidden-write A b.lock"));
}

TEST(Verify, WhatRestsOnASymbolAloneIsUnproven) {
  const Orders orders = bound_orders(R"(
work_orders:
  - {id: A, write: ["a.py::f", w.py], do_not_touch: ["n.py::g", "w.py::g", "both.py::g", both.py], read: ["r.py::h"]}
  - {id: B, write: ["b.py::f", "c.py::f", c.py], closed: false}
  - {id: C, write: [x.py], permits: [b.py]}
)");
  Work done = work(orders, {"A"}, {"M a.py", "M w.py", "M n.py", "M both.py", "M b.py", "M c.py"});
  done.meanwhile = changes({"M r.py"});
  EXPECT_THAT(judge(orders, {done}),
              ElementsAre("error forbidden-write A both.py", "error foreign-work A c.py",
                          "error undeclared-write A b.py", "error undeclared-write A n.py",
                          "note forbidden-write A w.py", "note stale-read A r.py", "note undeclared-symbol A a.py"))
      << "one path, one finding: what is proved comes first";
  EXPECT_THAT(judge(orders, {work(orders, {"C"}, {"M x.py", "M b.py"})}), ElementsAre("note foreign-work C b.py"));
}

TEST(Verify, OrdersThatAreNotOpenOwnNothing) {
  const Orders orders = bound_orders(
      "work_orders:\n  - {id: A, write: [a], closed: false}\n  - {id: B, write: [b], status: done}\n"
      "  - {id: C, write: [c], status: review}\n");
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"M a", "M b", "M c", "M d"})}),
              ElementsAre("error foreign-work A c"));
}

TEST(Verify, ClassesMayBeWrittenUndeclaredButNotWhatAnotherDeclaresByName) {
  const Orders orders = bound_orders(
      two_orders, "classes: {companion: [\"tests/**\"], append: [CHANGELOG.md], regenerate: [\"**/x.json\"]}\n");
  EXPECT_THAT(
      judge(orders, {work(orders, {"A"},
                          {"M src/a.py", "A tests/new.py", "M tests/exact.py", "M CHANGELOG.md", "M deep/x.json"})}),
      ElementsAre("error foreign-work A tests/exact.py"));
}

TEST(Verify, AScopeAddLowersUnlessThePathIsSomebodysOrForbidden) {
  const Orders orders = bound_orders(two_orders);
  Work done = work(orders, {"A"}, {"M src/a.py", "M other.py", "M lib/x", "M src/b.py", "M x.lock", "M y.py"});
  done.commits = {{"c1",
                   {},
                   "s",
                   {{"scope-add", "./other.py -- needed"},
                    {"Scope-Add", "src/b.py -- mine"},
                    {"Scope-Add", "x.lock -- mine"},
                    {"Scope-Add", "lib/ -- all of it"},
                    {"Scope-Add", "y.py"},
                    {"Scope-Add", "../z -- out"},
                    {"Scope-Add", "* -- all"}}}};
  EXPECT_THAT(judge(orders, {done}),
              ElementsAre("error forbidden-write A x.lock", "error foreign-work A src/b.py",
                          "error undeclared-write A y.py", "note scope-extended A ", "note scope-extended A ",
                          "note scope-extended A lib/x", "note scope-extended A other.py"));
}

TEST(Verify, IntentsThatWereAnnouncedMustBeKept) {
  const Orders orders = bound_orders(R"(
work_orders:
  - id: A
    write:
      - {path: new.py, intent: create}
      - {path: old.py, intent: delete}
      - {path: stays.py, intent: delete}
      - {path: from.py, intent: rename, to: to.py}
      - {path: edit.py, intent: modify}
      - {path: log.md, intent: append}
      - plain.py
)");
  Work kept = work(orders, {"A"},
                   {"A new.py", "D old.py", "D stays.py", "R from.py>to.py", "M edit.py", "M log.md", "D plain.py"});
  EXPECT_THAT(judge(orders, {kept}), IsEmpty());
  Work broken =
      work(orders, {"A"}, {"M new.py", "M old.py", "M from.py", "M to.py", "D edit.py", "D log.md", "A plain.py"});
  broken.present = {"stays.py", "new.py"};
  EXPECT_THAT(judge(orders, {broken}),
              ElementsAre("error wrong-intent A edit.py", "error wrong-intent A from.py", "error wrong-intent A log.md",
                          "error wrong-intent A new.py", "error wrong-intent A old.py", "error wrong-intent A to.py",
                          "warning partial-completion A stays.py"))
      << "what was not touched is a promise not kept yet";
}

TEST(Verify, AppendingKeepsWhatWasThere) {
  EXPECT_TRUE(only_grew("", "x"));
  EXPECT_TRUE(only_grew("a\nb", "a\nb\nc\n"));
  EXPECT_TRUE(only_grew("a\nb\n", "a\r\nb\r\nc\r\n")) << "as a work tree may hold it";
  for (const char* after : {"", "a\n", "new\na\nb\n", "a\nnew\nb\n", "b\na\n"})
    EXPECT_FALSE(only_grew("a\nb\n", after)) << after;

  const Orders orders = bound_orders(
      "work_orders:\n  - {id: A, write: [{path: \"*.md\", intent: append}, {path: b.md, intent: modify}]}\n");
  Work done = work(orders, {"A"}, {"M a.md", "M b.md", "M c.md", "M d.md", "T e.md"});
  done.growth = {
      {"a.md", Growth::grew}, {"b.md", Growth::rewritten}, {"c.md", Growth::rewritten}, {"d.md", Growth::unknown}};
  const auto findings = verify(orders, {{done}, {}, {}});
  EXPECT_THAT(shown(findings),
              ElementsAre("error wrong-intent A c.md", "error wrong-intent A e.md", "note wrong-intent A d.md"));
  EXPECT_EQ(findings[0].message, "\"c.md\" did not only grow, and A declares that it is appended to");
}

TEST(Verify, SilentAndPartialCompletionSayWhatWasPromised) {
  const Orders orders = bound_orders(R"(
work_orders:
  - {id: A, write: [a.py, b.py::f, "c/*.py", d/, {path: gone.py, intent: delete}]}
  - {id: B, write: []}
  - {id: C, write: [c.py]}
)");
  const auto silent = verify(orders, {{work(orders, {"A"}, {}), work(orders, {"B"}, {})}, {}, {}});
  ASSERT_EQ(silent.size(), 1U);
  EXPECT_EQ(silent[0].rule, "silent-completion");
  EXPECT_EQ(silent[0].message, "A changed nothing; it declares a.py, b.py::f, c/*.py, d/, gone.py");
  EXPECT_EQ(silent[0].where, (Place{"o.yaml", 3}));
  const auto partial = verify(orders, {{work(orders, {"A", "C"}, {"M c.py"})}, {}, {}});
  ASSERT_EQ(partial.size(), 1U);
  EXPECT_EQ(partial[0].rule, "partial-completion");
  EXPECT_EQ(partial[0].severity, FindingSeverity::warning);
  EXPECT_EQ(partial[0].message, "A declares a.py, b.py and did not touch them");
}

TEST(Verify, CompletionIsJudgedOnTheUnionOfRangesAndScopeOnEach) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [a, b]}\n");
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"M a"}), work(orders, {"A"}, {"M b"})}), IsEmpty());
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"M a", "M x"}), work(orders, {"A"}, {"M b", "M x"})}),
              ElementsAre("error undeclared-write A x", "error undeclared-write A x"));
}

TEST(Verify, ABareNameWithSeveralHomesIsOnePromise) {
  const Tree tree({{"x/a.py", 0100644, ""}, {"y/a.py", 0100644, ""}});
  const Orders orders = bound_orders("# WO-1: t\n\n**Write set:** a.py\n", "", "o.md", {&tree, {}});
  ASSERT_EQ(orders.list.at(0).write->size(), 2U);
  EXPECT_THAT(judge(orders, {work(orders, {"WO-1"}, {"M y/a.py"})}), IsEmpty());
}

TEST(Verify, AnUnknownScopeIsSaidAndNothingIsUndeclared) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, do_not_touch: [x]}\n  - {id: B, write: [b]}\n");
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"M a", "M b", "M x"})}),
              ElementsAre("error forbidden-write A x", "error foreign-work A b", "note undeclared-write A o.yaml"));
}

TEST(Verify, WhatWasRemovedMustNotComeBack) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [src/]}\n", "removed: [src/old.tsx]\n");
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"A src/old.tsx"})}), ElementsAre("error resurrected A src/old.tsx"));
  EXPECT_THAT(judge(orders, {work(orders, {"A"}, {"D src/old.tsx"})}), IsEmpty());
  const Orders other = bound_orders("work_orders:\n  - {id: A, write: [a]}\n", "removed: [old]\n");
  EXPECT_THAT(judge(other, {work(other, {"A"}, {"M a", "A old"})}), ElementsAre("error resurrected A old"))
      << "not undeclared besides";
}

TEST(Verify, WorkOfNoOrderIsANoteUnlessOrdersAreRequired) {
  const Orders lax = bound_orders(two_orders), firm = bound_orders(two_orders, "require_order: true\n");
  EXPECT_THAT(judge(lax, {work(lax, {}, {"M x", "M y"})}), ElementsAre("note no-order  x"));
  EXPECT_THAT(judge(firm, {work(firm, {}, {"M x"})}), ElementsAre("error no-order  x"));
  EXPECT_THAT(judge(firm, {work(firm, {}, {})}), IsEmpty());
}

TEST(Verify, ATrailerThatNamesNobodyIsANote) {
  const Orders orders = bound_orders(two_orders);
  Work done = work(orders, {"A"}, {"M src/a.py"});
  done.unknown_orders = {"AA"};
  EXPECT_THAT(judge(orders, {done}), ElementsAre("note no-order A o.yaml"));
}

TEST(Verify, ReadsThatChangedMeanwhileAreStale) {
  const Orders orders = bound_orders(
      "work_orders:\n  - {id: A, write: [a], read: [lib/, r.py, {path: t.py, tolerates_writes: true}, same.py]}\n");
  Work done = work(orders, {"A"}, {"M a"});
  done.target = "main";
  done.meanwhile = changes({"M lib/x", "D lib/y", "M r.py", "M t.py", "M unread"});
  const auto findings = verify(orders, {{done}, {}, {}});
  EXPECT_THAT(shown(findings), ElementsAre("warning stale-read A lib/x", "warning stale-read A r.py"));
  EXPECT_EQ(findings[0].message, "A relies on \"lib/x\" and 1 more, which changed on main since its base bbbbbbbbbb");
}

TEST(Verify, HiddenWorkIsNamedWhereItMatters) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [a, out/x.txt, \"**/*.py\", inner/f]}\n");
  Work done = work(orders, {"A"}, {"M a", "M out/x.txt", "M inner/f"});
  done.hidden = {
      {"assumed", "assume-unchanged", false}, {"build/y.py", "ignored", false}, {"inner/", "nested repository", false},
      {"other/", "nested repository", false}, {"out/", "ignored", false},       {"s.enc", "filter x is not run", true}};
  EXPECT_THAT(judge(orders, {done}),
              ElementsAre("warning hidden-change A assumed", "warning hidden-change A inner/",
                          "warning hidden-change A out/", "note hidden-change A other/", "note hidden-change A s.enc"));
}

TEST(Verify, IgnoredFilesBelowADeclaredDirectoryAreOneNote) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [src/, \"lib/**\", \"**/*.py\", src/kept.o]}\n");
  Work done = work(orders, {"A"}, {"M src/a", "M src/kept.o"});
  done.hidden = {{"lib/x.o", "ignored", false},
                 {"other/x.py", "ignored", false},
                 {"src/a.o", "ignored", false},
                 {"src/deep/b.o", "ignored", false},
                 {"src/kept.o", "ignored", false}};
  const auto findings = verify(orders, {{done}, {}, {}});
  EXPECT_THAT(shown(findings), ElementsAre("warning hidden-change A src/kept.o", "note hidden-change A lib/x.o",
                                           "note hidden-change A src/a.o"));
  EXPECT_EQ(findings[2].message, "\"src/a.o\" and 1 more below \"src/\" are ignored, and were not judged");
}

TEST(Verify, ChangesToTheLawAreNamedOnlyWhenItIsReadElsewhere) {
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [orders/, interlock.yaml]}\n");
  const Work done = work(orders, {"A"}, {"M interlock.yaml", "A orders/x.md", "A orders/x.png"});
  EXPECT_THAT(shown(verify(orders, {{done}, {}, {"interlock.yaml", "orders/"}})),
              ElementsAre("note scope-changed A interlock.yaml", "note scope-changed A orders/x.md"));
}

TEST(Severities, AreTheTableOfTheManual) {
  using parsers::Policy;
  const auto row = [](std::string_view rule) {
    std::string out;
    for (const Policy policy : {Policy::observe, Policy::protect, Policy::strict})
      out += to_string(severity_of(rule, policy, Certainty::proved))[0];
    return out;
  };
  for (const char* rule :
       {"forbidden-write", "foreign-work", "missing-dependency", "lost-work", "resurrected", "orphaned-work"})
    EXPECT_EQ(row(rule), "wee") << rule;
  for (const char* rule : {"undeclared-write", "undeclared-symbol", "wrong-intent", "silent-completion"})
    EXPECT_EQ(row(rule), "wwe") << rule;
  for (const char* rule : {"partial-completion", "stale-read", "absorbed-work", "hidden-change"})
    EXPECT_EQ(row(rule), "nww") << rule;
  for (const char* rule : {"scope-extended", "scope-changed", "end-of-line-only"}) EXPECT_EQ(row(rule), "nnn") << rule;
  EXPECT_EQ(severity_of("forbidden-write", Policy::strict, Certainty::unproven), FindingSeverity::note);
}

}  // namespace
}  // namespace planner
