// Where something has to change before a comparison can read differently.
#pragma once

#include <string>
#include <vector>

#include "planner/io/change_watch.h"

namespace planner::app {

/// Refs and heads of the repository, and of every work tree the index, the directories of tracked files and those
/// beside them that are no tracked files'.
Result<std::vector<io::WatchedDirectory>> watched(const std::string& repo);

}  // namespace planner::app
