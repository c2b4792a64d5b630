#include "planner/io/lfs_pointer.h"

#include <fmt/format.h>
#include <fstream>

#include "planner/io/sha256.h"

namespace planner::io {
namespace {

constexpr const char* version = "version https://git-lfs.github.com/spec/v1\n";

bool is_pointer(const std::string& path) {
  std::string head(std::char_traits<char>::length(version), '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  return head == version;
}

}  // namespace

std::optional<std::string> lfs_pointer(const std::string& path) {
  const FileDigest digest = digest_file(path);
  if (digest.sha256.empty() || digest.size == 0) return std::nullopt;
  if (digest.size < 1024 && is_pointer(path)) return std::nullopt;
  return fmt::format("{}oid sha256:{}\nsize {}\n", version, digest.sha256, digest.size);
}

}  // namespace planner::io
