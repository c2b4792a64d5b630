#include "planner/io/change_watch.h"

#include <chrono>
#include <gtest/gtest.h>
#include <thread>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

/// Does the watch wake when `act` happens?
template <class Act>
bool wakes(const std::vector<WatchedDirectory>& directories, const Act& act) {
  auto watch = ChangeWatch::on(directories);
  if (!watch) return false;
  act();
  return watch->wait(1).value_or(false);
}

TEST(ChangeWatch, WakesForWhatMatters) {
  const support::TemporaryDirectory directory;
  const std::vector<WatchedDirectory> all{{directory.path(), {}}};
  const std::vector<WatchedDirectory> heads{{directory.path(), {"HEAD"}}};
  EXPECT_TRUE(wakes(all, [&] { support::write(directory / "a", "1"); }));
  EXPECT_TRUE(wakes(all, [&] { std::filesystem::remove(directory / "a"); }));
  EXPECT_FALSE(wakes(all, [&] { support::write(directory / "index.lock", "1"); }));
  EXPECT_FALSE(wakes(heads, [&] { support::write(directory / "a", "1"); }));
  EXPECT_TRUE(wakes(heads, [&] {
    support::write(directory / "HEAD.lock", "1");
    std::filesystem::rename(directory / "HEAD.lock", directory / "HEAD");
  }));
  EXPECT_FALSE(wakes({{directory / "nowhere", {}}}, [] {}));
}

}  // namespace
}  // namespace planner::io
