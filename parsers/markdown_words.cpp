#include "parsers/markdown_words.h"

#include <algorithm>
#include <cctype>

#include "parsers/markdown_document.h"

namespace parsers {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Offset behind the first word that makes an exception, npos when there is none. REQUIRES: `lower` in lower case.
std::size_t behind_exception(std::string_view lower) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view word : {"except for", "except", "excepting", "but", "other than", "apart from",
                                      "aside from", "besides", "unless", "save for", "excluding"}) {
    std::size_t at = last_word(lower, word);
    for (std::size_t earlier = at; earlier != std::string_view::npos && earlier > 0;) {
      earlier = last_word(lower.substr(0, earlier), word);
      if (earlier != std::string_view::npos) at = earlier;
    }
    if (at != std::string_view::npos) first = std::min(first, at + word.size());
  }
  return first;
}

/// Length of the word that says none at the front of `lower`, marks of emphasis included; 0 when there is none.
std::size_t none_length(std::string_view lower) {
  const std::size_t marks = std::min(lower.find_first_not_of("*`(_"), lower.size());
  const std::string_view text = lower.substr(marks);
  for (const std::string_view word : {"none", "n/a", "nothing", "no files", "no repository files"}) {
    if (!text.starts_with(word)) continue;
    const char next = word.size() < text.size() ? text[word.size()] : ' ';
    if (!is_word(next) && next != '/' && next != '-') return marks + word.size();
  }
  return 0;
}

constexpr std::size_t enough = 400;  // nobody says nothing at greater length

}  // namespace

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string without_pipe_escapes(std::string_view text) {
  std::string out(text);
  for (std::size_t i = out.find("\\|"); i != std::string::npos; i = out.find("\\|", i + 1)) out.erase(i, 1);
  return out;
}

std::size_t last_word(std::string_view text, std::string_view word) {
  for (std::size_t i = text.rfind(word); i != std::string_view::npos;
       i = i == 0 ? std::string_view::npos : text.rfind(word, i - 1)) {
    const bool starts = i == 0 || !is_letter(text[i - 1]);
    const bool ends = i + word.size() == text.size() || !is_letter(text[i + word.size()]);
    if (starts && ends) return i;
  }
  return std::string_view::npos;
}

bool has_word(std::string_view text, std::string_view word) { return last_word(text, word) != std::string_view::npos; }

bool makes_exception(std::string_view text) { return behind_exception(lowered(text)) != std::string_view::npos; }

bool means_all_the_rest(std::string_view value) {
  const std::string text = lowered(value);
  for (const std::string_view all :
       {"any file not listed", "any files not listed", "files not listed", "anything not listed", "any other file",
        "all other files", "anything else", "everything else", "any file outside", "anything outside",
        "any file not in", "other files", "any file not mentioned"})
    if (text.find(all) != std::string::npos) return true;
  return false;
}

bool says_none(std::string_view value) {
  const std::string lower = lowered(trim(value).substr(0, enough));
  const std::string_view marked =
      std::string_view(lower).substr(std::min(lower.find_first_not_of("*`(_"), lower.size()));
  if (marked == "-" || marked == "—" || marked == "–" || marked == "[]") return true;
  const std::size_t length = none_length(lower);
  if (length == 0) return false;
  const std::string_view rest = std::string_view(lower).substr(length);
  if (rest.find_first_not_of(" .*`_)") == std::string_view::npos) return true;
  const bool ends = std::string_view(".,;)*\n").find(rest[0]) != std::string_view::npos || rest.starts_with(" —") ||
                    rest.starts_with(" –") || rest.starts_with(" -") || rest.starts_with(" (");
  return ends && !exception_of_none(value);
}

std::optional<std::string_view> exception_of_none(std::string_view value) {
  value = trim(value);
  const std::string lower = lowered(value.substr(0, enough));
  const std::size_t none = none_length(lower);
  if (none == 0) return std::nullopt;
  // It has to stand in the same sentence: "None. But see WO-2" declares nothing.
  const std::size_t end = std::min(lower.find_first_of(".;\n", none), lower.size());
  const std::size_t behind = behind_exception(std::string_view(lower).substr(none, end - none));
  if (behind == std::string_view::npos) return std::nullopt;
  return value.substr(none + behind);
}

}  // namespace parsers
