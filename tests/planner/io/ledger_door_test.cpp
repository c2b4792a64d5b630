#include "planner/io/ledger_door.h"

#include <filesystem>
#include <gtest/gtest.h>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

TEST(LedgerDoor, OpensWhatIsNamedAndMakesNothingForReaders) {
  support::TemporaryDirectory directory;
  const LedgerPlace place{directory / "interlock/ledger", "sub/"};
  HostLedgerDoor door(place, "");
  EXPECT_EQ(door.prefix(), "sub/");
  EXPECT_EQ(door.open("", false).value(), nullptr);
  EXPECT_FALSE(std::filesystem::exists(directory / "interlock"));
  Ledger* const made = door.open("", true).value();
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(door.open("", false).value(), made);
  EXPECT_EQ(HostLedgerDoor(place, "none").open("", false).value(), nullptr);
  EXPECT_EQ(HostLedgerDoor(place, "none").open("", true).error().kind, Error::Kind::input);
  EXPECT_EQ(HostLedgerDoor(std::nullopt, "").open("", false).value(), nullptr);
  EXPECT_EQ(HostLedgerDoor(std::nullopt, "").open("", true).error().kind, Error::Kind::world);
  const auto odd = HostLedgerDoor(place, "").open("postgrseql://u:sesame@h/d", true);
  ASSERT_FALSE(odd);
  EXPECT_EQ((odd.error().what + odd.error().remedy).find("sesame"), std::string::npos);
  EXPECT_NE(fresh_key(), fresh_key());
}

}  // namespace
}  // namespace planner::io
