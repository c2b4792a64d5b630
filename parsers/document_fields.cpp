#include "parsers/document_fields.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>
#include <utility>

namespace parsers {
namespace {

/// Edit distance with transpositions of neighbours (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(above, row);
  }
  return above[b.size()];
}

/// The spelling that keys differ in most: case, and - for _.
std::string canonical_spelling(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c == '-' || c == ' ') c = '_';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_number(const Node& value) {
  const std::string_view text = value.text;
  return !value.quoted && !text.empty() && text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

bool means_nothing(const Node& value) {
  const std::string word = canonical_spelling(value.text);
  return value.kind == Node::Kind::scalar && (word.empty() || word == "none" || word == "n/a" || word == "nothing");
}

}  // namespace

std::string quote(std::string_view text) {
  constexpr std::size_t most = 80;
  if (text.size() <= most) return fmt::format("\"{}\"", text);
  std::size_t end = most;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // never inside a character
  return fmt::format("\"{}...\"", text.substr(0, end));
}

std::string alternatives(std::span<const std::string_view> names) {
  if (names.size() == 1) return std::string(names[0]);
  return fmt::format("{} or {}", fmt::join(names.first(names.size() - 1), ", "), names.back());
}

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
  if (word.size() > 40) return {};
  const std::string spelling = canonical_spelling(word);
  std::size_t best = std::max<std::size_t>(1, spelling.size() / 3) + 1;
  std::string_view found;
  for (std::string_view candidate : known) {
    const std::size_t d = distance(spelling, candidate);
    if (d < best) best = d, found = candidate;
  }
  return found.empty() ? std::string() : fmt::format("did you mean \"{}\"?", found);
}

bool is_boolean(const Node& value) {
  if (value.kind != Node::Kind::scalar || value.quoted) return false;
  const std::string_view text = value.text;
  return text == "true" || text == "True" || text == "TRUE" || text == "false" || text == "False" || text == "FALSE";
}

std::string in_words(const Node& value) {
  switch (value.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a mapping";
    case Node::Kind::scalar:
      break;
  }
  if (is_boolean(value) || is_number(value)) return value.text.size() > 80 ? "a long number" : value.text;
  return "the text " + quote(value.text);
}

std::optional<std::string> text_of(const Node& value, std::string_view name, std::vector<Diagnostic>& diagnostics) {
  if (value.kind == Node::Kind::scalar && !is_boolean(value)) return value.text;
  std::string remedy;
  if (value.kind == Node::Kind::null) remedy = "give it a value, or leave it out";
  if (is_boolean(value)) remedy = fmt::format("put it in quotes: \"{}\"", value.text);
  diagnostics.push_back(
      {Severity::error, value.where, fmt::format("{} wants text, not {}", name, in_words(value)), remedy});
  return std::nullopt;
}

std::optional<std::int64_t> count_of(const Node& value, std::string_view name, std::vector<Diagnostic>& diagnostics) {
  constexpr std::int64_t most = 1'000'000'000;
  std::int64_t count = 0;
  if (value.kind == Node::Kind::scalar && !value.quoted) {
    const char* const last = value.text.data() + value.text.size();
    const auto [end, error] = std::from_chars(value.text.data(), last, count);
    if (error == std::errc{} && end == last && count >= 1 && count <= most) return count;
  }
  const bool only_quotes = value.quoted && is_number({Node::Kind::scalar, {}, value.text, false, {}, {}});
  diagnostics.push_back({Severity::error, value.where,
                         fmt::format("{} wants an integer from 1 to {}, not {}", name, most, in_words(value)),
                         only_quotes ? "write it without quotes" : ""});
  return std::nullopt;
}

bool accept_path(const std::string& text, Location where, std::string_view name, std::vector<Diagnostic>& diagnostics) {
  const auto refuse = [&](std::string message, std::string remedy) {
    diagnostics.push_back({Severity::error, where, std::move(message), std::move(remedy)});
    return false;
  };
  if (text.empty())
    return refuse(fmt::format("an empty path in {}", name), "name a file, a directory with / at its end, or a pattern");
  if (text.size() > 4096)
    return refuse(fmt::format("a path of {} bytes in {}, more than the limit of 4 KiB", text.size(), name),
                  "name a directory or a pattern instead");
  if (text.find_first_of(std::string_view("\0\n\r", 3)) != std::string::npos)
    return refuse(fmt::format("a NUL or a line break inside a path in {}", name), "write one path per entry");
  return true;
}

Fields::Fields(const Node& value, std::string_view what, std::span<const std::string_view> known,
               std::vector<Diagnostic>& diagnostics)
    : x_diagnostics(&diagnostics) {
  if (value.kind != Node::Kind::mapping) {
    complain(value.where, fmt::format("{} is a mapping, not {}", what, in_words(value)),
             "write it as \"key: value\" lines");
    return;
  }
  x_mapping = &value;
  for (const auto& [key, ignored] : value.members) {
    if (std::find(known.begin(), known.end(), key.text) != known.end()) continue;
    const std::string guess = suggestion(key.text, known);
    complain(key.where, fmt::format("unknown key {} in {}", quote(key.text), what),
             fmt::format("{}{}the keys are {}", guess, guess.empty() ? "" : " ", fmt::join(known, ", ")));
  }
}

Location Fields::place(std::string_view key) const {
  for (const auto& [name, value] : x_mapping->members)
    if (name.text == key) return value.kind == Node::Kind::null ? name.where : value.where;
  return x_mapping->where;
}

void Fields::complain(Location where, std::string message, std::string remedy) const {
  x_diagnostics->push_back({Severity::error, where, std::move(message), std::move(remedy)});
}

std::optional<std::string> Fields::text(std::string_view key) const {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  Node placed{value->kind, place(key), value->text, value->quoted, {}, {}};
  return text_of(placed, fmt::format("\"{}\"", key), *x_diagnostics);
}

std::optional<std::int64_t> Fields::count(std::string_view key) const {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  Node placed{value->kind, place(key), value->text, value->quoted, {}, {}};
  return count_of(placed, fmt::format("\"{}\"", key), *x_diagnostics);
}

std::optional<bool> Fields::boolean(std::string_view key) const {
  const Node* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind == Node::Kind::scalar && !value->quoted && (value->text == "true" || value->text == "false"))
    return value->text == "true";
  complain(place(key), fmt::format("\"{}\" wants true or false, not {}", key, in_words(*value)));
  return std::nullopt;
}

const std::vector<Node>* Fields::list(std::string_view key) const {
  const Node* value = find(key);
  if (value == nullptr) return nullptr;
  if (value->kind == Node::Kind::sequence) return &value->items;
  std::string remedy = "write every entry on a line of its own, after \"- \"";
  if (value->kind == Node::Kind::null)
    remedy =
        fmt::format("unknown is not empty: write \"{}: []\" for none, list the entries, or leave the key out", key);
  else if (means_nothing(*value))
    remedy = fmt::format("an explicitly empty set is \"{}: []\"", key);
  else if (value->kind == Node::Kind::scalar)
    remedy = fmt::format("also a single entry needs a list: {}: [{}]", key, quote(value->text));
  complain(place(key), fmt::format("\"{}\" wants a list, not {}", key, in_words(*value)), remedy);
  return nullptr;
}

}  // namespace parsers
