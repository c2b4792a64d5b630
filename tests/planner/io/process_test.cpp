#include "planner/io/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace planner::io {
namespace {

Command shell(std::string script, std::string input = {}) {
  return {{"sh", "-c", std::move(script)}, {"PATH=/usr/bin:/bin", "A=b c"}, std::move(input)};
}

TEST(Run, GivesOutputErrorsAndExitCode) {
  const auto finished = run(shell("echo out; echo err >&2; exit 7"));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->out, "out\n");
  EXPECT_EQ(finished->err, "err\n");
  EXPECT_EQ(finished->exit_code, 7);
}

TEST(Run, PassesOnlyTheEnvironmentItIsGiven) {
  const auto finished = run({{"env"}, {"PATH=/usr/bin:/bin", "A=b c"}, {}});
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->out, "PATH=/usr/bin:/bin\nA=b c\n");
}

TEST(Run, ArgumentsReachTheProgramAsTheyAre) {
  const auto finished = run({{"printf", "%s|", "a b", "$HOME", "`x`", "\n"}, {}, {}});
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->out, "a b|$HOME|`x`|\n|");
}

TEST(Run, DoesNotStallOnLargePipes) {
  const std::string input(5 << 20, 'x');
  const auto finished = run(shell("cat; head -c 1000000 /dev/zero >&2", input));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->out, input);
  EXPECT_EQ(finished->err.size(), 64U << 10);
}

TEST(Run, SurvivesAProgramThatDoesNotReadItsInput) {
  const auto finished = run(shell("exit 3", std::string(5 << 20, 'x')));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->exit_code, 3);
}

TEST(Run, SaysWhenAProgramIsNotThere) {
  const auto finished = run({{"interlock-no-such-program"}, {}, {}});
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().kind, Error::Kind::world);
  EXPECT_THAT(finished.error().what, testing::HasSubstr("not on PATH"));
}

TEST(Run, NamesTheSignalAsShellsDo) { EXPECT_EQ(run(shell("kill -TERM $$"))->exit_code, 128 + 15); }

TEST(Run, StopsAProgramThatWritesTooMuch) {
  Command command = shell("yes");
  command.output_limit = 1000;
  EXPECT_FALSE(run(command));
}

}  // namespace
}  // namespace planner::io
