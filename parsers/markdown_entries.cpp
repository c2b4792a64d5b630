#include "parsers/markdown_entries.h"

#include <algorithm>
#include <cctype>

#include "parsers/markdown_document.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_tokens.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() &&
        std::string_view("_*[]#{}~!<>").find(text[i + 1]) != std::string_view::npos)
      continue;
    out += text[i];
  }
  return out;
}

struct IntentWord {
  std::string_view word;
  Intent intent;
};
constexpr IntentWord intent_words[] = {
    {"create", Intent::create}, {"creates", Intent::create},     {"created", Intent::create},
    {"new", Intent::create},    {"new file", Intent::create},    {"add", Intent::create},
    {"modify", Intent::modify}, {"modified", Intent::modify},    {"edit", Intent::modify},
    {"update", Intent::modify}, {"delete", Intent::remove},      {"deleted", Intent::remove},
    {"remove", Intent::remove}, {"removed", Intent::remove},     {"rename", Intent::rename},
    {"append", Intent::append}, {"append only", Intent::append}, {"change", Intent::modify},
    {"move", Intent::rename},   {"extend", Intent::modify},      {"touch", Intent::modify},
};

/// "`a.py` except `b.py`", "see `b.py`": the path that follows is not declared here.
bool excludes(std::string_view prose) {
  const std::string lower = lowered(prose);
  if (makes_exception(lower)) return true;
  for (const std::string_view no : {"not", "never", "without", "unlike", "instead of", "outside", "see", "per",
                                    "according to", "described in", "documented in", "no"})
    if (has_word(lower, no)) return true;
  return false;
}

/// "and possibly", "all of": words before a path that say nothing about whether it belongs to the list.
bool only_leads_in(std::string_view prose) {
  std::string lower = lowered(prose);
  std::size_t from = 0;
  while ((from = lower.find_first_not_of(" \t,;&+:*-", from)) != std::string::npos) {
    const std::size_t end = std::min(lower.find_first_of(" \t,;&+:*-", from), lower.size());
    const std::string_view word = std::string_view(lower).substr(from, end - from);
    constexpr std::string_view small[] = {"and",      "also",       "plus",   "possibly", "maybe", "perhaps", "then",
                                          "likely",   "optionally", "or",     "all",      "of",    "the",     "both",
                                          "probably", "everything", "under",  "in",       "any",   "new",     "files",
                                          "whole",    "entire",     "as",     "well",     "file",  "a",       "an",
                                          "tests",    "with",       "finally"};
    if (std::find(std::begin(small), std::end(small), word) == std::end(small)) return false;
    from = end;
  }
  return true;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class PathScanner {
 public:
  PathScanner(std::string_view value, PathForm form) : x_tokens(value), x_form(form) {}

  PathList scan() {
    while (skip_separators(), x_at < text().size())
      if (!item()) leave_item_unread();
    return std::move(x_list);
  }

 private:
  std::string_view text() const { return x_tokens.text(); }
  char at(std::size_t i) const { return x_tokens.at(i); }

  void skip_separators() {
    for (;;) {
      const std::size_t before = x_at;
      while (x_at < text().size() && std::string_view(" \t\n,;+&").find(text()[x_at]) != std::string_view::npos) ++x_at;
      x_at += x_tokens.line_break(x_at);
      for (const std::string_view word : {"and", "plus", "also"})
        if (lowered(text().substr(x_at, word.size())) == word &&
            (at(x_at + word.size()) == ' ' || at(x_at + word.size()) == '\n'))
          x_at += word.size();
      if (text().substr(x_at).starts_with("· ")) x_at += 2;
      if (x_at == before) return;
    }
  }

  bool item() {
    std::optional<Intent> intent;
    const std::size_t start = x_at;
    MarkdownToken first = x_tokens.token(x_at);
    // "Create `a.py`", "New file: `a.py`", "rename `a` to `b`"
    if (!first.quoted && !MarkdownTokens::is_path(first)) {
      for (const std::size_t words : {2U, 1U}) {
        std::size_t end = x_at;
        for (std::size_t word = 0; word < words; ++word)
          end = std::min(text().find_first_of(" \n", end + (word > 0 ? 1 : 0)), text().size());
        std::string_view lead = trim(text().substr(x_at, end - x_at));
        while (!lead.empty() && (lead.back() == ':' || lead.back() == '*')) lead.remove_suffix(1);
        while (lead.starts_with('*')) lead.remove_prefix(1);
        intent = intent_word(lead);
        if (!intent) continue;
        x_at = x_tokens.skip_blanks(end);
        first = x_tokens.token(x_at);
        break;
      }
    }
    if (is_line_range(first.text) && !x_list.paths.empty() && !first.quoted) {
      x_list.paths.back().lines = between(x_list.paths.back().lines, first.place);
      x_at = first.end;  // the 552-715 of "a.py:7-148,552-715"
      return true;
    }
    const bool word = is_plain_word(first.text) && !says_none(first.text);
    const bool path = MarkdownTokens::is_path(first) || (word && in_word_list(first));
    if (first.end == 0 || !path || (!first.quoted && !stands_alone(first))) return x_at = start, false;
    x_at = first.end;
    std::vector<std::string_view> parts{first.text};
    if (first.quoted && first.text.find(',') != std::string_view::npos &&
        first.text.find('{') == std::string_view::npos)
      parts = split(first.text);
    for (const std::string_view part : parts) add(part, first.quoted, intent);
    if (!x_list.paths.empty() && first.text.size() < first.place.size())
      x_list.paths.back().lines = first.place.substr(first.text.size());
    annotations();
    return true;
  }

  static bool is_plain_word(std::string_view text) {
    return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
             c == '.';
    });
  }

  /// Whether every item of the line that holds `t` is one word and at least one of them a path: then `t` is one as well
  /// ("src, Makefile, lib/a.py").
  bool in_word_list(const MarkdownToken& t) const {
    const std::size_t here = static_cast<std::size_t>(t.place.data() - text().data());
    const std::size_t from = text().rfind('\n', here) == std::string_view::npos ? 0 : text().rfind('\n', here) + 1;
    const std::string_view line = text().substr(from, x_tokens.end_of_line(here) - from);
    constexpr std::size_t longest = 4096;
    if (line.size() > longest) return false;
    bool any = false;
    for (const std::string_view part : split(line)) {
      const std::string_view item = trim(part);
      const std::size_t at = static_cast<std::size_t>(item.data() - text().data());
      const MarkdownToken word = x_tokens.token(at);
      if (word.end != at + item.size()) return false;
      any = any || MarkdownTokens::is_path(word);
    }
    return any;
  }

  /// "Replace: a.py with b.py" has two paths.
  bool joins_path(std::size_t from) const {
    constexpr std::string_view word = "with ";
    return text().substr(from).starts_with(word) &&
           MarkdownTokens::is_path(x_tokens.token(x_tokens.skip_blanks(from + word.size())));
  }

  /// A bare word followed by more words is a sentence, unless it can be nothing but a path.
  bool stands_alone(const MarkdownToken& t) const {
    if (x_form != PathForm::leading && is_plain_path(t.text)) return true;
    const std::size_t next = x_tokens.skip_blanks(t.end);
    if (next >= text().size() || std::string_view(",;\n(-[<").find(at(next)) != std::string_view::npos) return true;
    for (const std::string_view word : {"and ", "to ", "plus ", "&", "+", "—", "–", "→"})
      if (text().substr(next).starts_with(word)) return true;
    if (joins_path(next)) return true;
    return t.text.find('/') != std::string_view::npos && t.text.find_first_of(".*{") != std::string_view::npos;
  }

  static std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (;;) {
      const std::size_t comma = text.find(',');
      const std::string_view part = trim(text.substr(0, comma));
      if (!part.empty()) parts.push_back(part);
      if (comma == std::string_view::npos) return parts;
      text.remove_prefix(comma + 1);
    }
  }

  static std::string_view between(std::string_view first, std::string_view last) {
    if (first.empty()) return last;
    return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
  }

  void add(std::string_view written, bool quoted, std::optional<Intent> intent) {
    PathMention mention{written, {}, {}, {}, intent};
    const std::string plain = quoted ? std::string(without_lines(written)) : without_escapes(written);
    mention.paths = expand_braces(without_pipe_escapes(plain));
    if (mention.paths.empty()) {
      x_list.errors.push_back(written);
      return;
    }
    x_list.paths.push_back(std::move(mention));
  }

  /// What follows a path: "(new)", "-> `b`", "— why". Everything else up to the next item is prose.
  void annotations() {
    for (;;) {
      x_at = x_tokens.skip_blanks(x_at);
      const std::string_view rest = text().substr(x_at);
      if (rename_target(rest)) continue;
      if (rest.starts_with('(') || rest.starts_with('[')) {
        const std::size_t close = x_tokens.closing_bracket(x_at);
        const std::string_view inside = text().substr(x_at + 1, close - x_at - 1);
        if (const auto intent = intent_word(inside); intent && !x_list.paths.empty())
          x_list.paths.back().intent = intent;
        else
          prose(x_at, std::min(close + 1, text().size()));
        x_at = std::min(close + 1, text().size());
        continue;
      }
      if (rest.empty() || std::string_view(",;\n").find(rest[0]) != std::string_view::npos) return;
      if (x_tokens.line_break(x_at) != 0) return;
      for (const std::string_view joint : {"and ", "and\n", "& ", "+ ", "plus "})
        if (rest.starts_with(joint)) return;
      if (joins_path(x_at)) return;
      const std::size_t end = x_tokens.end_of_item(x_at);
      prose(x_at, end);
      x_at = end;
      return;
    }
  }

  /// "-> `b`" behind a path.
  bool rename_target(std::string_view rest) {
    std::size_t arrow = 0;
    for (const std::string_view a : {"->", "→", "=>", "to "})
      if (rest.starts_with(a)) arrow = a.size();
    if (arrow == 0 || x_list.paths.empty()) return false;
    const MarkdownToken target = x_tokens.token(x_tokens.skip_blanks(x_at + arrow));
    PathMention& mention = x_list.paths.back();
    if (target.end == 0 || !MarkdownTokens::is_path(target) || mention.paths.size() != 1 || !mention.to.empty())
      return false;
    mention.to = target.quoted ? std::string(target.text) : without_escapes(target.text);
    mention.intent = Intent::rename;
    x_at = target.end;
    return true;
  }

  /// The item at hand does not begin with a path: reads on at the first path in it, or leaves it to people.
  void leave_item_unread() {
    const std::size_t start = x_at;
    const bool first = x_list.paths.empty();
    if (first && x_form != PathForm::sentence) {
      // Nothing says yet that this is a list: "Scope: the parser, a.py next" describes.
      const std::size_t end = x_form == PathForm::leading ? x_tokens.end_of_line(start) : x_tokens.end_of_item(start);
      prose(start, end);
      x_at = end;
      return;
    }
    const std::size_t end = x_tokens.end_of_item(start);
    const std::string_view whole = trim(text().substr(start, end - start));
    const std::vector<MarkdownToken> paths = x_tokens.paths_in(start, end);
    if (is_path_with_blanks(whole)) {
      x_list.left.push_back(whole);  // "docs/a b.md" may be one path or two
      x_list.prose.push_back(whole);
      x_at = end;
      return;
    }
    if (!paths.empty()) {
      const std::size_t place = offset(paths.front());
      const std::string_view lead = text().substr(start, place - start);
      if (first ? !excludes(lead) && trim(lead) != "" : only_leads_in(lead) && place > start) {
        x_list.prose.push_back(trim(lead));
        x_at = place;
        return;
      }
    }
    // After "everything except `b.py`" the other names of the line are exceptions as well.
    x_at = first && !paths.empty() ? x_tokens.end_of_line(start) : end;
    prose(start, x_at);
  }

  static bool is_path_with_blanks(std::string_view item) {
    const std::string_view word = item.substr(0, item.find(' '));
    return item.find('`') == std::string_view::npos && word.size() < item.size() && is_bare_path(word) &&
           word.find('/') != std::string_view::npos && names_a_path(item);
  }

  /// Where a token begins, its quotes included.
  std::size_t offset(const MarkdownToken& t) const {
    std::size_t from = static_cast<std::size_t>(t.place.data() - text().data());
    while (from > 0 && std::string_view("`[").find(text()[from - 1]) != std::string_view::npos) --from;
    return from;
  }

  void prose(std::size_t from, std::size_t to) {
    const std::string_view all = trim(text().substr(from, to - from));
    if (std::none_of(all.begin(), all.end(), [](char c) { return is_word(c) || (c & 0x80) != 0; })) return;
    for (const MarkdownToken& t : x_tokens.paths_in(from, to)) x_list.left.push_back(t.place);
    const bool goes_on = !x_list.prose.empty() && only_separates(x_list.prose.back(), all);
    if (goes_on)
      x_list.prose.back() = between(x_list.prose.back(), all);
    else
      x_list.prose.push_back(all);
    // "Gate file: `t.py` ← EXISTING FILE": what the label says about creating it does not hold.
    if (!x_list.paths.empty() && !x_list.paths.back().intent && all.size() < 200 &&
        lowered(all).find("existing") != std::string::npos)
      x_list.paths.back().intent = Intent::modify;
  }

  /// Whether nothing but a comma or a small word stands between two stretches of one line.
  static bool only_separates(std::string_view first, std::string_view second) {
    const char* const from = first.data() + first.size();
    if (second.data() < from || second.data() - from > 40) return false;
    const std::string_view middle(from, static_cast<std::size_t>(second.data() - from));
    return middle.find('\n') == std::string_view::npos && only_leads_in(middle);
  }

  MarkdownTokens x_tokens;
  PathForm x_form;
  std::size_t x_at = 0;
  PathList x_list;
};

}  // namespace

std::optional<Intent> intent_word(std::string_view text) {
  const std::string word = lowered(trim(text));
  for (const auto& [name, intent] : intent_words)
    if (word == name) return intent;
  return std::nullopt;
}

bool begins_with_path(std::string_view value) {
  constexpr std::size_t enough = 2048;
  value = trim(value).substr(0, enough);
  const PathList list = read_paths(value.substr(0, value.find('\n')), PathForm::leading);
  return !list.paths.empty() && list.paths.front().place.data() < value.data() + 20;
}

PathList read_paths(std::string_view value, PathForm form) {
  if (const auto exception = exception_of_none(value)) return PathScanner(*exception, PathForm::sentence).scan();
  if (says_none(value)) {
    // "None (see `a.py`)" declares nothing, but "None, `a.py`" contradicts itself: the path must not be lost.
    PathList list = PathScanner(value, PathForm::list).scan();
    if (!list.paths.empty()) return list;
    list = {};
    list.empty_on_purpose = true;
    return list;
  }
  PathList list = PathScanner(value, form).scan();
  list.all_the_rest = list.paths.empty() && means_all_the_rest(value);
  return list;
}

}  // namespace parsers
