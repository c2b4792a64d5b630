#include "planner/io/change_watch.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <poll.h>
#include <string_view>
#include <sys/inotify.h>
#include <unistd.h>
#include <utility>

namespace planner::io {
namespace {

constexpr std::uint32_t changes = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ATTRIB;
constexpr int quiet_milliseconds = 200;
constexpr int most_rounds = 25;  // a build that never rests is shown all the same

}  // namespace

Result<ChangeWatch> ChangeWatch::on(const std::vector<WatchedDirectory>& directories) {
  ChangeWatch watch(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (watch.descriptor_ < 0) return world_error(fmt::format("cannot watch files: {}", std::strerror(errno)));
  for (const WatchedDirectory& directory : directories) {
    const int id = ::inotify_add_watch(watch.descriptor_, directory.path.c_str(), changes | IN_ONLYDIR | IN_MASK_ADD);
    if (id >= 0) {
      auto& names = watch.names_[id];
      names.insert(names.end(), directory.names.begin(), directory.names.end());
    } else if (errno == ENOSPC) {
      return world_error(fmt::format("the system allows no watch for \"{}\"", directory.path),
                         "raise fs.inotify.max_user_watches");
    }
  }
  return watch;
}

ChangeWatch::ChangeWatch(ChangeWatch&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), names_(std::move(other.names_)) {}

ChangeWatch::~ChangeWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

/// Reads what has happened so far.
bool ChangeWatch::matters() const {
  alignas(inotify_event) std::array<char, 64 << 10> buffer;
  bool out = false;
  for (;;) {
    const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
    if (count <= 0) return out;
    for (std::size_t at = 0; at < static_cast<std::size_t>(count);) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const std::string_view name(event.len == 0 ? "" : buffer.data() + at + sizeof event);
      at += sizeof event + event.len;
      if ((event.mask & IN_Q_OVERFLOW) != 0) out = true;
      const auto known = names_.find(event.wd);
      if (known == names_.end() || name.empty()) continue;
      const std::vector<std::string>& wanted = known->second;
      if (wanted.empty() ? name != ".git" && !name.ends_with(".lock")
                         : std::find(wanted.begin(), wanted.end(), name) != wanted.end())
        out = true;
    }
  }
}

Result<bool> ChangeWatch::wait(int most_seconds) {
  const auto ready = [&](int milliseconds) {
    pollfd wait{descriptor_, POLLIN, 0};
    return ::poll(&wait, 1, milliseconds) > 0;
  };
  do {
    if (!ready(most_seconds < 0 ? -1 : most_seconds * 1'000)) return false;
  } while (!matters());
  for (int round = 0; round < most_rounds && ready(quiet_milliseconds); ++round) matters();
  return true;
}

}  // namespace planner::io
