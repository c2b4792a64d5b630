#include "parsers/markdown_ids.h"

#include <algorithm>
#include <array>

#include "parsers/markdown_document.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

std::string squeezed(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != ' ' && c != '-' && c != '_' && c != '\n') out += lower(c);
  return out;
}

struct CountedWord {
  std::string_view word;
  std::string_view written;
};
constexpr CountedWord counted_words[] = {
    {"wo", "WO"},
    {"wos", "WO"},
    {"task", "Task"},
    {"tasks", "Task"},
    {"deliverable", "Deliverable"},
    {"session", "Session"},
    {"sessions", "Session"},
    {"stream", "Stream"},
    {"ticket", "Ticket"},
    {"deliverables", "Deliverable"},
    {"agent", "Agent"},
    {"agents", "Agent"},
    {"work order", "WO"},
    {"work orders", "WO"},
    {"workstream", "Workstream"},
    {"track", "Track"},
    {"streams", "Stream"},
    {"tickets", "Ticket"},
};

/// "3", "2.1", "A", "12b": what may follow a counted word.
std::size_t count_length(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() &&
         (is_digit(text[i]) || (text[i] == '.' && i > 0 && i + 1 < text.size() && is_digit(text[i + 1]))))
    ++i;
  if (i > 0 && i < text.size() && is_letter(text[i])) ++i;
  if (i == 0 && !text.empty() && is_upper(text[0])) {
    i = 1;
    while (i < text.size() && is_digit(text[i])) ++i;
  }
  const bool ends = i == text.size() ||
                    (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '_' && text[i] != '/' && text[i] != '-');
  return ends ? i : 0;
}

struct CountedId {
  std::string id;
  std::string_view word;   ///< "Task"
  std::string_view count;  ///< "3"
  std::size_t length;
};

std::optional<CountedId> counted_id(std::string_view text) {
  for (const auto& [word, written] : counted_words) {
    if (text.size() <= word.size() || lowered(text.substr(0, word.size())) != word) continue;
    std::size_t at = word.size();
    const bool apart = text[at] == ' ' || text[at] == '-' || text[at] == '#';
    if (!apart && written != "WO") continue;
    while (at < text.size() && (text[at] == ' ' || text[at] == '#')) ++at;
    if (at == word.size() && text[at] == '-') ++at;
    const std::size_t length = count_length(text.substr(at));
    if (length == 0 || (!apart && !is_digit(text[at]))) continue;
    const std::string_view count = text.substr(at, length);
    return CountedId{std::string(written) + "-" + std::string(count), written, count, at + length};
  }
  return std::nullopt;
}

bool is_id_character(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }

std::string_view id_run(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_id_character(text[end]) && !text.substr(end).starts_with("..")) ++end;
  while (end > 0 && text[end - 1] == '.') --end;
  return text.substr(0, end);
}

/// What may stand between a heading's id and its title.
std::string_view without_separator(std::string_view text) {
  text = trim(text);
  for (const std::string_view s : {":", "—", "–", "--", "-", "|", "·", "→"})
    if (text.starts_with(s)) return trim(text.substr(s.size()));
  return text;
}

bool separates(std::string_view rest) {
  const std::string_view tail = trim(rest);
  if (tail.empty()) return true;
  for (const std::string_view s : {":", "—", "–", "- ", "-- ", "|", "(", "·", "]"})
    if (tail.starts_with(s)) return true;
  return false;
}

std::string_view without_emphasis(std::string_view text) {
  while (text.size() > 1 && (text[0] == '*' || text[0] == '`' || text[0] == '_' || text[0] == '#'))
    text.remove_prefix(1);
  return text;
}

}  // namespace

bool is_order_id(std::string_view token) {
  if (token.size() < 3 || token.size() > 120 || !is_upper(token[0]) || token.back() == '-') return false;
  const std::size_t dash = token.find('-');
  if (dash == std::string_view::npos || dash == 0) return false;
  if (!std::all_of(token.begin(), token.begin() + static_cast<std::ptrdiff_t>(dash),
                   [](char c) { return is_upper(c) || is_digit(c); }))
    return false;
  const std::string_view tail = token.substr(dash + 1);
  const bool number = std::any_of(tail.begin(), tail.end(), is_digit);
  if (token.starts_with("WO-")) {
    // "WO-XX" and "WO-ID" are what templates write.
    return number || (tail.size() > 3 && std::none_of(tail.begin(), tail.end(), [](char c) { return c == '.'; }) &&
                      tail.find_first_not_of("XN-") != std::string_view::npos && is_upper(tail[0]));
  }
  return number && std::none_of(tail.begin(), tail.end(), [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); });
}

std::optional<HeadingId> heading_id(std::string_view heading) {
  std::string_view text = without_emphasis(trim(heading));
  // "3. WO-FIX-01: ..." and "Work Order: WO-7 — ..." put something before the id.
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ')
    text = trim(text.substr(digits + 1));
  for (const std::string_view lead :
       {"work order", "instruction packet", "dispatch", "builder dispatch", "order", "wo"})
    if (text.size() > lead.size() && lowered(text.substr(0, lead.size())) == lead &&
        separates(text.substr(lead.size())) && (text[lead.size()] == ' ' || text[lead.size()] == ':'))
      text = without_separator(text.substr(lead.size()));
  text = without_emphasis(text);
  const bool bracketed = text.starts_with('[');
  if (bracketed) text.remove_prefix(1);

  HeadingId found;
  const std::string_view run = id_run(text);
  const auto counted = counted_id(text);
  if (counted && (!is_order_id(run) || run.size() < counted->length)) {
    std::string_view rest = text.substr(counted->length);
    if (!separates(rest)) return std::nullopt;
    found.id = counted->id;
    found.counted = true;
    found.place = text.substr(0, counted->length);
    found.aliases = {std::string(counted->word) + " " + std::string(counted->count)};
    if (counted->word == "WO") found.aliases.push_back("WO" + std::string(counted->count));
    found.title = without_separator(rest);
    const std::string_view longer = id_run(without_emphasis(found.title));
    if (is_order_id(longer) && separates(without_emphasis(found.title).substr(longer.size()))) {
      found.id = std::string(longer);
      found.counted = false;
      found.place = longer;
      found.title = without_separator(without_emphasis(found.title).substr(longer.size()));
    }
  } else if (is_order_id(run) && (!bracketed || text.substr(run.size()).starts_with(']'))) {
    std::string_view rest = text.substr(run.size());
    if (bracketed) rest.remove_prefix(1);
    while (!rest.empty() && (rest[0] == '*' || rest[0] == '`')) rest.remove_prefix(1);
    if (!separates(rest) && !run.starts_with("WO-") && !bracketed) return std::nullopt;
    if (bracketed && std::none_of(run.begin(), run.end(), is_digit)) return std::nullopt;
    found.id = std::string(run);
    found.place = run;
    found.title = without_separator(rest);
  } else {
    return std::nullopt;
  }
  while (!found.title.empty() && (found.title.back() == '*' || found.title.back() == '`')) found.title.remove_suffix(1);
  return found;
}

void IdBook::add(const std::string& name, const std::string& id) { x_ids.try_emplace(squeezed(name), id); }

const std::string* IdBook::find(std::string_view name) const {
  const auto found = x_ids.find(squeezed(name));
  return found == x_ids.end() ? nullptr : &found->second;
}

std::vector<IdBook::Mention> IdBook::mentions(std::string_view text) const {
  std::vector<Mention> found;
  std::string_view plural;  // "Tasks 1, 2 and 3": the word that the later numbers go with
  int brackets = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '(') ++brackets;
    if (c == ')' && brackets > 0) --brackets;
    if (brackets > 0 || !(is_letter(c) || is_digit(c)) ||
        (i > 0 && (is_id_character(text[i - 1]) || text[i - 1] == '/') && !text.substr(0, i).ends_with(".."))) {
      ++i;
      continue;
    }
    const std::string_view run = id_run(text.substr(i));
    const std::size_t end = i + std::max<std::size_t>(run.size(), 1);
    const char after = end < text.size() ? text[end] : ' ';
    const bool place = after == ':' && end + 1 < text.size() && is_digit(text[end + 1]);
    const bool path = after == '/' || after == '[' || place || has_known_extension(run);
    if (const std::string* id = find(run); id != nullptr && !path) {
      found.push_back({run, *id, true, true});
      i = end;
    } else if (const auto counted = counted_id(text.substr(i)); counted && !path) {
      const std::string_view written = text.substr(i, counted->length);
      const std::string* known = find(counted->id);
      found.push_back({written, known != nullptr ? *known : counted->id, known != nullptr, true});
      plural = counted->word;
      i += counted->length;
      continue;
    } else if (is_order_id(run) && !path) {
      found.push_back({run, std::string(run), false, run.starts_with("WO-")});
      i = end;
    } else if (const std::string_view all = run;
               !plural.empty() && count_length(all) == all.size() && is_digit(all[0])) {
      const std::string counted_name = std::string(plural) + "-" + std::string(all);
      const std::string* known = find(counted_name);
      found.push_back({run, known != nullptr ? *known : counted_name, known != nullptr, true});
      i = end;
      continue;
    } else {
      const bool joins = run == "and" || run == "or";
      if (!joins) plural = {};
      i = end;
    }
  }
  return found;
}

}  // namespace parsers
