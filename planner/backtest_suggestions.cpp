#include "planner/backtest_suggestions.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include "planner/config_evidence.h"

namespace planner {
namespace {

constexpr std::size_t fewest = 2;  // collisions that say something

bool digit(char c) { return c >= '0' && c <= '9'; }

/// As an entry that means this path and no other.
bool can_be_written(std::string_view path) { return path.find_first_of("*?") == std::string_view::npos; }

std::string times(std::size_t count) { return count == 1 ? "once" : fmt::format("{} times", count); }

}  // namespace

std::string_view to_string(Worth worth) {
  switch (worth) {
    case Worth::yes:
      return "yes";
    case Worth::somewhat:
      return "somewhat";
    case Worth::hardly:
      return "hardly";
    case Worth::unknown:
      return "unknown";
  }
  return "";
}

Worth worth_of(const Backtest& replayed) {
  if (replayed.in_flight == 0) return Worth::unknown;
  const auto share = [](std::size_t part, std::size_t of, std::size_t percent) { return part * 100 >= of * percent; };
  for (const auto& [percent, worth] : {std::pair(10, Worth::yes), std::pair(3, Worth::somewhat)})
    if (share(replayed.collided, replayed.branches, static_cast<std::size_t>(percent)) ||
        share(replayed.between_branches, std::max<std::size_t>(replayed.made, 1), static_cast<std::size_t>(percent)))
      return worth;
  return Worth::hardly;
}

ConfigProposal suggestions_for(const std::vector<Collision>& files, const std::vector<SeriesCollision>& series) {
  ConfigProposal out;
  for (const Collision& file : files) {
    if (file.pairs < fewest || !can_be_written(file.path)) continue;
    if (is_lock_file(file.path))
      propose(out, ConfigSection::regenerate, file.path, fmt::format("a lock file that collided {}", times(file.pairs)),
              {file.path});
    else if (file.insertions * 5 >= file.pairs * 4)
      propose(out, ConfigSection::append, file.path,
              fmt::format("{} of {} collisions are two insertions at one place; needs merge=union in .gitattributes",
                          file.insertions, file.pairs),
              {file.path});
  }
  for (const SeriesCollision& one : series)
    if (one.series.find("{n}") != std::string::npos)
      propose(out, ConfigSection::series, one.series, fmt::format("two branches took one number {}", times(one.pairs)),
              {one.paths.begin(), one.paths.end()});
  std::stable_sort(out.entries.begin(), out.entries.end(), [](const ProposedEntry& x, const ProposedEntry& y) {
    return std::tie(x.section, x.entry) < std::tie(y.section, y.entry);
  });
  return out;
}

std::string series_of(std::string_view a, std::string_view b) {
  // Where both have the number, and how both end from the last dot on.
  std::size_t same = 0;
  while (same < a.size() && same < b.size() && a[same] == b[same]) ++same;
  const std::size_t name = a.rfind('/', same == 0 ? 0 : same - 1) + 1;
  std::size_t begin = std::string_view::npos;
  for (std::size_t i = name; i < same; ++i)
    if (digit(a[i]) && (i == 0 || !digit(a[i - 1]))) begin = i;
  if (begin == std::string_view::npos) return std::string(a);
  std::size_t end = begin;
  while (end < a.size() && digit(a[end])) ++end;
  const std::size_t dot_a = a.rfind('.'), dot_b = b.rfind('.');
  const bool same_end = dot_a != std::string_view::npos && dot_b != std::string_view::npos && dot_a >= end &&
                        a.substr(dot_a) == b.substr(dot_b);
  const std::string separator = end < a.size() && (a[end] == '_' || a[end] == '-') ? std::string(1, a[end]) : "";
  return fmt::format("{}{{n}}{}*{}", a.substr(0, begin), separator, same_end ? a.substr(dot_a) : "");
}

}  // namespace planner
