#include "planner/io/ledger_directory.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <iterator>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "planner/io/files.h"

namespace planner::io {
namespace {

tl::unexpected<Error> refused(const std::string& path, std::string_view why, std::string remedy) {
  return world_error(fmt::format("the ledger is refused: '{}' {}", path, why), std::move(remedy));
}

/// What both a directory and a file of a ledger must be.
Result<void> check_owner(const std::string& path, const struct stat& info, bool directory) {
  if (S_ISLNK(info.st_mode)) return refused(path, "is a symbolic link", "remove it");
  if (directory ? !S_ISDIR(info.st_mode) : !S_ISREG(info.st_mode))
    return refused(path, directory ? "is no directory" : "is no regular file", "remove it");
  if (info.st_uid != ::geteuid())
    return refused(path, "belongs to another user", "one user per ledger file; for several, use PostgreSQL (--ledger)");
  if ((info.st_mode & S_IWOTH) != 0 || (!directory && (info.st_mode & S_IWGRP) != 0))
    return refused(path, "may be written by others", fmt::format("look at what is in it, then chmod go-w '{}'", path));
  if (!directory && info.st_nlink != 1)
    return refused(path, "has a second name (a hard link)", "remove the other name");
  return {};
}

Result<bool> check_directory(const std::string& path, bool create, mode_t mode) {
  if (create && ::mkdir(path.c_str(), mode) != 0 && errno != EEXIST)
    return refused(path, fmt::format("cannot be made: {}", std::strerror(errno)),
                   "make the directory above it writable, or use PostgreSQL (--ledger)");
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return false;
    return refused(path, std::strerror(errno), "");
  }
  if (auto good = check_owner(path, info, true); !good) return tl::make_unexpected(good.error());
  return true;
}

Result<void> check_disk(const std::string& path) {
  struct statfs disk {};
  struct stat info {};
  if (::statfs(path.c_str(), &disk) != 0 || ::stat(path.c_str(), &info) != 0)
    return refused(path, std::strerror(errno), "");
  const auto mounts = read_file("/proc/self/mountinfo");
  const std::string device = fmt::format("{}:{}", major(info.st_dev), minor(info.st_dev));
  if (is_network_file_system(static_cast<std::uint64_t>(disk.f_type),
                             mounts ? mount_type(*mounts, device) : std::string_view()))
    return refused(path, "is on a network file system, where locks of several machines do not hold",
                   "use PostgreSQL: --ledger postgresql://..., or `ledger:` in interlock.yaml");
  return {};
}

}  // namespace

Result<bool> ledger_directory(const std::string& path, bool create) {
  auto above = check_directory(path.substr(0, path.rfind('/')), create, 0755);
  if (!above || !*above) return above;
  auto there = check_directory(path, create, 0700);
  if (!there || !*there) return there;
  if (auto good = check_disk(path); !good) return tl::make_unexpected(good.error());
  return true;
}

Result<bool> ledger_file(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return false;
    return refused(path, std::strerror(errno), "");
  }
  if (auto good = check_owner(path, info, false); !good) return tl::make_unexpected(good.error());
  return true;
}

bool is_network_file_system(std::uint64_t magic, std::string_view mount_type) {
  // NFS, SMB (three), 9P, Ceph, Coda, AFS (two), Lustre, GFS2, OCFS2, NCP, GPFS, BeeGFS.
  static constexpr std::uint64_t magics[] = {0x6969,     0x517B,     0xFE534D42, 0xFF534D42, 0x01021997,
                                             0x00C36400, 0x73757245, 0x5346414F, 0x6B414653, 0x0BD00BD0,
                                             0x01161970, 0x7461636F, 0x564C,     0x47504653, 0x19830326};
  if (std::find(std::begin(magics), std::end(magics), magic & 0xFFFFFFFF) != std::end(magics)) return true;
  constexpr std::uint64_t user_space = 0x65735546;
  static constexpr std::string_view local[] = {
      "fuseblk",      "fuse.fuse-overlayfs", "fuse.overlayfs", "fuse.bindfs",   "fuse.gocryptfs", "fuse.encfs",
      "fuse.ntfs-3g", "fuse.exfat",          "fuse.ext2",      "fuse.mergerfs", "fuse.lxcfs",     "fuse.unionfs"};
  return magic == user_space && std::find(std::begin(local), std::end(local), mount_type) == std::end(local);
}

std::string_view mount_type(std::string_view mountinfo, std::string_view device) {
  std::string_view found;
  while (!mountinfo.empty()) {
    std::string_view line = mountinfo.substr(0, mountinfo.find('\n'));
    mountinfo.remove_prefix(std::min(line.size() + 1, mountinfo.size()));
    const std::size_t end = line.find(" - ");
    std::string_view number = line;
    for (int skip = 0; skip < 2; ++skip) number.remove_prefix(std::min(number.find(' '), number.size() - 1) + 1);
    if (end == std::string_view::npos || number.substr(0, number.find(' ')) != device) continue;
    found = line.substr(end + 3);
    found = found.substr(0, found.find(' '));
  }
  return found;
}

Result<FileLock> FileLock::take(const std::string& path, std::int64_t most_ms) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return refused(path, std::strerror(errno), "make the directory writable, and room on its disk");
  FileLock lock(file);
  for (std::int64_t waited = 0; ::flock(file, LOCK_EX | LOCK_NB) != 0; waited += 5) {
    if (errno != EWOULDBLOCK && errno != EINTR) return refused(path, std::strerror(errno), "");
    if (waited > most_ms) return refused(path, "is held by another process", "try again when it has finished");
    ::usleep(5'000);
  }
  return lock;
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace planner::io
