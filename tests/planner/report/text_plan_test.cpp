#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sstream>

#include "planner/report/report.h"
#include "planner/report/wrap.h"
#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

PlanAnswer many() {
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < 60; ++i)
    yaml += fmt::format("  - {{id: WO-{0:02}, write: [shared/file{1}.py], read: [lib/{0}.py]}}\n", i, i / 2);
  yaml += "  - {id: WO-X, write: [{path: shared/file0.py, intent: delete}]}\n";
  return plan_of(yaml);
}

TEST(TextPlan, LeadsWithVerdictScheduleAndDecisions) {
  const PlanAnswer answer = undecided();
  EXPECT_EQ(without_digests(text(answer, {}), answer),
            R"out(5 work orders: 2 lanes, 3 waves, 3 steps; 3 conflicting pairs, 1 alone, 1
  decision needed

Schedule: 3 steps on 2 agents (as many as it takes)
  step 1
    WO-A  agent 1    Remove the old view
    WO-C  agent 2    Test the dice
  step 2
    WO-B  agent 1    Polish the view; after WO-A and WO-C
    WO-D  agent 2    after WO-C
  step 3
    WO-E  agent 1    Nobody knows; after WO-B and WO-D

Decisions needed: 1
  WO-A and WO-B
    orphaned-work: src/view.py (WO-A deletes what WO-B writes)
      orders.yaml:2: WO-A deletes it
      orders.yaml:3: WO-B writes it
    first:WO-A  3 steps, as planned
    first:WO-B  4 steps, 1 more
    drop:WO-A   3 steps, as planned
    drop:WO-B   3 steps, as planned
    together    3 steps, as planned
    answer it under `decisions:` in an order file, for instance:
      - {between: [WO-A, WO-B], choose: "first:WO-A", digest: "PAIR-DIGEST"}

Unknown scopes: 1
  orders.yaml:6: WO-E: no write set is declared; it runs alone

Bottleneck
  3 steps, and no plan is shorter: WO-A, WO-B and WO-E exclude each other
  3 waves, and no plan can do with fewer: WO-A, WO-B and WO-E exclude each other

Ready now: 1 work order
  WO-C

Held: 2
  WO-A: orphaned-work with WO-B needs a decision
  WO-B: orphaned-work with WO-A needs a decision

Findings: 0 errors, 0 warnings, 1 note
  orders.yaml:6: note: WO-E has no accepted scope and runs alone, which costs up
    to 1 of 3 steps and 1 of 3 waves [unknown-cost] (inferred)

Lanes: one session each, in this order
   1  WO-A -> WO-C -> WO-B -> WO-D
   2  WO-E

Waves: all at once, then a barrier
   1  WO-A, WO-C
   2  WO-B, WO-D
   3  WO-E

Conflicts
  WO-A and WO-B: a decision is needed; until then never at once
    write-write: src/view.py
      orders.yaml:2: WO-A deletes it
      orders.yaml:3: WO-B writes it
  WO-B and WO-C: never at once
    write-write: tests/test_c.py
      orders.yaml:3: WO-B writes tests/**
      orders.yaml:4: WO-C writes it
  WO-C and WO-D: WO-C goes first
    read-write: src/rng.py
      orders.yaml:4: WO-C reads it
      orders.yaml:5: WO-D writes it
  WO-E and all others: WO-E runs alone
    unknown-scope (unproven) (no write set is declared, so it may write
      anything)
      orders.yaml:6: WO-E is declared here

no repository, input DIGEST
)out");
}

TEST(TextPlan, ShowsTimesAgentsAndWhatIsLeftOut) {
  const PlanAnswer answer = busy();
  EXPECT_EQ(without_digests(text(answer, {}), answer),
            R"out(9 work orders, 6 planned, 2 not planned, 1 done: 4 lanes, 2 waves, 75 min on 3
  agents; 1 conflicting pair, 1 dependency, a dependency cycle to break

Schedule: 75 min on 3 of 3 agents
  at 0 min
    FIX-1  agent 2    until 45    Grapple and maneuvers
    FIX-3  agent 1    until 30    running
    FIX-4  in review  until 30
    FIX-8  agent 3    until 30
  at 30 min
    FIX-9  agent 1    until 60    after FIX-8
  at 45 min
    FIX-2  agent 2    until 75    Attack rolls on a natural twenty always hit
                                  whatever the armor class says; after FIX-1

Findings: 1 error, 0 warnings, 1 note
  orders.yaml:8: error: no order is possible: FIX-6 -> FIX-7 -> FIX-6 (each
    before the next) [dependency-cycle]
    orders.yaml:8: FIX-6 before FIX-7
    orders.yaml:7: FIX-7 before FIX-6
  orders.yaml:4: note: FIX-3, FIX-4, FIX-8 and FIX-9 have no estimate and count
    each as 30m, the lower median [assumed-estimate] (inferred)

Bottleneck
  75 min on 3 agents, and no plan is shorter: the chain FIX-1 -> FIX-2 takes 75
    min
  2 waves, and no plan can do with fewer: FIX-8 and FIX-9 both need db:test
  no single split, decision or agent more would shorten it

Ready now: 2 work orders
  FIX-1, FIX-8

Not planned: 2
  FIX-6: on the dependency cycle FIX-6 -> FIX-7 -> FIX-6
  FIX-7: on the dependency cycle FIX-6 -> FIX-7 -> FIX-6

Lanes: one session each, in this order
    1  FIX-1 -> FIX-2
  2-3  FIX-3, FIX-4: a lane each
    4  FIX-8 -> FIX-9

Waves: all at once, then a barrier
   1  FIX-1, FIX-3, FIX-4, FIX-8
   2  FIX-2, FIX-9

Conflicts
  FIX-1 and FIX-2: FIX-1 goes first
    dependency: FIX-1
      orders.yaml:2: FIX-1 is declared here
      orders.yaml:3: FIX-2 depends on it
  FIX-8 and FIX-9: never at once
    resource: db:test
      orders.yaml:9: FIX-8 uses it
      orders.yaml:10: FIX-9 shares it

Hints: nothing is enforced
  FIX-1 and FIX-9
    permit: core/maneuvers.py (FIX-9 may write it without reserving it)
      orders.yaml:2: FIX-1 writes it
      orders.yaml:10: FIX-9 may write core/**
  FIX-2 and FIX-9
    permit: core/attack.py (FIX-9 may write it without reserving it)
      orders.yaml:3: FIX-2 writes it
      orders.yaml:10: FIX-9 may write core/**

base 3e843ce0d1c2, input DIGEST
)out");
}

TEST(TextPlan, IsolatedTreesHaveAMergeOrder) {
  PlanOptions options;
  options.isolation = parsers::Isolation::worktree;
  const PlanAnswer answer = plan_of(R"(work_orders:
  - {id: WO-1, write: [a.py]}
  - {id: WO-2, read: [a.py], write: [b.py]}
)",
                                    options);
  EXPECT_EQ(without_digests(text(answer, {}), answer),
            R"out(2 work orders: 2 lanes, 1 wave, 1 step; 1 conflicting pair, no decision needed

Schedule: 1 step on 2 agents (as many as it takes)
  step 1
    WO-1  agent 1
    WO-2  agent 2

Bottleneck
  1 step, and no plan is shorter: WO-1 alone takes 1 step
  1 wave, and no plan can do with fewer: WO-1 alone takes one wave

Ready now: 2 work orders
  WO-1, WO-2

Lanes: one session each, in this order
  1-2  WO-1, WO-2: a lane each

Waves: all at once, then a barrier
   1  WO-1, WO-2

Merge order
  WO-2, WO-1

Conflicts
  WO-1 and WO-2: WO-2 is merged first
    read-write: a.py
      orders.yaml:2: WO-1 writes it
      orders.yaml:3: WO-2 reads it

no repository, input DIGEST
)out");
}

TEST(TextPlan, HubsAreNamedNotExpanded) {
  std::string yaml = "work_orders:\n";
  for (int i = 10; i < 80; ++i) yaml += fmt::format("  - {{id: WO-{0}, write: [hub.py]}}\n", i);
  yaml += "  - {id: WO-R, read: [hub.py], write: [r.py]}\n";
  const std::string out = text(plan_of(yaml), {});
  EXPECT_NE(out.find("Hubs: resources with more than 64 users\n"
                     "  write-write: hub.py; 70 writers: WO-10, WO-11, WO-12, WO-13, WO-14 and 65\n"
                     "    more; 1 reader: WO-R (first)\n"
                     "    orders.yaml:2: WO-10 writes it\n"
                     "    orders.yaml:3: WO-11 writes it\n"
                     "    orders.yaml:4: WO-12 writes it\n"
                     "    ... 68 more\n"),
            std::string::npos)
      << out;
  EXPECT_EQ(out.find("\nConflicts"), std::string::npos);
}

TEST(TextPlan, SharedKeysAreEvidence) {
  const std::string out = text(plan_of(R"(work_orders:
  - {id: WO-1, write: [a.py], keys: ["issue:640"]}
  - {id: WO-2, write: [b.py], keys: ["issue:640"]}
)"),
                               {});
  EXPECT_NE(out.find(R"out(
Conflicts
  WO-1 and WO-2: a decision is needed; until then never at once
    duplicate-work: issue:640 (both carry this key: it is the same work)
      orders.yaml:2: WO-1 carries it
      orders.yaml:3: WO-2 carries it
)out"),
            std::string::npos)
      << out;
}

TEST(TextPlan, NothingToPlanIsOneSentence) {
  EXPECT_TRUE(text(plan_of("work_orders: []\n"), {}).starts_with("no work orders: there is nothing to plan\n"));
}

TEST(TextPlan, NobodyIsMissingInTheSummary) {
  EXPECT_TRUE(text(plan_of(R"(work_orders:
  - {id: WO-1, status: done, write: [a.py]}
  - {id: WO-2, status: failed, write: [b.py]}
  - {id: WO-3, status: dropped, write: [c.py]}
  - {id: WO-4, depends_on: [WO-2], write: [d.py]}
)"),
                   {})
                  .starts_with("4 work orders, 1 not planned, 1 done, 1 failed, 1 dropped; no decision needed\n"));
}

TEST(TextPlan, ControlsNeverReachTheTerminal) {
  const std::string out = text(hostile(), {});
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_NE(out.find("\\x1B[31mred"), std::string::npos);
  EXPECT_NE(out.find("\\x0A## heading"), std::string::npos);
}

TEST(TextPlan, FitsTheTerminal) {
  for (const PlanAnswer& answer : {undecided(), busy(), many()})
    for (const std::string& line : lines_of(text(answer, {}))) EXPECT_LE(cells(line), page_width) << line;
}

TEST(TextPlan, ColoursOnlyOnRequest) {
  EXPECT_EQ(text(busy(), {}).find('\x1b'), std::string::npos);
  const std::string colored = text(undecided(), {true, false});
  EXPECT_NE(colored.find("\x1b[31mDecisions needed: 1\x1b[0m\n"), std::string::npos);
  EXPECT_NE(colored.find("\x1b[33mUnknown scopes: 1\x1b[0m\n"), std::string::npos);
}

TEST(TextPlan, BriefIsAtMostFortyLines) {
  const PlanAnswer answer = many();
  const std::vector<std::string> brief = lines_of(text(answer, {false, true}));
  EXPECT_LE(brief.size(), 40U);
  EXPECT_TRUE(brief.back().ends_with(" more lines: run without --brief")) << brief.back();
  for (const char* title : {"Schedule: ", "Decisions needed: ", "Bottleneck", "Ready now: "})
    EXPECT_TRUE(std::any_of(brief.begin(), brief.end(), [&](const auto& l) { return l.starts_with(title); })) << title;
  const std::size_t all = lines_of(text(answer, {})).size();
  EXPECT_TRUE(brief.back().starts_with(fmt::format("... {} more", all - brief.size() + 1))) << brief.back();
}

TEST(TextPlan, AShortAnswerIsBriefAlready) {
  const PlanAnswer answer = plan_of("work_orders:\n  - {id: WO-1, write: [a.py]}\n");
  EXPECT_EQ(text(answer, {false, true}), text(answer, {}));
}

}  // namespace
}  // namespace planner::report
