#include "planner/io/source_directory.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace planner::io {
namespace {

constexpr int most_attempts = 3;

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

std::int64_t last_change(const struct stat& about) {
  return std::max(nanoseconds(about.st_mtim), nanoseconds(about.st_ctim));
}

bool same(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && last_change(a) == last_change(b);
}

std::string refusal(int error) {
  if (error == ELOOP) return "is a symbolic link";
  return fmt::format("cannot be read: {}", std::strerror(error));
}

/// Up to the end, or one byte more than `size`.
std::ptrdiff_t read_whole(int file, char* to, std::size_t size) {
  std::size_t done = 0;
  while (done <= size) {
    const ssize_t got = ::pread(file, to + done, size + 1 - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return static_cast<std::ptrdiff_t>(done);
}

}  // namespace

SourceDirectory::SourceDirectory(const std::string& top) {
  levels_.push_back({"", ::open(top.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)});
}

SourceDirectory::~SourceDirectory() {
  for (const Level& level : levels_)
    if (level.descriptor >= 0) ::close(level.descriptor);
}

int SourceDirectory::directory_of(std::string_view path) {
  std::size_t depth = 1;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    const std::string_view name = path.substr(0, slash);
    path.remove_prefix(slash + 1);
    if (depth < levels_.size() && levels_[depth].name == name) {
      ++depth;
      continue;
    }
    for (; levels_.size() > depth; levels_.pop_back())
      if (levels_.back().descriptor >= 0) ::close(levels_.back().descriptor);
    const int above = levels_.back().descriptor;
    std::string text(name);
    const int here = above < 0 ? -1 : ::openat(above, text.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    levels_.push_back({std::move(text), here});
    ++depth;
  }
  return levels_[depth - 1].descriptor;
}

SourceText SourceDirectory::read(std::string_view path, std::size_t most_bytes) {
  SourceText out;
  const int directory = directory_of(path);
  if (directory < 0) {
    out.why = "cannot be read: its directory is missing, closed or a symbolic link";
    return out;
  }
  const std::string name(path.substr(path.rfind('/') + 1));
  const int file = ::openat(directory, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) {
    out.why = refusal(errno);
    return out;
  }
  struct stat before {
  }, after{};
  for (int attempt = 1;; ++attempt) {
    if (::fstat(file, &before) != 0 || !S_ISREG(before.st_mode)) {
      out.why = "is not a regular file";
      break;
    }
    const auto size = static_cast<std::size_t>(before.st_size);
    if (size > most_bytes) {
      out.why = fmt::format("is larger than {} MiB", most_bytes >> 20);
      out.too_large = true;
      break;
    }
    if (buffer_.size() < size + 1) buffer_.resize(std::max(size + 1, std::size_t{1} << 18));
    const std::ptrdiff_t got = read_whole(file, buffer_.data(), size);
    if (got < 0) {
      out.why = refusal(errno);
      break;
    }
    if (static_cast<std::size_t>(got) == size && ::fstat(file, &after) == 0 && same(before, after)) {
      out.bytes = {buffer_.data(), size};
      out.changed = last_change(after);
      break;
    }
    if (attempt == most_attempts) {
      out.why = "changes while it is read";
      break;
    }
  }
  ::close(file);
  return out;
}

}  // namespace planner::io
