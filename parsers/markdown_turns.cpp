#include "parsers/markdown_turns.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "parsers/markdown_document.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

constexpr std::string_view first_words[] = {"before", "blocks", "precedes", "ahead of", "prior to", "unblocks"};
constexpr std::string_view later_words[] = {"after",    "depends on", "depend on",   "blocked by", "requires", "needs",
                                            "wait for", "waits for",  "waiting for", "until",      "once",     "behind",
                                            "follows",  "following",  "blocked on",  "wait on",    "waits on"};

struct Said {
  std::size_t from = std::string_view::npos;
  std::size_t end = 0;
  bool first = false;
};

Said last_said(std::string_view lower) {
  Said said;
  const auto look = [&](std::string_view word, bool first) {
    const std::size_t at = last_word(lower, word);
    if (at != std::string_view::npos && (said.from == std::string_view::npos || at > said.from))
      said = {at, at + word.size(), first};
  };
  for (const std::string_view word : first_words) look(word, true);
  for (const std::string_view word : later_words) look(word, false);
  return said;
}

bool negated(std::string_view lower) {
  for (const std::string_view no : {"not", "never", "cannot", "can't", "don't", "mustn't", "won't", "isn't", "no"})
    if (has_word(lower, no)) return true;
  return false;
}

/// "this", "this session", "the present order": the order at hand.
bool begins_with_this(std::string_view lower) {
  lower = trim(lower);
  for (const std::string_view self : {"this", "the present", "the current", "our "})
    if (lower.starts_with(self)) return true;
  return false;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at_end(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[text.size() - 1 - count])) ++count;
  return count;
}

bool names_commit(std::string_view lower) {
  for (std::size_t i = 0; i < lower.size();) {
    const std::size_t end = std::min(lower.find_first_not_of("0123456789abcdef", i), lower.size());
    const bool apart = (i == 0 || (lower[i - 1] >= 'g' ? lower[i - 1] > 'z' : lower[i - 1] != '-')) &&
                       (end == lower.size() || lower[end] < 'g' || lower[end] > 'z');
    const std::string_view run = lower.substr(i, end - i);
    const bool mixed = run.find_first_of("0123456789") != std::string_view::npos &&
                       run.find_first_of("abcdef") != std::string_view::npos;
    if (apart && run.size() >= 7 && run.size() <= 40 && mixed) return true;
    i = end + 1;
  }
  return false;
}

bool names_request(std::string_view lower) {
  for (std::size_t i = lower.find('#'); i != std::string_view::npos; i = lower.find('#', i + 1))
    if (i + 1 < lower.size() && is_digit(lower[i + 1])) return true;
  return has_word(lower, "pr") || has_word(lower, "pull request");
}

}  // namespace

Turn turn_in_front(std::string_view lower) {
  const Said said = last_said(lower);
  if (said.from == std::string_view::npos) return Turn::unsaid;
  if (negated(lower.substr(0, said.from))) return Turn::unclear;
  const bool reversed = begins_with_this(lower.substr(said.end));
  return said.first != reversed ? Turn::this_first : Turn::other_first;
}

Turn turn_behind(std::string_view lower) {
  lower = lower.substr(0, lower.find_first_of(",;("));
  const Said said = last_said(lower);
  const bool negative = negated(lower);
  if (said.from != std::string_view::npos && begins_with_this(lower.substr(said.end))) {
    if (negative) return Turn::unclear;
    return said.first ? Turn::other_first : Turn::this_first;
  }
  const bool ordered = said.from != std::string_view::npos || has_word(lower, "first");
  if (negative && ordered) return Turn::unclear;
  if (has_word(lower, "first")) return Turn::other_first;
  for (const std::string_view word : {"wait", "waits", "is blocked", "are blocked", "comes later", "last"})
    if (has_word(lower, word)) return Turn::unclear;
  return Turn::unsaid;
}

Turn both(Turn in_front, Turn behind) {
  if (in_front == Turn::unsaid || in_front == behind) return behind;
  return behind == Turn::unsaid ? in_front : Turn::unclear;
}

bool denies_dependency(std::string_view lower) {
  for (const std::string_view word :
       {"independent", "independently", "no dependency", "no dependencies", "in parallel", "does not depend",
        "doesn't depend", "not depend", "not blocked", "no longer", "unrelated"})
    if (has_word(lower, word)) return true;
  return false;
}

bool ends_in_negation(std::string_view lower) {
  lower = trim(lower);
  while (!lower.empty() && std::string_view("`*[\"'").find(lower.back()) != std::string_view::npos)
    lower = trim(lower.substr(0, lower.size() - 1));
  for (const std::string_view no :
       {"not", "none of", "neither", "except", "rather than", "instead of", "unlike", "nor"}) {
    const std::size_t at = last_word(lower, no);
    if (at != std::string_view::npos && at + no.size() == lower.size()) return true;
  }
  return false;
}

bool waits_for_something(std::string_view lower) {
  if (names_commit(lower) || names_request(lower)) return true;
  for (const std::string_view self : {"this", "session", "start", "starts", "starting", "dispatch"})
    if (has_word(lower, self)) return false;
  for (const std::string_view word : {"after", "before", "until", "needs", "need", "once", "when", "requires", "wait",
                                      "waits", "unless", "depends", "depending", "pending", "blocked"})
    if (has_word(lower, word)) return true;
  return false;
}

std::vector<std::string> names_between(const std::string& first, std::string_view between, const std::string& last) {
  std::string word = lowered(trim(between));
  std::erase_if(word, [](char c) { return c == '`' || c == '*'; });
  word = std::string(trim(word));
  constexpr std::string_view range_words[] = {"..", "...", "…", "–", "—", "-", "to", "through", "thru", "up to"};
  if (std::find(std::begin(range_words), std::end(range_words), word) == std::end(range_words)) return {};
  const std::size_t digits = digits_at_end(first);
  const std::size_t other = digits_at_end(last);
  if (digits == 0 || other == 0 || digits > 8 || other > 8 ||
      first.substr(0, first.size() - digits) != last.substr(0, last.size() - other))
    return {};
  int from = 0;
  int to = 0;
  std::from_chars(first.data() + first.size() - digits, first.data() + first.size(), from);
  std::from_chars(last.data() + last.size() - other, last.data() + last.size(), to);
  constexpr int most = 1000;
  std::vector<std::string> names;
  if (to - from > most) return names;
  const std::size_t width = first[first.size() - digits] == '0' ? digits : 0;
  for (int n = from + 1; n < to; ++n)
    names.push_back(fmt::format("{}{:0{}}", first.substr(0, first.size() - digits), n, width));
  return names;
}

}  // namespace parsers
