#include "planner/backtest.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <set>

#include "planner/backtest_suggestions.h"
#include "planner/compare_rules.h"
#include "planner/landings.h"
#include "planner/past_pairs.h"
#include "planner/plan.h"

namespace planner {
namespace {

/// At most `most` of them, evenly spread, in their order.
template <class T>
std::vector<T> even_sample(const std::vector<T>& all, std::size_t most) {
  if (all.size() <= most) return all;
  std::vector<T> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(all[i * all.size() / most]);
  return out;
}

/// Of the line, by which it is decided how work lands.
constexpr std::size_t recent_commits = 1'000;

/// Something says when it was begun.
bool tells_when(const Landing& landing) { return landing.number > 0 || landing.time - landing.authored >= 3'600; }

/// A landing that is replayed, with its states as they come.
struct Branch {
  std::size_t landing = 0;  // position in Landings::list
  std::vector<std::unique_ptr<PastState>> states;
  const PastState& landed() const { return *states.back(); }
};

class Replaying {
 public:
  Replaying(Repository& repository, Past& past, const std::vector<std::string>& series, const Progress& progress)
      : repository_(repository), past_(past), series_(series), progress_(progress), met_(repository) {
    for (const Granularity g : all_granularities) of(g).granularity = g;
  }

  Result<Backtest> run(const Target& target, const BacktestWindow& window) {
    out_.target = target.name;
    out_.head = target.tip;
    out_.window = window;
    say("reading the history");
    const auto commits = past_.commits(target.tip, most_past_commits);
    if (!commits) return tl::make_unexpected(commits.error());
    if (auto done = choose(*commits); !done) return tl::make_unexpected(done.error());
    find_pairs();
    find_windows();
    if (landings_.kind == Landings::Kind::merges) {
      say(fmt::format("merging {} pairs of branches", pairs_.size()));
      std::vector<StatePair> pairs;
      for (const Pair& pair : pairs_) pairs.push_back(states_of(pair));
      if (auto done = met_.merge(std::move(pairs)); !done) return tl::make_unexpected(done.error());
      if (auto done = merge_again(); !done) return tl::make_unexpected(done.error());
    }
    if (auto done = read(); !done) return tl::make_unexpected(done.error());
    judge_pairs();
    judge_merges();
    plan_windows();
    if (auto done = find_series(); !done) return tl::make_unexpected(done.error());
    return std::move(out_);
  }

 private:
  /// Two branches in flight at once; `a` landed first, `state` is what `b` was then.
  struct Pair {
    std::size_t a = 0, b = 0;
    std::size_t state = 0;
  };

  void say(std::string_view what) const {
    if (progress_) progress_(what);
  }
  Foresight& of(Granularity g) { return out_.foresight[static_cast<std::size_t>(g)]; }
  const Landing& landing(std::size_t branch) const { return landings_.list[branches_[branch].landing]; }
  std::ptrdiff_t position(std::size_t branch) const { return static_cast<std::ptrdiff_t>(landing(branch).position); }
  StatePair states_of(const Pair& pair) const {
    return {&branches_[pair.a].landed(), branches_[pair.b].states[pair.state].get()};
  }

  /// How work lands here: by merges, unless among what landed lately hardly any are.
  void find_landings(const std::vector<PastCommit>& commits) {
    landings_ = landings_of(commits);
    out_.commits = landings_.line.size();
    Landings others = landed_commits_of(commits);
    const std::size_t recent = landings_.line.size() - std::min(landings_.line.size(), recent_commits);
    const auto lately = [recent](const Landings& landings, bool told) {
      return static_cast<std::size_t>(std::count_if(landings.list.begin(), landings.list.end(), [&](const Landing& l) {
        return l.position >= recent && (!told || tells_when(l));
      }));
    };
    if (lately(landings_, false) * 4 < lately(others, true)) {
      std::erase_if(others.list, [](const Landing& l) { return !tells_when(l); });
      landings_ = std::move(others);
    }
    out_.by_commits = landings_.kind == Landings::Kind::commits;
    out_.landings = landings_.list.size();
  }

  Result<void> choose(const std::vector<PastCommit>& commits) {
    find_landings(commits);
    std::set<ObjectId> later;
    if (out_.window.after) {
      const auto after = repository_.commits(*out_.window.after, out_.head);
      if (!after) return tl::make_unexpected(after.error());
      for (const Commit& commit : *after) later.insert(commit.id);
    }
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < landings_.list.size(); ++i) {
      const Landing& landing = landings_.list[i];
      if (out_.window.not_before && landing.time < *out_.window.not_before) continue;
      if (out_.window.after && !later.contains(landing.merge)) continue;
      chosen.push_back(i);
    }
    out_.in_window = chosen.size();
    if (chosen.size() > most_landings)
      chosen.erase(chosen.begin(), chosen.end() - static_cast<std::ptrdiff_t>(most_landings));
    return read_changes(chosen);
  }

  Result<void> read_changes(const std::vector<std::size_t>& chosen) {
    say("reading what the branches changed");
    std::vector<std::pair<ObjectId, ObjectId>> ranges;
    for (const std::size_t i : chosen)
      for (const BranchState& state : landings_.list[i].states) ranges.emplace_back(state.base, state.tip);
    const auto changes = past_.changes(ranges);
    if (!changes) return tl::make_unexpected(changes.error());
    std::size_t next = 0;
    for (const std::size_t i : chosen) {
      const std::vector<BranchState>& states = landings_.list[i].states;
      const std::size_t first = next;
      next += states.size();
      const std::size_t files = (*changes)[next - 1].size();
      if (files == 0 || files > most_past_files) {
        ++out_.left_out;
        continue;
      }
      Branch branch{i, {}};
      for (std::size_t s = 0; s < states.size(); ++s) {
        auto state = std::make_unique<PastState>();
        state->seen = states[s].seen;
        state->work = {states[s].tip.substr(0, 10), states[s].base, states[s].tip, {}};
        const std::vector<Change>& changed = (*changes)[first + s];
        if (changed.size() <= most_past_files) state->work.edits = file_edits(changed);
        state->paths = touched_paths(state->work);
        branch.states.push_back(std::move(state));
      }
      branches_.push_back(std::move(branch));
    }
    out_.branches = branches_.size();
    if (branches_.empty()) return {};
    out_.first = landing(0).time;
    out_.last = landing(branches_.size() - 1).time;
    return {};
  }

  std::optional<Pair> in_flight_at_once(std::size_t x, std::size_t y) const {
    const auto met = in_flight(landings_, branches_[x].landing, branches_[y].landing);
    if (!met) return std::nullopt;
    return met->first == branches_[x].landing ? Pair{x, y, met->state} : Pair{y, x, met->state};
  }

  /// Was `y` under way when `x` landed?
  bool in_flight_when_landed(std::size_t x, std::size_t y) const {
    if (landings_.kind == Landings::Kind::merges) return landing(y).left < position(x);
    return in_flight(landings_, branches_[x].landing, branches_[y].landing).has_value();
  }

  void find_pairs() {
    std::vector<Pair> overlapping;
    for (std::size_t x = 0; x < branches_.size(); ++x)
      for (std::size_t y = x + 1; y < branches_.size(); ++y)
        if (const auto pair = in_flight_at_once(x, y)) {
          ++out_.in_flight;
          const auto [a, b] = states_of(*pair);
          if (!common_paths(*a, *b).empty()) overlapping.push_back(*pair);
        }
    out_.overlapping = overlapping.size();
    pairs_ = even_sample(overlapping, most_pairs);
    out_.examined = pairs_.size();
  }

  /// Who was in flight when a branch landed; of too many those that landed next.
  void find_windows() {
    std::vector<std::vector<std::size_t>> all;
    for (std::size_t x = 0; x < branches_.size(); ++x) {
      std::vector<std::size_t> members;
      for (std::size_t y = x; y < branches_.size() && members.size() < most_window_orders; ++y)
        if (y == x || in_flight_when_landed(x, y)) members.push_back(y);
      if (members.size() > 1) all.push_back(std::move(members));
    }
    windows_ = even_sample(all, most_windows);
  }

  /// What people merged: the landings, and the branches that took in the target.
  Result<void> merge_again() {
    std::map<std::size_t, std::size_t> branch_of;
    for (std::size_t x = 0; x < branches_.size(); ++x) branch_of[branches_[x].landing] = x;
    std::vector<std::pair<ObjectId, ObjectId>> asked;
    for (const PastMerge& merge : landings_.merges)
      if (const auto branch = branch_of.find(merge.landing); branch != branch_of.end()) {
        made_.push_back({&merge, branch->second, {}});
        asked.emplace_back(merge.ours, merge.theirs);
      }
    auto merged = repository_.merges(asked);
    if (!merged) return tl::make_unexpected(merged.error());
    for (std::size_t i = 0; i < made_.size(); ++i) {
      if ((*merged)[i].state == Merge::State::unproven) continue;
      ++out_.made;
      if ((*merged)[i].state != Merge::State::conflicted) continue;
      ++out_.conflicted;
      find_culprits(made_[i], (*merged)[i].paths());
    }
    return {};
  }

  struct MadeMerge {
    const PastMerge* merge = nullptr;
    std::size_t branch = 0;
    std::vector<StatePair> between;  // branches that wrote what it conflicts in, and its own branch as it was
  };

  void find_culprits(MadeMerge& made, const std::vector<std::string>& paths) {
    const std::set<std::string_view> in_conflict(paths.begin(), paths.end());
    const PastState* own = &branches_[made.branch].landed();
    for (const auto& state : branches_[made.branch].states)
      if (state->work.tip == made.merge->ours) own = state.get();
    for (std::size_t x = 0; x < branches_.size(); ++x) {
      if (x == made.branch || position(x) <= made.merge->from || position(x) > made.merge->to) continue;
      const PastState& other = branches_[x].landed();
      if (std::any_of(other.paths.begin(), other.paths.end(), [&](auto path) { return in_conflict.contains(path); }))
        made.between.emplace_back(&other, own);
    }
  }

  std::vector<const PastState*> members(const std::vector<std::size_t>& window) const {
    std::vector<const PastState*> out;
    for (const std::size_t x : window) out.push_back(&branches_[x].landed());
    return out;
  }

  Result<void> read() {
    std::vector<std::vector<const PastState*>> groups;
    for (const Pair& pair : pairs_) groups.push_back({states_of(pair).first, states_of(pair).second});
    for (const MadeMerge& made : made_)
      for (const auto& [a, b] : made.between) groups.push_back({a, b});
    for (const auto& window : windows_) groups.push_back(members(window));
    say("reading the files that met");
    return met_.read(groups);
  }

  void judge_pairs() {
    std::map<std::string, Collision, std::less<>> files;
    const auto file = [&](std::string_view path) -> Collision& {
      const auto found = files.find(path);
      if (found != files.end()) return found->second;
      return files.emplace(path, Collision{std::string(path), 0, 0, 0, 0, {}}).first->second;
    };
    std::set<std::size_t> collided;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if (i % 200 == 0) say(fmt::format("holding {} of {} pairs against their plans", i, pairs_.size()));
      const auto [a, b] = states_of(pairs_[i]);
      PastPairs::Collided found;
      if (landings_.kind == Landings::Kind::merges)
        found = met_.collided(i);
      else
        found.paths = met_.would_collide(*a, *b);
      if (found.drift) ++out_.drift;
      const PastPairs::Alarms alarms = met_.alarms(*a, *b);
      for (const Granularity g : all_granularities)
        if (!alarms[static_cast<std::size_t>(g)].empty()) {
          ++of(g).alarms;
          if (!found.paths.empty()) ++of(g).foreseen;
        }
      for (const std::string_view path : common_paths(*a, *b)) ++file(path).shared;
      if (found.paths.empty()) continue;
      ++out_.conflicting;
      collided.insert(pairs_[i].a);
      collided.insert(pairs_[i].b);
      for (const std::string& path : found.paths) {
        Collision& at = file(path);
        if (at.pairs++ == 0) at.example = {landing(pairs_[i].a).merge, landing(pairs_[i].b).merge};
        if (met_.only_insertions({a, b}, path)) ++at.insertions;
      }
    }
    out_.collided = collided.size();
    for (const Branch& branch : branches_)
      for (const std::string_view path : branch.landed().paths)
        if (const auto found = files.find(path); found != files.end()) ++found->second.writers;
    for (auto& [path, found] : files) out_.collisions.push_back(std::move(found));
    std::stable_sort(out_.collisions.begin(), out_.collisions.end(),
                     [](const Collision& x, const Collision& y) { return x.pairs > y.pairs; });
    std::erase_if(out_.collisions, [](const Collision& c) { return c.pairs == 0; });
  }

  void judge_merges() {
    for (const MadeMerge& made : made_) {
      if (made.between.empty()) continue;
      ++out_.between_branches;
      std::set<Granularity> foreseen;
      for (const auto& [a, b] : made.between) {
        const PastPairs::Alarms alarms = met_.alarms(*a, *b);
        for (const Granularity g : all_granularities)
          if (!alarms[static_cast<std::size_t>(g)].empty()) foreseen.insert(g);
      }
      for (const Granularity g : foreseen) ++of(g).merges;
    }
  }

  void plan_windows() {
    say(fmt::format("planning {} moments", windows_.size()));
    PlanOptions options;
    options.level = EffortLevel::fast;
    options.effort = graph::Effort{steps_of(EffortLevel::fast)};
    for (const std::vector<std::size_t>& window : windows_) {
      const std::vector<const PastState*> states = members(window);
      const Writers writers = writers_of(states);
      PlannedWindow planned{landing(window.front()).merge, window.size(), {}};
      for (const Granularity g : all_granularities)
        planned.steps[static_cast<std::size_t>(g)] =
            make_plan(met_.orders_of(states, writers, g), {}, options)->makespan;
      out_.windows.push_back(planned);
    }
  }

  Result<void> find_series() {
    std::optional<Error> failed;
    std::map<ObjectId, Tree> trees;
    std::map<std::string, SeriesCollision> found;
    for (std::size_t x = 0; x < branches_.size(); ++x)
      for (std::size_t y = x + 1; y < branches_.size(); ++y) {
        const auto pair = in_flight_at_once(x, y);
        if (!pair) continue;
        const auto [a, b] = states_of(*pair);
        const TreeBefore before = [&trees, &failed, this, base = b->work.base]() -> const Tree& {
          const auto known = trees.find(base);
          if (known != trees.end()) return known->second;
          auto tree = repository_.tree(base);
          if (!tree) failed = tree.error();
          return trees.emplace(base, tree ? std::move(*tree) : Tree()).first->second;
        };
        for (const Finding& finding : compare_sequences(a->work, b->work, before, series_)) {
          const std::string &mine = finding.where.file, &yours = finding.related.front().where.file;
          const std::string series = series_of(mine, yours);
          SeriesCollision& at = found.try_emplace(series, SeriesCollision{series, {}, 0}).first->second;
          ++at.pairs;
          at.paths = {mine, yours};
        }
      }
    if (failed) return tl::make_unexpected(*failed);
    for (auto& [series, collision] : found) out_.series.push_back(std::move(collision));
    std::stable_sort(out_.series.begin(), out_.series.end(),
                     [](const auto& x, const auto& y) { return x.pairs > y.pairs; });
    out_.suggestions = suggestions_for(out_.collisions, out_.series);
    return {};
  }

  Repository& repository_;
  Past& past_;
  const std::vector<std::string>& series_;
  const Progress& progress_;
  PastPairs met_;
  Landings landings_;
  std::vector<Branch> branches_;  // that are replayed, as they landed
  std::vector<Pair> pairs_;
  std::vector<std::vector<std::size_t>> windows_;  // branches
  std::vector<MadeMerge> made_;
  Backtest out_;
};

}  // namespace

Result<Backtest> backtest(Repository& repository, Past& past, const Target& target, const BacktestWindow& window,
                          const std::vector<std::string>& series, const Progress& progress) {
  return Replaying(repository, past, series, progress).run(target, window);
}

}  // namespace planner
