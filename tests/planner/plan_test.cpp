#include "planner/plan.h"

#include <gtest/gtest.h>

#include "tests/support/orders.h"

namespace planner {
namespace {

using test::conflicts;
using test::groups;
using test::name;

std::string ids(const Orders& orders, const std::vector<OrderId>& list) { return groups(orders, {list}); }

const std::string dispatch = R"(work_orders:
  - {id: F01, write: [core/attack.py, core/full_attack.py], depends_on: [F03]}
  - {id: F02, write: [core/full_attack.py]}
  - {id: F03, write: [schemas/conditions.py, core/attack.py, core/full_attack.py]}
  - {id: F04, write: [schemas/conditions.py]}
  - {id: F06, write: [core/spell.py, core/play_loop.py]}
  - {id: F07, write: [core/maneuver.py]}
  - {id: F08, write: [core/maneuver.py]}
  - {id: F09, write: [core/maneuver.py]}
  - {id: F10, write: [core/terrain.py, core/mounted.py]}
  - {id: F11, write: [core/play_loop.py]}
  - {id: F12, write: [core/experience.py, schemas/leveling.py]}
  - {id: F13, write: [schemas/geometry.py]}
  - {id: F14, write: [core/feat.py]}
)";

TEST(Plan, TellsLanesFromWavesOnARealDispatch) {
  const Orders orders = test::orders(dispatch);
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(plan->verdict, Verdict::sequenced);
  EXPECT_EQ(plan->lanes.size(), 7U);
  EXPECT_EQ(plan->waves.size(), 3U);
  EXPECT_EQ(plan->makespan, 3);
  EXPECT_TRUE(plan->waves_proof.optimal);
  EXPECT_TRUE(plan->makespan_proof.optimal);
  EXPECT_EQ(ids(orders, plan->waves_proof.work_orders), "F01 F02 F03");
  EXPECT_EQ(plan->waves_proof.text,
            "3 waves, and no plan can do with fewer: F01, F02 and F03 all write core/full_attack.py");
  EXPECT_EQ(groups(orders, {plan->lanes[0]}), "F03 F01 F04 F02");
}

struct PairCase {
  const char* about;
  const char* a;
  const char* b;
  const char* conflicts;
};

TEST(Plan, FindsEveryKindThatAppliesToAPair) {
  const PairCase table[] = {
      {"disjoint", "write: [x]", "write: [y]", ""},
      {"both write", "write: [x]", "write: [x]", "write-write A B never-at-once\n"},
      {"directory over file", "write: [src/]", "write: [src/a/b.py]", "write-write A B never-at-once\n"},
      {"patterns that meet", "write: [\"src/*.py\"]", "write: [\"src/a*\"]", "write-write A B never-at-once\n"},
      {"reader first", "write: [x]", "write: [y], read: [x]", "read-write A B first:B\n"},
      {"reader tolerates", "write: [x]", "write: [y], read: [{path: x, tolerates_writes: true}]", ""},
      {"reader depends on the writer", "write: [x]", "write: [y], read: [x], depends_on: [A]",
       "dependency A B first:A\n"},
      {"each reads what the other writes", "write: [x], read: [y]", "write: [y], read: [x]",
       "mutual-read-write A B never-at-once\n"},
      {"reader first against a dependency", "write: [x], depends_on: [B], read: [y]", "write: [y], read: [x]",
       "dependency A B first:B\n"
       "read-write A B first:B\n"},
      {"delete against modify", "write: [{path: x, intent: delete}]", "write: [x]",
       "orphaned-work A B decide\nwrite-write A B never-at-once\n"},
      {"delete against read", "write: [{path: lib/, intent: delete}]", "write: [y], read: [lib/x]",
       "orphaned-work A B decide\nread-write A B first:B\n"},
      {"a dependency answers the orphan", "write: [{path: x, intent: delete}], depends_on: [B]", "write: [x]",
       "orphaned-work A B first:B\ndependency A B first:B\nwrite-write A B first:B\n"},
      {"rename counts as delete and create", "write: [{path: x, intent: rename, to: z}]",
       "write: [{path: z, intent: create}]", "duplicate-work A B decide\nwrite-write A B never-at-once\n"},
      {"two renames of one file", "write: [{path: x, intent: rename, to: y}]",
       "write: [{path: x, intent: rename, to: z}]", "orphaned-work A B decide\nwrite-write A B never-at-once\n"},
      {"two deletions agree", "write: [{path: x, intent: delete}]", "write: [{path: x, intent: delete}]",
       "write-write A B never-at-once\n"},
      {"all below a regenerated directory", "write: [gen/]", "write: [\"gen/*\"]", "regenerate A B hint\n"},
      {"same key", "write: [x], keys: [\"issue:1\"]", "write: [y], keys: [\"issue:1\"]", "duplicate-work A B decide\n"},
      {"both create", "write: [{path: x, intent: create}]", "write: [{path: x, intent: create}]",
       "duplicate-work A B decide\nwrite-write A B never-at-once\n"},
      {"an exploration duplicates on purpose", "write: [{path: x, intent: create}], keys: [k], exploration: e",
       "write: [{path: x, intent: create}], keys: [k], exploration: e", "write-write A B never-at-once\n"},
      {"named thing", "write: [x], resources: [\"db:test\"]", "write: [y], resources: [\"db:test\"]",
       "resource A B never-at-once\n"},
      {"shared thing", "write: [x], resources: [{name: d, mode: shared}]",
       "write: [y], resources: [{name: d, mode: shared}]", ""},
      {"one shares", "write: [x], resources: [{name: d, mode: shared}]", "write: [y], resources: [d]",
       "resource A B never-at-once\n"},
      {"pool", "write: [x], resources: [gpu]", "write: [y], resources: [gpu]", ""},
      {"before", "write: [x], before: [B]", "write: [y]", "dependency A B first:A\n"},
      {"path dependency", "write: [x]", "write: [y], depends_on: [\"path:x\"]", "dependency A B first:A\n"},
      {"symbols apart", "write: [\"x::f\"]", "write: [\"x::g\"]", "write-write A B never-at-once unproven\n"},
      {"symbols nested", "write: [\"x::C\"]", "write: [\"x::C.f\"]", "write-write A B never-at-once\n"},
      {"names that only begin alike", "write: [\"x::C\"]", "write: [\"x::Cat\"]",
       "write-write A B never-at-once unproven\n"},
      {"permit against a write", "write: [x], permits: [\"t/**\"]", "write: [t/a]", "permit A B hint\n"},
      {"two permits", "write: [x], permits: [\"t/**\"]", "write: [y], permits: [\"t/**\"]", ""},
      {"regenerated", "write: [package-lock.json]", "write: [package-lock.json]", "regenerate A B hint\n"},
      {"appends that git would not merge", "write: [CHANGELOG.md]", "write: [CHANGELOG.md]",
       "write-write A B never-at-once unproven\n"},
      {"barrier", "write: [.ci/x]", "write: [y]", "barrier A * alone\n"},
      {"unknown scope", "title: t", "write: [y]", "unknown-scope A * alone unproven\n"},
      {"declared empty", "write: []", "write: [y]", ""},
      {"finished orders take no part", "write: [x], status: done", "write: [x]", ""},
  };
  const std::string config =
      "classes: {append: [CHANGELOG.md], regenerate: [\"**/package-lock.json\", \"gen/**\"], barrier: "
      "[\".ci/**\"]}\npools: {gpu: "
      "1}\n";
  for (const PairCase& c : table) {
    SCOPED_TRACE(c.about);
    const Orders orders =
        test::orders(std::string("work_orders:\n  - {id: A, ") + c.a + "}\n  - {id: B, " + c.b + "}\n", config);
    EXPECT_EQ(conflicts(orders, test::plan(orders)->conflicts), c.conflicts);
  }
}

TEST(Plan, AnAppendIsAHintWhereGitMergesByUnion) {
  const Orders orders = test::orders(
      "work_orders:\n  - {id: A, write: [{path: log.md, intent: append}]}\n  - {id: B, write: [{path: log.md, intent: "
      "append}]}\n");
  Facts facts;
  facts.union_merged.insert("log.md");
  const CheckedPlan plan = make_plan(orders, facts, {});
  EXPECT_EQ(conflicts(orders, plan->conflicts), "append A B hint\n");
  EXPECT_EQ(plan->verdict, Verdict::clean);
}

TEST(Plan, WorktreesOfTheirOwnOnlyFixTheMergeOrder) {
  const Orders orders = test::orders("work_orders:\n  - {id: A, write: [x]}\n  - {id: B, write: [y], read: [x]}\n",
                                     "isolation: worktree\n");
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(conflicts(orders, plan->conflicts), "read-write A B merge-first:B\n");
  EXPECT_EQ(plan->makespan, 1);
  EXPECT_EQ(plan->lanes.size(), 2U);
  EXPECT_EQ(ids(orders, plan->merge_order), "B A");
}

TEST(Plan, AsksWhatADecisionCosts) {
  const std::string pair = "  - {id: A, write: [{path: x, intent: delete}]}\n  - {id: B, write: [x]}\n";
  const Orders orders = test::orders("work_orders:\n" + pair);
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(plan->verdict, Verdict::decision_needed);
  ASSERT_EQ(plan->decisions_needed.size(), 1U);
  std::string choices;
  for (const Choice& c : plan->decisions_needed[0].choices)
    choices += c.choose + "=" + std::to_string(*c.makespan) + " ";
  EXPECT_EQ(choices, "first:A=2 first:B=2 drop:A=1 drop:B=1 together=1 ");
  EXPECT_EQ(plan->held.size(), 2U);
  EXPECT_TRUE(plan->ready.empty());

  const std::string digest = plan->decisions_needed[0].digest;
  const auto decided = [&](const std::string& choose, const std::string& scope) {
    return test::orders("work_orders:\n" + scope + "decisions:\n  - {between: [A, B], choose: \"" + choose +
                        "\", digest: " + '"' + digest + "\"}\n");
  };
  const Orders first = decided("first:B", pair);
  EXPECT_EQ(conflicts(first, test::plan(first)->conflicts), "orphaned-work A B first:B\nwrite-write A B first:B\n");
  EXPECT_EQ(ids(first, test::plan(first)->ready), "B");
  const Orders dropped = decided("drop:A", pair);
  EXPECT_EQ(test::plan(dropped)->unplanned.size(), 1U);
  const Orders together = decided("together", pair);
  EXPECT_EQ(test::plan(together)->makespan, 1);
  EXPECT_EQ(test::plan(together)->verdict, Verdict::clean);
  const Orders changed =
      decided("first:B", "  - {id: A, write: [{path: x, intent: delete}, z]}\n  - {id: B, write: [x]}\n");
  const CheckedPlan reopened = test::plan(changed);
  EXPECT_EQ(reopened->verdict, Verdict::decision_needed);
  EXPECT_EQ(reopened->findings.at(0).rule, "decision-void");
}

TEST(Plan, LeavesOutACycleAndWhoDependsOnIt) {
  const Orders orders = test::orders(
      "work_orders:\n  - {id: A, write: [a], depends_on: [C]}\n  - {id: B, write: [b], depends_on: [A]}\n"
      "  - {id: C, write: [c], depends_on: [B]}\n  - {id: D, write: [d], depends_on: [C]}\n  - {id: E, write: [e]}\n");
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(plan->verdict, Verdict::decision_needed);
  ASSERT_EQ(plan->findings.size(), 1U);
  EXPECT_EQ(plan->findings[0].message, "no order is possible: A -> B -> C -> A (each before the next)");
  EXPECT_EQ(plan->unplanned.size(), 4U);
  EXPECT_EQ(plan->unplanned[3].reason, "depends on C, which is left out");
  EXPECT_EQ(groups(orders, plan->waves), "E");
}

TEST(Plan, WhatRunsHoldsItsWrites) {
  const Orders orders = test::orders(
      "work_orders:\n  - {id: A, write: [x], status: running}\n  - {id: B, write: [y], read: [x]}\n"
      "  - {id: C, write: [z], status: review}\n  - {id: D, write: [z]}\n  - {id: E, write: [e]}\n");
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(conflicts(orders, plan->conflicts), "read-write A B first:A\nwrite-write C D never-at-once\n");
  EXPECT_EQ(ids(orders, plan->ready), "E");
  for (const Start& s : plan->starts) {
    EXPECT_EQ(s.agent.has_value(), name(orders, s.order) != "C");
    EXPECT_EQ(s.start, name(orders, s.order) == "B" || name(orders, s.order) == "D" ? 1 : 0);
  }
}

TEST(Plan, WaitsForWhatCannotBeLookedUp) {
  const Orders orders = test::orders(
      "work_orders:\n  - {id: A, write: [x], depends_on: [\"external:OPS-7\"]}\n  - {id: B, write: [x]}\n"
      "  - {id: C, write: [c], depends_on: [A]}\n  - {id: D, write: [d], depends_on: [F]}\n  - {id: F, write: [f], "
      "status: failed}\n");
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(ids(orders, plan->ready), "B");
  EXPECT_EQ(plan->unplanned.at(0).reason, "depends on F, which is failed");
  EXPECT_EQ(plan->starts.size(), 3U);
}

TEST(Plan, CountsEstimatesInMinutesOrSeconds) {
  const Orders minutes = test::orders(
      "work_orders:\n  - {id: A, write: [x], estimate: 45m}\n  - {id: B, write: [x], estimate: 2h}\n  - {id: C, write: "
      "[x]}\n");
  const CheckedPlan plan = test::plan(minutes);
  EXPECT_EQ(plan->unit, Unit::minute);
  EXPECT_EQ(plan->makespan, 45 + 120 + 45);  // the lower median for C
  const Orders seconds = test::orders("work_orders:\n  - {id: A, write: [x], estimate: 90s}\n");
  EXPECT_EQ(test::plan(seconds)->unit, Unit::second);
  EXPECT_EQ(test::plan(seconds)->makespan, 90);
}

TEST(Plan, AgentsAndPoolsLimitWhatRunsAtOnce) {
  const Orders orders = test::orders(
      "work_orders:\n  - {id: A, write: [a], resources: [gpu]}\n  - {id: B, write: [b], resources: [gpu]}\n"
      "  - {id: C, write: [c], resources: [gpu]}\n  - {id: D, write: [d]}\n",
      "pools: {gpu: 2}\n");
  EXPECT_EQ(test::plan(orders)->makespan, 2);
  EXPECT_EQ(test::plan(orders)->waves.size(), 2U);
  EXPECT_EQ(test::plan(orders)->lanes.size(), 4U);
  PlanOptions one;
  one.agents = 1;
  EXPECT_EQ(test::plan(orders, one)->makespan, 4);
  EXPECT_EQ(test::plan(orders, one)->waves.size(), 2U);
}

TEST(Plan, UnknownScopesAreAloneExcludedOrSaid) {
  const Orders orders =
      test::orders("work_orders:\n  - {id: A, scope: proposed, write: [x]}\n  - {id: B, write: [y]}\n");
  PlanOptions options;
  EXPECT_EQ(test::plan(orders, options)->makespan, 2);
  EXPECT_EQ(test::plan(orders, options)->verdict, Verdict::sequenced);
  options.unknown = UnknownScope::parallel;
  EXPECT_EQ(test::plan(orders, options)->makespan, 1);
  EXPECT_EQ(test::plan(orders, options)->verdict, Verdict::unknown);
  options.unknown = UnknownScope::exclude;
  EXPECT_EQ(test::plan(orders, options)->unplanned.size(), 1U);
}

TEST(Plan, KeepsAHubWhole) {
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < 200; ++i) yaml += "  - {id: W" + std::to_string(i) + ", write: [hub.py]}\n";
  for (int i = 0; i < 100; ++i)
    yaml += "  - {id: R" + std::to_string(i) + ", write: [r" + std::to_string(i) + "], read: [hub.py]}\n";
  const Orders orders = test::orders(yaml);
  const CheckedPlan plan = test::plan(orders);
  EXPECT_TRUE(plan->conflicts.empty());
  ASSERT_EQ(plan->hubs.size(), 1U);
  EXPECT_EQ(plan->hubs[0].writers.size(), 200U);
  EXPECT_EQ(plan->hubs[0].readers.size(), 100U);
  EXPECT_TRUE(plan->hubs[0].readers_first);
  EXPECT_EQ(plan->makespan, 201);
  EXPECT_TRUE(plan->makespan_proof.optimal);
  EXPECT_EQ(plan->waves.size(), 201U);
  EXPECT_EQ(ids(orders, plan->ready).size(), 100 * 4 - 10 - 1U);  // the readers, and no writer
}

TEST(Plan, ADuplicateKeyOfManyIsAHubAndNeverAtOnce) {
  std::string yaml = "work_orders:\n";
  for (int i = 0; i < 80; ++i)
    yaml += "  - {id: W" + std::to_string(i) + ", write: [f" + std::to_string(i) + "], keys: [k]}\n";
  const Orders orders = test::orders(yaml);
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(plan->makespan, 80);
  EXPECT_EQ(plan->decisions_needed.size(), 79U);
  EXPECT_TRUE(plan->decisions_needed.front().choices.front().makespan);
  EXPECT_FALSE(plan->decisions_needed.back().choices.front().makespan);
}

TEST(Plan, TogetherHoldsInsideAHub) {
  std::string yaml = "work_orders:\n";
  for (int i = 10; i < 80; ++i) yaml += "  - {id: W" + std::to_string(i) + ", write: [hub]}\n";
  const Orders orders = test::orders(yaml + "decisions:\n  - {between: [W10, W11], choose: together}\n");
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(plan->makespan, 69);
  EXPECT_TRUE(plan->makespan_proof.optimal);
}

TEST(Plan, NineWritersBehindOneReaderAreProved) {
  std::string yaml = "work_orders:\n  - {id: R, write: [r], read: [x]}\n";
  for (int i = 1; i < 10; ++i) yaml += "  - {id: W" + std::to_string(i) + ", write: [x]}\n";
  const Orders orders = test::orders(yaml);
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(plan->makespan, 10);
  EXPECT_TRUE(plan->makespan_proof.optimal && plan->waves_proof.optimal);
  EXPECT_EQ(plan->waves_proof.reason, graph::Reason::clique);
}

TEST(Plan, MergesInTheOrderInWhichItRuns) {
  const Orders orders =
      test::orders("work_orders:\n  - {id: A, write: [x], read: [x]}\n  - {id: B, write: [x], priority: 1}\n",
                   "isolation: worktree\n");
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(conflicts(orders, plan->conflicts), "write-write B A never-at-once\nread-write B A first:A\n");
  EXPECT_EQ(ids(orders, plan->merge_order), "A B");
  EXPECT_EQ(name(orders, plan->starts.front().order), "A");
}

TEST(Plan, PricesInTheUnitOfTheSchedule) {
  const Orders orders = test::orders(
      "work_orders:\n  - {id: A, write: [{path: x, intent: delete}], estimate: 90s}\n  - {id: B, write: [x], estimate: "
      "20m}\n");
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(plan->makespan, 1290);
  for (const Choice& c : plan->decisions_needed.at(0).choices)
    if (c.choose == "drop:A") {
      EXPECT_EQ(c.makespan, 1200);
    }
}

TEST(InputDigest, IgnoresTheOrderOfLinesAndNothingElse) {
  const auto digest = [](const std::string& yaml) { return input_digest(test::orders(yaml)); };
  const std::string one = digest("work_orders:\n  - {id: A, write: [x, y]}\n  - {id: B, write: [z]}\n");
  EXPECT_EQ(one, digest("work_orders:\n\n  - {id: B, write: [z]}\n  - {id: A, write: [y, x]}\n"));
  const char* others[] = {"[x]", "[x, y, z]", "[x, {path: y, intent: delete}]", "[]"};
  for (const char* other : others)
    EXPECT_NE(one, digest(std::string("work_orders:\n  - {id: A, write: ") + other + "}\n  - {id: B, write: [z]}\n"));
}

}  // namespace
}  // namespace planner
