#include "planner/landed_lines.h"

#include <gtest/gtest.h>

namespace planner {
namespace {

/// Line 5 of a file of ten, replaced by two.
const std::vector<LineHunk> earlier{{5, 1, 5, 2}};

TEST(LandedLines, MeetWhereTheyTouch) {
  EXPECT_TRUE(lines_meet(earlier, {}, {{5, 1, 5, 1}}));
  EXPECT_TRUE(lines_meet(earlier, {}, {{4, 1, 4, 1}}));
  EXPECT_TRUE(lines_meet(earlier, {}, {{7, 0, 7, 3}}));
  EXPECT_FALSE(lines_meet(earlier, {}, {{8, 1, 8, 1}}));
  EXPECT_FALSE(lines_meet(earlier, {}, {{3, 1, 3, 1}}));
}

TEST(LandedLines, FollowWhatOthersDidInBetween) {
  const std::vector<LineHunk> three_more_on_top{{1, 0, 1, 3}};
  EXPECT_FALSE(lines_meet(earlier, three_more_on_top, {{5, 1, 5, 1}}));
  EXPECT_TRUE(lines_meet(earlier, three_more_on_top, {{8, 1, 8, 1}}));
  const std::vector<LineHunk> written_over{{6, 1, 6, 1}};
  EXPECT_FALSE(lines_meet(earlier, written_over, {{5, 1, 5, 1}}));
}

TEST(LandedLines, OfRemovedOnesThePlaceIsLeft) {
  const std::vector<LineHunk> removed{{5, 2, 5, 0}};
  EXPECT_TRUE(lines_meet(removed, {}, {{5, 1, 5, 1}}));
  EXPECT_FALSE(lines_meet(removed, {}, {{6, 1, 6, 1}}));
}

}  // namespace
}  // namespace planner
