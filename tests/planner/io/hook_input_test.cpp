// Input that is late, huge or endless; and the last word of a process that is too slow.
#include "planner/io/hook_input.h"

#include <array>
#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/hook_json.h"

namespace planner::io {
namespace {

using namespace std::chrono_literals;

struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() {
    if (::pipe(ends) != 0) ends[0] = ends[1] = -1;
  }
  ~Pipe() {
    ::close(ends[0]);
    close_writer();
  }
  void close_writer() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
  void write(std::string_view text) const {
    EXPECT_EQ(::write(ends[1], text.data(), text.size()), ssize_t(text.size()));
  }
};

TEST(HookInput, EndsWithTheValueThoughThePipeStaysOpen) {
  const Pipe pipe;
  pipe.write("{\"a\": {}} and more");
  parsers::JsonValueEnd end;
  const HookInput input =
      read_hook_input(pipe.ends[0], 1000, 5s, [&](std::string_view fresh) { return end.feed(fresh); });
  EXPECT_EQ(input.problem, "");
  EXPECT_EQ(input.text.substr(0, end.size()), "{\"a\": {}}");
}

TEST(HookInput, EndsWithThePipe) {
  Pipe pipe;
  pipe.write("one\ntwo\n");
  pipe.close_writer();
  const HookInput input = read_hook_input(pipe.ends[0], 1000, 5s, [](std::string_view) { return false; });
  EXPECT_EQ(input.text, "one\ntwo\n");
  EXPECT_EQ(input.problem, "");
}

TEST(HookInput, GivesUpInTime) {
  const Pipe pipe;
  pipe.write("{");
  const auto before = std::chrono::steady_clock::now();
  const HookInput input = read_hook_input(pipe.ends[0], 1000, 1000ms, [](std::string_view) { return false; });
  EXPECT_EQ(input.problem, "the input did not end within 1 s");
  EXPECT_LT(std::chrono::steady_clock::now() - before, 3s);
}

TEST(HookInput, IsBounded) {
  const Pipe pipe;
  pipe.write(std::string(4000, 'x'));
  const HookInput input = read_hook_input(pipe.ends[0], 1 << 10, 5s, [](std::string_view) { return false; });
  EXPECT_EQ(input.problem, "the input is larger than 0 MiB");
  EXPECT_EQ(input.text.size(), 1024u);
}

TEST(LastWord, IsSaidWhenTimeIsUp) {
  const Pipe out;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(out.ends[1], STDOUT_FILENO);
    LastWord last(50ms, "first", "", 0);
    last.say("second", "", 2);
    for (;;) ::pause();
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 2);
  std::array<char, 16> said{};
  EXPECT_EQ(::read(out.ends[0], said.data(), said.size()), 6);
  EXPECT_EQ(std::string(said.data()), "second");
}

TEST(LastWord, IsNotSaidAfterDisarming) {
  {
    LastWord last(30ms, "never", "", 9);
    last.disarm();
  }
  ::usleep(60'000);
}

}  // namespace
}  // namespace planner::io
