// Where a repository keeps its parts.
#pragma once

#include <optional>
#include <string>

#include "planner/result.h"

namespace planner::io {

struct GitLayout {
  std::string top;            ///< the work tree that was asked from; the git directory where there is none
  std::string git_dir;        ///< of this work tree
  std::string common_dir;     ///< shared by all work trees
  std::string object_format;  ///< "sha1" or "sha256"
  bool has_work_tree = false;

  /// History or objects were left out when it was cloned.
  bool shallow() const;
  bool partial() const;
};

/// nullopt: `directory` is in no repository. An error of kind input when it is no directory, of kind world when git is
/// missing or refuses the repository.
Result<std::optional<GitLayout>> find_repository(const std::string& directory);

}  // namespace planner::io
