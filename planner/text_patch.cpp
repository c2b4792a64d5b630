#include "planner/text_patch.h"

#include <algorithm>
#include <fmt/format.h>

namespace planner {
namespace {

/// Lines with their ends, the last perhaps without.
std::vector<std::string_view> whole_lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    out.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

void sort_edits(std::vector<TextEdit>& edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const TextEdit& a, const TextEdit& b) { return a.offset < b.offset; });
}

/// Old lines [first, last) and what stands there afterwards.
struct Change {
  std::size_t first = 0, last = 0;
  std::string text;
};

std::vector<Change> changes_of(std::string_view before, const std::vector<std::string_view>& lines,
                               const std::vector<TextEdit>& edits) {
  std::vector<std::size_t> starts;
  for (const std::string_view line : lines) starts.push_back(static_cast<std::size_t>(line.data() - before.data()));
  const auto line_of = [&](std::size_t offset) {
    const auto at = std::upper_bound(starts.begin(), starts.end(), offset);
    return at == starts.begin() ? std::size_t{0} : static_cast<std::size_t>(at - starts.begin()) - 1;
  };
  const auto end_of = [&](std::size_t line) {
    return line < lines.size() ? starts[line] + lines[line].size() : before.size();
  };
  std::vector<Change> out;
  std::vector<TextEdit> group;
  std::size_t first = 0, last = 0;
  const auto flush = [&] {
    if (group.empty()) return;
    const std::size_t from = first < starts.size() ? starts[first] : before.size();
    const std::size_t to = lines.empty() ? 0 : end_of(last);
    for (TextEdit& e : group) e.offset -= from;
    std::string text = edited(before.substr(from, to - from), group);
    if (text != before.substr(from, to - from)) out.push_back({first, lines.empty() ? 0 : last + 1, std::move(text)});
    group.clear();
  };
  for (const TextEdit& edit : edits) {
    const std::size_t a = line_of(edit.offset);
    const std::size_t b = line_of(edit.length == 0 ? edit.offset : edit.offset + edit.length - 1);
    if (!group.empty() && a <= last + 1) {
      last = std::max(last, b);
    } else {
      flush();
      first = a;
      last = b;
    }
    group.push_back(edit);
  }
  flush();
  return out;
}

std::string quoted_name(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F && c != '"' && c != '\\';
  });
  if (plain) return name;
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\')
      out += '\\', out += c;
    else if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F)
      out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + '"';
}

void add_lines(std::string& out, char mark, std::string_view text) {
  for (const std::string_view line : whole_lines(text)) {
    out += mark;
    out += line;
    if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
  }
}

}  // namespace

std::string edited(std::string_view before, std::vector<TextEdit> edits) {
  sort_edits(edits);
  std::string out;
  std::size_t at = 0;
  for (const TextEdit& edit : edits) {
    out += before.substr(at, edit.offset - at);
    out += edit.text;
    at = edit.offset + edit.length;
  }
  out += before.substr(at);
  return out;
}

std::string unified_patch(std::string_view name, std::string_view before, std::vector<TextEdit> edits) {
  constexpr std::size_t context = 3;
  sort_edits(edits);
  const std::vector<std::string_view> lines = whole_lines(before);
  const std::vector<Change> changes = changes_of(before, lines, edits);
  if (changes.empty()) return {};
  std::string out =
      fmt::format("--- {}\n+++ {}\n", quoted_name(fmt::format("a/{}", name)), quoted_name(fmt::format("b/{}", name)));
  std::ptrdiff_t shift = 0;  // lines that earlier hunks have added
  for (std::size_t i = 0; i < changes.size();) {
    std::size_t end = i + 1;
    while (end < changes.size() && changes[end].first <= changes[end - 1].last + 2 * context) ++end;
    const std::size_t from = changes[i].first > context ? changes[i].first - context : 0;
    const std::size_t to = std::min(changes[end - 1].last + context, lines.size());
    std::string body;
    std::size_t at = from, added = 0, removed = 0;
    for (; i < end; ++i) {
      for (; at < changes[i].first; ++at) add_lines(body, ' ', lines[at]);
      for (; at < changes[i].last; ++at, ++removed) add_lines(body, '-', lines[at]);
      added += whole_lines(changes[i].text).size();
      add_lines(body, '+', changes[i].text);
    }
    for (; at < to; ++at) add_lines(body, ' ', lines[at]);
    const std::size_t old_count = to - from, new_count = old_count - removed + added;
    const auto start = [&](std::size_t line, std::size_t count) { return count == 0 ? line : line + 1; };
    out += fmt::format("@@ -{},{} +{},{} @@\n{}", start(from, old_count), old_count,
                       start(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(from) + shift), new_count), new_count,
                       body);
    shift += static_cast<std::ptrdiff_t>(added) - static_cast<std::ptrdiff_t>(removed);
  }
  return out;
}

}  // namespace planner
