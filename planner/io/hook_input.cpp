#include "planner/io/hook_input.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fmt/format.h>
#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

namespace planner::io {
namespace {

// What the handler may use: plain memory that is complete before the alarm is set.
constexpr std::size_t most_said = 8 << 10;
struct Said {
  std::array<char, most_said> out;
  std::array<char, most_said> err;
  std::size_t out_size;
  std::size_t err_size;
  int exit_code;
};
std::array<Said, 2> said;
volatile std::sig_atomic_t current = 0;

void write_all(int descriptor, const char* text, std::size_t size) {
  while (size > 0) {
    const ssize_t count = ::write(descriptor, text, size);
    if (count <= 0) return;
    text += count;
    size -= static_cast<std::size_t>(count);
  }
}

void end(int) {
  const Said& last = said[static_cast<std::size_t>(current)];
  write_all(STDOUT_FILENO, last.out.data(), last.out_size);
  write_all(STDERR_FILENO, last.err.data(), last.err_size);
  ::_exit(last.exit_code);
}

void set_timer(std::chrono::milliseconds patience) {
  itimerval timer{};
  timer.it_value.tv_sec = patience.count() / 1000;
  timer.it_value.tv_usec = patience.count() % 1000 * 1000;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

HookInput read_hook_input(int descriptor, std::size_t limit, std::chrono::milliseconds patience,
                          const std::function<bool(std::string_view)>& enough) {
  HookInput out;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::array<char, 64 << 10> buffer;
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    pollfd ready{descriptor, POLLIN, 0};
    const int found = ::poll(&ready, 1, static_cast<int>(left.count()));
    if (found < 0 && errno == EINTR) continue;
    if (found == 0) break;
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) {
      out.problem = fmt::format("standard input cannot be read: {}", std::strerror(errno));
      return out;
    }
    if (count == 0) return out;
    const std::string_view fresh(buffer.data(), static_cast<std::size_t>(count));
    const bool complete = enough(fresh);
    out.text.append(fresh.substr(0, limit - std::min(limit, out.text.size())));
    if (complete) return out;
    if (out.text.size() >= limit) {
      out.problem = fmt::format("the input is larger than {} MiB", limit >> 20);
      return out;
    }
  }
  out.problem = fmt::format("the input did not end within {} s", patience.count() / 1000);
  return out;
}

LastWord::LastWord(std::chrono::milliseconds patience, std::string out, std::string err, int exit_code) {
  say(std::move(out), std::move(err), exit_code);
  struct sigaction action {};
  action.sa_handler = end;
  ::sigaction(SIGALRM, &action, nullptr);
  set_timer(patience);
}

void LastWord::say(std::string out, std::string err, int exit_code) {
  const std::size_t next = current == 0 ? 1 : 0;
  Said& last = said[next];
  last.out_size = out.copy(last.out.data(), most_said);
  last.err_size = err.copy(last.err.data(), most_said);
  last.exit_code = exit_code;
  current = static_cast<std::sig_atomic_t>(next);
}

void LastWord::disarm() { set_timer(std::chrono::milliseconds(0)); }

}  // namespace planner::io
