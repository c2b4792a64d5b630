// From real repositories to findings: ranges, attribution, dependencies, and the replay of a real dispatch.
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/io/git_repository.h"
#include "planner/verify.h"
#include "tests/support/bound_orders.h"
#include "tests/support/temporary_repository.h"

namespace planner {
namespace {

using support::bound_orders;
using support::TemporaryRepository;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::unique_ptr<io::GitRepository> open(const std::string& directory) {
  auto repository = io::open_repository(directory);
  if (!repository) throw std::runtime_error(repository.error().what);
  return std::move(*repository);
}

WorkRequest request(std::vector<std::string> orders, const std::string& range) {
  WorkRequest out = work_request(range).value();
  out.orders = std::move(orders);
  return out;
}

std::optional<Target> target(Repository& repository, const std::string& name = "main") {
  return Target{name, repository.commit(name).value()};
}

std::vector<std::string> paths(const Work& work) {
  std::vector<std::string> out;
  for (const Change& change : work.changes) out.push_back(change.path);
  return out;
}

Work one(Repository& repository, const Orders& orders, const WorkRequest& asked) {
  const auto works = gather(repository, orders, asked, target(repository));
  if (!works) throw std::runtime_error(works.error().what);
  EXPECT_EQ(works->size(), 1U);
  return works->at(0);
}

std::vector<std::string> judge(Repository& repository, const Orders& orders, const std::vector<WorkRequest>& requests) {
  const auto evidence = look_up_work(repository, orders, requests, target(repository));
  if (!evidence) throw std::runtime_error(evidence.error().what);
  std::vector<std::string> out;
  for (const Finding& f : verify(orders, *evidence))
    out.push_back(fmt::format("{} {}: {}", to_string(f.severity), f.rule, f.message));
  return out;
}

const char* const orders_text = R"(
work_orders:
  - {id: A, write: [a], branch: fix-a}
  - {id: B, write: [b], depends_on: [A]}
  - {id: C, write: [c], read: [r]}
)";

TEST(WorkRequest, IsARevisionOrARange) {
  EXPECT_EQ(work_request("x/y").value().head, "x/y");
  EXPECT_EQ(work_request("a..b").value().base, "a");
  EXPECT_EQ(work_request("a..").value().head, "");
  for (const char* bad : {"", "..b", "a...b"}) EXPECT_EQ(work_request(bad).error().kind, Error::Kind::input) << bad;
}

TEST(Gather, MeasuresFromWhereTheBranchLeftTheTarget) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(orders_text);
  user.commit("root", {{"a", "0"}});
  user.git({"checkout", "-q", "-b", "fix-a"});
  user.commit("work", {{"a", "1"}});
  user.git({"checkout", "-q", "main"});
  user.commit("others", {{"b", "1"}});
  user.git({"checkout", "-q", "fix-a"});
  user.git({"merge", "-q", "--no-edit", "main"});
  user.git({"checkout", "-q", "main"});
  user.commit("others again", {{"c", "1"}});
  const auto repository = open(user.top());
  const Work work = one(*repository, orders, request({}, "fix-a"));
  EXPECT_THAT(paths(work), ElementsAre("a")) << "not what was merged in";
  EXPECT_EQ(names_of(orders, work.orders), "A") << "by its branch";
  EXPECT_THAT(paths(one(*repository, orders, request({"A"}, "main..fix-a"))), ElementsAre("a"))
      << "nor the target's work backwards";
  EXPECT_EQ(work.name, "fix-a");
}

TEST(Gather, CrissCrossMergesBringNothingOfTheirOwn) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(orders_text + std::string("  - {id: D, write: [d], depends_on: [C]}\n"));
  user.commit("root", {{"a", "0"}, {"c", "0"}, {"d", "0"}});
  user.git({"checkout", "-q", "-b", "fix-a"});
  const ObjectId ours = user.commit("ours", {{"a", "1"}});
  user.git({"checkout", "-q", "main"});
  const ObjectId theirs = user.commit("theirs\n\nWork-Order: C\n", {{"c", "1"}, {"r", "1"}});
  user.git({"merge", "-q", "--no-edit", ours});
  user.git({"checkout", "-q", "fix-a"});
  user.git({"merge", "-q", "--no-edit", theirs});
  user.commit("ours again", {{"a", "2"}, {"d", "1"}});
  const auto repository = open(user.top());
  EXPECT_EQ(repository->merge_bases(repository->commit("main").value(), repository->commit("fix-a").value())->size(),
            2U);
  const Work work = one(*repository, orders, request({"A"}, "fix-a"));
  EXPECT_THAT(paths(work), ElementsAre("a", "d")) << "c is the target's";
  EXPECT_EQ(work.commits.size(), 2U) << "its merge, and what came after";
  EXPECT_THAT(judge(*repository, orders, {request({"C", "D", "A"}, "fix-a")}),
              ElementsAre("warning partial-completion: C declares c and did not touch it"))
      << "nothing that it reads or rests on is stale or missing";
  WorkRequest tree{{"A"}, "", "", user.top()};
  user.write("d", "2");
  EXPECT_THAT(paths(one(*repository, orders, tree)), ElementsAre("a", "d"));
  EXPECT_THAT(judge(*repository, orders, {request({"D"}, "fix-a")}),
              testing::Not(testing::Contains(HasSubstr("missing-dependency"))));
}

TEST(Gather, WhatHasLandedIsMeasuredFromItsFirstParent) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(orders_text);
  user.commit("root", {{"a", "0"}});
  user.git({"checkout", "-q", "-b", "fix-a"});
  user.commit("work", {{"a", "1"}});
  user.git({"checkout", "-q", "main"});
  user.commit("others", {{"b", "1"}});
  user.git({"merge", "-q", "--no-ff", "-m", "land it", "fix-a"});
  const auto repository = open(user.top());
  EXPECT_THAT(paths(one(*repository, orders, request({"A"}, "main"))), ElementsAre("a")) << "the merge";
  EXPECT_THAT(paths(one(*repository, orders, request({"A"}, "fix-a"))), ElementsAre("a")) << "the branch behind it";
}

TEST(Gather, ABranchNobodyWorkedOnHasNoWorkOfItsOwn) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(orders_text);
  user.commit("root", {{"a", "0"}});
  user.commit("others\n\nWork-Order: C\n", {{"c", "1"}});
  user.git({"branch", "fix-a"});
  const auto repository = open(user.top());
  EXPECT_THAT(judge(*repository, orders, {request({"A"}, "fix-a")}),
              ElementsAre("error silent-completion: A changed nothing; it declares a"));
}

TEST(Gather, AWorkTreeHoldsUncommittedWork) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(orders_text);
  user.commit("root", {{"a", "0"}, {".gitignore", "*.log"}});
  user.git({"worktree", "add", "-q", "-b", "fix-a", user / "trees/a"});
  support::write(user / "trees/a/a", "1");
  support::write(user / "trees/a/x.log", "");
  const auto repository = open(user.top());
  WorkRequest asked;
  asked.directory = user / "trees/a";
  const Work work = one(*repository, orders, asked);
  EXPECT_THAT(paths(work), ElementsAre("a"));
  EXPECT_EQ(names_of(orders, work.orders), "A");
  asked.directory = user.top();
  EXPECT_THAT(one(*repository, orders, asked).hidden, IsEmpty()) << "a work tree inside of another is no secret";
}

TEST(Gather, TrailersThatDifferSplitTheRange) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(orders_text);
  const ObjectId root = user.commit("root", {{"a", "0"}});
  user.git({"checkout", "-q", "-b", "lane"});
  user.commit("1\n\nWork-Order: A\n", {{"a", "1"}, {"x", "1"}});
  user.commit("2\n\nWork-Order: B, C\n", {{"b", "1"}, {"c", "1"}});
  user.commit("3\n\nWork-Order: A\n", {{"a", "2"}});
  user.commit("4", {{"d", "1"}});
  const auto repository = open(user.top());
  const auto works = gather(*repository, orders, request({}, "lane"), target(*repository)).value();
  ASSERT_EQ(works.size(), 3U);
  EXPECT_EQ(names_of(orders, works[0].orders), "A");
  EXPECT_THAT(paths(works[0]), ElementsAre("a", "x"));
  EXPECT_EQ(works[0].base, root);
  EXPECT_EQ(names_of(orders, works[1].orders), "B and C");
  EXPECT_THAT(works[2].orders, IsEmpty());
  EXPECT_THAT(paths(works[2]), ElementsAre("d"));

  user.git({"checkout", "-q", "-b", "single", root});
  user.commit("1\n\nWork-Order: A\nWork-Order: NOBODY\n", {{"a", "3"}});
  user.commit("fixup", {{"y", "1"}});
  const Work single = one(*repository, orders, request({}, "single"));
  EXPECT_EQ(names_of(orders, single.orders), "A") << "commits that say nothing go with the only order there is";
  EXPECT_THAT(single.unknown_orders, ElementsAre("NOBODY"));
}

TEST(Gather, WithoutATargetOnlyWhatNamesItsBaseIsMeasured) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(orders_text);
  const ObjectId root = user.commit("root", {{"a", "0"}});
  user.git({"branch", "-m", "trunk"});
  user.commit("undeclared", {{"c", "1"}});
  user.commit("work", {{"a", "1"}});
  const auto repository = open(user.top());
  ASSERT_EQ(repository->target("").value(), std::nullopt);
  WorkRequest tree;
  tree.directory = user.top();
  for (const WorkRequest& asked : {request({"A"}, "HEAD"), tree}) {
    const auto works = gather(*repository, orders, asked, std::nullopt);
    ASSERT_FALSE(works) << "the last commit is not all of it";
    EXPECT_EQ(works.error().kind, Error::Kind::world);
    EXPECT_THAT(works.error().what, HasSubstr("which branch is the target?"));
    EXPECT_THAT(works.error().remedy, HasSubstr("--base"));
  }
  EXPECT_THAT(paths(gather(*repository, orders, request({"A"}, root + "..HEAD"), std::nullopt).value().at(0)),
              ElementsAre("a", "c"));
  tree.base = root;
  EXPECT_THAT(paths(gather(*repository, orders, tree, std::nullopt).value().at(0)), ElementsAre("a", "c"));
}

TEST(Gather, UnknownOrdersAreBadInput) {
  const TemporaryRepository user;
  user.commit("root");
  const auto repository = open(user.top());
  const auto works = gather(*repository, bound_orders(orders_text), request({"Z"}, "main"), target(*repository));
  ASSERT_FALSE(works);
  EXPECT_EQ(works.error().kind, Error::Kind::input);
}

TEST(Gather, ReadsWhetherAFileOnlyGrew) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(R"(
work_orders:
  - {id: A, write: [{path: "*.md", intent: append}]}
  - {id: B, write: [b]}
)");
  const std::string large(std::size_t{2} << 20, 'x');
  user.commit("root", {{"grown.md", "1\n"}, {"edited.md", "1\n2\n"}, {"top.md", "1\n"}, {"large.md", large}});
  user.git({"checkout", "-q", "-b", "w"});
  const std::map<std::string, std::string> after{{"grown.md", "1\n2\n"},
                                                 {"edited.md", "1\n3\n"},
                                                 {"top.md", "0\n1\n"},
                                                 {"large.md", large + "y"},
                                                 {"new.md", "1"}};
  for (const auto& [path, text] : after) user.write(path, text);
  const auto repository = open(user.top());
  const auto expected = testing::UnorderedElementsAre(
      testing::Pair("grown.md", Growth::grew), testing::Pair("edited.md", Growth::rewritten),
      testing::Pair("top.md", Growth::rewritten), testing::Pair("large.md", Growth::unknown),
      testing::Pair("new.md", Growth::grew));
  EXPECT_THAT(one(*repository, orders, {{"A"}, "", "", user.top()}).growth, expected) << "uncommitted";
  user.commit("all");
  EXPECT_THAT(one(*repository, orders, request({"A"}, "w")).growth, expected) << "committed";

  user.git({"checkout", "-q", "-b", "lane", "main"});
  user.commit("1\n\nWork-Order: A\n", {{"grown.md", "1\n2\n"}});
  user.commit("2\n\nWork-Order: B\n", {{"grown.md", "9\n"}});
  user.commit("3\n\nWork-Order: A\n", {{"grown.md", "9\n10\n"}});
  const auto works = gather(*repository, orders, request({}, "lane"), target(*repository)).value();
  ASSERT_EQ(works.size(), 2U);
  EXPECT_THAT(works[0].growth, ElementsAre(testing::Pair("grown.md", Growth::grew))) << "B rewrote it";
}

struct Landing {
  TemporaryRepository user;
  Orders orders = bound_orders(orders_text);
  Landing() {
    user.commit("root", {{"a", "0"}, {"b", "0"}});
    user.git({"checkout", "-q", "-b", "fix-a"});
    user.commit("work of A", {{"a", "1"}});
    user.git({"checkout", "-q", "main"});
  }
  std::vector<std::string> judge_b() {
    user.git({"checkout", "-q", "-b", "fix-b"});
    user.commit("work of B", {{"b", "1"}});
    const auto repository = open(user.top());
    return judge(*repository, orders, {request({"B"}, "fix-b")});
  }
};

TEST(Dependencies, AreMissingUntilTheWorkIsInTheBase) {
  Landing landing;
  EXPECT_THAT(landing.judge_b(), ElementsAre(HasSubstr("error missing-dependency: B began without A: its work ")));
}

TEST(Dependencies, HoldByAncestry) {
  Landing landing;
  landing.user.git({"merge", "-q", "--ff-only", "fix-a"});
  EXPECT_THAT(landing.judge_b(), IsEmpty());
}

TEST(Dependencies, HoldByTheContentsOfASquash) {
  Landing landing;
  landing.user.commit("squashed", {{"a", "1"}});
  landing.user.commit("changed since", {{"a", "2"}});
  EXPECT_THAT(landing.judge_b(), IsEmpty());
}

TEST(Dependencies, HoldByTrailer) {
  Landing landing;
  landing.user.commit("rewritten\n\nWork-Order: A\n", {{"a", "something else"}});
  EXPECT_THAT(landing.judge_b(), IsEmpty());
}

TEST(Dependencies, OfEveryKindAreLookedUp) {
  const TemporaryRepository user;
  const ObjectId root = user.commit("root", {{"d/f", "0"}});
  const ObjectId later = user.commit("later", {{"later", "1"}});
  user.git({"checkout", "-q", "-b", "x", root});
  user.commit("x", {{"x", "1"}});
  const Orders orders = bound_orders(fmt::format(R"(
work_orders:
  - id: X
    write: [x]
    depends_on: ["commit:{0}", "commit:{1}", "commit:dead", "path:d/f", "path:d", "path:e", "external:OPS-7", D, P]
  - {{id: D, write: [q], status: done}}
  - {{id: P, write: [p]}}
  - {{id: F, write: [z], before: [X]}}
)",
                                                 root.substr(0, 12), later.substr(0, 12)));
  const auto repository = open(user.top());
  EXPECT_THAT(judge(*repository, orders, {request({"X"}, "x")}),
              testing::UnorderedElementsAre(
                  HasSubstr("note missing-dependency: X depends on F: neither"),
                  HasSubstr("note missing-dependency: X depends on P: neither"),
                  HasSubstr("note missing-dependency: X depends on commit:dead: there is no such commit"),
                  HasSubstr("error missing-dependency: X began without commit:" + later.substr(0, 12)),
                  HasSubstr("error missing-dependency: X began without path:e"),
                  HasSubstr("note missing-dependency: X depends on D: neither"),
                  HasSubstr("note missing-dependency: X depends on external:OPS-7")));
}

TEST(Dependencies, ByTrailersOnTheTargetAreMissingWhenTheBaseIsOlder) {
  Landing landing;
  landing.user.git({"checkout", "-q", "-b", "fix-b"});
  landing.user.git({"branch", "-D", "-q", "fix-a"});
  landing.user.git({"checkout", "-q", "main"});
  landing.user.commit("rewritten\n\nWork-Order: A\n", {{"a", "something else"}});
  landing.user.git({"checkout", "-q", "fix-b"});
  landing.user.commit("work of B", {{"b", "1"}});
  const auto repository = open(landing.user.top());
  EXPECT_THAT(judge(*repository, landing.orders, {request({"B"}, "fix-b")}),
              ElementsAre(HasSubstr("error missing-dependency: B began without A: its work ")));
}

TEST(Dependencies, NothingThatShowsThemIsNoProof) {
  Landing landing;
  landing.user.git({"branch", "-D", "-q", "fix-a"});
  landing.user.commit("squashed and forgotten", {{"a", "1"}});
  EXPECT_THAT(landing.judge_b(), ElementsAre(HasSubstr("note missing-dependency: B depends on A: neither")));
}

TEST(Dependencies, OnACommitHoldWhenItsContentsLanded) {
  const TemporaryRepository user;
  user.commit("root", {{"a", "0"}, {"gone", "0"}, {"f", "0"}});
  user.git({"checkout", "-q", "-b", "side"});
  const ObjectId edit = user.commit("edit", {{"a", "1"}});
  std::filesystem::remove(user / "gone");
  const ObjectId removal = user.commit("removal");
  const ObjectId other = user.commit("other", {{"f", "1"}});
  user.git({"checkout", "-q", "main"});
  user.git({"cherry-pick", "--no-commit", edit, removal});
  user.commit("both, squashed");
  user.git({"checkout", "-q", "-b", "x"});
  user.commit("x", {{"x", "1"}});
  const Orders orders = bound_orders(fmt::format(
      "work_orders:\n  - {{id: X, write: [x], depends_on: [\"commit:{}\", \"commit:{}\", \"commit:{}\"]}}\n", edit,
      removal, other));
  const auto repository = open(user.top());
  EXPECT_THAT(judge(*repository, orders, {request({"X"}, "x")}),
              ElementsAre(HasSubstr("error missing-dependency: X began without commit:" + other)));
}

TEST(Resurrected, WhatACompletedOrderDeletedIsBack) {
  const TemporaryRepository user;
  const Orders orders = bound_orders(R"(
work_orders:
  - {id: GONE, write: [{path: old, intent: delete}], status: done}
  - {id: A, write: [old]}
  - {id: B, write: [{path: old, intent: create}]}
)");
  const ObjectId root = user.commit("root", {{"f", "0"}});
  user.commit("first", {{"old", "0"}});
  std::filesystem::remove(user / "old");
  const ObjectId gone = user.commit("gone\n\nWork-Order: GONE\n");
  user.git({"checkout", "-q", "-b", "back"});
  user.commit("back", {{"old", "1"}});
  const auto repository = open(user.top());
  EXPECT_THAT(judge(*repository, orders, {request({"A"}, "back")}),
              ElementsAre(HasSubstr("error resurrected: \"old\" was added, and GONE deleted it, which is done")));
  EXPECT_THAT(judge(*repository, orders, {request({"B"}, "back")}), IsEmpty()) << "its author knows";
  EXPECT_THAT(judge(*repository, orders, {request({"A"}, root + ".." + gone + "^")}), IsEmpty())
      << "before it was deleted";
}

TEST(OrphanedWork, IsWorkOnWhatTheTargetHasRemovedSince) {
  const TemporaryRepository user;
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [a, b]}\n");
  user.commit("root", {{"a", "0\n1\n2\n"}, {"b", "0"}});
  user.git({"checkout", "-q", "-b", "fix"});
  user.commit("work", {{"a", "1\n1\n2\n"}, {"b", "1"}});
  user.git({"checkout", "-q", "main"});
  user.git({"mv", "a", "c"});
  user.git({"rm", "-q", "b"});
  user.commit("others");
  const auto repository = open(user.top());
  EXPECT_THAT(judge(*repository, orders, {request({"A"}, "fix")}),
              ElementsAre(HasSubstr("error orphaned-work: \"a\" was modified, and main has renamed it to \"c\""),
                          HasSubstr("error orphaned-work: \"b\" was modified, and main has removed it")));
}

TEST(Gather, CommitsWithoutTrailersBelongToTheOrderWhoseScopeHoldsThem) {
  const TemporaryRepository user;
  const Orders orders = bound_orders("work_orders:\n  - {id: A, write: [a, x]}\n  - {id: B, write: [b, x]}\n");
  user.commit("root", {{"f", "0"}});
  user.git({"checkout", "-q", "-b", "both"});
  user.commit("a\n\nWork-Order: A\n", {{"a", "1"}});
  user.commit("b\n\nWork-Order: B\n", {{"b", "1"}});
  user.commit("silent a", {{"a", "2"}});
  user.commit("either", {{"x", "1"}});
  const auto repository = open(user.top());
  const auto works = gather(*repository, orders, request({}, "both"), target(*repository)).value();
  ASSERT_EQ(works.size(), 3U);
  EXPECT_EQ(names_of(orders, works[0].orders), "A");
  EXPECT_EQ(works[0].commits.size(), 2U);
  EXPECT_TRUE(works[2].orders.empty());
  EXPECT_THAT(paths(works[2]), ElementsAre("x"));
}

TEST(StaleReads, AreWhatOthersChangedOnTheTarget) {
  const TemporaryRepository user;
  user.commit("root", {{"r", "0"}, {"c", "0"}});
  user.git({"checkout", "-q", "-b", "fix-c"});
  user.commit("work", {{"c", "1"}});
  user.git({"checkout", "-q", "main"});
  user.commit("others", {{"r", "1"}});
  const auto repository = open(user.top());
  const Orders orders = bound_orders(orders_text);
  EXPECT_THAT(judge(*repository, orders, {request({"C"}, "fix-c")}),
              ElementsAre(HasSubstr("warning stale-read: C relies on \"r\", which changed on main")));
}

/// What The-Table's dispatch of thirteen fixes declared, and what its eleven commits did.
TEST(RealDispatch, FiveUndeclaredWritesOneBrokenPromiseOneMissingDependency) {
  const support::TemporaryDirectory directory;
  const auto made = io::run({{"sh", INTERLOCK_SOURCE_DIR "/samples/real-dispatch/replay.sh", directory / "r"},
                             {"PATH=/usr/local/bin:/usr/bin:/bin"},
                             {}});
  ASSERT_TRUE(made && made->exit_code == 0) << made->err;
  const Orders orders = bound_orders(R"(
work_orders:
  - {id: WO-FIX-01, write: [aidm/core/attack_resolver.py, aidm/core/full_attack_resolver.py], depends_on: [WO-FIX-03]}
  - {id: WO-FIX-02, write: [aidm/core/full_attack_resolver.py]}
  - {id: WO-FIX-03, write: [aidm/schemas/conditions.py, aidm/core/attack_resolver.py, aidm/core/full_attack_resolver.py]}
  - {id: WO-FIX-04, write: [aidm/schemas/conditions.py]}
  - {id: WO-FIX-06, write: [aidm/core/spell_resolver.py, aidm/core/play_loop.py]}
  - {id: WO-FIX-07, write: [aidm/core/maneuver_resolver.py]}
  - {id: WO-FIX-08, write: [aidm/core/maneuver_resolver.py]}
  - {id: WO-FIX-09, write: [aidm/core/maneuver_resolver.py]}
  - {id: WO-FIX-10, write: [aidm/core/terrain_resolver.py, aidm/core/mounted_combat.py]}
  - {id: WO-FIX-11, write: [aidm/core/play_loop.py]}
  - {id: WO-FIX-12, write: [aidm/core/experience_resolver.py, aidm/schemas/leveling.py]}
  - {id: WO-FIX-13, write: [aidm/schemas/geometry.py]}
  - {id: WO-FIX-14, write: [aidm/core/feat_resolver.py]}
)",
                                     "classes:\n  companion: [\"tests/**\"]\n");
  const auto repository = open(directory / "r");
  const auto expected =
      testing::UnorderedElementsAre(HasSubstr("error undeclared-write: \"aidm/schemas/maneuvers.py\""),
                                    HasSubstr("error undeclared-write: \"aidm/schemas/attack.py\""),
                                    HasSubstr("error undeclared-write: \"aidm/core/conditions.py\""),
                                    HasSubstr("error undeclared-write: \"aidm/core/duration_tracker.py\""),
                                    HasSubstr("error undeclared-write: \"play.py\""),
                                    HasSubstr("error missing-dependency: WO-FIX-01 began without WO-FIX-03"),
                                    HasSubstr("warning partial-completion: WO-FIX-11 declares aidm/core/play_loop.py"));

  EXPECT_THAT(judge(*repository, orders, {request({}, "r00..r11")}), expected) << "found by their trailers";

  const std::vector<std::pair<std::string, std::vector<std::string>>> map{
      {"r01", {"13"}}, {"r02", {"10"}},       {"r03", {"10"}},       {"r04", {"07", "08", "09"}},
      {"r05", {"12"}}, {"r06", {"01", "02"}}, {"r07", {"03", "04"}}, {"r08", {"06"}},
      {"r09", {"14"}}, {"r10", {"11"}},       {"r11", {"12"}}};
  std::vector<WorkRequest> requests;
  for (const auto& [tag, ids] : map)
    for (const std::string& id : ids) requests.push_back(request({"WO-FIX-" + id}, tag));
  EXPECT_THAT(judge(*repository, orders, requests), expected) << "said one by one";
}

}  // namespace
}  // namespace planner
