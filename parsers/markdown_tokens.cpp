#include "parsers/markdown_tokens.h"

#include <algorithm>
#include <string>

#include "parsers/markdown_document.h"
#include "parsers/markdown_paths.h"

namespace parsers {
namespace {

/// A `|` tells code from paths only where it is not escaped: "a\\|b.ts" in a table's cell is a file.
std::string without_pipes(std::string_view text) {
  std::string out(text);
  for (std::size_t i = out.find("\\|"); i != std::string::npos; i = out.find("\\|", i)) out.replace(i, 2, "_");
  return out;
}

}  // namespace

std::size_t MarkdownTokens::skip_blanks(std::size_t from) const {
  while (at(from) == ' ' || at(from) == '\t') ++from;
  return from;
}

std::size_t MarkdownTokens::end_of_line(std::size_t from) const {
  if (from < x_line_from || from > x_line_end) {  // remembered, or one long line would be searched for every item
    x_line_from = from;
    x_line_end = std::min(x_text.find('\n', from), x_text.size());
  }
  return x_line_end;
}

std::size_t MarkdownTokens::line_break(std::size_t from) const {
  for (const std::string_view tag : {"<br>", "<br/>", "<br />", "<BR>", "<BR/>"})
    if (x_text.substr(from).starts_with(tag)) return tag.size();
  return 0;
}

std::string_view MarkdownTokens::link_at(std::size_t from) const {
  constexpr std::size_t longest = 1024;
  if (at(from) != '[') return {};
  const std::string_view near = x_text.substr(from, std::min(longest, end_of_line(from) - from));
  const std::size_t middle = near.find("](");
  if (middle == std::string_view::npos || near.find_first_of(" ,") < middle) return {};
  const std::size_t close = near.find(')', middle);
  return close == std::string_view::npos ? std::string_view() : near.substr(0, close + 1);
}

MarkdownToken MarkdownTokens::token(std::size_t from) const {
  MarkdownToken t;
  if (at(from) == '`') {
    const std::size_t open = std::min(x_text.find_first_not_of('`', from), x_text.size());
    const std::size_t close = x_text.substr(0, end_of_line(open)).find(x_text.substr(from, open - from), open);
    if (close == std::string_view::npos) return t;
    t = {trim(x_text.substr(open, close - open)), {}, true, close + open - from};
  } else if (const std::string_view link = link_at(from); !link.empty()) {
    std::string_view inner = link.substr(1, link.find("](") - 1);
    if (inner.size() > 2 && inner.starts_with('`') && inner.ends_with('`')) inner = inner.substr(1, inner.size() - 2);
    t = {inner, {}, true, from + link.size()};
  } else {
    int braces = 0;
    std::size_t end = from;
    for (; end < x_text.size(); ++end) {
      const char c = x_text[end];
      if (c == '{') ++braces;
      if (c == '}') --braces;
      if (c == ' ' || c == '\n' || c == '\t' || c == '`' || ((c == ',' || c == ';') && braces <= 0)) break;
      if (c == '<' && line_break(end) != 0) break;
    }
    std::string_view run = x_text.substr(from, end - from);
    if (run.size() > 4 && run.starts_with("**") && run.ends_with("**") && run.find('/', 2) != 2)
      run = run.substr(2, run.size() - 4);
    if (run.size() > 2 && (run[0] == '"' || run[0] == '\'') && run.back() == run[0])
      run = run.substr(1, run.size() - 2);
    const bool opened = run.find('(') != std::string_view::npos;
    while (run.size() > 1 && (run.back() == '.' || run.back() == ':' || (run.back() == ')' && !opened)))
      run.remove_suffix(1);
    t = {run, {}, false, end};
  }
  t.text = without_lines(t.place);
  return t;
}

std::size_t MarkdownTokens::end_of_item(std::size_t from) const {
  const std::size_t line = end_of_line(from);
  int depth = 0;
  for (std::size_t i = from; i < line; ++i) {
    const char c = x_text[i];
    if (c == '`') {
      const MarkdownToken code = token(i);
      i = (code.end != 0 ? code.end : std::min(x_text.find_first_not_of('`', i), line)) - 1;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      --depth;
    } else if (depth <= 0 && (c == ',' || c == ';' || (c == '<' && line_break(i) != 0))) {
      return i;
    }
  }
  return line;
}

std::size_t MarkdownTokens::closing_bracket(std::size_t from) const {
  int depth = 0;
  for (std::size_t i = from; i < x_text.size(); ++i) {
    if (x_text[i] == '(' || x_text[i] == '[') ++depth;
    if ((x_text[i] == ')' || x_text[i] == ']') && --depth == 0) return i;
  }
  return end_of_line(from) == 0 ? 0 : end_of_line(from) - 1;
}

bool MarkdownTokens::is_path(const MarkdownToken& t) {
  const std::string text = without_pipes(t.text);
  return t.quoted ? names_a_path(text) || has_lower_extension(text) : is_bare_path(text);
}

std::vector<MarkdownToken> MarkdownTokens::paths_in(std::size_t from, std::size_t to) const {
  std::vector<MarkdownToken> found;
  for (std::size_t i = from; i < to;) {
    const bool apart = std::string_view(" \t\n,;()[]\"'").find(x_text[i]) != std::string_view::npos;
    if (apart && (x_text[i] != '[' || link_at(i).empty())) {
      ++i;
      continue;
    }
    MarkdownToken t = token(i);
    const bool whole = t.end != 0 && t.end <= to;
    if (whole && (t.quoted ? is_quoted_path(without_pipes(t.text)) : is_plain_path(t.text))) found.push_back(t);
    i = t.end != 0 ? std::max(t.end, i + 1) : std::min(x_text.find_first_not_of('`', i), to);
  }
  return found;
}

}  // namespace parsers
