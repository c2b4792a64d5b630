#include "planner/crc32c.h"

#include <gtest/gtest.h>
#include <string>

namespace planner {
namespace {

TEST(Crc32c, HasTheKnownValues) {
  EXPECT_EQ(crc32c(""), 0U);
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
}

}  // namespace
}  // namespace planner
