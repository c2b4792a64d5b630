// Where a path really leads: every symbolic link followed, one component at a time, without trusting what the path
// looks like. What is not there yet is kept as written.
#pragma once

#include <string>
#include <string_view>

namespace planner::io {

struct ResolvedPath {
  std::string path;     ///< absolute, no links, no "." or ".."; empty: see `problem`
  std::string problem;  ///< why it could not be resolved, a clause
  bool linked = false;  ///< a symbolic link was followed
  bool exists = false;
  bool directory = false;
  /// `path` with its first missing component replaced by a name that is there and differs by case or Unicode form
  /// alone; empty: none.
  std::string twin;
};

enum class LastLink { follow, keep };

/// `path` relative to `directory`, which is absolute. Every step is taken on the open directory before it
/// (openat with O_NOFOLLOW), at most 40 links. A directory of more than 20,000 names is not searched for twins.
ResolvedPath resolve_path(const std::string& directory, std::string_view path, LastLink);

}  // namespace planner::io
