#include "parsers/markdown_dependencies.h"

#include <algorithm>

#include "parsers/markdown_document.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

std::vector<std::string_view> sentences(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t from = 0;
  int brackets = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++brackets;
    if (text[i] == ')') --brackets;
    const bool stop =
        text[i] == ';' ||
        (text[i] == '.' && (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n' || text[i + 1] == '*'));
    if (!stop || brackets > 0) continue;
    out.push_back(trim(text.substr(from, i - from)));
    from = i + 1;
  }
  if (from < text.size()) out.push_back(trim(text.substr(from)));
  std::erase_if(out, [](std::string_view s) { return s.find_first_not_of("*_`- .") == std::string_view::npos; });
  return out;
}

bool denies(std::string_view lower) {
  for (const std::string_view word :
       {"independent", "independently", "no dependency", "no dependencies", "in parallel", "does not depend",
        "doesn't depend", "not depend", "not blocked", "no longer", "unrelated"})
    if (has_word(lower, word)) return true;
  return false;
}

/// "commit:abc", "path:src/x", "external:OPS-7" at the front of a word.
void read_prefixed(std::string_view sentence, std::vector<DependencyMention>& found) {
  constexpr std::pair<std::string_view, Dependency::Kind> prefixes[] = {{"commit:", Dependency::Kind::commit},
                                                                        {"path:", Dependency::Kind::path},
                                                                        {"external:", Dependency::Kind::external}};
  for (const auto& [prefix, kind] : prefixes)
    for (std::size_t i = sentence.find(prefix); i != std::string_view::npos; i = sentence.find(prefix, i + 1)) {
      if (i > 0 && std::string_view(" \n`\"'(,[").find(sentence[i - 1]) == std::string_view::npos) continue;
      const std::size_t from = i + prefix.size();
      const std::size_t end = std::min(sentence.find_first_of(" \n`\"',;)]", from), sentence.size());
      if (end == from) continue;
      found.push_back({sentence.substr(i, end - i), std::string(sentence.substr(from, end - from)), kind, false});
    }
}

/// Whether an id that no order of this document carries is meant as one: it stands where a name of an order stands.
bool stands_as_order(std::string_view sentence, const IdBook::Mention& mention) {
  const auto at = static_cast<std::size_t>(mention.text.data() - sentence.data());
  const std::string before = lowered(trim(sentence.substr(at < 24 ? 0 : at - 24, std::min<std::size_t>(at, 24))));
  if (before.empty()) return true;
  for (const std::string_view end : {"after", "before", "on", "by", ",", "and", "needs", "requires", "with", "`", "[",
                                     "-", "+", "/", "&", ":", "**", "\""})
    if (before.ends_with(end)) return true;
  return false;
}

/// Which way the words in front of an id point; `so_far` when they say nothing.
bool direction(std::string_view said, bool so_far) {
  const auto last_of = [&](std::initializer_list<std::string_view> words) {
    std::size_t last = 0;
    for (const std::string_view word : words) last = std::max(last, last_word(said, word) + 1);
    return last;
  };
  const std::size_t first = last_of({"before", "blocks"});
  const std::size_t later = last_of({"after", "depends on", "blocked by", "requires", "needs"});
  return first == later ? so_far : first > later;
}

}  // namespace

DependencyList read_dependencies(std::string_view value, const IdBook& ids, bool before) {
  DependencyList list;
  std::string_view text = trim(value);
  if (lowered(text.substr(0, 4)) == "or: ") text = trim(text.substr(4));
  if (says_none(text)) {
    list.none = true;
    const std::size_t end = std::min(text.find(';'), text.size());
    list.unread.push_back(text.substr(0, end));
    text.remove_prefix(end);  // "none; apply BEFORE WO-2" goes on
  }
  for (const std::string_view sentence : sentences(text)) {
    if (says_none(sentence)) {
      list.none = list.found.empty();
      list.unread.push_back(sentence);
      continue;
    }
    const std::string lower = lowered(sentence);
    const std::size_t known_before = list.found.size();
    read_prefixed(sentence, list.found);
    const auto within_prefixed = [&](std::string_view place) {
      return std::any_of(list.found.begin() + static_cast<std::ptrdiff_t>(known_before), list.found.end(),
                         [&](const auto& found) {
                           return found.kind != Dependency::Kind::order && found.place.data() <= place.data() &&
                                  place.data() < found.place.data() + found.place.size();
                         });
    };
    const bool denied = denies(lower);
    if (!denied) {
      bool goes_first = before;
      std::size_t said = 0;
      for (const IdBook::Mention& mention : ids.mentions(sentence)) {
        const auto at = static_cast<std::size_t>(mention.text.data() - sentence.data());
        goes_first = direction(std::string_view(lower).substr(said, at - said), goes_first);
        said = at;
        if (within_prefixed(mention.text) || (!mention.certain && !stands_as_order(sentence, mention))) continue;
        list.found.push_back({mention.text, mention.id, Dependency::Kind::order, goes_first});
      }
    }
    if (list.found.size() == known_before) {
      list.unread.push_back(sentence);
      list.lost = list.lost || (!denied && sentence.find_first_not_of("*_`-. ") != std::string_view::npos);
    }
  }
  std::stable_sort(list.found.begin(), list.found.end(),
                   [](const auto& a, const auto& b) { return a.place.data() < b.place.data(); });
  list.lost = list.lost && list.found.empty() && !list.none;
  return list;
}

std::vector<Sequence> read_sequences(std::string_view prose, const IdBook& ids) {
  std::vector<Sequence> found;
  const std::string all = lowered(prose);
  if (!has_word(all, "before") && !has_word(all, "after") && !has_word(all, "first")) return found;
  for (const std::string_view sentence : sentences(prose)) {
    const std::string lower = lowered(sentence);
    if (has_word(lower, "not") || has_word(lower, "recommended") || has_word(lower, "if")) continue;
    const std::vector<IdBook::Mention> mentions = ids.mentions(sentence);
    if (mentions.empty() || mentions.size() > 2 || !mentions[0].known) continue;
    const auto at = static_cast<std::size_t>(mentions[0].text.data() - sentence.data());
    const std::size_t behind = at + mentions[0].text.size();
    const std::string lead(trim(std::string_view(lower).substr(0, at)));
    if (mentions.size() == 2 && mentions[1].known && mentions[0].id != mentions[1].id) {
      const auto second = static_cast<std::size_t>(mentions[1].text.data() - sentence.data());
      // Strict on purpose: "WO4 is clean before Batch Q WO3 begins" is about somebody else's WO3.
      const std::string between(trim(std::string_view(lower).substr(behind, second - behind)));
      if (between.size() > 60 || between.find_first_of(",(:") != std::string::npos) continue;
      if (between.ends_with("before")) found.push_back({mentions[0].id, mentions[1].id, mentions[0].text});
      if (between.ends_with("after")) found.push_back({mentions[1].id, mentions[0].id, mentions[1].text});
    } else if (mentions.size() == 1) {
      const std::string_view tail = trim(std::string_view(lower).substr(behind));
      std::string_view verb = lead;
      while (verb.starts_with('*')) verb.remove_prefix(1);
      const bool commands = verb == "commit" || verb == "land" || verb == "merge" || verb == "run" || verb == "apply" ||
                            verb == "complete" || verb == "finish" || verb == "dispatch" || verb == "do";
      if (commands && tail.starts_with("first")) found.push_back({mentions[0].id, {}, mentions[0].text});
    }
  }
  return found;
}

}  // namespace parsers
