// SHA-256 (FIPS 180-4), for what Git LFS pointers say about a file.
#pragma once

#include <cstdint>
#include <string>

namespace planner::io {

struct FileDigest {
  std::string sha256;  ///< hex; empty when the file could not be read
  std::uint64_t size = 0;
};

FileDigest digest_file(const std::string& path);

}  // namespace planner::io
