// The rules of claims, on a ledger in memory.
#include "planner/claim_rules.h"

#include <gtest/gtest.h>

#include "tests/support/memory_ledger.h"

namespace planner {
namespace {

using parsers::Intent;
using parsers::Isolation;

Hold write(const std::string& text, Intent intent = Intent::modify) {
  return {Hold::Kind::file, resource_from(text), true, intent};
}
Hold read(const std::string& text) { return {Hold::Kind::file, resource_from(text), false}; }
Hold named(Hold::Kind kind, const std::string& name, bool exclusive = true) {
  return {kind, {Resource::Kind::named, name}, exclusive};
}

struct ClaimRules : testing::Test {
  support::MemoryLedger ledger;
  ClaimLaw law;
  int calls = 0;

  Ruling claim(std::vector<Hold> holds, const std::string& agent = "a", const std::string& order = "") {
    Ruling ruling;
    const auto done = ledger.transact("k" + std::to_string(++calls), [&](const LedgerSnapshot& snapshot) {
      ruling = rule_grant(snapshot, {agent, order, std::move(holds), 60'000}, law);
      return ruling.events;
    });
    EXPECT_TRUE(done);
    return ruling;
  }
  template <class Rule>
  Ruling act(Rule rule) {
    Ruling ruling;
    const auto done = ledger.transact("k" + std::to_string(++calls), [&](const LedgerSnapshot& snapshot) {
      ruling = rule(snapshot);
      return ruling.events;
    });
    EXPECT_TRUE(done) << done.error().what;
    return ruling;
  }
};

TEST_F(ClaimRules, WhoExcludesWhom) {
  struct Case {
    Hold mine, theirs;
    bool shared, worktree;
  };
  const Hold tolerant{Hold::Kind::file, resource_from("src/a.py"), false, Intent::modify, true};
  Hold explored = named(Hold::Kind::key, "idea:1");
  explored.exploration = "gates";
  const std::vector<Case> cases = {
      {write("src/a.py"), write("src/a.py"), true, true},
      {write("src/a.py"), write("src/b.py"), false, false},
      {write("src/*/a.py"), write("src/foo/*"), true, true},
      {write("src/"), write("src/x/y.py"), true, true},
      {write("src/a.py"), read("src/a.py"), true, false},
      {read("src/"), write("src/a.py"), true, false},
      {read("src/a.py"), read("src/a.py"), false, false},
      {write("src/a.py", Intent::remove), read("src/a.py"), true, true},
      {read("src/a.py"), write("src/a.py", Intent::rename), true, true},
      {write("src/a.py"), tolerant, false, false},
      {write("src/a.py", Intent::remove), tolerant, true, true},
      {write("src/a.py::f"), write("src/a.py::g"), true, true},
      {write("src/a.py::f", Intent::remove), read("src/a.py"), true, false},
      {named(Hold::Kind::named, "db:test"), named(Hold::Kind::named, "db:test"), true, true},
      {named(Hold::Kind::named, "p", false), named(Hold::Kind::named, "p", false), false, false},
      {named(Hold::Kind::named, "p", false), named(Hold::Kind::named, "p"), true, true},
      {named(Hold::Kind::named, "src/a.py"), write("src/a.py"), false, false},
      {named(Hold::Kind::key, "idea:1"), named(Hold::Kind::key, "idea:1"), true, true},
      {explored, explored, false, false},
      {explored, named(Hold::Kind::key, "idea:1"), true, true},
      {named(Hold::Kind::alone, "*"), read("docs/x.md"), true, true},
  };
  for (const Case& c : cases) {
    for (const Isolation isolation : {Isolation::shared, Isolation::worktree}) {
      const ClaimLaw isolated{isolation, {}};
      const bool expected = isolation == Isolation::shared ? c.shared : c.worktree;
      EXPECT_EQ(exclusion(c.mine, c.theirs, isolated).has_value(), expected)
          << describe(c.mine) << " | " << describe(c.theirs);
      EXPECT_EQ(exclusion(c.theirs, c.mine, isolated).has_value(), expected)
          << describe(c.theirs) << " | " << describe(c.mine);
    }
  }
}

TEST_F(ClaimRules, AllOrNothingWithTheWitnessAndWhatIsFree) {
  ASSERT_FALSE(claim({write("src/a.py")}, "ann").denial);
  const Ruling denied = claim({write("docs/x.md"), write("src/*.py")}, "bob");
  ASSERT_TRUE(denied.denial);
  EXPECT_TRUE(denied.events.empty());
  ASSERT_EQ(denied.denial->by.size(), 1u);
  EXPECT_EQ(denied.denial->by[0].claim.id, "c1");
  EXPECT_EQ(denied.denial->by[0].witness, "src/a.py");
  EXPECT_EQ(denied.denial->reason, "src/a.py is held by c1 (ann); free: docs/x.md");
  EXPECT_TRUE(denied.denial->passes);
  EXPECT_EQ(ledger.state.claims.size(), 1u);
}

TEST_F(ClaimRules, FencesRiseAndAStaleOneIsRefusedEverywhere) {
  ASSERT_FALSE(claim({write("a")}).denial);
  ledger.pass(60'001);
  const Ruling second = claim({write("a")}, "b");
  ASSERT_EQ(second.events.size(), 2u);
  EXPECT_EQ(second.events[0].kind, Event::Kind::expired);
  EXPECT_EQ(second.events[0].note, "c2");
  EXPECT_EQ(second.events[1].fence, 2u);
  for (const Fence fence : {1u, 2u}) {
    EXPECT_TRUE(act([&](const auto& s) { return rule_renew(s, "c1", fence, 0); }).denial);
    EXPECT_TRUE(act([&](const auto& s) { return rule_complete(s, "c1", fence, ""); }).denial);
    EXPECT_TRUE(act([&](const auto& s) { return rule_release(s, "c1", fence); }).denial);
    EXPECT_TRUE(act([&](const auto& s) {
                  return rule_extend(s, "c1", fence, {"a", "", {write("b")}, 0}, law);
                }).denial);
  }
  EXPECT_TRUE(act([&](const auto& s) { return rule_release(s, "c2", 1); }).denial);
  EXPECT_FALSE(act([&](const auto& s) { return rule_release(s, "c2", 2); }).denial);
  EXPECT_TRUE(act([&](const auto& s) { return rule_release(s, "c2", 2); }).denial);
}

TEST_F(ClaimRules, AnExpiredClaimIsStaleThoughNobodyTookOver) {
  claim({write("a")});
  ledger.pass(60'000);
  const Ruling late = act([&](const auto& s) { return rule_complete(s, "c1", 1, ""); });
  ASSERT_TRUE(late.denial);
  EXPECT_TRUE(late.denial->stale);
}

TEST_F(ClaimRules, AnotherBootEndsEveryLease) {
  claim({write("a")});
  ledger.now.clock = "next boot";
  ledger.now.ns = 5;
  EXPECT_FALSE(claim({write("a")}).denial);
}

TEST_F(ClaimRules, RenewalMovesTheExpiry) {
  claim({write("a")});
  EXPECT_TRUE(act([&](const auto& s) { return rule_renew(s, "c1", 1, 1'000); }).denial);
  ledger.pass(59'000);
  EXPECT_FALSE(act([&](const auto& s) { return rule_renew(s, "c1", 1, 0); }).denial);
  ledger.pass(59'000);
  EXPECT_TRUE(claim({write("a")}).denial);
}

TEST_F(ClaimRules, PoolsHaveCapacity) {
  Hold gpu = named(Hold::Kind::pool, "gpu");
  gpu.capacity = 2;
  EXPECT_FALSE(claim({gpu}).denial);
  EXPECT_FALSE(claim({gpu}).denial);
  const Ruling third = claim({gpu});
  ASSERT_TRUE(third.denial);
  EXPECT_EQ(third.denial->by.size(), 2u);
  EXPECT_TRUE(third.denial->passes);
  ledger.pass(61'000);
  EXPECT_FALSE(claim({gpu, gpu}).denial);
  const Ruling many = claim({gpu, gpu, gpu});
  ASSERT_TRUE(many.denial);
}

TEST_F(ClaimRules, OnlyTheHoldsThatThePlanAllowsAreIgnored) {
  claim({write("a"), named(Hold::Kind::order, "WO-1")}, "ann", "WO-1");
  ClaimRequest request{"bob", "WO-2", {write("a")}, 1000, {{"WO-1", {write("a")}}}};
  EXPECT_FALSE(act([&](const auto& s) { return rule_grant(s, request, law); }).denial);
  request.together = {{"WO-1", {write("b")}}};
  request.work_order = "WO-3";
  EXPECT_TRUE(act([&](const auto& s) { return rule_grant(s, request, law); }).denial);
}

TEST_F(ClaimRules, CompletedOrdersStayDoneUntilAPersonReopensThem) {
  claim({named(Hold::Kind::order, "WO-1")}, "ann", "WO-1");
  EXPECT_FALSE(act([&](const auto& s) { return rule_complete(s, "c1", 1, "abc"); }).denial);
  const Ruling again = claim({named(Hold::Kind::order, "WO-1")}, "bob", "WO-1");
  ASSERT_TRUE(again.denial);
  EXPECT_FALSE(again.denial->passes);
  EXPECT_FALSE(act([&](const auto& s) { return rule_break(s, "c1", "it was not"); }).denial);
  EXPECT_TRUE(act([&](const auto& s) { return rule_break(s, "c1", "twice"); }).denial);
  EXPECT_FALSE(claim({named(Hold::Kind::order, "WO-1")}, "bob", "WO-1").denial);
}

TEST_F(ClaimRules, ExtendingKeepsTheFence) {
  claim({write("a")});
  claim({write("b")});
  EXPECT_TRUE(act([&](const auto& s) { return rule_extend(s, "c1", 1, {"a", "", {write("b")}, 0}, law); }).denial);
  const Ruling grown = act([&](const auto& s) {
    return rule_extend(s, "c1", 1, {"a", "", {write("a"), write("c")}, 0}, law);
  });
  ASSERT_FALSE(grown.denial);
  EXPECT_EQ(grown.events.back().holds.size(), 1u);
  EXPECT_EQ(ledger.state.claims.at(1).holds.size(), 2u);
}

TEST(ClaimProjection, HoldsSurviveTheirText) {
  Hold odd = write("a\tb");
  odd.resource = {Resource::Kind::named, "tab\tnew\nline\\"};
  odd.exploration = "x";
  const std::vector<Hold> holds = {odd, read("src/**/*.py"), write("a.py::f", Intent::remove),
                                   named(Hold::Kind::alone, "*")};
  EXPECT_EQ(decode_holds(encode_holds(holds)), holds);
  for (const char* bad :
       {"file", "file\tpath\twrite\tmodify\talone\t1\t\ta", "x\ty\n", "file\tpath\twrite\tmodify\talone\t1x\t\ta\n",
        "file\tpath\twrite\tmodify\talone\t1\t\t\\x\n"})
    EXPECT_EQ(decode_holds(bad), std::nullopt) << bad;
}

TEST(ClaimProjection, RefusesWhatCannotFollow) {
  Projection state;
  Event grant;
  grant.claim = "c1";
  grant.fence = 1;
  std::vector<Event> events{grant};
  seal(events, "k", 0, "");
  EXPECT_EQ(apply(state, events[0]), std::nullopt);
  std::vector<Event> again{grant};
  seal(again, "l", 1, state.last_hash);
  EXPECT_NE(apply(state, again[0]), std::nullopt);  // the fence does not rise
  Event end = grant;
  end.kind = Event::Kind::released;
  std::vector<Event> ends{end, end};
  seal(ends, "m", 2, state.last_hash);
  Event changed = ends[0];
  changed.agent = "mallory";
  Projection other = state;
  EXPECT_NE(apply(other, changed), std::nullopt);
  EXPECT_EQ(apply(state, ends[0]), std::nullopt);
  EXPECT_NE(apply(state, ends[1]), std::nullopt);  // ended already
}

}  // namespace
}  // namespace planner
