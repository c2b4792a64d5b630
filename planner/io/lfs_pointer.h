// What Git LFS would store for a file (its specification, version 1): a small text naming hash and size.
#pragma once

#include <optional>
#include <string>

namespace planner::io {

/// nullopt: the file is a pointer already, is empty (stored as it is), or cannot be read.
std::optional<std::string> lfs_pointer(const std::string& path);

}  // namespace planner::io
