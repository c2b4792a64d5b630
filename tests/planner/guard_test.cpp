// What a guard says of acts, claims and orders.
#include "planner/guard.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "planner/guard_state.h"
#include "tests/support/bound_orders.h"
#include "tests/support/memory_ledger.h"

namespace planner {
namespace {

using Kind = parsers::ShellAction::Kind;

constexpr const char* two_orders = R"(
work_orders:
  - {id: WO-1, write: [src/a.py, "gen/**"], permits: [notes.md], do_not_touch: ["**/*.lock"], branch: wo-1}
  - {id: WO-2, write: [src/b.py, "tests/**"], branch: wo-2}
  - {id: WO-3, write: [src/c.py], branch: wo-3, status: done}
)";

GuardedPath inside(const std::string& path) {
  GuardedPath out;
  out.path = path;
  out.written = path;
  return out;
}

GuardedAct writes(std::vector<GuardedPath> paths) { return {Kind::write, "edit", std::move(paths), {}}; }
GuardedAct act(Kind kind, std::vector<GuardedPath> paths = {}, std::vector<std::string> names = {}) {
  return {kind, "git x", std::move(paths), std::move(names)};
}

/// One scene: orders, a ledger with claims, a session.
struct Scene {
  Orders orders = support::bound_orders(two_orders);
  support::MemoryLedger ledger;
  GuardSession session;
  bool with_ledger = true;

  Claim claim(const std::string& agent, const std::string& order, const std::vector<std::string>& paths,
              std::int64_t ttl_ms = 60'000) {
    ClaimRequest request{agent, order, {}, ttl_ms, {}};
    for (const std::string& path : paths) request.holds.push_back({Hold::Kind::file, resource_from(path)});
    const auto events = ledger.transact("k" + std::to_string(ledger.events.size()), [&](const LedgerSnapshot& s) {
      return rule_grant(s, request, law().claims).events;
    });
    EXPECT_TRUE(events && !events->empty());
    return *claim_after(std::nullopt, *events);
  }

  GuardLaw law() const { return {&orders, {orders.rules.isolation, Coverage(orders.rules.regenerate)}}; }

  /// "severity rule message" a line.
  std::string say(const std::vector<GuardedAct>& acts, const std::vector<std::string>& unread = {}) {
    std::string out;
    decided = GuardDecision::allow;
    const auto look = [&](const LedgerSnapshot* snapshot) {
      const GuardFacts facts = guard_facts(session, law(), snapshot);
      const auto reasons = judge(acts, unread, session, facts, law(), snapshot);
      for (const GuardReason& r : reasons)
        out += std::string(to_string(r.finding.severity)) + " " + r.finding.rule + ": " + r.finding.message + "\n";
      decided = decide(reasons, true, true);
    };
    if (with_ledger)
      EXPECT_TRUE(ledger.read([&](const LedgerSnapshot& snapshot) { look(&snapshot); }));
    else
      look(nullptr);
    return out;
  }

  GuardDecision decided = GuardDecision::allow;
};

TEST(Guard, LetsASessionDoItsOwnWork) {
  Scene scene;
  scene.session.work_order = "WO-1";
  EXPECT_EQ(scene.say({writes({inside("src/a.py"), inside("gen/x/y.txt"), inside("notes.md")})}), "");
  EXPECT_EQ(scene.decided, GuardDecision::allow);
}

TEST(Guard, SaysOneThingOfAPath) {
  Scene scene;
  scene.session.work_order = "WO-1";
  EXPECT_EQ(scene.say({writes({inside("gen/x.lock")})}),
            "error forbidden-write: \"gen/x.lock\" is do-not-touch for WO-1 (**/*.lock)\n");
  EXPECT_EQ(scene.say({writes({inside("src/b.py")})}),
            "error foreign-work: \"src/b.py\" belongs to WO-2, not to WO-1\n");
  EXPECT_EQ(scene.say({writes({inside("src/c.py")})}),
            "error undeclared-write: \"src/c.py\" is not in the scope of WO-1\n");
}

TEST(Guard, WeighsByThePolicy) {
  Scene scene;
  scene.session.work_order = "WO-1";
  scene.orders = support::bound_orders(two_orders, "policy: protect\n");
  EXPECT_EQ(scene.say({writes({inside("new.py")})}),
            "warning undeclared-write: \"new.py\" is not in the scope of WO-1\n");
  EXPECT_EQ(scene.decided, GuardDecision::advise);
  scene.orders = support::bound_orders(two_orders, "policy: observe\n");
  EXPECT_EQ(scene.say({writes({inside("src/b.py")})}),
            "warning foreign-work: \"src/b.py\" belongs to WO-2, not to WO-1\n");
}

TEST(Guard, KnowsTheOrderByItsBranch) {
  Scene scene;
  scene.session.branch = "wo-2";
  EXPECT_EQ(scene.say({writes({inside("src/b.py")})}), "");
  EXPECT_EQ(scene.say({writes({inside("src/a.py")})}),
            "error foreign-work: \"src/a.py\" belongs to WO-1, not to WO-2\n");
  scene.session.branch = "wo-3";  // landed
  EXPECT_EQ(scene.say({writes({inside("src/a.py")})}), "");
}

TEST(Guard, LetsAnyoneWriteTheClasses) {
  Scene scene;
  scene.orders = support::bound_orders(two_orders, "classes: {companion: [\"tests/**\"], append: [CHANGELOG.md]}\n");
  scene.session.work_order = "WO-1";
  EXPECT_EQ(scene.say({writes({inside("tests/t.py"), inside("CHANGELOG.md")})}), "");
}

TEST(Guard, SeesOthersClaims) {
  Scene scene;
  scene.claim("bob", "", {"src/"});
  scene.session.agents = {"ada"};
  EXPECT_EQ(scene.say({writes({inside("src/x.py")})}), "error foreign-work: \"src/x.py\" is held by c1 of bob: src/\n");
  EXPECT_EQ(scene.say({writes({inside("docs/x.md")})}), "");
  scene.session.agents = {"bob"};
  EXPECT_EQ(scene.say({writes({inside("src/x.py")})}), "");
  EXPECT_EQ(scene.say({writes({inside("docs/x.md")})}),
            "error undeclared-write: \"docs/x.md\" is not among what c1 holds\n");
}

TEST(Guard, LetsASubagentActForItsSession) {
  Scene scene;
  scene.claim("claude:s", "", {"src/a.py"});
  scene.session.agents = {"claude:s/1", "claude:s"};
  EXPECT_EQ(scene.say({writes({inside("src/a.py")})}), "");
  scene.claim("claude:s/2", "", {"src/b.py"});
  EXPECT_EQ(scene.say({writes({inside("src/b.py")})}),
            "error foreign-work: \"src/b.py\" is held by c2 of claude:s/2: src/b.py\n");
}

TEST(Guard, JudgesDirectoriesAndPatternsAsAWhole) {
  Scene scene;
  scene.claim("bob", "", {"src/deep/x.py"});
  scene.session.agents = {"ada"};
  GuardedPath directory = inside("src");
  directory.directory = true;
  directory.removes = true;
  EXPECT_EQ(scene.say({writes({directory})}), "error foreign-work: \"src/\" is held by c1 of bob: src/deep/x.py\n");
  GuardedPath pattern = inside("src/deep/*.py");
  pattern.pattern = true;
  EXPECT_EQ(scene.say({writes({pattern})}),
            "error foreign-work: \"src/deep/*.py\" is held by c1 of bob: src/deep/x.py\n");
  pattern.path = "src/*.py";
  EXPECT_EQ(scene.say({writes({pattern})}), "");
}

TEST(Guard, RefusesAStaleFence) {
  Scene scene;
  const Claim claim = scene.claim("ada", "WO-1", {"src/a.py"}, 1000);
  scene.session.claim = claim.id;
  scene.session.fence = claim.fence;
  EXPECT_EQ(scene.say({writes({inside("src/a.py")})}), "");
  scene.session.fence = 7;
  EXPECT_EQ(scene.say({writes({inside("src/a.py")})}), "error stale-fence: fence 7 is not that of c1, which is 1\n");
  scene.session.fence = claim.fence;
  scene.ledger.pass(2000);
  const std::string said = scene.say({writes({inside("src/a.py")})});
  EXPECT_TRUE(said.starts_with("error stale-fence: c1 (fence 1) has expired")) << said;
  EXPECT_EQ(decide({guard_reason("stale-fence", parsers::Policy::observe, "x")}, false, false), GuardDecision::deny);
  scene.with_ledger = false;
  EXPECT_EQ(scene.say({writes({inside("src/a.py")})}), "error stale-fence: there is no ledger, and so no claim c1\n");
  // What does not reach the repository needs no claim.
  GuardedPath elsewhere = inside("x");
  elsewhere.where = GuardedPath::Where::temporary;
  EXPECT_EQ(scene.say({writes({elsewhere})}), "");
}

TEST(Guard, SaysThatTheSessionsOwnClaimLapsed) {
  Scene scene;
  scene.claim("ada", "", {"src/a.py"}, 1000);
  scene.session.agents = {"ada"};
  scene.ledger.pass(2000);
  const std::string said = scene.say({writes({inside("src/a.py")})});
  EXPECT_TRUE(said.starts_with("error lapsed-claim: ")) << said;
}

TEST(Guard, JudgesWhereAPathReallyLies) {
  using Where = GuardedPath::Where;
  Scene scene;
  scene.session.work_order = "WO-1";
  GuardedPath path = inside("x");
  path.where = Where::git;
  EXPECT_EQ(scene.say({writes({path})}), "error git-directory: \"x\" lies in git's own directory\n");
  path.where = Where::outside;
  EXPECT_EQ(scene.say({writes({path})}),
            "error outside-repository: \"x\" lies outside of the repository: no order and no claim covers it\n");
  path.where = Where::unread;
  path.path = "it is too long";
  EXPECT_EQ(scene.say({writes({path})}), "warning unread: \"x\" is not judged: it is too long\n");
  EXPECT_EQ(scene.decided, GuardDecision::ask);
  GuardedPath twin = inside("src/B.py");
  twin.twin = "src/b.py";
  EXPECT_EQ(
      scene.say({writes({twin})}),
      "error undeclared-write: \"src/B.py\" is not in the scope of WO-1\n"
      "note foreign-work: \"src/B.py\", which differs from \"src/b.py\" by case or Unicode form alone, belongs to "
      "WO-2, not to WO-1\n");
}

TEST(Guard, NeedsAnOrderWhereTheConfigurationSaysSo) {
  Scene scene;
  scene.orders = support::bound_orders(two_orders, "require_order: true\n");
  EXPECT_EQ(scene.say({writes({inside("x.py")})}),
            "error undeclared-write: \"x.py\" is changed without an order, and every change needs one here\n");
}

struct Shared {
  Kind kind;
  bool shared;    // hurts others who share the work tree
  bool worktree;  // and those who do not
};
class GuardState : public testing::TestWithParam<Shared> {};

TEST_P(GuardState, IsJudgedByWhoElseWorks) {
  for (const bool shared : {true, false}) {
    Scene scene;
    scene.orders = support::bound_orders(two_orders, shared ? "" : "isolation: worktree\n");
    scene.session.agents = {"ada"};
    std::vector<std::string> names;
    if (GetParam().kind == Kind::change_branch || GetParam().kind == Kind::force_push) names = {"topic"};
    EXPECT_EQ(scene.say({act(GetParam().kind, {}, names)}), "") << "alone";
    scene.claim("bob", "", {"src/b.py"});
    const std::string said = scene.say({act(GetParam().kind, {}, names)});
    EXPECT_EQ(said.starts_with("error shared-state: "), shared ? GetParam().shared : GetParam().worktree) << said;
    EXPECT_EQ(said.find("c1 of bob") != std::string::npos, !said.empty());
  }
}

const Shared kinds[] = {
    {Kind::stage, true, false},          {Kind::commit_all, true, false},
    {Kind::amend, true, false},          {Kind::rewrite_history, true, false},
    {Kind::discard, true, false},        {Kind::unstage, true, false},
    {Kind::stash, true, true},           {Kind::autostash, true, false},
    {Kind::switch_branch, true, false},  {Kind::force_push, true, true},
    {Kind::change_branch, true, true},   {Kind::change_ref, true, true},
    {Kind::remove_worktree, true, true}, {Kind::prune, true, true},
};
INSTANTIATE_TEST_SUITE_P(Kinds, GuardState, testing::ValuesIn(kinds));

TEST(GuardState, OfNamedPathsIsTheirOwners) {
  Scene scene;
  scene.claim("bob", "", {"src/b.py"});
  scene.session.agents = {"ada"};
  EXPECT_EQ(scene.say({act(Kind::stage, {inside("src/a.py")})}), "");
  EXPECT_EQ(scene.say({act(Kind::stage, {inside("src/b.py")})}),
            "error foreign-work: \"src/b.py\" is held by c1 of bob: src/b.py\n");
  GuardedPath top = inside("");
  top.directory = true;
  EXPECT_TRUE(scene.say({act(Kind::stage, {top})}).starts_with("error shared-state: "));
}

TEST(GuardState, OfBranchesIsTheirOrders) {
  Scene scene;
  scene.session.work_order = "WO-1";
  scene.claim("bob", "", {"src/b.py"});
  EXPECT_EQ(scene.say({act(Kind::change_branch, {}, {"wo-2"})}),
            "error foreign-work: \"git x\" reaches branch wo-2, which is that of WO-2\n");
  EXPECT_EQ(scene.say({act(Kind::force_push, {}, {"wo-1"})}), "");
  EXPECT_EQ(scene.say({act(Kind::change_ref, {}, {"refs/heads/wo-2"})}),
            "error foreign-work: \"git x\" reaches branch wo-2, which is that of WO-2\n");
  GuardedAct rewrite = act(Kind::rewrite_history, {}, {"topic"});
  rewrite.work_orders = {"WO-2"};
  EXPECT_EQ(scene.say({rewrite}), "error foreign-work: \"git x\" loses commits of WO-2\n");
  GuardedPath tree = inside("");
  tree.work_tree = "x";
  tree.branch = "wo-2";
  tree.is_work_tree = true;
  tree.removes = true;
  EXPECT_EQ(scene.say({writes({tree})}), "error foreign-work: \"edit\" reaches branch wo-2, which is that of WO-2\n");
}

TEST(GuardState, NamesWhatToDoInstead) {
  Scene scene;
  scene.claim("bob", "", {"src/b.py"});
  scene.claim("ada", "", {"src/a.py", "gen/"});
  scene.session.agents = {"ada"};
  EXPECT_TRUE(scene.ledger.read([&](const LedgerSnapshot& snapshot) {
    const GuardFacts facts = guard_facts(scene.session, scene.law(), &snapshot);
    const auto reasons = judge({act(Kind::stage)}, {}, scene.session, facts, scene.law(), &snapshot);
    ASSERT_EQ(reasons.size(), 1u);
    EXPECT_EQ(reasons[0].remedy, "stage your own paths: git add -- gen/ src/a.py");
  }));
}

TEST(GuardDecisions, FollowStrictnessAndTheAgent) {
  const GuardReason error = guard_reason("shared-state", parsers::Policy::strict, "x");
  const GuardReason unread = guard_reason("unread", parsers::Policy::strict, "x");
  EXPECT_EQ(decide({}, true, true), GuardDecision::allow);
  EXPECT_EQ(decide({error}, false, true), GuardDecision::advise);
  EXPECT_EQ(decide({error}, true, true), GuardDecision::deny);
  EXPECT_EQ(decide({unread}, true, true), GuardDecision::ask);
  EXPECT_EQ(decide({unread}, true, false), GuardDecision::advise);
  EXPECT_EQ(decide({unread, error}, true, true), GuardDecision::deny);
  EXPECT_EQ(decide({guard_reason("git-directory", parsers::Policy::observe, "x")}, false, false), GuardDecision::deny);
}

TEST(GuardRenewal, IsDueAfterHalfOfTheLease) {
  Scene scene;
  const Claim claim = scene.claim("ada", "", {"a"}, 10'000);
  EXPECT_FALSE(past_half(claim, scene.ledger.now));
  scene.ledger.pass(5001);
  EXPECT_TRUE(past_half(claim, scene.ledger.now));
}

}  // namespace
}  // namespace planner
