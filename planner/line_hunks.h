// Which lines of a text an edit replaced by which.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace planner {

/// Lines count from 1. Nothing removed: the new lines stand behind line `old_first` - 1; nothing added likewise.
struct LineHunk {
  std::uint32_t old_first = 1, old_count = 0;
  std::uint32_t new_first = 1, new_count = 0;
  friend bool operator==(const LineHunk&, const LineHunk&) = default;
};

/// The lines of a text, without their ends; a last line without one counts.
std::vector<std::string_view> lines_of(std::string_view text);

/// A least edit script as hunks, by line, none touching another. Myers, "An O(ND) Difference Algorithm and Its
/// Variations" (1986), greedy, between the lines that both texts begin and end with; where more than 2,000 lines
/// differ, what lies between is one hunk. O(lines + differences²).
std::vector<LineHunk> line_hunks(std::string_view before, std::string_view after);

}  // namespace planner
