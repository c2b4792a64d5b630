#include "planner/landings.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace planner {
namespace {

constexpr std::ptrdiff_t none = -1;

class History {
 public:
  explicit History(const std::vector<PastCommit>& commits) : commits_(commits) {
    number_.reserve(commits.size());
    for (std::size_t i = 0; i < commits.size(); ++i) number_.emplace(commits[i].id, i);
    parents_.resize(commits.size());
    for (std::size_t i = 0; i < commits.size(); ++i)
      for (const ObjectId& parent : commits[i].parents)
        if (const auto known = number_.find(parent); known != number_.end())
          parents_[i].push_back(known->second);
        else
          parents_[i].push_back(npos);
    find_line();
    find_landed();
    find_seen();
  }

  Landings run() {
    Landings out;
    for (const std::size_t commit : line_) out.line.push_back(commits_[commit].id);
    for (std::size_t p = 1; p < line_.size(); ++p) {
      const std::size_t merge = line_[p];
      for (std::size_t i = 1; i < parents_[merge].size(); ++i) landing(p, parents_[merge][i], out);
    }
    return out;
  }

 private:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  void find_line() {
    for (std::size_t c = commits_.empty() ? npos : 0; c != npos; c = parents_[c].empty() ? npos : parents_[c][0])
      line_.push_back(c);
    std::reverse(line_.begin(), line_.end());
  }

  /// The position of the line at which each commit came in.
  void find_landed() {
    landed_.assign(commits_.size(), none);
    std::vector<std::size_t> open;
    for (std::size_t p = 0; p < line_.size(); ++p) {
      open.push_back(line_[p]);
      while (!open.empty()) {
        const std::size_t c = open.back();
        open.pop_back();
        if (landed_[c] != none) continue;
        landed_[c] = static_cast<std::ptrdiff_t>(p);
        for (const std::size_t parent : parents_[c])
          if (parent != npos && landed_[parent] == none) open.push_back(parent);
      }
    }
  }

  /// The newest position of the line that each commit contains.
  void find_seen() {
    seen_.assign(commits_.size(), none);
    for (std::size_t p = 0; p < line_.size(); ++p) seen_[line_[p]] = static_cast<std::ptrdiff_t>(p);
    for (std::size_t c = commits_.size(); c-- > 0;)
      for (const std::size_t parent : parents_[c])
        if (parent != npos) seen_[c] = std::max(seen_[c], seen_[parent]);
  }

  /// Commits outside of what a landing brought in, but parents of it; known ones only.
  struct Border {
    std::vector<std::size_t> commits;
    bool any = false;  // there is something between
  };
  Border border(std::size_t tip, std::ptrdiff_t position) const {
    Border out;
    if (tip == npos || landed_[tip] != position) return out;
    std::vector<std::size_t> open{tip};
    std::unordered_set<std::size_t> met{tip};
    while (!open.empty()) {
      const std::size_t c = open.back();
      open.pop_back();
      out.any = true;
      for (const std::size_t parent : parents_[c]) {
        if (parent == npos) continue;
        if (landed_[parent] != position)
          out.commits.push_back(parent);
        else if (met.insert(parent).second)
          open.push_back(parent);
      }
    }
    std::sort(out.commits.begin(), out.commits.end());
    out.commits.erase(std::unique(out.commits.begin(), out.commits.end()), out.commits.end());
    return out;
  }

  std::optional<BranchState> state_of(std::size_t tip, std::ptrdiff_t position) const {
    const Border around = border(tip, position);
    if (!around.any || around.commits.empty()) return std::nullopt;
    BranchState out;
    out.tip = commits_[tip].id;
    out.seen = seen_[tip];
    // Of what it stands on, whatever landed last contains the most; what the seen part of the line holds is no news.
    std::size_t base = npos;
    for (const std::size_t c : around.commits)
      if (base == npos || std::pair(landed_[c], base) > std::pair(landed_[base], c)) base = c;
    out.base = commits_[base].id;
    for (const std::size_t c : around.commits)
      if (landed_[c] > out.seen) out.on.push_back(static_cast<std::size_t>(landed_[c]));
    std::sort(out.on.begin(), out.on.end());
    out.on.erase(std::unique(out.on.begin(), out.on.end()), out.on.end());
    return out;
  }

  void landing(std::size_t p, std::size_t tip, Landings& out) const {
    const auto position = static_cast<std::ptrdiff_t>(p);
    auto last = state_of(tip, position);
    if (!last) return;
    Landing landing;
    landing.merge = commits_[line_[p]].id;
    landing.subject = commits_[line_[p]].subject;
    landing.time = commits_[line_[p]].time;
    landing.position = p;
    landing.left = last->seen;
    for (const std::size_t c : border(tip, position).commits) landing.left = std::min(landing.left, seen_[c]);
    const std::size_t number = out.list.size();
    std::vector<PastMerge> merges{{number, commits_[line_[p - 1]].id, commits_[tip].id, last->seen, position - 1}};
    landing.states.push_back(std::move(*last));
    // Back along the branch itself: before each merge that brought in more of the line it was another branch.
    for (std::size_t c = tip; c != npos && landed_[c] == position; c = parents_[c].empty() ? npos : parents_[c][0]) {
      for (std::size_t i = 1; i < parents_[c].size(); ++i) {
        const std::size_t ours = parents_[c][0], theirs = parents_[c][i];
        if (ours == npos || theirs == npos || landed_[ours] != position || landed_[theirs] == position) continue;
        if (seen_[theirs] <= seen_[ours]) continue;
        merges.push_back({number, commits_[ours].id, commits_[theirs].id, seen_[ours], seen_[theirs]});
        if (auto state = state_of(ours, position)) landing.states.push_back(std::move(*state));
      }
    }
    std::reverse(landing.states.begin(), landing.states.end());
    out.merges.insert(out.merges.end(), merges.rbegin(), merges.rend());
    out.list.push_back(std::move(landing));
  }

  const std::vector<PastCommit>& commits_;
  std::unordered_map<std::string_view, std::size_t> number_;
  std::vector<std::vector<std::size_t>> parents_;  // npos: history is cut off there
  std::vector<std::size_t> line_;
  std::vector<std::ptrdiff_t> landed_, seen_;
};

/// "Fix the cart (#42)": 42.
std::int64_t number_in(std::string_view subject) {
  const std::size_t open = subject.rfind("(#");
  if (open == std::string_view::npos || !subject.ends_with(')')) return 0;
  const std::string_view digits = subject.substr(open + 2, subject.size() - open - 3);
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return error == std::errc() && end == digits.data() + digits.size() ? out : 0;
}

constexpr std::int64_t in_one_go = 5;      // seconds between commits that landed together
constexpr std::int64_t worked_on = 3'600;  // seconds from writing to landing that are no accident

}  // namespace

Landings landed_commits_of(const std::vector<PastCommit>& commits) {
  Landings out;
  out.kind = Landings::Kind::commits;
  std::unordered_map<std::string_view, const PastCommit*> by_id;
  for (const PastCommit& commit : commits) by_id.emplace(commit.id, &commit);
  std::vector<const PastCommit*> line;
  for (const PastCommit* c = commits.empty() ? nullptr : &commits.front(); c != nullptr;) {
    line.push_back(c);
    const auto parent = c->parents.empty() ? by_id.end() : by_id.find(c->parents[0]);
    c = parent == by_id.end() ? nullptr : parent->second;
  }
  std::reverse(line.begin(), line.end());
  for (const PastCommit* commit : line) out.line.push_back(commit->id);
  for (std::size_t p = 1; p < line.size(); ++p) {
    const PastCommit& commit = *line[p];
    if (commit.parents.size() != 1) continue;
    const bool goes_on = !out.list.empty() && out.list.back().position == p - 1 &&
                         commit.time - out.list.back().time <= in_one_go && commit.time >= out.list.back().time;
    if (!goes_on) {
      out.list.push_back({});
      out.list.back().authored = commit.authored;
      out.list.back().left = static_cast<std::ptrdiff_t>(p) - 1;
      out.list.back().states.push_back({{}, line[p - 1]->id, static_cast<std::ptrdiff_t>(p) - 1, {}});
    }
    Landing& landing = out.list.back();
    landing.merge = commit.id;
    landing.subject = commit.subject;
    landing.time = commit.time;
    landing.authored = std::min(landing.authored, commit.authored);
    if (const std::int64_t number = number_in(commit.subject)) landing.number = number;
    landing.position = p;
    landing.states.back().tip = commit.id;
  }
  return out;
}

Landings landings_of(const std::vector<PastCommit>& commits) { return History(commits).run(); }

std::optional<InFlight> in_flight(const Landings& landings, std::size_t a, std::size_t b) {
  if (landings.list[b].position < landings.list[a].position) std::swap(a, b);
  if (landings.kind == Landings::Kind::commits) {
    const Landing &first = landings.list[a], &second = landings.list[b];
    const bool opened_first = first.number > 0 && second.number > 0 && second.number < first.number;
    const bool written_first = second.time - second.authored >= worked_on && second.authored < first.time;
    return opened_first || written_first ? std::optional(InFlight{a, b, 0}) : std::nullopt;
  }
  const auto landed = static_cast<std::ptrdiff_t>(landings.list[a].position);
  const std::vector<BranchState>& states = landings.list[b].states;
  for (std::size_t s = states.size(); s-- > 0;) {
    if (states[s].seen >= landed) continue;
    if (std::binary_search(states[s].on.begin(), states[s].on.end(), landings.list[a].position)) return std::nullopt;
    return InFlight{a, b, s};
  }
  return std::nullopt;
}

}  // namespace planner
