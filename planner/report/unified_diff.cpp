#include "planner/report/unified_diff.h"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <vector>

#include "parsers/diagnostic.h"

namespace planner::report {
namespace {

constexpr std::size_t context = 3;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    out.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return out;
}

/// "3,4" as hunks count; an empty range stands behind the line it names.
std::string range(std::size_t from, std::size_t count) {
  const std::size_t first = count == 0 ? from : from + 1;
  return count == 1 ? fmt::format("{}", first) : fmt::format("{},{}", first, count);
}

void add(std::string& out, char sign, std::string_view line) {
  const bool ended = line.ends_with('\n');
  if (ended) line.remove_suffix(1);
  out += sign + parsers::printable(line) + "\n";
  if (!ended) out += "\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(const std::string& path, const std::optional<std::string>& before,
                         const std::optional<std::string>& after) {
  if (before == after) return {};
  const std::string was = before.value_or("");
  const std::string is = after.value_or("");
  const std::vector<std::string_view> old_lines = lines_of(was);
  const std::vector<std::string_view> new_lines = lines_of(is);
  const std::size_t least = std::min(old_lines.size(), new_lines.size());
  std::size_t head = 0;
  while (head < least && old_lines[head] == new_lines[head]) ++head;
  std::size_t tail = 0;
  while (tail < least - head && old_lines[old_lines.size() - 1 - tail] == new_lines[new_lines.size() - 1 - tail])
    ++tail;
  const std::size_t from = head - std::min(head, context);
  const std::size_t more = std::min(tail, context);
  const std::size_t old_end = old_lines.size() - tail;
  const std::size_t new_end = new_lines.size() - tail;
  const std::string name = parsers::printable(path);
  std::string out = fmt::format("--- {}\n+++ {}\n@@ -{} +{} @@\n", before ? "a/" + name : "/dev/null",
                                after ? "b/" + name : "/dev/null", range(from, old_end + more - from),
                                range(from, new_end + more - from));
  for (std::size_t i = from; i < head; ++i) add(out, ' ', old_lines[i]);
  for (std::size_t i = head; i < old_end; ++i) add(out, '-', old_lines[i]);
  for (std::size_t i = head; i < new_end; ++i) add(out, '+', new_lines[i]);
  for (std::size_t i = old_end; i < old_end + more; ++i) add(out, ' ', old_lines[i]);
  return out;
}

}  // namespace planner::report
