#include "parsers/call_shape.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace parsers {
namespace {

constexpr std::size_t longest_list = 16 << 10;

bool word_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         byte >= 0x80;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
  return text.substr(0, text.find_last_not_of(blank) + 1);
}

bool hash_comments(Language language) {
  return language == Language::python || language == Language::ruby || language == Language::php ||
         language == Language::bash;
}

/// A list in parentheses, cut at its commas. Quoted texts, comments and inner brackets are skipped.
class List {
 public:
  List(Language language, std::string_view text, bool angles) : language_(language), text_(text), angles_(angles) {}

  /// nullopt: the list does not end within reach.
  std::optional<std::vector<std::string_view>> read(std::size_t open) {
    std::vector<std::string_view> items;
    std::size_t from = open + 1;
    int depth = 0, angle = 0;
    const std::size_t limit = std::min(text_.size(), open + longest_list);
    for (std::size_t at = open; at < limit; ++at) {
      if (const std::size_t skipped = skip(at); skipped > at) {
        at = skipped - 1;
        continue;
      }
      const char c = text_[at];
      if (c == '(' || c == '[' || c == '{') ++depth;
      if (angles_ && c == '<') ++angle;
      if (angles_ && c == '>' && angle > 0 && text_[at - 1] != '-' && text_[at - 1] != '=') --angle;
      if (c == ')' || c == ']' || c == '}') --depth;
      if (depth == 0 || (depth == 1 && angle == 0 && c == ',')) {
        items.push_back(trimmed(text_.substr(from, at - from)));
        from = at + 1;
      }
      if (depth == 0) {
        if (items.back().empty()) items.pop_back();  // nothing at all, or behind a last comma
        return items;
      }
    }
    return std::nullopt;
  }

 private:
  std::size_t skip(std::size_t at) const {
    const char c = text_[at];
    const std::string_view rest = text_.substr(at);
    const auto past = [&](std::string_view end, std::size_t from) {
      const std::size_t found = text_.find(end, from);
      return found == std::string_view::npos ? text_.size() : found + end.size();
    };
    if (hash_comments(language_) && c == '#') return past("\n", at);
    if (language_ != Language::python && language_ != Language::ruby) {
      if (rest.starts_with("//")) return past("\n", at);
      if (rest.starts_with("/*")) return past("*/", at + 2);
    }
    if (language_ == Language::python)
      for (const std::string_view quotes : {"\"\"\"", "'''"})
        if (rest.starts_with(quotes)) return past(quotes, at + 3);
    if (c == '`' && language_ == Language::go) return past("`", at + 1);
    const bool lifetime = language_ == Language::rust && c == '\'';  // 'a, or a character
    if (lifetime) return at + 2 < text_.size() && text_[at + 2] == '\'' ? at + 3 : at;
    if (c != '"' && c != '\'' && c != '`') return at;
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\')
        ++i;
      else if (text_[i] == c)
        return i + 1;
    }
    return text_.size();
  }

  Language language_;
  std::string_view text_;
  bool angles_;
};

bool typed_with_angles(Language language) {
  switch (language) {
    case Language::c:
    case Language::cpp:
    case Language::c_sharp:
    case Language::java:
    case Language::kotlin:
    case Language::rust:
    case Language::typescript:
    case Language::tsx:
      return true;
    default:
      return false;
  }
}

std::size_t skip_blank(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

/// The '(' behind a name: past type parameters, and for functions that are values past `= async function`.
std::optional<std::size_t> open_of(Language language, std::string_view text, std::size_t at, bool definition) {
  at = skip_blank(text, at);
  const bool script = language == Language::javascript || language == Language::typescript || language == Language::tsx;
  if (definition && script && at < text.size() && text[at] == '=') {
    at = skip_blank(text, at + 1);
    for (const std::string_view word : {"async", "function"})
      if (text.substr(at).starts_with(word)) at = skip_blank(text, at + word.size());
    if (at < text.size() && text[at] == '*') at = skip_blank(text, at + 1);
  }
  if (language == Language::rust && text.substr(at).starts_with("::")) at = skip_blank(text, at + 2);
  const char open = at < text.size() ? text[at] : '\0';
  const bool type_parameters =
      open == '<' ? typed_with_angles(language)
                  : open == '[' && (language == Language::go || (definition && language == Language::python));
  if (type_parameters) {
    int depth = 0;
    for (std::size_t i = at; i < std::min(text.size(), at + 512); ++i) {
      if (text[i] == open) ++depth;
      if (text[i] == (open == '<' ? '>' : ']') && --depth == 0) {
        at = skip_blank(text, i + 1);
        break;
      }
      if (open == '<' && (text[i] == ';' || text[i] == '{')) return std::nullopt;  // it was "less than"
    }
  }
  if (at < text.size() && text[at] == '(') return at;
  return std::nullopt;
}

/// Position of `what` outside of brackets and quotes; npos: none. "==", "=>" and such are no "=".
std::size_t top_level(std::string_view item, char what) {
  int depth = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < item.size(); ++i) {
    const char c = item[i];
    if (quote != '\0') {
      if (c == '\\') ++i;
      if (c == quote) quote = '\0';
      continue;
    }
    if (c == '"' || c == '\'') quote = c;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    if (depth != 0 || c != what) continue;
    const char next = i + 1 < item.size() ? item[i + 1] : ' ', last = i > 0 ? item[i - 1] : ' ';
    if (what == '=' && (next == '=' || next == '>' || std::string_view("=!<>:").find(last) != std::string_view::npos)) {
      if (next == '=') ++i;
      continue;
    }
    return i;
  }
  return std::string_view::npos;
}

std::string first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && word_char(text[end])) ++end;
  return std::string(text.substr(0, end));
}

ParameterList python_parameters(const std::vector<std::string_view>& items) {
  ParameterList out;
  bool keyword_only = false, first = true;
  for (const std::string_view item : items) {
    const bool was_first = std::exchange(first, false);
    if (item == "/") continue;
    if (item.starts_with("**")) {
      out.any_keyword = true;
    } else if (item.starts_with('*')) {
      keyword_only = true;
      if (item != "*") out.any_more = true;
    } else {
      std::string name = first_word(item);
      if (was_first && (name == "self" || name == "cls")) continue;
      out.parameters.push_back({std::move(name), top_level(item, '=') == std::string_view::npos, keyword_only});
    }
  }
  return out;
}

ParameterList script_parameters(const std::vector<std::string_view>& items) {
  ParameterList out;
  for (const std::string_view item : items) {
    if (item.starts_with("...")) {
      out.any_more = true;
      continue;
    }
    std::string_view rest = item;
    // TypeScript: properties made by a constructor.
    for (const std::string_view word : {"public ", "private ", "protected ", "readonly "})
      if (rest.starts_with(word)) rest = trimmed(rest.substr(word.size()));
    const std::string name = first_word(rest);
    if (name == "this") continue;
    const bool optional = trimmed(rest.substr(name.size())).starts_with('?');
    out.parameters.push_back({"", top_level(item, '=') == std::string_view::npos && !optional, false});
  }
  return out;
}

ParameterList typed_parameters(Language language, const std::vector<std::string_view>& items) {
  ParameterList out;
  for (const std::string_view item : items) {
    if (item.find("...") != std::string_view::npos || item.starts_with("params ")) {
      out.any_more = true;
      continue;
    }
    if (item == "void") continue;
    if (language == Language::rust) {
      const std::string_view bare = trimmed(item.substr(std::min(item.find_first_not_of("&"), item.size())));
      if (bare == "self" || bare == "mut self" || bare.starts_with("self:") || bare.ends_with(" self")) continue;
    }
    const bool optional = language != Language::go && top_level(item, '=') != std::string_view::npos;
    const bool named = language == Language::c_sharp || language == Language::php;
    std::string name;
    if (named) {
      std::string_view left = trimmed(item.substr(0, top_level(item, '=')));
      std::size_t begin = left.size();
      while (begin > 0 && word_char(left[begin - 1]) && left[begin - 1] != '$') --begin;
      name = left.substr(begin);
    }
    out.parameters.push_back({std::move(name), !optional, false});
  }
  return out;
}

}  // namespace

bool operator==(const ParameterList& a, const ParameterList& b) {
  return a.any_more == b.any_more && a.any_keyword == b.any_keyword &&
         std::equal(a.parameters.begin(), a.parameters.end(), b.parameters.begin(), b.parameters.end(),
                    [](const Parameter& x, const Parameter& y) {
                      return x.name == y.name && x.required == y.required && x.keyword_only == y.keyword_only;
                    });
}

std::optional<ParameterList> parameters_at(Language language, std::string_view text, std::size_t name_end) {
  if (language == Language::bash || name_end > text.size()) return std::nullopt;
  const auto open = open_of(language, text, name_end, true);
  if (!open) return std::nullopt;
  const auto items = List(language, text, typed_with_angles(language)).read(*open);
  if (!items) return std::nullopt;
  switch (language) {
    case Language::python:
      return python_parameters(*items);
    case Language::javascript:
    case Language::typescript:
    case Language::tsx:
      return script_parameters(*items);
    case Language::ruby:
      return std::nullopt;  // keywords, blocks and calls without parentheses: nothing is certain
    default:
      return typed_parameters(language, *items);
  }
}

std::optional<ArgumentList> arguments_at(Language language, std::string_view text, std::size_t name_end) {
  if (language == Language::bash || language == Language::ruby || name_end > text.size()) return std::nullopt;
  const auto open = open_of(language, text, name_end, false);
  if (!open) return std::nullopt;
  const auto items = List(language, text, false).read(*open);
  if (!items) return std::nullopt;
  ArgumentList out;
  for (const std::string_view item : *items) {
    const bool angles = typed_with_angles(language) && top_level(item, '<') != std::string_view::npos;
    const bool spread = item.starts_with('*') || item.starts_with("...") || item.ends_with("...");
    // f(g()) hands on all that g returns.
    const bool several = language == Language::go && items->size() == 1 && item.ends_with(')');
    if (angles || several ||
        (spread && (language != Language::c && language != Language::cpp && language != Language::rust &&
                    language != Language::go))) {
      out.open = true;
      continue;
    }
    if (spread && language == Language::go && item.ends_with("...")) {
      out.open = true;
      continue;
    }
    const std::size_t named = language == Language::python                                 ? top_level(item, '=')
                              : language == Language::c_sharp || language == Language::php ? top_level(item, ':')
                                                                                           : std::string_view::npos;
    if (named == std::string_view::npos) {
      ++out.positional;
      continue;
    }
    const std::string word(trimmed(item.substr(0, named)));
    if (!word.empty() && std::all_of(word.begin(), word.end(), word_char))
      out.keywords.push_back(word);
    else
      ++out.positional;
  }
  return out;
}

std::optional<std::string> misfit(const ParameterList& list, const ArgumentList& given) {
  if (given.open) return std::nullopt;
  const auto positional = static_cast<std::size_t>(std::count_if(list.parameters.begin(), list.parameters.end(),
                                                                 [](const Parameter& p) { return !p.keyword_only; }));
  const auto values = [](std::size_t n) { return n == 1 ? std::string("1 value") : fmt::format("{} values", n); };
  if (given.positional > positional && !list.any_more)
    return fmt::format("gives {} where {} can be taken", values(given.positional), positional);
  for (const std::string& keyword : given.keywords)
    if (!list.any_keyword && std::none_of(list.parameters.begin(), list.parameters.end(),
                                          [&](const Parameter& p) { return p.name.empty() || p.name == keyword; }))
      return fmt::format("gives {}, which is not taken", keyword);
  std::size_t at = 0, required = 0;
  const Parameter* missing = nullptr;
  for (const Parameter& p : list.parameters) {
    const bool covered = !p.keyword_only && at < given.positional;
    if (!p.keyword_only) ++at;
    if (p.required) ++required;
    if (!covered && p.required && missing == nullptr &&
        (p.name.empty() || std::find(given.keywords.begin(), given.keywords.end(), p.name) == given.keywords.end()))
      missing = &p;
  }
  if (missing == nullptr || (missing->name.empty() && given.positional + given.keywords.size() >= required))
    return std::nullopt;
  if (!missing->name.empty()) return fmt::format("does not give {}", missing->name);
  return fmt::format("gives {} where {} are needed", values(given.positional), required);
}

}  // namespace parsers
