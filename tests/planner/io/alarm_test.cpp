#include "planner/io/alarm.h"

#include <chrono>
#include <gtest/gtest.h>
#include <thread>

namespace planner::io {
namespace {

TEST(Alarm, RingsWhenItsTimeHasCome) {
  const Alarm now(0);
  for (int tries = 0; tries < 1000 && !now.rung(); ++tries) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_TRUE(now.rung());
}

TEST(Alarm, EndsQuietlyWithItsOwner) {
  for (const std::int64_t seconds : {std::int64_t{1}, std::int64_t{3600}, std::int64_t{1} << 62}) {
    const Alarm later(seconds);
    EXPECT_FALSE(later.rung());
  }
}

}  // namespace
}  // namespace planner::io
