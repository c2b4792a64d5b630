#include "planner/io/process.h"

#include <cstdio>
#include <fstream>
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

std::function<bool(std::string_view)> bytes(std::size_t count) {
  return [count](std::string_view text) { return text.size() >= count; };
}

TEST(Conversation, AnswersAgainAndAgain) {
  auto echo = Conversation::start(shell("cat"));
  ASSERT_TRUE(echo);
  for (const std::size_t size : {3, 5 << 20, 0, 1}) {
    const std::string said(size, 'x');
    const Finished heard = echo->ask(said, bytes(size));
    EXPECT_EQ(heard.exit_code, 0);
    EXPECT_EQ(heard.out, said);
  }
}

TEST(Conversation, SaysThatTheProgramEnded) {
  for (const auto& [script, code] : {std::pair("read line; echo half; echo why >&2; exit 7", 7), {"exit 0", 1}}) {
    auto talk = Conversation::start(shell(script));
    ASSERT_TRUE(talk);
    const Finished heard = talk->ask("line\n", bytes(100));
    EXPECT_EQ(heard.exit_code, code);
    EXPECT_EQ(heard.err, code == 7 ? "why\n" : "");
  }
}

TEST(Conversation, EndsItsProgram) {
  const std::string mark = testing::TempDir() + "interlock-conversation-ended";
  std::remove(mark.c_str());
  { ASSERT_TRUE(Conversation::start(shell("cat; echo done > " + mark))); }
  EXPECT_EQ(std::ifstream(mark).good(), true);
  std::remove(mark.c_str());
}

TEST(Conversation, SaysWhenAProgramIsNotThere) {
  const auto talk = Conversation::start({{"interlock-no-such-program"}, {}, {}});
  ASSERT_FALSE(talk);
  EXPECT_EQ(talk.error().kind, Error::Kind::world);
}

}  // namespace
}  // namespace planner::io
