#include "planner/merge_order.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <numeric>
#include <random>
#include <set>

namespace planner {
namespace {

using testing::ElementsAre;
using Arcs = std::vector<std::pair<std::size_t, std::size_t>>;

TEST(MergeOrder, PaysOnceForAPlaceThatManyContendFor) {
  // The first branch meets three others in one file: last, it settles all of it at once.
  const MergeOrder order = merge_order(4, {{0, 1, "f"}, {0, 2, "f"}, {0, 3, "f"}}, {});
  EXPECT_THAT(order.order, ElementsAre(1, 2, 3, 0));
  EXPECT_EQ(order.total, (MergeCost{1, 0}));
  EXPECT_TRUE(order.exact);
}

TEST(MergeOrder, PutsWhatOthersStandOnFirst) {
  const MergeOrder order = merge_order(3, {{0, 1, "f"}, {0, 2, "g", false}}, {{2, 0}, {1, 2}});
  EXPECT_THAT(order.order, ElementsAre(1, 2, 0));
  EXPECT_THAT(order.costs, ElementsAre(MergeCost{0, 0}, MergeCost{0, 0}, MergeCost{1, 1}));
}

TEST(MergeOrder, OfBranchesThatDoNotMeetIsTheirs) {
  EXPECT_THAT(merge_order(3, {}, {}).order, ElementsAre(0, 1, 2));
  EXPECT_THAT(merge_order(0, {}, {}).order, testing::IsEmpty());
}

MergeCost cost_of(const std::vector<std::size_t>& order, const std::vector<Contention>& contentions) {
  std::map<std::pair<std::size_t, std::string>, bool> paid;  // branch and place: a repair?
  const auto at = [&](std::size_t branch) { return std::find(order.begin(), order.end(), branch) - order.begin(); };
  std::map<std::pair<std::size_t, std::string>, bool> kind;
  for (const Contention& c : contentions)
    for (const std::size_t branch : {c.a, c.b}) {
      bool& repair = kind[{branch, c.what}];
      repair = repair || c.repair;
    }
  for (const Contention& c : contentions) {
    const std::size_t later = at(c.a) > at(c.b) ? c.a : c.b;
    paid[{later, c.what}] = kind[{later, c.what}];
  }
  MergeCost out;
  for (const auto& [place, repair] : paid) (repair ? out.repairs : out.looks) += 1;
  return out;
}

TEST(MergeOrder, CostsLeastOfAllOrders) {
  std::mt19937 random(3);
  for (int round = 0; round < 150; ++round) {
    const std::size_t n = 2 + random() % 5;
    std::vector<Contention> contentions;
    for (std::size_t i = random() % 10; i > 0; --i) {
      const std::size_t a = random() % n, b = random() % n;
      if (a != b)
        contentions.push_back(
            {std::min(a, b), std::max(a, b), std::string(1, static_cast<char>('a' + random() % 3)), random() % 3 > 0});
    }
    Arcs first;
    for (std::size_t i = random() % 3; i > 0; --i) {
      const std::size_t a = random() % n, b = random() % n;
      if (a < b) first.emplace_back(a, b);
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0);
    MergeCost best{~0U, ~0U};
    do {
      const bool allowed = std::all_of(first.begin(), first.end(), [&](const auto& arc) {
        return std::find(order.begin(), order.end(), arc.first) < std::find(order.begin(), order.end(), arc.second);
      });
      if (allowed) best = std::min(best, cost_of(order, contentions));
    } while (std::next_permutation(order.begin(), order.end()));
    const MergeOrder found = merge_order(n, contentions, first);
    ASSERT_EQ(found.total, best) << "round " << round;
    ASSERT_EQ(cost_of(found.order, contentions), best) << "round " << round;
  }
}

TEST(MergeOrder, OfManyBranchesIsFoundAndSaysThatItIsAGuess) {
  std::vector<Contention> contentions;
  for (std::size_t i = 1; i < 40; ++i) contentions.push_back({0, i, "hub"});
  const MergeOrder order = merge_order(40, contentions, {});
  EXPECT_FALSE(order.exact);
  EXPECT_EQ(order.total, (MergeCost{1, 0}));
  EXPECT_EQ(order.order.size(), 40U);
}

}  // namespace
}  // namespace planner
