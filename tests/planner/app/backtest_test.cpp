#include "planner/app/backtest.h"

#include <gtest/gtest.h>

namespace planner::app {
namespace {

TEST(BacktestTimes, AreDurationsAndDays) {
  EXPECT_EQ(duration_from("90d"), 90 * 86'400);
  EXPECT_EQ(duration_from("2y"), 2 * 31'536'000);
  EXPECT_EQ(duration_from("d"), std::nullopt);
  EXPECT_EQ(duration_from("-1d"), std::nullopt);
  EXPECT_EQ(date_from("1970-01-02"), 86'400);
  EXPECT_EQ(date_from("2026-02-30"), std::nullopt);
  EXPECT_EQ(date_from("2026-2-3"), std::nullopt);
}

}  // namespace
}  // namespace planner::app
