// Where a checkout keeps its parts, read from git's files without starting git: for who is asked at every edit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/result.h"

namespace planner::io {

struct Checkout {
  std::string top;         ///< of the work tree, absolute, without symbolic links
  std::string git_dir;     ///< of this work tree
  std::string common_dir;  ///< shared by all work trees
  std::string branch;      ///< checked out; empty: a detached HEAD
};

/// The checkout that `directory` lies in; nullopt: in none. `git_dir`: GIT_DIR as git sets it for its hooks, or empty.
/// Errors of kind world: git's files cannot be read or make no sense.
Result<std::optional<Checkout>> find_checkout(const std::string& directory, const std::string& git_dir = {});

/// The other work trees of the repository, the main one included, ordered by path. Unreadable ones are left out.
std::vector<Checkout> other_work_trees(const Checkout&);

/// A merge, a cherry-pick or a revert is being concluded: its file in the git directory, with the commit.
std::optional<std::string> merge_head(const Checkout&);

}  // namespace planner::io
