#include "planner/recent_work.h"

#include <gmock/gmock.h>

#include "tests/support/bound_orders.h"

namespace planner {
namespace {

TEST(RecentWork, ReadsDurationsAndTimes) {
  EXPECT_EQ(duration_of("30m"), 1'800);
  EXPECT_EQ(duration_of("2h"), 7'200);
  EXPECT_EQ(duration_of("1d"), 86'400);
  EXPECT_EQ(duration_of("90s"), 90);
  for (const char* bad : {"", "m", "30", "x30m", "-5m", "99999999999d", "main"}) EXPECT_FALSE(duration_of(bad)) << bad;
  EXPECT_EQ(time_of("@1700000000"), 1'700'000'000);
  EXPECT_EQ(time_of("2023-11-14T22:13:20Z"), 1'700'000'000);
  EXPECT_EQ(time_of("2023-11-14T22:13"), 1'699'999'980);
  EXPECT_EQ(time_of("1970-01-01"), 0);
  EXPECT_EQ(time_of("2024-02-29"), 1'709'164'800);
  for (const char* bad : {"2023-13-01", "2023-1-1", "yesterday", "@x", "2023-11-14X22:13"})
    EXPECT_FALSE(time_of(bad)) << bad;
}

TEST(RecentWork, PrintsWhatItReads) {
  for (const std::int64_t seconds : {0LL, 951'782'399LL, 951'782'400LL, 1'700'000'000LL, 4'102'444'800LL, -1LL})
    EXPECT_EQ(time_of(printed_time(seconds)), seconds) << printed_time(seconds);
  EXPECT_EQ(printed_time(1'700'000'000), "2023-11-14T22:13:20Z");
}

}  // namespace
}  // namespace planner
