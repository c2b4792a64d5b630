// From argv to an exit code, inside of one process.
#include "planner/cli/verbs.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_repository.h"

namespace planner::cli {
namespace {

ExitCode call(std::vector<const char*> words) {
  words.insert(words.begin(), "interlock");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const ExitCode code = run(static_cast<int>(words.size()), words.data());
  testing::internal::GetCapturedStdout();
  testing::internal::GetCapturedStderr();
  return code;
}

TEST(Verbs, AnOptionOfOneWordLeavesTheNextToTheOrders) {
  const support::TemporaryRepository repository;
  const std::string top = repository.top();
  EXPECT_EQ(call({"init", "--repo", top.c_str(), "--hooks", "claude", "orders"}), ExitCode::clean);
  EXPECT_NE(support::read(top + "/.claude/settings.json").find("\"orders\""), std::string::npos);
}

TEST(Verbs, OptionsOfHooksWantHooks) { EXPECT_EQ(call({"init", "--strict"}), ExitCode::usage); }

}  // namespace
}  // namespace planner::cli
