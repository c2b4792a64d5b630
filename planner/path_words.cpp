#include "planner/path_words.h"

#include <algorithm>
#include <bit>
#include <map>

#include "parsers/text_names.h"

namespace planner {
namespace {

/// A quarter of the base-2 logarithm's steps, in whole numbers: the same on every machine.
std::int64_t rarity(std::size_t all, std::size_t some) {
  const std::uint64_t ratio = 16 * all / std::max<std::size_t>(some, 1);
  const int whole = static_cast<int>(std::bit_width(ratio)) - 1;
  const std::int64_t rest = whole >= 2 ? static_cast<std::int64_t>((ratio >> (whole - 2)) & 3) : 0;
  return std::max<std::int64_t>(0, 4 * (whole - 4) + rest);
}

}  // namespace

std::string singular(std::string word) {
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
  return word;
}

PathWords::PathWords(const Tree& tree) : tree_(tree), name_parts_(tree.entries().size(), 0) {
  for (std::uint32_t i = 0; i < tree.entries().size(); ++i) {
    const std::string& path = tree.entries()[i].path;
    const std::size_t slash = path.rfind('/');
    const std::size_t from = slash == std::string::npos ? 0 : slash + 1;
    const std::size_t dot = path.find('.', from + 1);
    std::map<std::string, bool> words;
    if (from > 0)
      for (const std::string& part : parsers::parts_of_name(std::string_view(path).substr(0, from)))
        words.emplace(singular(part), false);
    for (const std::string& part : parsers::parts_of_name(std::string_view(path).substr(from, dot - from))) {
      words[singular(part)] = true;
      ++name_parts_[i];
    }
    for (const auto& [word, name] : words) uses_[word].push_back({i, name});
  }
}

std::vector<PathWords::Match> PathWords::like(const std::vector<std::pair<std::string, std::int64_t>>& words,
                                              std::size_t most) const {
  struct Sum {
    std::int64_t weight = 0, in_name = 0;
    std::vector<std::pair<std::int64_t, const std::string*>> words;
  };
  std::map<std::uint32_t, Sum> sums;
  for (const auto& [word, matters] : words) {
    const auto known = uses_.find(word);
    if (known == uses_.end() || word.size() < 3 || known->second.size() > tree_.entries().size() / 8 + 1) continue;
    const std::int64_t rare = rarity(tree_.entries().size(), known->second.size());
    if (rare == 0) continue;
    for (const Use& use : known->second) {
      Sum& sum = sums[use.file];
      sum.weight += matters * rare * (use.name ? 2 : 1);
      sum.in_name += use.name ? 1 : 0;
      sum.words.emplace_back(rare, &word);
    }
  }
  std::vector<Match> out;
  for (auto& [file, sum] : sums) {
    if (sum.in_name == 0) continue;
    std::stable_sort(sum.words.begin(), sum.words.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    // A name of which all is said is likelier meant than one with words of its own.
    const std::int64_t parts = std::max<std::int64_t>(1, name_parts_[file]);
    Match match{file, sum.weight * (parts + 2 * sum.in_name) / (3 * parts), {}};
    for (const auto& [rare, word] : sum.words) match.words.push_back(*word);
    out.push_back(std::move(match));
  }
  const auto better = [](const Match& a, const Match& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.file < b.file;
  };
  const std::size_t kept = std::min(most, out.size());
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(kept), out.end(), better);
  out.resize(kept);
  return out;
}

}  // namespace planner
