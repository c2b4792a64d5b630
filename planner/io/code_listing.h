// Which source files a version has, which contents git says they have, and where these can be read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "planner/io/git_layout.h"
#include "planner/repository.h"

namespace planner::io {

struct ListedFile {
  enum class Place : std::uint8_t {
    object,     ///< in git's store alone
    unchanged,  ///< on disk, and git says that it still is `blob`, up to conversions
    disk,       ///< on disk; `blob` is not known
  };
  std::string path;
  ObjectId blob;
  Place place = Place::object;
};

/// The regular files of a tree, by path.
std::vector<ListedFile> list_tree(const Tree&);

struct WorktreeListing {
  std::vector<ListedFile> files;  ///< by path
  std::int64_t asked = 0;  ///< by the clock that stamps files: what was changed later may no longer be what is listed
};

/// The regular files of a work tree as they are, untracked ones included that are not ignored. Files that something
/// else than git's own line endings converts are not known by what is on disk.
Result<WorktreeListing> list_worktree(const GitLayout&);

}  // namespace planner::io
