// The files of somebody's project as they stand on disk, for who looks at all of them once.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "planner/result.h"

namespace planner::io {

struct ProjectFiles {
  std::string top;                 ///< absolute; where interlock.yaml belongs
  std::vector<std::string> paths;  ///< regular files, relative to the top, by path
  bool cut = false;                ///< there are more than `most`
};

/// In a git work tree: tracked and untracked files that are not ignored. Elsewhere, or without git: everything below
/// `directory` that is reached through no symbolic link, but for .git, node_modules, .venv and __pycache__. Refused: a
/// bare repository, a directory that cannot be read.
Result<ProjectFiles> project_files(const std::string& directory, std::size_t most);

}  // namespace planner::io
