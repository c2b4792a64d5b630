#include "planner/numbered_name.h"

#include <algorithm>
#include <fmt/format.h>

#include "parsers/path_pattern.h"

namespace planner {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string value_of(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

NumberedName numbered(std::string_view path, std::size_t begin, std::size_t end, std::string_view kind) {
  const std::string_view digits = path.substr(begin, end - begin);
  return {fmt::format("{}\n{}", path.substr(0, begin), kind),
          value_of(digits),
          std::string(path.substr(0, std::min(path.find('/', end), path.size()))),
          begin,
          digits.size(),
          digits.size() > 1 && digits.front() == '0'};
}

}  // namespace

std::optional<NumberedName> numbered_by_pattern(const std::string& path, const std::string& series) {
  constexpr std::string_view hole = "{n}";
  const std::size_t at = series.find(hole);
  if (at == std::string::npos) return std::nullopt;
  const parsers::PathPattern pattern(series.substr(0, at) + '\x01' + series.substr(at + hole.size()));
  for (std::size_t begin = 0; begin < path.size();) {
    if (!digit(path[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < path.size() && digit(path[end])) ++end;
    if (pattern.matches(path.substr(0, begin) + '\x01' + path.substr(end))) return numbered(path, begin, end, series);
    begin = end;
  }
  return std::nullopt;
}

std::optional<NumberedName> numbered_by_name(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  std::size_t begin = name;
  while (begin < path.size() && letter(path[begin])) ++begin;
  if (begin > name && begin < path.size() && (path[begin] == '-' || path[begin] == '_')) ++begin;
  std::size_t end = begin;
  while (end < path.size() && digit(path[end])) ++end;
  if (begin == end || end + 1 >= path.size()) return std::nullopt;
  if (path[end] != '_' && path[end] != '-' && path[end] != '.') return std::nullopt;
  if (path[end] != '.' && digit(path[end + 1])) return std::nullopt;  // 2024-05-01-post.md
  const std::size_t dot = path.rfind('.');
  if (path[end] == '.' && dot == end) return std::nullopt;  // 42.md has no name of its own: the number is the name
  return numbered(path, begin, end, dot == std::string::npos || dot < end ? "" : path.substr(dot));
}

}  // namespace planner
