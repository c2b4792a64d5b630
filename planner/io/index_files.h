// Files of the index cache: written beside and renamed, so that each is there whole or not at all, under names that
// nobody else takes: KIND-VERSION-NUMBER-RANDOM.seg, where a higher number is newer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "planner/result.h"

namespace planner::io {

struct IndexFile {
  std::string path;
  std::uint64_t number = 0;
};

/// Of that kind and version, oldest first.
std::vector<IndexFile> index_files(const std::string& directory, std::string_view kind, std::uint64_t version);

/// The path of a new file that holds the parts. Not forced to the disk: a checksum tells what a crash cut short.
Result<std::string> write_index_file(const std::string& directory, std::string_view kind, std::uint64_t version,
                                     std::uint64_t number, const std::vector<std::string_view>& parts);

/// Removes files of other versions, oldest first, while all together take more than `most_bytes`, and what writers
/// left behind when they were killed.
void sweep_index_files(const std::string& directory, std::uint64_t version, std::uint64_t most_bytes);

}  // namespace planner::io
