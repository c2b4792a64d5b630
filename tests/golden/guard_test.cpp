// What no golden case can show: input that does not end.
#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/golden/harness.h"

namespace golden {
namespace {

struct Answered {
  std::string out;
  int exit_code = -1;
  double seconds = 0;
};

/// The guard with a standard input that says `text` and then stays open.
Answered with_open_input(const std::string& agent, const std::string& text, bool strict, const std::string& directory) {
  int in[2];
  int out[2];
  if (::pipe(in) != 0 || ::pipe(out) != 0) throw std::runtime_error("no pipe");
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    if (::chdir(directory.c_str()) != 0) ::_exit(99);
    ::execl(INTERLOCK_BINARY, "interlock", "guard", "--agent", agent.c_str(), "--event",
            agent == "gemini" ? "BeforeTool" : "PreToolUse", strict ? "--strict" : nullptr, nullptr);
    ::_exit(99);
  }
  ::close(in[0]);
  ::close(out[1]);
  Answered answered;
  if (::write(in[1], text.data(), text.size()) < 0) answered.out = "nothing could be written";
  char buffer[4096];
  for (ssize_t count = 0; (count = ::read(out[0], buffer, sizeof buffer)) > 0;)
    answered.out.append(buffer, static_cast<std::size_t>(count));
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(in[1]);
  ::close(out[0]);
  answered.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  answered.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return answered;
}

class GuardWithoutEnd : public testing::TestWithParam<const char*> {};

TEST_P(GuardWithoutEnd, AnswersWithinFiveSeconds) {
  const Scratch scratch;
  const std::string agent = GetParam();
  for (const bool strict : {false, true}) {
    const Answered answered = with_open_input(agent, "{\"tool_name\": \"Edit\", ", strict, scratch.path());
    EXPECT_EQ(answered.exit_code, 0);
    EXPECT_LT(answered.seconds, 5.0);
    const std::string file =
        std::string(INTERLOCK_SOURCE_DIR "/tests/golden/guard-timeout/") + agent + (strict ? "-strict.json" : ".json");
    if (updating())
      write_file(file, answered.out);
    else
      EXPECT_EQ(read_file(file), answered.out) << file;
  }
}

INSTANTIATE_TEST_SUITE_P(Agents, GuardWithoutEnd,
                         testing::Values("claude", "codex", "gemini", "copilot", "cursor", "opencode"));

TEST(GuardWithOpenInput, DoesNotWaitForItsEnd) {
  const Scratch scratch;
  const Answered answered =
      with_open_input("claude", R"({"hook_event_name": "PreToolUse", "tool_name": "Read", "tool_input": {}} and more)",
                      true, scratch.path());
  EXPECT_EQ(answered.out, "{}\n");
  EXPECT_LT(answered.seconds, 2.0);
}

}  // namespace
}  // namespace golden
