#include "planner/io/lfs_pointer.h"

#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sha2.h>

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
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size == 0 || (size < 1024 && is_pointer(path))) return std::nullopt;
  std::array<char, SHA256_DIGEST_STRING_LENGTH> hex{};
  if (SHA256File(path.c_str(), hex.data()) == nullptr) return std::nullopt;
  return fmt::format("{}oid sha256:{}\nsize {}\n", version, hex.data(), size);
}

}  // namespace planner::io
