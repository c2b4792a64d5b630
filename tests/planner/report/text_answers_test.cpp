#include <gtest/gtest.h>

#include "planner/report/report.h"
#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

Judged judged(std::vector<std::string> ids, const std::string& base, const std::string& head, std::size_t files) {
  return {std::move(ids), "branch", base, head, files, {}};
}

TEST(TextVerify, GroupsByOrderTheWorstFirst) {
  VerifyAnswer answer;
  answer.judged = {judged({"WO-1"}, "aaaa", "bbbb", 3), judged({"WO-2"}, "bbbb", "cccc", 1),
                   judged({"WO-3"}, "cccc", "dddd", 2)};
  answer.not_judged = {{"WO-4", "there is no branch fix-4"}};
  answer.crossed = {{{"WO-1", "WO-2"}, {"a.py"}}};
  answer.findings = {
      {"undeclared-write",
       FindingSeverity::error,
       Certainty::proved,
       "WO-2",
       "\"lib/other.py\" was added, and WO-2 does not declare it; undo it, or commit with the trailer Scope-Add: "
       "lib/other.py -- reason",
       {"lib/other.py", 0},
       {{{"orders.yaml", 12}, "the scope of WO-2"}}},
      {"stale-read", FindingSeverity::warning, Certainty::inferred, "WO-1", "a.py changed meanwhile", {"a.py", 7}, {}},
      {"scope-changed", FindingSeverity::note, Certainty::proved, "", "the orders changed too", {}, {}},
      {"partial-completion", FindingSeverity::warning, Certainty::proved, "WO-2", "b.py was not written", {}, {}},
  };
  EXPECT_EQ(text(answer, {}), R"out(WO-1, WO-2 and WO-3: 1 error, 2 warnings, 1 note

3 work orders looked at
  as declared: WO-3
  not as declared: WO-1 and WO-2
  not looked at: WO-4, there is no branch fix-4

Crossed: changed by more than one
  WO-1 and WO-2: a.py

WO-2
  lib/other.py: error: "lib/other.py" was added, and WO-2 does not declare it
    [undeclared-write]
    undo it, or commit with the trailer:
      Scope-Add: lib/other.py -- reason
    orders.yaml:12: the scope of WO-2
  warning: b.py was not written [partial-completion]

WO-1
  a.py:7: warning: a.py changed meanwhile [stale-read] (inferred)

No work order in particular
  note: the orders changed too [scope-changed]

Judged by the policy strict
  WO-1: aaaa..bbbb (3 files)
  WO-2: bbbb..cccc (1 file)
  WO-3: cccc..dddd (2 files)
)out");
}

TEST(TextVerify, CountsManyOrdersAndNamesThoseJudgedTogether) {
  VerifyAnswer answer;
  answer.judged = {judged({"WO-5"}, "a", "b", 1), judged({"WO-3", "WO-4"}, "b", "c", 3),
                   judged({"WO-2", "WO-6", "WO-1"}, "c", "d", 1), judged({"WO-1"}, "d", "e", 1),
                   judged({}, "e", "f", 1)};
  for (const char* id : {"WO-1", "WO-2", "WO-3", "WO-4"})
    answer.findings.push_back({"stale-read", FindingSeverity::warning, Certainty::proved, id, "m", {}, {}});
  answer.findings.back().severity = FindingSeverity::error;
  EXPECT_TRUE(text(answer, {}).starts_with(R"out(6 work orders, 5 ranges: 1 error, 3 warnings

6 work orders looked at
  as declared: WO-5 and WO-6
  not as declared: WO-1, WO-2, WO-3 and WO-4

WO-3 and WO-4
  error: m [stale-read]
  warning: m [stale-read]

WO-1
  warning: m [stale-read]

WO-2, WO-6 and WO-1
  warning: m [stale-read]

Judged by the policy strict
)out"))
      << text(answer, {});
  EXPECT_NE(markdown(answer).find("\n#### `WO-3` and `WO-4`\n"), std::string::npos) << markdown(answer);
}

TEST(TextVerify, SaysWhenNothingIsWrong) {
  VerifyAnswer answer;
  answer.judged = {judged({"WO-1"}, "aaaa", "bbbb", 3)};
  EXPECT_EQ(text(answer, {}),
            "WO-1: clean, what was done is what was declared\n\n"
            "Judged by the policy strict\n  WO-1: aaaa..bbbb (3 files)\n");
  EXPECT_EQ(text(VerifyAnswer{}, {}), "nothing was judged\n");
}

TEST(TextVerify, AWorkTreeIsNoRevision) {
  VerifyAnswer answer;
  answer.judged = {judged({"WO-A"}, std::string(40, 'b'), "", 0)};
  EXPECT_TRUE(text(answer, {}).ends_with("\n  WO-A: bbbbbbbbbb.. and the work tree (no files)\n")) << text(answer, {});
}

TEST(TextCheck, JudgesHandMadeWaves) {
  const PlanAnswer plan = undecided();
  CheckAnswer answer{plan.orders, plan.plan, plan.reading, {}, HandMadePlan{4, 3, true, true, {"WO-E"}}, {}};
  EXPECT_EQ(text(answer, {}, false), R"out(5 work orders in 1 file: 5 writes, 1 read, 1 without a write set; nothing to
  complain about

Hand-made waves
  the 4 hand-made waves are valid; 3 would do
  in no wave: WO-E
)out");
  answer.hand_made = HandMadePlan{2, 3, true, false, {}};
  EXPECT_NE(text(answer, {}, false).find("the 2 hand-made waves are not valid; 3 are needed\n"), std::string::npos);
}

TEST(TextCheck, NeverRepeatsAnIdAsItsOwnEvidence) {
  const PlanAnswer plan = undecided();
  const CheckAnswer answer{plan.orders,
                           plan.plan,
                           plan.reading,
                           {{"wave-conflict",
                             FindingSeverity::error,
                             Certainty::declared,
                             "WO-A",
                             "Wave 1 has WO-A and WO-B at once",
                             {"orders.md", 27},
                             {{{"orders.md", 2}, "WO-A: WO-A"}, {{"orders.md", 3}, "WO-B: depends_on WO-A"}}}},
                           {},
                           {}};
  EXPECT_TRUE(text(answer, {}, false)
                  .ends_with("    orders.md:2: WO-A is declared here\n"
                             "    orders.md:3: WO-B: depends_on WO-A\n"))
      << text(answer, {}, false);
}

TEST(TextExplain, SaysWhatEachSideDoes) {
  const PlanAnswer plan = plan_of(R"(work_orders:
  - {id: WO-1, write: [a.py], before: [WO-2]}
  - {id: WO-2, write: [b.py], depends_on: ["path:a.py"]}
)");
  const ExplainAnswer answer{plan.orders, plan.plan, plan.reading, OrderId(0), OrderId(1), plan.plan->conflicts,
                             {},          {},        false,        {},         {}};
  EXPECT_TRUE(text(answer, {}).ends_with(R"out(
    dependency: WO-2
      orders.yaml:2: WO-1 goes before it
      orders.yaml:3: WO-2 is declared here
    dependency: a.py
      orders.yaml:2: WO-1 writes it
      orders.yaml:3: WO-2 depends on it
)out"))
      << text(answer, {});
}

TEST(TextCheck, VerboseShowsEveryReading) {
  PlanAnswer plan = plan_of("work_orders:\n  - {id: WO-1, write: [a.py]}\n");
  plan.reading.readings = {{{parsers::FileId{0}, 2, 1}, "WO-1", "write", "a.py"},
                           {{parsers::FileId{0}, 13, 1}, "WO-1", "depends_on", "WO-2"},
                           {{parsers::FileId{0}, 14, 1}, "", "unread", "so\x1b[2J long"}};
  const CheckAnswer answer{plan.orders, plan.plan, plan.reading, {}, {}, {}};
  EXPECT_EQ(text(answer, {}, true),
            "1 work order in 1 file: 1 write, no reads; nothing to complain about\n\n"
            "Read as\n"
            "  orders.yaml:2   WO-1  write       a.py\n"
            "  orders.yaml:13  WO-1  depends_on  WO-2\n"
            "  orders.yaml:14  -     unread      so\\x1B[2J long\n");
}

TEST(TextExplain, TellsTheStoryOfAPair) {
  const PlanAnswer plan = undecided();
  std::vector<Conflict> conflicts;
  for (const Conflict& c : plan.plan->conflicts)
    if (c.between[0] == OrderId(0) && c.between[1] == OrderId(1)) conflicts.push_back(c);
  const ExplainAnswer answer{plan.orders,
                             plan.plan,
                             plan.reading,
                             OrderId(0),
                             OrderId(1),
                             conflicts,
                             {},
                             {},
                             false,
                             {"because"},
                             {"orders.yaml: WO-A changed"}};
  EXPECT_EQ(text(answer, {}), R"out(WO-A and WO-B: a decision is needed; until then never at once

Changed since the plan was approved
  orders.yaml: WO-A changed

Why
  because

Conflicts
  WO-A and WO-B: a decision is needed; until then never at once
    orphaned-work: src/view.py (WO-A deletes what WO-B writes)
      orders.yaml:2: WO-A deletes it
      orders.yaml:3: WO-B writes it
    write-write: src/view.py
      orders.yaml:2: WO-A deletes it
      orders.yaml:3: WO-B writes it
)out");
}

TEST(TextExplain, APairHasOneHeading) {
  const auto explained = [](PlanOptions options) {
    const PlanAnswer plan = plan_of(R"(work_orders:
  - {id: WO-1, write: [a.py, b.py]}
  - {id: WO-2, write: [a.py], read: [b.py]}
)",
                                    options);
    return text(
        ExplainAnswer{
            plan.orders, plan.plan, plan.reading, OrderId(0), OrderId(1), plan.plan->conflicts, {}, {}, false, {}, {}},
        {});
  };
  const std::string evidence = R"out(
    write-write: a.py
      orders.yaml:2: WO-1 writes it
      orders.yaml:3: WO-2 writes it
    read-write: b.py
      orders.yaml:2: WO-1 writes it
      orders.yaml:3: WO-2 reads it
)out";
  EXPECT_TRUE(explained({}).ends_with("\nConflicts\n  WO-1 and WO-2: WO-2 goes first" + evidence)) << explained({});
  PlanOptions apart;
  apart.isolation = parsers::Isolation::worktree;
  EXPECT_TRUE(explained(apart).ends_with("\n  WO-1 and WO-2: WO-2 goes first" + evidence)) << explained(apart);
}

TEST(TextExplain, SaysWhoWaitsThroughOthers) {
  const PlanAnswer plan = plan_of(R"(work_orders:
  - {id: WO-1, write: [a.py]}
  - {id: WO-2, write: [b.py], depends_on: [WO-1]}
  - {id: WO-3, write: [c.py], depends_on: [WO-2]}
)");
  const ExplainAnswer answer{
      plan.orders, plan.plan, plan.reading, OrderId(0), OrderId(2), {}, {}, {OrderId(0), OrderId(1), OrderId(2)}, false,
      {},          {}};
  EXPECT_EQ(text(answer, {}), "WO-1 and WO-3 do not conflict, but WO-3 waits for WO-1 through others\n");
}

}  // namespace
}  // namespace planner::report
