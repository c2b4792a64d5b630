#include "planner/io/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <limits>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace planner::io {
namespace {

constexpr std::size_t most_error_text = 64 << 10;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor() { close(); }
  void close() {
    if (value_ >= 0) ::close(value_);
    value_ = -1;
  }
  int get() const { return value_; }
  bool open() const { return value_ >= 0; }

 private:
  int value_ = -1;
};

struct Pipe {
  Descriptor ours, theirs;
};

/// A socket pair instead of a pipe for the child's input: a child that exits early must not raise SIGPIPE here, and
/// send() can be told so.
bool make_input(Pipe& ends) {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return false;
  ends = {Descriptor(pair[0]), Descriptor(pair[1])};
  return true;
}

bool make_output(Pipe& ends) {
  int pair[2];
  if (::pipe2(pair, O_CLOEXEC) != 0) return false;
  ends = {Descriptor(pair[0]), Descriptor(pair[1])};
  return ::fcntl(pair[0], F_SETFL, O_NONBLOCK) == 0;
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> out;
  // execve takes char* for historical reasons and does not write through it.
  for (const std::string& s : strings) out.push_back(const_cast<char*>(s.c_str()));  // NOLINT
  out.push_back(nullptr);
  return out;
}

tl::unexpected<Error> refused(std::string_view program, int error) {
  if (error == ENOENT)
    return world_error(fmt::format("{} is not installed, or not on PATH", program), fmt::format("install {}", program));
  return world_error(fmt::format("{} could not be started: {}", program, std::strerror(error)));
}

Result<pid_t> start(const Command& command, const Pipe& in, const Pipe& out, const Pipe& err) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, in.theirs.get(), 0);
  ::posix_spawn_file_actions_adddup2(&actions, out.theirs.get(), 1);
  ::posix_spawn_file_actions_adddup2(&actions, err.theirs.get(), 2);
  sigset_t none, defaults;
  ::sigemptyset(&none);
  ::sigemptyset(&defaults);
  ::sigaddset(&defaults, SIGPIPE);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child = -1;
  const int error = ::posix_spawnp(&child, command.arguments[0].c_str(), &actions, &attributes,
                                   pointers(command.arguments).data(), pointers(command.environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0) return refused(command.arguments[0], error);
  return child;
}

/// Takes what is there; closes the descriptor at its end.
void drain(Descriptor& from, std::string& into, std::size_t limit, bool& overflow) {
  std::array<char, 64 << 10> buffer;
  const ssize_t count = ::read(from.get(), buffer.data(), buffer.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) return from.close();
  const std::size_t room = limit - std::min(limit, into.size());
  into.append(buffer.data(), std::min(room, static_cast<std::size_t>(count)));
  if (static_cast<std::size_t>(count) > room) overflow = true;
}

void feed(Descriptor& to, std::string_view& rest) {
  const ssize_t count = ::send(to.get(), rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count < 0) return to.close();  // it does not want to know more: its exit code will tell
  rest.remove_prefix(static_cast<std::size_t>(count));
}

/// The program with what we hold of it.
struct Child {
  pid_t id = -1;
  Pipe in, out, err;
};

Result<Child> start(const Command& command) {
  Child child;
  if (!make_input(child.in) || !make_output(child.out) || !make_output(child.err))
    return refused(command.arguments[0], errno);
  const Result<pid_t> id = start(command, child.in, child.out, child.err);
  if (!id) return tl::make_unexpected(id.error());
  child.id = *id;
  for (Pipe* pipe : {&child.in, &child.out, &child.err}) pipe->theirs.close();
  return child;
}

/// Waits until it reads, writes or ends, and moves what can be moved. False: it has closed everything.
bool exchange(Child& child, std::string_view& rest, Finished& finished, std::size_t limit, bool& too_much) {
  if (!child.out.ours.open() && !child.err.ours.open()) return false;
  bool too_much_error_text = false;
  std::array<pollfd, 3> wait{{{child.out.ours.get(), POLLIN, 0},
                              {child.err.ours.get(), POLLIN, 0},
                              {rest.empty() ? -1 : child.in.ours.get(), POLLOUT, 0}}};
  if (::poll(wait.data(), wait.size(), -1) < 0) return errno == EINTR;
  if (wait[0].revents != 0) drain(child.out.ours, finished.out, limit, too_much);
  if (wait[1].revents != 0) drain(child.err.ours, finished.err, most_error_text, too_much_error_text);
  if (wait[2].revents != 0 && child.in.ours.open()) feed(child.in.ours, rest);
  return true;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return 127;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<Finished> run(const Command& command) {
  Result<Child> child = start(command);
  if (!child) return tl::make_unexpected(child.error());
  Finished finished;
  std::string_view rest = command.input;
  bool too_much = false;
  do {
    if (rest.empty()) child->in.ours.close();
  } while (!too_much && exchange(*child, rest, finished, command.output_limit, too_much));
  if (too_much) ::kill(child->id, SIGKILL);
  child->in.ours.close();
  finished.exit_code = wait_for(child->id);
  if (too_much)
    return world_error(fmt::format("{} wrote more than {} bytes", command.arguments[0], command.output_limit));
  return finished;
}

struct Conversation::Ends : Child {};

Conversation::Conversation(std::unique_ptr<Ends> ends) : ends_(std::move(ends)) {}
Conversation::Conversation(Conversation&&) noexcept = default;
Conversation& Conversation::operator=(Conversation&& other) noexcept {
  std::swap(ends_, other.ends_);
  return *this;
}

Result<Conversation> Conversation::start(const Command& command) {
  return io::start(command).map(
      [](Child&& child) { return Conversation(std::make_unique<Ends>(Ends{std::move(child)})); });
}

Conversation::~Conversation() {
  if (!ends_ || ends_->id < 0) return;
  for (Pipe* pipe : {&ends_->in, &ends_->out, &ends_->err}) pipe->ours.close();
  wait_for(ends_->id);
}

Finished Conversation::ask(std::string_view request, const std::function<bool(std::string_view)>& complete) {
  Finished finished;
  bool too_much = false;
  while (!complete(finished.out)) {
    if (exchange(*ends_, request, finished, std::numeric_limits<std::size_t>::max(), too_much)) continue;
    ends_->in.ours.close();
    finished.exit_code = wait_for(std::exchange(ends_->id, -1));
    if (finished.exit_code == 0) finished.exit_code = 1;  // it ended before it had said everything
    break;
  }
  return finished;
}

}  // namespace planner::io
