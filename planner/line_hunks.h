// Which lines of a text an edit replaced by which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace planner {

/// Lines count from 1. Nothing removed: the new lines stand before line `old_first`; nothing added likewise.
struct LineHunk {
  std::uint32_t old_first = 1, old_count = 0;
  std::uint32_t new_first = 1, new_count = 0;
  friend bool operator==(const LineHunk&, const LineHunk&) = default;
};

/// The lines of a text, without their line feeds; a last line without one counts.
std::vector<std::string_view> lines_of(std::string_view text);
/// The same without carriage returns at their ends.
std::vector<std::string_view> lines_in(std::string_view text);

/// Do two texts differ in nothing but how their lines end, the last one included?
bool line_ends_only(std::string_view before, std::string_view after);

/// The fewest lines removed and added that turn one text into the other, as hunks, none touching another. nullopt: more
/// than `most_edits` lines. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), greedy, between the lines
/// that both begin and end with. O(lines + edits^2) memory, O(lines * edits) time.
std::optional<std::vector<LineHunk>> line_diff(const std::vector<std::string_view>& before,
                                               const std::vector<std::string_view>& after,
                                               std::size_t most_edits = 2'000);

/// Line by line, carriage returns included; where too much differs, all that lies between is one hunk.
std::vector<LineHunk> line_hunks(std::string_view before, std::string_view after);

}  // namespace planner
