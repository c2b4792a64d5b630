#include "planner/report/markdown_escape.h"

#include <algorithm>
#include <cctype>

#include "parsers/diagnostic.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

std::size_t longest_run_of_ticks(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// An empty comment ends what a web page would otherwise link: mentions, references, addresses.
constexpr std::string_view cut = "<!-- -->";

}  // namespace

std::string escaped(std::string_view text) {
  const std::string plain = parsers::printable(text);
  std::string out;
  const auto word = [&](std::size_t i) {
    return i < plain.size() && (std::isalnum(static_cast<unsigned char>(plain[i])) != 0 || plain[i] == '_');
  };
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::string_view rest = std::string_view(plain).substr(i);
    const char c = plain[i];
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '@' || c == '#') {
      (out += c) += cut;
    } else if (rest.starts_with("://")) {
      (out += ':') += cut;
    } else if (rest.size() > 3 && (rest.starts_with("www.") || rest.starts_with("WWW."))) {
      (out += rest.substr(0, 3)) += cut;
      i += 2;
    } else if (std::string_view("\\`*[]|~$").find(c) != std::string_view::npos ||
               (c == '_' && !(i > 0 && word(i - 1) && word(i + 1)))) {
      (out += '\\') += c;
    } else {
      out += c;
    }
  }
  return out;
}

std::string code(std::string_view text) {
  std::string plain = parsers::printable(text);
  if (plain.empty()) return {};
  const std::string fence(longest_run_of_ticks(plain) + 1, '`');
  const bool pad = plain.front() == '`' || plain.back() == '`' || plain.front() == ' ' || plain.back() == ' ';
  std::string inside;
  for (char c : plain) inside += c == '|' ? std::string("\\|") : std::string(1, c);
  return fence + (pad ? " " : "") + inside + (pad ? " " : "") + fence;
}

std::string code(const Place& place) { return place.file.empty() ? std::string() : code(shown(place)); }

std::string code_block(std::string_view language, std::string_view lines) {
  const std::string fence(std::max<std::size_t>(3, longest_run_of_ticks(lines) + 1), '`');
  std::string out = fence + std::string(language) + "\n" + std::string(lines);
  if (!lines.ends_with('\n')) out += '\n';
  return out + fence + "\n";
}

}  // namespace planner::report
