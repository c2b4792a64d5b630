#include "parsers/markdown_entries.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "parsers/markdown_document.h"
#include "parsers/markdown_paths.h"

namespace parsers {
namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

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
    {"move", Intent::rename},
};

std::optional<Intent> intent_word(std::string_view text) {
  const std::string word = lowered(trim(text));
  for (const auto& [name, intent] : intent_words)
    if (word == name) return intent;
  return std::nullopt;
}

class PathScanner {
 public:
  PathScanner(std::string_view value, bool search) : x_text(value), x_search(search) {}

  PathList scan() {
    while (skip_separators(), x_at < x_text.size())
      if (!item()) leave_line_unread();
    return std::move(x_list);
  }

 private:
  struct Token {
    std::string_view place;
    std::string_view text;
    bool quoted = false;
    std::size_t end = 0;
  };

  char at(std::size_t i) const { return i < x_text.size() ? x_text[i] : '\0'; }

  void skip_blanks() {
    while (at(x_at) == ' ' || at(x_at) == '\t') ++x_at;
  }

  void skip_separators() {
    for (;;) {
      const std::size_t before = x_at;
      while (x_at < x_text.size() && std::string_view(" \t\n,;+&").find(x_text[x_at]) != std::string_view::npos) ++x_at;
      for (const std::string_view word : {"and", "plus", "also"})
        if (lowered(x_text.substr(x_at, word.size())) == word &&
            (at(x_at + word.size()) == ' ' || at(x_at + word.size()) == '\n'))
          x_at += word.size();
      if (x_text.substr(x_at).starts_with("· ")) x_at += 2;
      if (x_at == before) return;
    }
  }

  std::size_t end_of_line(std::size_t from) const {
    if (from < x_line_from || from > x_line_end) {  // remembered, or one long line would be searched for every item
      x_line_from = from;
      x_line_end = std::min(x_text.find('\n', from), x_text.size());
    }
    return x_line_end;
  }

  /// "[text](target)" at `from`, or nothing.
  std::string_view link_at(std::size_t from) const {
    constexpr std::size_t longest = 1024;
    if (at(from) != '[') return {};
    const std::string_view near = x_text.substr(from, std::min(longest, end_of_line(from) - from));
    const std::size_t middle = near.find("](");
    if (middle == std::string_view::npos || near.find_first_of(" ,") < middle) return {};
    const std::size_t close = near.find(')', middle);
    return close == std::string_view::npos ? std::string_view() : near.substr(0, close + 1);
  }

  /// The word at `from`: back-ticked, a link, or up to the next blank or comma outside of braces.
  Token token(std::size_t from) const {
    Token t;
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

  bool is_path(const Token& t) const {
    return t.quoted ? names_a_path(t.text) || has_lower_extension(t.text) : is_bare_path(t.text);
  }

  bool item() {
    std::optional<Intent> intent;
    const std::size_t start = x_at;
    Token first = token(x_at);
    // "Create `a.py`", "New file: `a.py`", "rename `a` to `b`"
    if (!first.quoted && !is_path(first)) {
      for (const std::size_t words : {2U, 1U}) {
        std::size_t end = x_at;
        for (std::size_t word = 0; word < words; ++word)
          end = std::min(x_text.find_first_of(" \n", end + (word > 0 ? 1 : 0)), x_text.size());
        std::string_view lead = trim(x_text.substr(x_at, end - x_at));
        while (!lead.empty() && (lead.back() == ':' || lead.back() == '*')) lead.remove_suffix(1);
        while (lead.starts_with('*')) lead.remove_prefix(1);
        intent = intent_word(lead);
        if (!intent) continue;
        x_at = end;
        skip_blanks();
        first = token(x_at);
        break;
      }
    }
    if (is_line_range(first.text) && !x_list.paths.empty() && !first.quoted) {
      x_at = first.end;  // the 552-715 of "a.py:7-148,552-715"
      return true;
    }
    if (first.end == 0 || (!is_path(first) && !(is_word(first.text) && in_word_list(first))))
      return x_at = start, false;
    if (!first.quoted && !stands_alone(first)) return x_at = start, false;
    x_at = first.end;
    std::vector<std::string_view> parts{first.text};
    if (first.quoted && first.text.find(',') != std::string_view::npos &&
        first.text.find('{') == std::string_view::npos)
      parts = split(first.text);
    for (const std::string_view part : parts) add(part, first.quoted, intent);
    annotations();
    return true;
  }

  static bool is_word(std::string_view text) {
    return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
             c == '.';
    });
  }

  /// Whether every item of the line that holds `t` is one word and at least one of them a path: then `t` is one as well
  /// ("src, Makefile, lib/a.py").
  bool in_word_list(const Token& t) const {
    const std::size_t here = static_cast<std::size_t>(t.place.data() - x_text.data());
    const std::size_t from = x_text.rfind('\n', here) == std::string_view::npos ? 0 : x_text.rfind('\n', here) + 1;
    const std::string_view line = x_text.substr(from, end_of_line(here) - from);
    constexpr std::size_t longest = 4096;
    if (line.size() > longest) return false;
    bool any = false;
    for (const std::string_view part : split(line)) {
      const std::string_view item = trim(part);
      const std::size_t at = static_cast<std::size_t>(item.data() - x_text.data());
      const Token word = token(at);
      if (word.end != at + item.size()) return false;
      any = any || is_path(word);
    }
    return any;
  }

  /// A bare word followed by more words is a sentence, unless it can be nothing but a path.
  bool stands_alone(const Token& t) const {
    std::size_t next = t.end;
    while (at(next) == ' ' || at(next) == '\t') ++next;
    if (next >= x_text.size() || std::string_view(",;\n(-").find(at(next)) != std::string_view::npos) return true;
    if (x_text.substr(next).starts_with("—") || x_text.substr(next).starts_with("–") ||
        x_text.substr(next).starts_with("→"))
      return true;
    for (const std::string_view word : {"and ", "to ", "plus ", "&", "+"})
      if (x_text.substr(next).starts_with(word)) return true;
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

  void add(std::string_view written, bool quoted, std::optional<Intent> intent) {
    PathMention mention{written, {}, {}, intent};
    const std::string plain = quoted ? std::string(without_lines(written)) : without_escapes(written);
    mention.paths = expand_braces(plain);
    if (mention.paths.empty()) {
      x_list.errors.push_back(written);
      return;
    }
    x_list.paths.push_back(std::move(mention));
  }

  /// What follows a path: "(new)", "-> `b`", "— why". Everything else up to the next comma is prose.
  void annotations() {
    for (;;) {
      skip_blanks();
      const std::string_view rest = x_text.substr(x_at);
      std::size_t arrow = 0;
      for (const std::string_view a : {"->", "→", "=>", "to "})
        if (rest.starts_with(a)) arrow = a.size();
      if (arrow != 0 && !x_list.paths.empty()) {
        const std::size_t start = x_at;
        x_at += arrow;
        skip_blanks();
        const Token target = token(x_at);
        PathMention& mention = x_list.paths.back();
        if (target.end != 0 && is_path(target) && mention.paths.size() == 1 && mention.to.empty()) {
          mention.to = target.quoted ? std::string(target.text) : without_escapes(target.text);
          mention.intent = Intent::rename;
          x_at = target.end;
          continue;
        }
        x_at = start;
      }
      if (rest.starts_with('(')) {
        const std::size_t close = closing_bracket(x_at);
        const std::string_view inside = x_text.substr(x_at + 1, close - x_at - 1);
        if (const auto intent = intent_word(inside); intent && !x_list.paths.empty())
          x_list.paths.back().intent = intent;
        else
          prose(x_text.substr(x_at, close + 1 - x_at));
        x_at = std::min(close + 1, x_text.size());
        continue;
      }
      if (rest.empty() || rest[0] == ',' || rest[0] == ';' || rest[0] == '\n') return;
      for (const std::string_view joint : {"and ", "and\n", "& ", "+ ", "plus "})
        if (rest.starts_with(joint)) return;
      leave_line_unread();
      return;
    }
  }

  std::size_t closing_bracket(std::size_t from) const {
    int depth = 0;
    for (std::size_t i = from; i < x_text.size(); ++i) {
      if (x_text[i] == '(') ++depth;
      if (x_text[i] == ')' && --depth == 0) return i;
    }
    return end_of_line(from) == 0 ? 0 : end_of_line(from) - 1;
  }

  static bool excludes(std::string_view prose) {
    for (const std::string_view no : {"not ", "NOT ", "except", "without", "unlike", "instead of", "outside"})
      if (prose.find(no) != std::string_view::npos) return true;
    return false;
  }

  void leave_line_unread() {
    const std::size_t end = end_of_line(x_at);
    const std::size_t start = x_at;
    if (x_search && x_list.paths.empty()) {
      // Nothing was declared yet: a path in back-ticks further on is what the sentence is about.
      std::size_t seen = start;
      for (std::size_t i = x_text.find('`', x_at); i < end; i = x_text.find('`', i)) {
        const Token t = token(i);
        const std::string_view before = x_text.substr(seen, i - seen);
        if (t.end == 0 || excludes(before)) break;
        if (names_a_path(t.text)) {
          x_list.prose.push_back(trim(x_text.substr(start, i - start)));
          x_at = i;
          return;
        }
        i = seen = t.end;
      }
    }
    prose(x_text.substr(start, end - start));
    x_at = end;
  }

  void prose(std::string_view text) {
    text = trim(text);
    if (text.empty()) return;
    x_list.prose.push_back(text);
    // "Gate file: `t.py` ← EXISTING FILE": what the label says about creating it does not hold.
    if (!x_list.paths.empty() && !x_list.paths.back().intent && text.size() < 200 &&
        lowered(text).find("existing") != std::string::npos)
      x_list.paths.back().intent = Intent::modify;
  }

  std::string_view x_text;
  bool x_search;
  std::size_t x_at = 0;
  mutable std::size_t x_line_from = 1;
  mutable std::size_t x_line_end = 0;
  PathList x_list;
};

bool means_all_the_rest(std::string_view value) {
  const std::string text = lowered(value);
  for (const std::string_view all :
       {"any file not listed", "any files not listed", "files not listed", "anything not listed", "any other file",
        "all other files", "anything else", "everything else", "any file outside", "anything outside",
        "any file not in", "other files", "any file not mentioned"})
    if (text.find(all) != std::string::npos) return true;
  return false;
}

}  // namespace

bool says_none(std::string_view value) {
  constexpr std::size_t enough = 400;  // nobody says nothing at greater length
  const std::string all = lowered(trim(value).substr(0, enough));
  std::string_view text = all;
  text.remove_prefix(std::min(text.find_first_not_of("*`(_"), text.size()));
  if (text == "-" || text == "—" || text == "–" || text == "[]") return true;
  for (const std::string_view word : {"none", "n/a", "nothing", "no files", "no repository files", "(none)"}) {
    if (!text.starts_with(word)) continue;
    const std::string_view rest = text.substr(word.size());
    if (rest.empty() || (!is_word(rest[0]) && rest[0] != '/' && rest[0] != '-' && !rest.starts_with(" of")))
      return rest.empty() || rest.find_first_not_of(" .*`_)") == std::string_view::npos || rest[0] == '.' ||
             rest[0] == ',' || rest[0] == ';' || rest[0] == ')' || rest.starts_with(" —") || rest.starts_with(" –") ||
             rest.starts_with(" -") || rest.starts_with(" (") || rest[0] == '*' || rest[0] == '\n';
  }
  return false;
}

bool begins_with_path(std::string_view value) {
  constexpr std::size_t enough = 2048;
  value = trim(value).substr(0, enough);
  const PathList list = read_paths(value.substr(0, value.find('\n')), false);
  return !list.paths.empty() && list.paths.front().place.data() < value.data() + 20;
}

PathList read_paths(std::string_view value, bool search) {
  PathList list;
  if (says_none(value)) {
    list.empty_on_purpose = true;
    return list;
  }
  list = PathScanner(value, search).scan();
  list.all_the_rest = list.paths.empty() && means_all_the_rest(value);
  return list;
}

}  // namespace parsers
