// The difference of two texts as people and patch read it.
#pragma once

#include <optional>
#include <string>

namespace planner::report {

/// One hunk around everything that differs, with three lines of context; nullopt stands for no file. Empty when nothing
/// differs. Control characters of the texts are made printable. O(lines).
std::string unified_diff(const std::string& path, const std::optional<std::string>& before,
                         const std::optional<std::string>& after);

}  // namespace planner::report
