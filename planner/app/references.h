// references: every link of a version into a file, row by row, within bounded memory.
#pragma once

#include <functional>
#include <string>

#include "planner/code.h"
#include "planner/result.h"

namespace planner::app {

/// Links all files in the order of their paths; the file appears at the end or not at all.
Result<void> write_references(Code&, const std::string& path,
                              const std::function<void(std::size_t done, std::size_t of)>& progress);

}  // namespace planner::app
