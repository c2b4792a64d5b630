#include "planner/landings.h"

#include <gmock/gmock.h>

namespace planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

PastCommit commit(std::string id, std::vector<ObjectId> parents) {
  return {std::move(id), std::move(parents), 1, 2, "subject"};
}

/// Children first, as git lists them.
Landings of(std::vector<PastCommit> oldest_first) {
  std::reverse(oldest_first.begin(), oldest_first.end());
  return landings_of(oldest_first);
}

std::vector<std::string> merges(const Landings& landings) {
  std::vector<std::string> out;
  for (const Landing& landing : landings.list) out.push_back(landing.merge);
  return out;
}

TEST(Landings, AreTheMergesOnTheFirstParentLine) {
  const Landings found = of({commit("0", {}), commit("a1", {"0"}), commit("a2", {"a1"}), commit("1", {"0"}),
                             commit("2", {"1", "a2"}), commit("3", {"2"})});
  EXPECT_THAT(found.line, ElementsAre("0", "1", "2", "3"));
  ASSERT_EQ(found.list.size(), 1U);
  const Landing& landing = found.list[0];
  EXPECT_EQ(landing.merge, "2");
  EXPECT_EQ(landing.position, 2U);
  EXPECT_EQ(landing.left, 0);
  ASSERT_EQ(landing.states.size(), 1U);
  EXPECT_EQ(landing.states[0].tip, "a2");
  EXPECT_EQ(landing.states[0].base, "0");
  EXPECT_EQ(landing.states[0].seen, 0);
  ASSERT_EQ(found.merges.size(), 1U);
  EXPECT_EQ(found.merges[0].ours, "1");
  EXPECT_EQ(found.merges[0].theirs, "a2");
}

TEST(Landings, AMergeOfWhatIsThereAlreadyBringsNothing) {
  EXPECT_THAT(of({commit("0", {}), commit("1", {"0"}), commit("2", {"1", "0"})}).list, IsEmpty());
  EXPECT_THAT(landings_of({}).list, IsEmpty());
}

TEST(Landings, AnOctopusBringsEachOfItsParents) {
  const Landings found = of({commit("0", {}), commit("a", {"0"}), commit("b", {"0"}), commit("1", {"0", "a", "b"})});
  EXPECT_THAT(merges(found), ElementsAre("1", "1"));
  EXPECT_TRUE(in_flight(found, 0, 1).has_value());
}

TEST(Landings, BranchesAreInFlightAtOnceWhenNeitherSawTheOtherLand) {
  // a and b leave 0; c leaves after a has landed.
  const Landings found = of({commit("0", {}), commit("a", {"0"}), commit("b", {"0"}), commit("1", {"0", "a"}),
                             commit("c", {"1"}), commit("2", {"1", "b"}), commit("3", {"2", "c"})});
  ASSERT_THAT(merges(found), ElementsAre("1", "2", "3"));
  EXPECT_TRUE(in_flight(found, 0, 1).has_value());
  EXPECT_FALSE(in_flight(found, 0, 2).has_value());
  EXPECT_TRUE(in_flight(found, 1, 2).has_value());
  EXPECT_EQ(in_flight(found, 2, 1)->first, 1U);
}

TEST(Landings, ABranchThatTookInTheTargetIsComparedAsItWasBefore) {
  // b takes in 1, which a landed with, before it lands itself.
  const Landings found = of({commit("0", {}), commit("a", {"0"}), commit("b1", {"0"}), commit("1", {"0", "a"}),
                             commit("b2", {"b1", "1"}), commit("b3", {"b2"}), commit("2", {"1", "b3"})});
  ASSERT_THAT(merges(found), ElementsAre("1", "2"));
  const Landing& b = found.list[1];
  EXPECT_EQ(b.left, 0);
  ASSERT_EQ(b.states.size(), 2U);
  EXPECT_EQ(b.states[0].tip, "b1");
  EXPECT_EQ(b.states[0].base, "0");
  EXPECT_EQ(b.states[1].tip, "b3");
  EXPECT_EQ(b.states[1].base, "1");
  const auto met = in_flight(found, 0, 1);
  ASSERT_TRUE(met.has_value());
  EXPECT_EQ(met->state, 0U);
  ASSERT_EQ(found.merges.size(), 3U);
  EXPECT_EQ(found.merges[1].ours, "b1");
  EXPECT_EQ(found.merges[1].theirs, "1");
  EXPECT_EQ(found.merges[1].from, 0);
  EXPECT_EQ(found.merges[1].to, 1);
}

TEST(Landings, WhatABranchIsBuiltOnIsNoNeighbour) {
  // b begins on a, which lands by a merge that b has not seen.
  const Landings found =
      of({commit("0", {}), commit("a", {"0"}), commit("b", {"a"}), commit("1", {"0", "a"}), commit("2", {"1", "b"})});
  ASSERT_THAT(merges(found), ElementsAre("1", "2"));
  EXPECT_EQ(found.list[1].states[0].base, "a");
  EXPECT_FALSE(in_flight(found, 0, 1).has_value());
}

TEST(Landings, UnrelatedAndCutOffHistoriesAreLeftOut) {
  EXPECT_THAT(of({commit("0", {}), commit("x", {}), commit("1", {"0", "x"})}).list, IsEmpty());
  EXPECT_THAT(of({commit("0", {"gone"}), commit("1", {"0", "gone"})}).list, IsEmpty());
}

PastCommit landed(std::string id, std::vector<ObjectId> parents, std::int64_t authored, std::int64_t time,
                  std::string subject) {
  return {std::move(id), std::move(parents), authored, time, std::move(subject)};
}

TEST(LandedCommits, OfTheLaterWithTheSmallerNumberWereInFlightAtOnce) {
  const Landings found = landed_commits_of(
      {landed("3", {"2"}, 300'000, 300'000, "C (#12)"), landed("2", {"1"}, 200'000, 200'000, "B (#9)"),
       landed("1", {"0"}, 100'000, 100'000, "A (#10)"), landed("0", {}, 1, 1, "root")});
  ASSERT_THAT(merges(found), ElementsAre("1", "2", "3"));
  EXPECT_TRUE(in_flight(found, 0, 1).has_value());
  EXPECT_FALSE(in_flight(found, 0, 2).has_value());
  EXPECT_FALSE(in_flight(found, 1, 2).has_value());
  EXPECT_EQ(found.list[1].states[0].base, "1");
}

TEST(LandedCommits, WrittenBeforeTheOtherLandedWereInFlightAtOnce) {
  const Landings found = landed_commits_of({landed("2", {"1"}, 90'000, 200'000, "B"),
                                            landed("1", {"0"}, 100'000, 100'000, "A"), landed("0", {}, 1, 1, "root")});
  EXPECT_TRUE(in_flight(found, 0, 1).has_value());
}

TEST(LandedCommits, ThatLandedInOneGoAreOne) {
  const Landings found = landed_commits_of({landed("2", {"1"}, 50'000, 100'002, "B"),
                                            landed("1", {"0"}, 40'000, 100'000, "A"), landed("0", {}, 1, 1, "root")});
  ASSERT_THAT(merges(found), ElementsAre("2"));
  EXPECT_EQ(found.list[0].authored, 40'000);
  EXPECT_EQ(found.list[0].states[0].tip, "2");
  EXPECT_EQ(found.list[0].states[0].base, "0");
}

TEST(LandedCommits, DoNotCountMerges) {
  EXPECT_THAT(landed_commits_of(
                  {landed("1", {"0", "a"}, 5, 5, "M"), landed("a", {"0"}, 4, 4, "a"), landed("0", {}, 1, 1, "root")})
                  .list,
              IsEmpty());
}

}  // namespace
}  // namespace planner
