#include "parsers/code_chains.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace parsers {
namespace {

constexpr std::size_t longest = 200;
constexpr unsigned deepest = 4;

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)); }
bool is_name_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' || c == '@' || c < 0;
}

/// Words before or after a type that do not change which one it is.
constexpr std::array<std::string_view, 19> qualifiers = {
    "const",   "constexpr", "class",    "dyn", "enum",   "final",  "impl",     "in",    "inline",  "mut",
    "mutable", "out",       "readonly", "ref", "static", "struct", "typename", "union", "volatile"};

/// A value of them is used like one of what they hold.
constexpr std::array<std::string_view, 10> holders = {
    "unique_ptr", "shared_ptr", "Box", "Rc", "Arc", "Optional", "Readonly", "Required", "Nullable", "NonNullable"};

/// Types that say nothing.
constexpr std::array<std::string_view, 10> unsaid = {"auto", "var",    "let",  "any",  "unknown",
                                                     "Any",  "object", "this", "self", "Self"};

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void trim(std::string_view& text) {
  for (bool more = true; more;) {
    more = false;
    while (!text.empty() && (is_space(text.front()) || text.front() == '&' || text.front() == '*' ||
                             text.front() == '?' || (text.front() == ':' && !text.starts_with("::"))))
      text.remove_prefix(1);
    while (!text.empty() && (is_space(text.back()) || text.back() == '&' || text.back() == '*' || text.back() == '?'))
      text.remove_suffix(1);
    const auto word_end = std::find_if_not(text.begin(), text.end(), is_name_byte) - text.begin();
    if (const auto first = text.substr(0, static_cast<std::size_t>(word_end));
        first.size() < text.size() && is_among(qualifiers, first)) {
      text.remove_prefix(first.size());
      more = true;
    }
    const std::size_t space = text.rfind(' ');
    if (space != std::string_view::npos && is_among(qualifiers, text.substr(space + 1))) {
      text = text.substr(0, space);
      more = true;
    }
  }
}

std::string chain_of(std::string_view text, unsigned depth) {
  trim(text);
  // `T | null`
  if (const std::size_t bar = text.find('|'); bar != std::string_view::npos && text.find('<') > bar) {
    std::string only;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find('|', at), text.size());
      std::string_view part = text.substr(at, end - at);
      at = end + 1;
      trim(part);
      if (part == "null" || part == "undefined" || part == "None") continue;
      if (!only.empty() || depth == 0) return {};
      only = chain_of(part, depth - 1);
      if (only.empty()) return {};
    }
    return only;
  }
  const std::size_t open = text.find_first_of("<[(");
  const std::string chain = receiver_of(text.substr(0, open));
  if (open != std::string_view::npos && text[open] != '<') return {};
  if (chain == "?" || is_among(unsaid, chain)) return {};
  if (open == std::string_view::npos) return chain;
  if (text.back() != '>') return {};  // `T<U>[]`, `T<U>::V`
  if (!is_among(holders, std::string_view(chain).substr(chain.rfind('.') + 1))) return chain;
  const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  return depth == 0 || inside.find(',') != std::string_view::npos ? std::string() : chain_of(inside, depth - 1);
}

}  // namespace

std::string receiver_of(std::string_view text) {
  std::string out;
  bool name = false, separated = true;
  if (text.size() > longest) return "?";
  if (text.starts_with("super(")) {  // Python's super() and super(C, self)
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos) return "?";
    const std::string_view rest = text.substr(close + 1);
    if (rest.find_first_not_of(". \t\r\n") == std::string_view::npos) return "super";
    const std::string further = receiver_of(rest);
    return further == "?" ? further : "super." + further;
  }
  for (const char c : text) {
    if (is_name_byte(c)) {
      if (!name && !separated) return "?";
      if (!name && !out.empty()) out += '.';
      out += c;
      name = true;
      separated = false;
    } else if (c == '.' || c == ':' || c == '-' || c == '>' || c == '?' || c == '\\') {
      name = false;
      separated = true;
    } else if (is_space(c)) {
      name = false;
    } else {
      return "?";
    }
  }
  return out.empty() ? "?" : out;
}

std::string type_chain(std::string_view written) {
  return written.size() > longest ? std::string() : chain_of(written, deepest);
}

}  // namespace parsers
