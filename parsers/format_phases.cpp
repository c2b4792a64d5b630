#include "parsers/format_phases.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <unordered_set>

#include "parsers/markdown_document.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string number_behind(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '#')) ++at;
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return std::string(text.substr(at, end - at));
}

/// Words of a title that name it: "Foundational" of "Foundational (Blocking Prerequisites)".
std::string first_word(std::string_view title) {
  std::string word;
  for (const char c : title) {
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) break;
    word += c;
  }
  return word.size() < 4 ? std::string() : lowered(word);
}

class PhaseNames {
 public:
  explicit PhaseNames(const std::vector<TaskPhase>& phases) : phases_(phases) {}

  /// The phases that `text` names, in order; `open`: it names something else beside them ("a database").
  std::set<std::size_t> in(std::string_view text) const {
    const std::string lower = lowered(text);
    std::set<std::size_t> out;
    numbered(lower, "phase", out, [&](std::size_t p, const std::string& n) { return phases_[p].number == n; });
    for (const std::string_view word : {"user stories", "user story", "story", "us"})
      numbered(lower, word, out, [&](std::size_t p, const std::string& n) { return phases_[p].story == "US" + n; });
    const bool all = has_word(lower, "all") || has_word(lower, "every");
    if (all && (lower.find("stories") != std::string::npos || lower.find("user story") != std::string::npos))
      for (std::size_t p = 0; p < phases_.size(); ++p)
        if (!phases_[p].story.empty()) out.insert(p);
    if (out.empty() || lower.find("phase") == std::string::npos)
      for (std::size_t p = 0; p < phases_.size(); ++p) {
        const std::string word = phases_[p].story.empty() ? first_word(phases_[p].title) : std::string();
        // "Foundation" is what people call "Foundational".
        if (!word.empty() && (has_word(lower, word) || (word == "foundational" && has_word(lower, "foundation")) ||
                              (word == "foundation" && has_word(lower, "foundational"))))
          out.insert(p);
      }
    return out;
  }

  /// "all previous phases", "all phases": everything in front of `own`.
  static bool all_before(std::string_view text) {
    const std::string lower = lowered(text);
    return lower.find("previous phase") != std::string::npos || lower.find("all phases") != std::string::npos ||
           lower.find("all other phases") != std::string::npos || lower.find("all prior") != std::string::npos ||
           lower.find("everything") != std::string::npos;
  }

 private:
  template <class Match>
  void numbered(const std::string& lower, std::string_view word, std::set<std::size_t>& out, Match match) const {
    for (std::size_t at = lower.find(word); at != std::string::npos; at = lower.find(word, at + word.size())) {
      if (at > 0 && std::isalnum(static_cast<unsigned char>(lower[at - 1])) != 0) continue;
      std::size_t i = at + word.size();
      if (lower.substr(i).starts_with("s ")) ++i;
      // "US1, US2 and US3", "phases 3-5", "phase 3+".
      for (;;) {
        const std::string first = number_behind(lower, i);
        if (first.empty()) break;
        i = lower.find(first, i) + first.size();
        std::string last = first;
        bool open_end = false;
        if (i < lower.size() && lower[i] == '+') open_end = true, ++i;
        if (lower.substr(i).starts_with("-") || lower.substr(i).starts_with("\xE2\x80\x93")) {
          std::size_t j = i + (lower[i] == '-' ? 1 : 3);
          if (lower.substr(j).starts_with(word)) j += word.size();
          const std::string high = number_behind(lower, j);
          if (!high.empty() && (j >= lower.size() || lower[j] != ' '))
            last = high, i = lower.find(high, j) + high.size();
        }
        for (std::size_t p = 0; p < phases_.size(); ++p) {
          const auto value = [](const std::string& n) { return n.size() > 6 ? 1000000 : std::atoi(n.c_str()); };
          for (int n = value(first); n <= (open_end ? value(first) : std::min(value(last), value(first) + 200)); ++n)
            if (match(p, std::to_string(n))) out.insert(p);
          if (open_end && word == "phase" && !phases_[p].number.empty() && !phases_[p].story.empty() &&
              value(phases_[p].number) >= value(first))
            out.insert(p);
        }
        std::size_t next = i;
        while (next < lower.size() && std::string_view(" ,&/").find(lower[next]) != std::string_view::npos) ++next;
        if (lower.substr(next).starts_with("and ")) next += 4;
        if (lower.substr(next).starts_with(word)) next += word.size();
        if (next == i || next >= lower.size() || !(is_digit(lower[next]) || lower[next] == ' ')) break;
        i = next;
      }
    }
  }

  const std::vector<TaskPhase>& phases_;
};

std::size_t find_any(const std::string& text, std::initializer_list<std::string_view> phrases, std::size_t& length) {
  std::size_t best = std::string::npos;
  for (const std::string_view phrase : phrases)
    if (const std::size_t at = text.find(phrase); at < best) best = at, length = phrase.size();
  return best;
}

void add_wait(TaskPhase& phase, std::size_t on, Location where) {
  if (!phase.stated) phase.stated_where = where;
  phase.stated = true;
  if (std::find(phase.after.begin(), phase.after.end(), on) == phase.after.end()) phase.after.push_back(on);
}

/// "Setup (Phase 1) -> Foundational (Phase 2) -> US1".
bool read_arrows(std::string_view sentence, Location where, const PhaseNames& names, std::vector<TaskPhase>& phases) {
  std::vector<std::set<std::size_t>> steps;
  for (std::string_view rest = sentence;;) {
    const std::size_t thin = rest.find("->"), arrow = rest.find("\xE2\x86\x92");
    const std::size_t at = std::min(thin, arrow);
    steps.push_back(names.in(rest.substr(0, at)));
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at + (at == thin ? 2 : 3));
  }
  bool understood = false;
  for (std::size_t i = 1; i < steps.size(); ++i)
    for (const std::size_t later : steps[i])
      for (const std::size_t earlier : steps[i - 1])
        if (earlier != later) add_wait(phases[later], earlier, where), understood = true;
  return understood;
}

const std::vector<std::size_t>* first_run(const TaskPhase& phase) {
  return phase.runs.empty() ? nullptr : &phase.runs.front();
}

void wait_for(std::vector<WorkOrder>& tasks, const std::vector<std::size_t>& earlier,
              const std::vector<std::size_t>& later, Location where) {
  constexpr std::size_t most_pairs = 64 * 64;
  const auto add = [&](std::size_t task, std::size_t on) {
    const std::string& id = tasks[on].id;
    std::vector<Dependency>& list = tasks[task].depends_on;
    if (list.size() < 128 && std::any_of(list.begin(), list.end(), [&](const Dependency& d) { return d.target == id; }))
      return;
    list.push_back({Dependency::Kind::order, id, where.line == 0 ? tasks[task].where : where, Sure::stated});
  };
  if (earlier.size() * later.size() <= most_pairs) {
    for (const std::size_t task : later)
      for (const std::size_t on : earlier) add(task, on);
    return;
  }
  const std::size_t last = earlier.back();
  for (const std::size_t on : earlier)
    if (on != last) add(last, on);
  for (const std::size_t task : later) add(task, last);
}

}  // namespace

bool read_phase_sentence(std::string_view sentence, Location where, std::size_t own, std::vector<TaskPhase>& phases) {
  const PhaseNames names(phases);
  if (sentence.find("\xE2\x86\x92") != std::string_view::npos || sentence.find("->") != std::string_view::npos)
    return read_arrows(sentence, where, names, phases);
  const std::string lower = lowered(sentence);
  std::size_t length = 0;
  std::size_t verb = find_any(lower,
                              {"depends on", "depend on", "can start after", "start after", "starts after", "requires",
                               "require ", "must wait for", "waits for", "blocked by", "after completing"},
                              length);
  std::size_t denial_length = 0;
  const std::size_t denial =
      find_any(lower, {"no dependencies", "no dependency", "can start immediately", "independent of"}, denial_length);
  const std::size_t colon = lower.find(':');
  std::size_t subject_end = std::min({verb, denial, sentence.size()});
  if (colon < subject_end) subject_end = colon;
  std::set<std::size_t> subjects = names.in(sentence.substr(0, subject_end));
  if (subjects.empty() && own < phases.size()) {
    const std::string_view head = trim(sentence.substr(0, subject_end));
    const bool label =
        colon != std::string::npos || head.empty() || head.find_first_not_of("*_ ") == std::string_view::npos;
    if (label || verb == 0) subjects.insert(own);
  }
  if (subjects.empty()) return false;
  if (verb == std::string::npos || denial < verb) {
    // "User Story 1: No dependencies": the text says that nothing holds it. A later part may speak of others only.
    if (denial == std::string::npos) return false;
    for (const std::size_t s : subjects) {
      if (!phases[s].stated) phases[s].stated_where = where;
      phases[s].stated = true;
    }
    return true;
  }
  std::string_view objects = sentence.substr(verb + length);
  // "- BLOCKS all user stories", "; may integrate with US1" say something else.
  std::size_t stop_length = 0;
  const std::size_t stop =
      find_any(lower, {" blocks ", "blocks all", "; ", " may ", "no dependencies", " but "}, stop_length);
  if (stop != std::string::npos && stop > verb + length) objects = sentence.substr(verb + length, stop - verb - length);
  std::set<std::size_t> found = names.in(objects);
  const bool all = PhaseNames::all_before(objects);
  bool understood = false;
  for (const std::size_t s : subjects) {
    std::set<std::size_t> after = found;
    if (all)
      for (std::size_t p = 0; p < s; ++p) after.insert(p);
    after.erase(s);
    if (after.empty()) continue;
    understood = true;
    for (const std::size_t p : after) add_wait(phases[s], p, where);
  }
  return understood;
}

void add_phase_dependencies(const std::vector<TaskPhase>& phases, std::vector<WorkOrder>& tasks) {
  for (const TaskPhase& phase : phases)
    for (std::size_t r = 1; r < phase.runs.size(); ++r) wait_for(tasks, phase.runs[r - 1], phase.runs[r], {});

  // What each phase waits for, through phases without tasks, and without what others wait for already.
  const std::size_t count = phases.size();
  std::vector<std::set<std::size_t>> waits(count);
  for (std::size_t p = 0; p < count; ++p) {
    if (phases[p].stated)
      waits[p].insert(phases[p].after.begin(), phases[p].after.end());
    else if (p > 0)
      waits[p].insert(p - 1);
  }
  constexpr std::size_t many = 512;  // phases; no task list has as many, and the reduction below is quadratic
  const auto reaches = [&](std::size_t from, std::size_t to) {
    std::vector<std::size_t> stack{from};
    std::set<std::size_t> seen{from};
    while (!stack.empty()) {
      const std::size_t at = stack.back();
      stack.pop_back();
      for (const std::size_t next : waits[at]) {
        if (next == to) return true;
        if (seen.insert(next).second) stack.push_back(next);
      }
    }
    return false;
  };
  for (std::size_t p = 0; p < count; ++p) {
    const std::vector<std::size_t>* later = first_run(phases[p]);
    if (later == nullptr) continue;
    std::set<std::size_t> direct = waits[p];
    // A phase of headings alone hands on what it waits for itself.
    std::set<std::size_t> seen;
    for (bool again = true; again;) {
      again = false;
      for (const std::size_t a : std::vector<std::size_t>(direct.begin(), direct.end()))
        if (phases[a].runs.empty()) {
          direct.erase(a);
          if (seen.insert(a).second) direct.insert(waits[a].begin(), waits[a].end());
          again = true;
        }
    }
    direct.erase(p);
    if (count <= many)
      for (const std::size_t a : std::vector<std::size_t>(direct.begin(), direct.end()))
        if (std::any_of(direct.begin(), direct.end(),
                        [&](std::size_t b) { return b != a && reaches(b, a) && !reaches(a, b); }))
          direct.erase(a);
    for (const std::size_t a : direct)
      wait_for(tasks, phases[a].runs.back(), *later, phases[p].stated ? phases[p].stated_where : phases[p].where);
  }
}

}  // namespace parsers
