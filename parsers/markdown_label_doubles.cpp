// Labels that only look like one we know: letters of another alphabet, a slip of the keyboard.
#include <algorithm>
#include <utility>
#include <vector>

#include "parsers/markdown_labels.h"

namespace parsers {
namespace {

/// Letters of other alphabets that a reader takes for a Latin one.
constexpr std::pair<std::string_view, char> look_alikes[] = {
    {"а", 'a'},       {"с", 'c'},       {"ԁ", 'd'},       {"е", 'e'},       {"ё", 'e'},       {"һ", 'h'},
    {"і", 'i'},       {"ї", 'i'},       {"ј", 'j'},       {"ӏ", 'l'},       {"о", 'o'},       {"р", 'p'},
    {"ԛ", 'q'},       {"г", 'r'},       {"ѕ", 's'},       {"т", 't'},       {"ѵ", 'v'},       {"ԝ", 'w'},
    {"х", 'x'},       {"у", 'y'},       {"к", 'k'},       {"п", 'n'},       {"м", 'm'},       {"А", 'a'},
    {"В", 'b'},       {"С", 'c'},       {"Е", 'e'},       {"Н", 'h'},       {"І", 'i'},       {"Ј", 'j'},
    {"К", 'k'},       {"М", 'm'},       {"О", 'o'},       {"Р", 'p'},       {"Ѕ", 's'},       {"Т", 't'},
    {"Х", 'x'},       {"У", 'y'},       {"Ԝ", 'w'},       {"α", 'a'},       {"ε", 'e'},       {"ι", 'i'},
    {"κ", 'k'},       {"ν", 'v'},       {"ο", 'o'},       {"ρ", 'p'},       {"τ", 't'},       {"υ", 'u'},
    {"χ", 'x'},       {"ω", 'w'},       {"Α", 'a'},       {"Β", 'b'},       {"Ε", 'e'},       {"Η", 'h'},
    {"Ι", 'i'},       {"Κ", 'k'},       {"Μ", 'm'},       {"Ν", 'n'},       {"Ο", 'o'},       {"Ρ", 'p'},
    {"Τ", 't'},       {"Υ", 'y'},       {"Χ", 'x'},       {"ı", 'i'},       {"ɑ", 'a'},       {"ο", 'o'},
    {"ḍ", 'd'},       {"ⅰ", 'i'},       {"ⅽ", 'c'},       {"ⅾ", 'd'},       {"ⅿ", 'm'},       {"ｅ", 'e'},
    {"\u200B", '\0'}, {"\u200C", '\0'}, {"\u200D", '\0'}, {"\u2060", '\0'}, {"\uFEFF", '\0'}, {"\u00AD", '\0'},
    {"：", ':'},
};

std::string unmasked(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto* const found = std::find_if(std::begin(look_alikes), std::end(look_alikes),
                                           [&](const auto& pair) { return text.starts_with(pair.first); });
    if (found == std::end(look_alikes)) {
      out += text.front();
      text.remove_prefix(1);
    } else {
      if (found->second != '\0') out += found->second;
      text.remove_prefix(found->first.size());
    }
  }
  return out;
}

/// Damerau-Levenshtein (optimal string alignment). REQUIRES: both short.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

/// "Fiels" and "Filess" are "Files", but "Fixes" is a word of its own.
bool same_word(std::string_view a, std::string_view b) {
  return a.size() != b.size() || std::is_permutation(a.begin(), a.end(), b.begin());
}

}  // namespace

std::optional<std::string_view> label_in_disguise(std::string_view written) {
  if (written.size() > 180) return std::nullopt;
  if (std::none_of(written.begin(), written.end(), [](char c) { return (c & 0x80) != 0; })) return std::nullopt;
  const std::string plain = normal_label(unmasked(written));
  const Label* label = find_label(plain);
  if (label == nullptr || plain == normal_label(written) || label->kind == LabelKind::other) return std::nullopt;
  return label->name;
}

std::optional<std::string_view> label_misspelt(std::string_view written) {
  const std::string name = normal_label(written);
  if (name.size() < 5 || name.size() > 34 || find_label(name) != nullptr) return std::nullopt;
  const std::size_t allowed = name.size() < 8 ? 1 : 2;
  for (std::size_t distance = 1; distance <= allowed; ++distance)
    for (const Label& label : known_labels()) {
      if (label.kind == LabelKind::other || label.name.size() < 5) continue;
      if (label.name.size() + 2 < name.size() || name.size() + 2 < label.name.size()) continue;
      if (label.weak && !same_word(name, label.name)) continue;
      if (edit_distance(name, label.name) == distance) return label.name;
    }
  return std::nullopt;
}

}  // namespace parsers
