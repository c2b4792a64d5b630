#include "planner/line_hunks.h"

#include <algorithm>
#include <unordered_map>

namespace planner {
namespace {

/// Equal lines get equal numbers.
struct Numbered {
  std::vector<std::uint32_t> before, after;
};

Numbered number(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) {
  std::unordered_map<std::string_view, std::uint32_t> numbers;
  const auto numbered = [&](const std::vector<std::string_view>& lines) {
    std::vector<std::uint32_t> out;
    out.reserve(lines.size());
    for (const std::string_view line : lines)
      out.push_back(numbers.emplace(line, static_cast<std::uint32_t>(numbers.size())).first->second);
    return out;
  };
  Numbered out;
  out.before = numbered(before);
  out.after = numbered(after);
  return out;
}

/// Furthest reaching paths, one row of diagonals for each number of edits.
class Myers {
 public:
  Myers(const std::uint32_t* a, int n, const std::uint32_t* b, int m) : a_(a), b_(b), n_(n), m_(m) {}

  /// Lines kept as (old, new), from the last to the first; nullopt: too many edits.
  std::optional<std::vector<std::pair<int, int>>> run(int most_edits) {
    std::vector<int> reached(static_cast<std::size_t>(2 * most_edits + 3), 0);
    const int middle = most_edits + 1;
    for (int d = 0; d <= most_edits; ++d) {
      rows_.emplace_back(reached.begin() + (middle - d - 1), reached.begin() + (middle + d + 2));
      for (int k = -d; k <= d; k += 2) {
        const bool down = k == -d || (k != d && reached[static_cast<std::size_t>(middle + k - 1)] <
                                                    reached[static_cast<std::size_t>(middle + k + 1)]);
        int x = down ? reached[static_cast<std::size_t>(middle + k + 1)]
                     : reached[static_cast<std::size_t>(middle + k - 1)] + 1;
        while (x < n_ && x - k < m_ && a_[x] == b_[x - k]) ++x;
        reached[static_cast<std::size_t>(middle + k)] = x;
        if (x >= n_ && x - k >= m_) return kept(d);
      }
    }
    return std::nullopt;
  }

 private:
  std::vector<std::pair<int, int>> kept(int d) const {
    std::vector<std::pair<int, int>> out;
    int x = n_, y = m_;
    for (; d >= 0; --d) {
      const std::vector<int>& row = rows_[static_cast<std::size_t>(d)];  // diagonals -d-1 .. d+1, before step d
      const auto at = [&](int k) { return row[static_cast<std::size_t>(k + d + 1)]; };
      const int k = x - y;
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const int from_k = down ? k + 1 : k - 1;
      const int from_x = d == 0 ? 0 : at(from_k);
      const int from_y = d == 0 ? 0 : from_x - from_k;
      while (x > from_x && y > from_y && a_[x - 1] == b_[y - 1]) {
        --x;
        --y;
        out.emplace_back(x, y);
      }
      x = from_x;
      y = from_y;
    }
    return out;
  }

  const std::uint32_t *a_, *b_;
  int n_, m_;
  std::vector<std::vector<int>> rows_;
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

std::vector<std::string_view> lines_in(std::string_view text) {
  std::vector<std::string_view> out = lines_of(text);
  for (std::string_view& line : out)
    if (line.ends_with('\r')) line.remove_suffix(1);
  return out;
}

bool line_ends_only(std::string_view before, std::string_view after) {
  return before != after && lines_in(before) == lines_in(after);
}

std::optional<std::vector<LineHunk>> line_diff(const std::vector<std::string_view>& before,
                                               const std::vector<std::string_view>& after, std::size_t most_edits) {
  const Numbered lines = number(before, after);
  const auto& a = lines.before;
  const auto& b = lines.after;
  const auto [a_head, b_head] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto start = static_cast<int>(a_head - a.begin());
  int n = static_cast<int>(a.size()) - start, m = static_cast<int>(b.size()) - start;
  while (n > 0 && m > 0 && a[static_cast<std::size_t>(start + n - 1)] == b[static_cast<std::size_t>(start + m - 1)]) {
    --n;
    --m;
  }
  std::vector<LineHunk> out;
  if (n == 0 && m == 0) return out;
  std::vector<std::pair<int, int>> kept;
  if (n > 0 && m > 0) {
    const int most = std::min(n + m, static_cast<int>(most_edits));
    auto found = Myers(a.data() + start, n, b.data() + start, m).run(most);
    if (!found) return std::nullopt;
    kept = std::move(*found);
    std::reverse(kept.begin(), kept.end());
  }
  kept.emplace_back(n, m);
  int x = 0, y = 0;
  for (const auto& [next_x, next_y] : kept) {
    if (next_x > x || next_y > y)
      out.push_back({static_cast<std::uint32_t>(start + x + 1), static_cast<std::uint32_t>(next_x - x),
                     static_cast<std::uint32_t>(start + y + 1), static_cast<std::uint32_t>(next_y - y)});
    x = next_x + 1;
    y = next_y + 1;
  }
  return out;
}

std::vector<LineHunk> line_hunks(std::string_view before, std::string_view after) {
  const std::vector<std::string_view> a = lines_of(before), b = lines_of(after);
  if (auto hunks = line_diff(a, b)) return std::move(*hunks);
  std::size_t head = 0, tail = 0;
  while (a[head] == b[head]) ++head;
  while (a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const auto first = static_cast<std::uint32_t>(head + 1);
  return {{first, static_cast<std::uint32_t>(a.size() - head - tail), first,
           static_cast<std::uint32_t>(b.size() - head - tail)}};
}

}  // namespace planner
