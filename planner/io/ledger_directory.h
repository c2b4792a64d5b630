// The directory of a ledger that is a file: only ours, and on a disk of this machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "planner/result.h"

namespace planner::io {

/// Checks that `path` and the directory above it are directories, no symbolic links, of this user, and that nobody else
/// may write there; that the disk is of this machine. `create`: makes what is missing, the last with mode 0700.
/// false: not there.
Result<bool> ledger_directory(const std::string& path, bool create);

/// Checks a file in it, as above. false: not there.
Result<bool> ledger_file(const std::string& path);

/// Does a file system of this magic number (statfs) live on another machine, so that its locks and shared memory do
/// not hold? `mount_type`: what mountinfo calls it, for file systems in user space.
bool is_network_file_system(std::uint64_t magic, std::string_view mount_type);

/// The type of the mount with device number "MAJOR:MINOR" in the text of a mountinfo file, or empty.
std::string_view mount_type(std::string_view mountinfo, std::string_view device);

/// An exclusive lock on a file, waited for at most so long; freed with the object.
class FileLock {
 public:
  static Result<FileLock> take(const std::string& path, std::int64_t most_ms);
  FileLock(FileLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}
  int file_;
};

}  // namespace planner::io
