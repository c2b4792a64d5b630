#include "planner/declared_namespace.h"

#include <algorithm>

namespace planner {

std::optional<std::string> declared_namespace(std::string_view text, bool blocks) {
  static constexpr std::string_view space = " \t\r\xEF\xBB\xBF", word = "namespace";
  std::optional<std::string> out;
  bool comment = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto skip = [&] { line.remove_prefix(std::min(line.find_first_not_of(space), line.size())); };
    for (bool code = false; !code && !line.empty();) {
      code = !comment;
      const std::size_t close = comment ? line.find("*/") : 0;
      if (close == std::string_view::npos) break;
      if (comment) line.remove_prefix(close + 2);
      comment = false;
      skip();
      if (line.starts_with("<?php")) line.remove_prefix(5);
      skip();
      if (!line.starts_with("/*")) {
        code = true;
        continue;
      }
      line.remove_prefix(2);
      comment = true;
      code = false;
    }
    if (comment) continue;
    if (!line.starts_with(word)) {
      // A comment that begins behind code, and does not end there.
      const std::size_t open = line.starts_with("//") || line.starts_with("#") ? line.npos : line.rfind("/*");
      comment = open != line.npos && line.find("*/", open) == line.npos && line.find("//") >= open &&
                line.find_first_of("'\"") >= open;
      continue;
    }
    line.remove_prefix(word.size());
    if (line.empty() || space.find(line.front()) == space.npos) continue;
    skip();
    std::string_view name = line.substr(0, line.find_first_of(" \t\r;{/"));
    line.remove_prefix(name.size());
    skip();
    if (name.empty() || name.front() == '\\' || (!blocks && !line.starts_with(';'))) continue;
    if (out) return std::nullopt;
    out = name;
  }
  return out ? out : std::string();
}

}  // namespace planner
