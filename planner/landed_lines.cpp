#include "planner/landed_lines.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace planner {
namespace {

/// Lines [begin, end), from 0; empty: a place between two lines.
struct Lines {
  std::int64_t begin = 0, end = 0;
};

Lines old_lines(const LineHunk& hunk) {
  const auto begin = static_cast<std::int64_t>(hunk.old_first) - 1;
  return {begin, begin + hunk.old_count};
}
Lines new_lines(const LineHunk& hunk) {
  const auto begin = static_cast<std::int64_t>(hunk.new_first) - 1;
  return {begin, begin + hunk.new_count};
}

bool touch(const Lines& a, const Lines& b) { return a.begin <= b.end && b.begin <= a.end; }

/// Where the lines stand after the hunks; nullopt: somebody wrote over them.
std::optional<Lines> moved(Lines lines, const std::vector<LineHunk>& hunks) {
  std::int64_t by = 0;
  for (const LineHunk& hunk : hunks) {
    const Lines old = old_lines(hunk);
    if (old.end <= lines.begin)
      by += static_cast<std::int64_t>(hunk.new_count) - hunk.old_count;
    else if (old.begin < lines.end)
      return std::nullopt;
  }
  return Lines{lines.begin + by, lines.end + by};
}

}  // namespace

bool lines_meet(const std::vector<LineHunk>& earlier, const std::vector<LineHunk>& between,
                const std::vector<LineHunk>& later) {
  return std::any_of(earlier.begin(), earlier.end(), [&](const LineHunk& hunk) {
    const auto lines = moved(new_lines(hunk), between);
    return lines && std::any_of(later.begin(), later.end(),
                                [&](const LineHunk& other) { return touch(*lines, old_lines(other)); });
  });
}

}  // namespace planner
