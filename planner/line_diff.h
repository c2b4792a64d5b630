// Which lines of a text an edit touched.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace planner {

/// Lines count from 1. Without lines on one side, `first` is the line that they would come before.
struct LineHunk {
  std::uint32_t old_first = 1, old_count = 0;
  std::uint32_t new_first = 1, new_count = 0;
  friend bool operator==(const LineHunk&, const LineHunk&) = default;
};

/// The fewest lines removed and added that turn one text into the other (Myers 1986, greedy), in ascending order,
/// neighbours joined; how lines end is no difference. nullopt: more than `most_edits` of them. O(lines + edits^2)
/// memory of the edits, O(lines * edits) time.
std::optional<std::vector<LineHunk>> line_diff(std::string_view before, std::string_view after,
                                               std::size_t most_edits = 2'000);

/// Lines without their ends; a text that does not end its last line has that line too.
std::vector<std::string_view> lines_in(std::string_view text);

/// Do two texts differ in nothing but how their lines end, the last one included?
bool line_ends_only(std::string_view before, std::string_view after);

}  // namespace planner
