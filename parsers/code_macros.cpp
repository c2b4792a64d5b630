#include "parsers/code_macros.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace parsers {
namespace {

constexpr std::string_view annotations[] = {"ABSL_ACQUIRED_AFTER",
                                            "ABSL_EXCLUSIVE_LOCKS_REQUIRED",
                                            "ABSL_GUARDED_BY",
                                            "ABSL_LOCKS_EXCLUDED",
                                            "ABSL_NO_THREAD_SAFETY_ANALYSIS",
                                            "ABSL_PT_GUARDED_BY",
                                            "ABSL_SHARED_LOCKS_REQUIRED",
                                            "ACQUIRED_AFTER",
                                            "ACQUIRED_BEFORE",
                                            "EXCLUSIVE_LOCKS_REQUIRED",
                                            "EXCLUSIVE_LOCK_FUNCTION",
                                            "EXCLUSIVE_TRYLOCK_FUNCTION",
                                            "GUARDED_BY",
                                            "GUARDED_VAR",
                                            "LOCKS_EXCLUDED",
                                            "LOCK_RETURNED",
                                            "NO_THREAD_SAFETY_ANALYSIS",
                                            "PT_GUARDED_BY",
                                            "PT_GUARDED_VAR",
                                            "SHARED_LOCKS_REQUIRED",
                                            "SHARED_LOCK_FUNCTION",
                                            "UNLOCK_FUNCTION"};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Reader {
  std::string_view text;
  std::size_t at = 0;

  void skip_space() {
    while (at < text.size() && is_space(text[at])) ++at;
  }
  std::string_view word() {
    const std::size_t begin = at;
    while (at < text.size() && is_word(text[at])) ++at;
    return text.substr(begin, at - begin);
  }
  /// Past a "(...)" of at most 200 bytes; stays where there is none.
  void skip_parentheses() {
    std::size_t here = at;
    while (here < text.size() && is_space(text[here])) ++here;
    if (here >= text.size() || text[here] != '(') return;
    int depth = 0;
    for (const std::size_t limit = std::min(text.size(), here + 200); here < limit; ++here) {
      if (text[here] == '(') ++depth;
      if (text[here] == ')' && --depth == 0) {
        at = here + 1;
        return;
      }
    }
  }
};

bool is_macro_name(std::string_view word) {
  return word.size() >= 2 && std::isupper(static_cast<unsigned char>(word.front())) &&
         std::none_of(word.begin(), word.end(), [](unsigned char c) { return std::islower(c); });
}

/// After `class` or `struct`: where macros end, if a name and a body or bases follow them; else `from`. A declaration
/// counts for classes only: `struct MACRO name;` is a variable.
std::size_t end_of_class_macros(std::string_view text, std::size_t from, bool is_class) {
  Reader in{text, from};
  std::size_t macros_end = from;
  for (int i = 0; i < 4; ++i) {
    in.skip_space();
    const std::string_view word = in.word();
    if (word.empty()) return from;
    const std::size_t word_end = in.at;
    in.skip_space();
    if (in.at >= text.size()) return from;
    const bool base = text[in.at] == ':' && !text.substr(in.at).starts_with("::");
    if (text[in.at] == ';' && is_class) return macros_end;
    if (text[in.at] == '{' || base || text.substr(in.at).starts_with("final")) return macros_end;
    if (!is_macro_name(word)) return from;
    in.at = word_end;
    in.skip_parentheses();
    macros_end = in.at;
  }
  return from;
}

void blank(std::string& out, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i)
    if (!is_space(out[i])) out[i] = ' ';
}

}  // namespace

std::string without_class_macros(std::string_view text) {
  std::string out(text);
  Reader in{text};
  std::size_t looked_at = 0;
  bool directive = false;  // a `#` stands before looked_at in its line
  while (in.at < text.size()) {
    if (!is_word(text[in.at])) {
      ++in.at;
      continue;
    }
    const std::size_t begin = in.at;
    const std::string_view word = in.word();
    if (word == "class" || word == "struct") {
      blank(out, in.at, end_of_class_macros(text, in.at, word == "class"));
    } else if (std::binary_search(std::begin(annotations), std::end(annotations), word)) {
      for (; looked_at < begin; ++looked_at)
        if (text[looked_at] == '\n' || text[looked_at] == '#') directive = text[looked_at] == '#';
      if (directive) continue;  // its own definition
      in.skip_parentheses();
      blank(out, begin, in.at);
    }
  }
  return out;
}

}  // namespace parsers
