// Files in somebody's work tree that are changed on request: never through a symbolic link, all or nothing each.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "planner/result.h"

namespace planner::io {

/// The text; nullopt: there is no such file. Refused: `path` or a directory between `top` and it is a symbolic link, or
/// it is no regular file. `path` lies below `top`.
Result<std::optional<std::string>> read_placed(const std::string& top, const std::string& path);

/// Writes the text (directories are made) or, nullopt, removes the file and then the directories below `top` that this
/// leaves empty. The mode of a file that is there stays; a new one is executable if asked.
Result<void> write_placed(const std::string& top, const std::string& path, const std::optional<std::string>& text,
                          bool executable);

/// The directory of the hooks that git runs: core.hooksPath of anybody's configuration, else the common directory's.
Result<std::string> hooks_directory(const std::string& top, const std::string& common_dir);

}  // namespace planner::io
