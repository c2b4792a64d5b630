#include "planner/io/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace planner::io {
namespace {

struct Closed {
  int descriptor;
  ~Closed() { ::close(descriptor); }
};

struct Release {
  void operator()(DIR* stream) const { ::closedir(stream); }
  void operator()(char* text) const { std::free(text); }
};

tl::unexpected<Error> unreadable(const std::string& path, int error) {
  return input_error(fmt::format("cannot read \"{}\": {}", path, std::strerror(error)));
}

tl::unexpected<Error> unwritable(const std::string& path, int error) {
  return world_error(fmt::format("cannot write \"{}\": {}", path, std::strerror(error)));
}

Result<std::string> read_open(int descriptor, const std::string& path, std::size_t limit) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) return unreadable(path, errno);
  if (S_ISDIR(about.st_mode)) return unreadable(path, EISDIR);
  return read_descriptor(descriptor, path, limit);
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Where a symbolic link leads, so that the rename replaces the file and not the link.
std::string destination(const std::string& path) {
  const std::unique_ptr<char, Release> real(::realpath(path.c_str(), nullptr));
  return real ? std::string(real.get()) : path;
}

mode_t mode_for(const struct stat& about, bool there) {
  if (there) return about.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

Result<void> list_into(const std::string& directory, std::vector<std::string>& out) {
  const std::unique_ptr<DIR, Release> stream(::opendir(directory.c_str()));
  if (!stream) return unreadable(directory, errno);
  const std::string prefix = directory.ends_with('/') ? directory : directory + "/";
  while (const dirent* entry = ::readdir(stream.get())) {
    if (entry->d_name[0] == '.') continue;
    const std::string path = prefix + entry->d_name;
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) continue;
    if (S_ISDIR(about.st_mode)) {
      if (Result<void> inner = list_into(path, out); !inner) return inner;
    } else if (::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode)) {
      out.push_back(path);
    }
  }
  return {};
}

}  // namespace

Result<std::string> read_descriptor(int descriptor, const std::string& name, std::size_t limit) {
  std::string text;
  std::array<char, 64 << 10> buffer;
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(name, errno);
    if (count == 0) return text;
    if (text.size() + static_cast<std::size_t>(count) > limit)
      return input_error(fmt::format("\"{}\" is larger than {} MiB", name, limit >> 20));
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(path, errno);
  const Closed closed{descriptor};
  return read_open(descriptor, path, limit);
}

Result<std::optional<std::string>> read_file_if_there(const std::string& path, std::size_t limit) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (descriptor < 0) return unreadable(path, errno);
  const Closed closed{descriptor};
  return read_open(descriptor, path, limit).map([](std::string&& text) { return std::optional(std::move(text)); });
}

Result<FileBeside> FileBeside::open(const std::string& path) {
  struct stat about {};
  const bool there = ::stat(path.c_str(), &about) == 0;
  if (there && S_ISDIR(about.st_mode)) return unwritable(path, EISDIR);
  FileBeside out;
  out.path_ = path;
  if (there && !S_ISREG(about.st_mode)) {
    out.descriptor_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    out.target_ = there ? destination(path) : path;
    out.beside_ = out.target_ + ".XXXXXX";
    out.descriptor_ = ::mkostemp(out.beside_.data(), O_CLOEXEC);
    out.mode_ = mode_for(about, there);
  }
  if (out.descriptor_ < 0) {
    out.beside_.clear();
    return unwritable(path, errno);
  }
  return out;
}

FileBeside::FileBeside(FileBeside&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      beside_(std::exchange(other.beside_, {})),
      mode_(other.mode_),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

FileBeside::~FileBeside() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

Result<void> FileBeside::write(std::string_view text) {
  if (!write_all(descriptor_, text)) return unwritable(path_, errno);
  return {};
}

Result<void> FileBeside::put() {
  if (beside_.empty()) return {};
  if (::fchmod(descriptor_, mode_) != 0 || ::fsync(descriptor_) != 0 || ::rename(beside_.c_str(), target_.c_str()) != 0)
    return unwritable(path_, errno);
  beside_.clear();
  return {};
}

Result<void> write_file(const std::string& path, std::string_view text) {
  Result<FileBeside> file = FileBeside::open(path);
  if (!file) return tl::make_unexpected(file.error());
  if (Result<void> written = file->write(text); !written) return written;
  return file->put();
}

Result<void> append_file(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) return unwritable(path, errno);
  const Closed closed{descriptor};
  if (!write_all(descriptor, text)) return unwritable(path, errno);
  return {};
}

Result<std::vector<std::string>> list_files(const std::string& directory) {
  std::vector<std::string> out;
  if (Result<void> listed = list_into(directory, out); !listed) return tl::make_unexpected(listed.error());
  std::sort(out.begin(), out.end());
  return out;
}

bool is_directory(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
}

}  // namespace planner::io
