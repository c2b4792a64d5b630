#include "planner/line_hunks.h"

#include <algorithm>
#include <unordered_map>

namespace planner {
namespace {

using Lines = std::vector<std::uint32_t>;  // equal lines have equal numbers

constexpr std::size_t most_differences = 2'000;

class Numbering {
 public:
  Lines of(const std::vector<std::string_view>& lines) {
    Lines out;
    out.reserve(lines.size());
    for (const std::string_view line : lines)
      out.push_back(numbers_.try_emplace(line, static_cast<std::uint32_t>(numbers_.size())).first->second);
    return out;
  }

 private:
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

/// Which lines of the middle parts stay; false: too much differs.
class Script {
 public:
  Script(const Lines& a, const Lines& b, std::size_t a_begin, std::size_t a_end, std::size_t b_begin, std::size_t b_end)
      : a_(a), b_(b), a0_(a_begin), b0_(b_begin), n_(to_signed(a_end - a_begin)), m_(to_signed(b_end - b_begin)) {}

  bool find() {
    const long most = std::min<long>(n_ + m_, static_cast<long>(most_differences));
    std::vector<long> furthest(static_cast<std::size_t>(2 * most + 3), 0);
    const auto at = [&](long k) -> long& { return furthest[static_cast<std::size_t>(k + most + 1)]; };
    for (long d = 0; d <= most; ++d) {
      for (long k = -d; k <= d; k += 2) {
        long x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
        while (x < n_ && x - k < m_ && same(x, x - k)) ++x;
        at(k) = x;
        if (x >= n_ && x - k >= m_) {
          steps_ = d;
          return true;
        }
      }
      rows_.emplace_back(furthest.begin() + (most + 1 - d), furthest.begin() + (most + 2 + d));
    }
    return false;
  }

  /// Marks the lines that stay, walking back from the end.
  void mark(std::vector<bool>& a_stays, std::vector<bool>& b_stays) const {
    long x = n_, y = m_;
    for (long d = steps_; d >= 0; --d) {
      const long k = x - y;
      long from_x = 0, from_y = 0;
      if (d > 0) {
        const std::vector<long>& row = rows_[static_cast<std::size_t>(d - 1)];
        const auto at = [&](long diagonal) {
          const long i = diagonal + d - 1;
          return i < 0 || i >= static_cast<long>(row.size()) ? -1 : row[static_cast<std::size_t>(i)];
        };
        const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
        const long from_k = down ? k + 1 : k - 1;
        from_x = at(from_k);
        from_y = from_x - from_k;
        // The snake begins behind the one line that was removed or added.
        const long snake = down ? from_x : from_x + 1;
        for (; x > snake; --x, --y) stay(x, y, a_stays, b_stays);
      } else {
        for (; x > 0 && y > 0; --x, --y) stay(x, y, a_stays, b_stays);
      }
      x = from_x;
      y = from_y;
    }
  }

 private:
  static long to_signed(std::size_t value) { return static_cast<long>(value); }
  bool same(long x, long y) const {
    return a_[a0_ + static_cast<std::size_t>(x)] == b_[b0_ + static_cast<std::size_t>(y)];
  }
  void stay(long x, long y, std::vector<bool>& a_stays, std::vector<bool>& b_stays) const {
    a_stays[a0_ + static_cast<std::size_t>(x - 1)] = true;
    b_stays[b0_ + static_cast<std::size_t>(y - 1)] = true;
  }

  const Lines &a_, &b_;
  std::size_t a0_, b0_;
  long n_, m_, steps_ = 0;
  std::vector<std::vector<long>> rows_;  // furthest points after d differences, diagonals -d to d
};

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::vector<LineHunk> line_hunks(std::string_view before, std::string_view after) {
  Numbering numbering;
  const Lines a = numbering.of(lines_of(before)), b = numbering.of(lines_of(after));
  std::size_t begin = 0, a_end = a.size(), b_end = b.size();
  while (begin < a_end && begin < b_end && a[begin] == b[begin]) ++begin;
  while (a_end > begin && b_end > begin && a[a_end - 1] == b[b_end - 1]) --a_end, --b_end;
  std::vector<bool> a_stays(a.size(), true), b_stays(b.size(), true);
  std::fill(a_stays.begin() + static_cast<std::ptrdiff_t>(begin), a_stays.begin() + static_cast<std::ptrdiff_t>(a_end),
            false);
  std::fill(b_stays.begin() + static_cast<std::ptrdiff_t>(begin), b_stays.begin() + static_cast<std::ptrdiff_t>(b_end),
            false);
  if (begin < a_end && begin < b_end)
    if (Script script(a, b, begin, a_end, begin, b_end); script.find()) script.mark(a_stays, b_stays);

  std::vector<LineHunk> out;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && j < b.size() && a_stays[i] && b_stays[j]) {
      ++i, ++j;
      continue;
    }
    LineHunk hunk{static_cast<std::uint32_t>(i + 1), 0, static_cast<std::uint32_t>(j + 1), 0};
    while (i < a.size() && !a_stays[i]) ++i, ++hunk.old_count;
    while (j < b.size() && !b_stays[j]) ++j, ++hunk.new_count;
    out.push_back(hunk);
  }
  return out;
}

}  // namespace planner
