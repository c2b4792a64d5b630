#include "planner/report/scope_words.h"

#include <algorithm>
#include <fmt/format.h>

namespace planner::report {

std::string shell_word(std::string_view text) {
  std::string plain = parsers::printable(text);
  if (plain.starts_with('-')) plain = "./" + plain;
  const auto harmless = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./:@%+,=").find(c) != std::string_view::npos;
  };
  if (!plain.empty() && std::all_of(plain.begin(), plain.end(), harmless)) return plain;
  std::string out = "'";
  for (char c : plain) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> start_commands(const ScopeAnswer& answer) {
  if (answer.base.empty() || answer.branch.empty() || answer.worktree.empty()) return {};
  const std::string tree = shell_word(answer.worktree);
  return {fmt::format("git worktree add -b {} {} {}", shell_word(answer.branch), tree, shell_word(answer.base)),
          "cd " + tree};
}

std::string trailer(const ScopeAnswer& answer) {
  return "Work-Order: " + parsers::printable(answer.orders.list[answer.order.index()].id);
}

}  // namespace planner::report
