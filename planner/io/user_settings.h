// What of the user's git configuration decides how files of a work tree compare and which of them are ignored. Values
// that could name a program are not among it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "planner/io/git_layout.h"

namespace planner::io {

/// "key=value", for GitCommand::config.
Result<std::vector<std::string>> work_tree_settings(const GitLayout&);

/// What of the user's git configuration decides how git merges.
struct MergeSettings {
  std::vector<std::string> settings;  ///< "key=value", for GitCommand::config; none of them names a program
  std::set<std::string> drivers;      ///< names that a program is configured for
};
Result<MergeSettings> merge_settings(const GitLayout&);

}  // namespace planner::io
