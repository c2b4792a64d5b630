#include "parsers/markdown_skeleton.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace parsers {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t widest_indent = 128;
constexpr std::size_t widest_table = 1024;  ///< cmark takes quadratic time for columns

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  while (at < line.size() && is_blank(line[at])) ++at;
  return at;
}

/// Length of the container marker (`>`, `-`, `12.`) at `at`, 0 when there is none.
std::size_t marker_length(std::string_view line, std::size_t at) {
  if (at >= line.size()) return 0;
  const auto ends = [&](std::size_t i) { return i >= line.size() || is_blank(line[i]); };
  if (line[at] == '>') return 1;
  if (std::string_view("-+*").find(line[at]) != std::string_view::npos) return ends(at + 1) ? 1 : 0;
  std::size_t digits = at;
  while (digits < line.size() && digits - at < 9 && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits == at || digits >= line.size() || (line[digits] != '.' && line[digits] != ')') || !ends(digits + 1))
    return 0;
  return digits + 1 - at;
}

bool only(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

std::size_t cell_count(std::string_view row) {
  std::size_t from = row.find_first_not_of(" \t");
  if (from == std::string_view::npos) return 0;
  std::size_t to = row.find_last_not_of(" \t\r") + 1;
  if (row[from] == '|') ++from;
  if (to > from && row[to - 1] == '|' && (to < 2 || row[to - 2] != '\\')) --to;
  std::size_t cells = 1;
  for (std::size_t i = from; i < to; ++i) {
    if (row[i] == '\\')
      ++i;
    else if (row[i] == '|')
      ++cells;
  }
  return cells;
}

bool is_table_rule(std::string_view rest) {
  return only(rest, " \t\r|:-") && rest.find('-') != std::string_view::npos &&
         rest.find_first_of("|:") != std::string_view::npos;
}

/// `rest` is a line behind its container markers.
void append_rest(std::string& out, std::string_view rest, std::string_view previous) {
  const auto keep = [&](std::string_view inline_characters) {
    for (const char c : rest) out += inline_characters.find(c) == std::string_view::npos ? c : 'x';
  };
  if (is_table_rule(rest)) {
    // A rule under a line of another width opens no table, but would make cmark read the whole paragraph again.
    if (previous.find('|') != std::string_view::npos && cell_count(previous) == cell_count(rest) &&
        cell_count(rest) <= widest_table)
      out += rest;
    else if (rest.find('|') != std::string_view::npos)
      out.append(rest.size(), 'x');
    else
      out += rest;
  } else if (only(rest, " \t\r*_-=")) {
    out += rest;
  } else if (rest.starts_with("```") || rest.starts_with("~~~")) {
    keep("*_[]!&<\\");
  } else if (rest.starts_with("<")) {
    out += '<';
    rest.remove_prefix(1);
    if (rest.find("</") == std::string_view::npos)
      keep("*_[`&<");
    else
      out += rest;  // the end of <script>, <pre> or <style>
  } else {
    std::string lower(rest);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const bool closes = lower.find("</pre>") != std::string::npos || lower.find("</script>") != std::string::npos ||
                        lower.find("</style>") != std::string::npos;
    keep(closes ? "*_[!&`" : "*_[!&<`");
  }
}

}  // namespace

std::string markdown_skeleton(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
  std::string_view previous;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    std::size_t at = 0;
    std::size_t markers = 0;
    for (;;) {
      const std::size_t blanks = skip_blanks(line, at);
      if (blanks - at > widest_indent) break;
      out += line.substr(at, blanks - at);
      at = blanks;
      const std::size_t length = marker_length(line, at);
      if (length == 0 || only(line.substr(at), " \t\r*_-")) break;
      if (++markers > deepest) break;
      out += line.substr(at, length);
      at += length;
    }
    if (markers > deepest || skip_blanks(line, at) - at > widest_indent)
      out.append(line.size() - at, 'x');
    else
      append_rest(out, line.substr(at), previous);
    previous = line.substr(at);
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

void blank_inline_comments(char* text, std::size_t length) {
  const std::string_view view(text, length);
  struct Run {
    std::size_t at;
    std::size_t length;
    std::size_t closer;  ///< index of the next run as long as this one
  };
  std::vector<Run> runs;
  for (std::size_t i = view.find('`'); i < length; i = view.find('`', i)) {
    const std::size_t end = std::min(view.find_first_not_of('`', i), length);
    runs.push_back({i, end - i, SIZE_MAX});
    i = end;
  }
  std::unordered_map<std::size_t, std::size_t> next;
  for (std::size_t i = runs.size(); i-- > 0;) {
    const auto [place, inserted] = next.try_emplace(runs[i].length, i);
    if (!inserted) runs[i].closer = std::exchange(place->second, i);
  }
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      if (text[i] != '\n') text[i] = ' ';
  };
  std::size_t run = 0;
  bool comments = true;
  for (std::size_t i = 0; i < length;) {
    while (run < runs.size() && runs[run].at < i) ++run;
    const std::size_t code = run < runs.size() ? runs[run].at : length;
    const std::size_t comment = comments ? view.substr(i, code - i).find("<!--") : std::string_view::npos;
    if (comment != std::string_view::npos) {
      const std::size_t end = view.find("-->", i + comment);
      comments = end != std::string_view::npos;
      if (comments) blank(i + comment, end + 3), i = end + 3;
      continue;
    }
    if (code == length) break;
    const Run& open = runs[run];
    if (open.closer == SIZE_MAX) {
      i = open.at + open.length;
      continue;
    }
    const Run& close = runs[open.closer];
    const std::size_t end = close.at + close.length;
    if (view.substr(open.at, end - open.at).find('\n') != std::string_view::npos) blank(open.at, end);
    i = end;
  }
}

}  // namespace parsers
