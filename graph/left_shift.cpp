// The serial schedule generation scheme of project scheduling (Kelley 1963; Kolisch 1996): place one task after the
// other at its earliest feasible time among those placed. Placed in order of given starts, nobody ends up later than
// there.
#include <algorithm>
#include <numeric>
#include <utility>

#include "graph/list_schedule.h"

namespace graph {
namespace {

struct Span {
  Time from, to;
};

/// Usage of a pool over time: constant from each step to the next.
class Profile {
 public:
  void add(Time from, Time to, Time units) {
    const std::size_t first = cut(from);
    const std::size_t last = cut(to);
    for (std::size_t i = first; i < last; ++i) steps_[i].second += units;
  }
  /// 0 if at most `most` is in use all through [from, to), else the first time after an excess in there.
  Time blocked_until(Time from, Time to, Time most) const {
    Time until = 0;
    for (std::size_t i = find(from); i < steps_.size() && steps_[i].first < to; ++i) {
      if (steps_[i].second > most) until = steps_[i + 1].first;
    }
    return until;
  }

 private:
  std::size_t find(Time at) const {
    const auto above = std::upper_bound(steps_.begin(), steps_.end(), at,
                                        [](Time time, const auto& step) { return time < step.first; });
    return static_cast<std::size_t>(above - steps_.begin()) - 1;
  }
  std::size_t cut(Time at) {
    const std::size_t i = find(at);
    if (steps_[i].first == at) return i;
    steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(i) + 1, {at, steps_[i].second});
    return i + 1;
  }
  std::vector<std::pair<Time, Time>> steps_{{0, 0}};
};

}  // namespace

std::vector<Time> left_shift(const Problem& problem, std::span<const Time> start) {
  std::vector<Index> order(problem.tasks());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](Index a, Index b) {
    if (problem.started[a] != problem.started[b]) return problem.started[a] > problem.started[b];
    return start[a] != start[b] ? start[a] < start[b] : a < b;
  });
  std::vector<std::vector<Span>> writing(problem.members.size()), reading(problem.members.size());
  std::vector<Profile> profile(problem.capacity.size());
  std::vector<Time> placed(problem.tasks(), 0), passed(problem.nodes() - problem.tasks(), -1);
  const auto end_of = [&](Index node) {
    if (node < problem.tasks()) return placed[node] + problem.duration[node];
    Time& time = passed[node - problem.tasks()];
    if (time >= 0) return time;
    time = 0;
    for (const Index reader : problem.before[node]) time = std::max(time, placed[reader] + problem.duration[reader]);
    return time;
  };
  const auto after = [](const std::vector<Span>& busy, Time from, Time to) {
    Time until = 0;
    for (const Span& span : busy) {
      if (span.from < to && span.to > from) until = std::max(until, span.to);
    }
    return until;
  };
  for (const Index t : order) {
    const Time length = problem.duration[t];
    Time at = 0;
    if (!problem.started[t]) {
      for (const Index node : problem.before[t]) at = std::max(at, end_of(node));
      while (true) {
        Time next = at;
        for (const Access& access : problem.accesses[t]) {
          next = std::max(next, after(writing[access.exclusion], at, at + length));
          if (access.writes) next = std::max(next, after(reading[access.exclusion], at, at + length));
        }
        for (const Use& use : problem.uses[t]) {
          next =
              std::max(next, profile[use.pool].blocked_until(at, at + length, problem.capacity[use.pool] - use.units));
        }
        if (next == at) break;
        at = next;
      }
    }
    placed[t] = at;
    for (const Access& access : problem.accesses[t]) {
      (access.writes ? writing : reading)[access.exclusion].push_back({at, at + length});
    }
    for (const Use& use : problem.uses[t]) profile[use.pool].add(at, at + length, use.units);
  }
  return placed;
}

}  // namespace graph
