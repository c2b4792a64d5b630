#include "planner/io/index_files.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

namespace planner::io {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view ending = ".seg", unfinished = ".new-";
constexpr auto abandoned = std::chrono::hours(24);

tl::unexpected<Error> refused(const std::string& directory) {
  return world_error(fmt::format("cannot keep the code index in \"{}\": {}", directory, std::strerror(errno)),
                     "it is made anew each time; make the directory writable, or room on its disk");
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(file, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

std::string of_version(std::uint64_t version) { return fmt::format("-{:016x}-", version); }

/// Calls `visit(entry, name)` for every file.
template <class Visit>
void for_each_file(const std::string& directory, const Visit& visit) {
  std::error_code failed;
  for (auto at = fs::directory_iterator(directory, failed); !failed && at != fs::end(at); at.increment(failed))
    visit(*at, at->path().filename().string());
}

}  // namespace

std::vector<IndexFile> index_files(const std::string& directory, std::string_view kind, std::uint64_t version) {
  std::vector<IndexFile> out;
  if (directory.empty()) return out;
  const std::string prefix = std::string(kind) + of_version(version);
  for_each_file(directory, [&](const fs::directory_entry& entry, const std::string& name) {
    if (!name.ends_with(ending) || !name.starts_with(prefix)) return;
    IndexFile file{entry.path().string(), 0};
    std::from_chars(name.data() + prefix.size(), name.data() + name.size(), file.number, 16);
    out.push_back(std::move(file));
  });
  std::sort(out.begin(), out.end(), [](const IndexFile& a, const IndexFile& b) {
    return std::tie(a.number, a.path) < std::tie(b.number, b.path);
  });
  return out;
}

Result<std::string> write_index_file(const std::string& directory, std::string_view kind, std::uint64_t version,
                                     std::uint64_t number, const std::vector<std::string_view>& parts) {
  std::error_code ignored;
  fs::create_directories(directory, ignored);
  std::string beside = fmt::format("{}/{}{}XXXXXX", directory, kind, unfinished);
  const int file = ::mkostemp(beside.data(), O_CLOEXEC);
  if (file < 0) return refused(directory);
  const bool good = std::all_of(parts.begin(), parts.end(), [&](std::string_view p) { return write_all(file, p); }) &&
                    ::fchmod(file, 0644) == 0;
  int error = good ? 0 : errno;
  ::close(file);
  const std::string path = fmt::format("{}/{}{}{:x}-{}{}", directory, kind, of_version(version), number,
                                       beside.substr(beside.size() - 6), ending);
  if (error == 0 && ::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return path;
  ::unlink(beside.c_str());
  errno = error;
  return refused(directory);
}

void sweep_index_files(const std::string& directory, std::uint64_t version, std::uint64_t most_bytes) {
  std::vector<std::tuple<fs::file_time_type, std::string, std::uint64_t>> others;
  std::uint64_t bytes = 0;
  const auto now = fs::file_time_type::clock::now();
  for_each_file(directory, [&](const fs::directory_entry& entry, const std::string& name) {
    std::error_code failed;
    const std::uint64_t size = entry.file_size(failed);
    const fs::file_time_type time = entry.last_write_time(failed);
    if (failed) return;
    bytes += size;
    if (name.find(unfinished) != std::string::npos) {
      if (now - time > abandoned) ::unlink(entry.path().c_str());
    } else if (name.ends_with(ending) && name.find(of_version(version)) == std::string::npos) {
      others.emplace_back(time, entry.path().string(), size);
    }
  });
  std::sort(others.begin(), others.end());
  for (const auto& [time, path, size] : others) {
    if (bytes <= most_bytes) return;
    ::unlink(path.c_str());
    bytes -= size;
  }
}

}  // namespace planner::io
