#include "parsers/markdown_dependencies.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "parsers/markdown_document.h"
#include "parsers/markdown_turns.h"
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

/// Lower case, a line break as a blank: sentences are wrapped anywhere.
std::string flat(std::string_view text) {
  std::string out = lowered(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

/// Whether nothing but "and", commas and quotes stands between two names.
bool only_joins(std::string_view lower) {
  std::string_view text = trim(lower);
  while (!text.empty()) {
    const std::size_t before = text.size();
    for (const std::string_view joint :
         {"and", "or", "nor", "as well as", ",", "&", "+", "/", "`", "*", "[", "]", "\"", "<br>", "<br/>"})
      if (text.starts_with(joint)) text = trim(text.substr(joint.size()));
    if (text.size() == before) return false;
  }
  return true;
}

/// One sentence of a dependency's value.
class SentenceReader {
 public:
  SentenceReader(std::string_view sentence, const IdBook& ids, DependencyList& list)
      : x_text(sentence), x_lower(flat(sentence)), x_ids(ids), x_list(list), x_known(list.found.size()) {}

  /// `before`: what the label says.
  void read(bool before) {
    read_prefixed(x_text, x_list.found);
    std::vector<IdBook::Mention> names = x_ids.mentions(x_text);
    std::erase_if(names, [&](const IdBook::Mention& m) {
      return within_prefixed(m.text) || (!m.certain && !stands_as_order(x_text, m));
    });
    bool denied = false;
    bool none = false;  // "none of A, B"
    std::size_t from = 0;
    for (std::size_t i = 0; i < names.size();) {
      std::size_t last = i;  // names [i, last] stand together
      while (last + 1 < names.size() && joined(names[last], names[last + 1])) ++last;
      const std::string_view front = lower(from, at(names[i]));
      const std::string_view behind =
          lower(end(names[last]), last + 1 < names.size() ? at(names[last + 1]) : x_text.size());
      const Turn in_front = turn_in_front(front);
      const Turn turn = both(in_front, turn_behind(behind));
      if (turn != Turn::unsaid && turn != Turn::unclear) denied = false;
      denied = denied || denies_dependency(front) || denies_dependency(behind.substr(0, behind.find_first_of(",;(")));
      none = none || has_word(front, "none of") || has_word(front, "neither");
      if (in_front == Turn::this_first || in_front == Turn::other_first) before = in_front == Turn::this_first;
      const std::string_view place = x_text.substr(at(names[i]), end(names[last]) - at(names[i]));
      if (denied)
        x_list.unread.push_back(place);
      else if (none || ends_in_negation(front))
        doubt(place, fmt::format("\"{}\" stands behind a negation and was left unread", place),
              "name only what has to come first");
      else if (turn == Turn::unclear)
        doubt(place, fmt::format("it is not clear which goes first, {} or this one; left unread", names[i].id),
              fmt::format("write \"after {0}\" or \"before {0}\"", names[i].id));
      else
        take(names, i, last, turn == Turn::unsaid ? before : turn == Turn::this_first);
      from = end(names[last]);
      i = last + 1;
    }
    read_rest(!names.empty());
  }

 private:
  std::size_t at(const IdBook::Mention& m) const { return static_cast<std::size_t>(m.text.data() - x_text.data()); }
  std::size_t end(const IdBook::Mention& m) const { return at(m) + m.text.size(); }
  std::string_view lower(std::size_t from, std::size_t to) const {
    return std::string_view(x_lower).substr(from, to - from);
  }

  bool within_prefixed(std::string_view place) const {
    return std::any_of(x_list.found.begin() + static_cast<std::ptrdiff_t>(x_known), x_list.found.end(),
                       [&](const DependencyMention& found) {
                         return found.kind != Dependency::Kind::order && found.place.data() <= place.data() &&
                                place.data() < found.place.data() + found.place.size();
                       });
  }

  bool joined(const IdBook::Mention& a, const IdBook::Mention& b) const {
    const std::string_view middle = lower(end(a), at(b));
    return only_joins(middle) || !names_between(a.id, middle, b.id).empty();
  }

  void take(const std::vector<IdBook::Mention>& names, std::size_t first, std::size_t last, bool before) {
    for (std::size_t i = first; i <= last; ++i) {
      x_list.found.push_back({names[i].text, names[i].id, Dependency::Kind::order, before});
      if (i == last) break;
      std::string unknown;
      for (const std::string& name :
           names_between(names[i].id, lower(end(names[i]), at(names[i + 1])), names[i + 1].id)) {
        if (const std::string* id = x_ids.find(name))
          x_list.found.push_back({names[i].text, *id, Dependency::Kind::order, before});
        else
          unknown += (unknown.empty() ? "" : ", ") + name;
      }
      if (!unknown.empty())
        doubt(names[i].text, fmt::format("the range goes over orders that are not in this document: {}", unknown),
              "name every order");
    }
    const std::string_view rest = trim(x_text.substr(end(names[last])));
    for (const std::string_view word : {"..", "–", "—", "to ", "through "})
      if (rest.starts_with(word) && rest.size() > word.size() &&
          std::isdigit(static_cast<unsigned char>(rest[word.size()])))
        doubt(names[last].text,
              fmt::format("a range that ends in a bare number was left unread behind {}", names[last].id),
              "name every order");
  }

  /// What stands beside the names: remarks, or something else to wait for.
  void read_rest(bool named) {
    if (x_list.found.size() == x_known) {
      if (named) return;  // said above
      x_list.unread.push_back(x_text);
      x_list.lost = x_list.lost || !denies_dependency(x_lower);
      return;
    }
    std::vector<const char*> places;
    for (std::size_t i = x_known; i < x_list.found.size(); ++i) places.push_back(x_list.found[i].place.data());
    std::sort(places.begin(), places.end());
    std::size_t from = 0;
    for (std::size_t i = 0; i <= x_text.size(); ++i) {
      if (i < x_text.size() && std::string_view(",()").find(x_text[i]) == std::string_view::npos) continue;
      const std::string_view clause = trim(x_text.substr(from, i - from));
      const auto place = std::lower_bound(places.begin(), places.end(), clause.data());
      const bool names = place != places.end() && *place < clause.data() + clause.size();
      if (!clause.empty() && !names) read_clause(clause, from > 0 && x_text[from - 1] == '(');
      from = i + 1;
    }
  }

  void read_clause(std::string_view clause, bool bracket) {
    if (waits_for_something(flat(clause)))
      doubt(clause, fmt::format("left unread among the dependencies: \"{}\"", clause),
            "write commit:ID, path:FILE or external:NAME for what is no order");
    else if (bracket && clause.size() > 2)
      x_list.unread.push_back(clause);
  }

  void doubt(std::string_view place, std::string message, std::string remedy) {
    x_list.unread.push_back(place);
    x_list.doubts.push_back({place, std::move(message), std::move(remedy)});
  }

  std::string_view x_text;
  std::string x_lower;
  const IdBook& x_ids;
  DependencyList& x_list;
  std::size_t x_known;
};

}  // namespace

DependencyList read_dependencies(std::string_view value, const IdBook& ids, bool before) {
  DependencyList list;
  std::string_view text = trim(value);
  if (lowered(text.substr(0, 4)) == "or: ") text = trim(text.substr(4));
  if (const auto exception = exception_of_none(text)) text = trim(*exception);
  for (const std::string_view sentence : sentences(text)) {
    if (says_none(sentence)) {
      list.none = list.found.empty();
      list.unread.push_back(sentence);
      continue;
    }
    SentenceReader(sentence, ids, list).read(before);
  }
  std::stable_sort(list.found.begin(), list.found.end(),
                   [](const auto& a, const auto& b) { return a.place.data() < b.place.data(); });
  list.lost = list.lost && list.found.empty() && !list.none && list.doubts.empty();
  return list;
}

std::vector<Sequence> read_sequences(std::string_view prose, const IdBook& ids) {
  std::vector<Sequence> found;
  const std::string all = flat(prose);
  if (!has_word(all, "before") && !has_word(all, "after") && !has_word(all, "first")) return found;
  for (const std::string_view sentence : sentences(prose)) {
    const std::string lower = flat(sentence);
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
