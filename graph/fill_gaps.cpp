// Insertion into a schedule that stands, as the serial generation scheme does it (Kolisch, Serial and parallel
// resource-constrained project scheduling methods revisited, 1996): what the others take is a list of closed times per
// task, and the first gap between them that is long enough is taken.
#include <algorithm>
#include <utility>

#include "graph/by_key.h"
#include "graph/resume.h"

namespace graph {
namespace {

using Span = std::pair<Time, Time>;

/// What is in use of a pool, constant from each moment to the next.
class Usage {
 public:
  Usage(const Problem& problem, Index pool, const std::vector<Time>& start) {
    std::vector<Time> when, change;
    for (std::size_t t = 0; t < problem.tasks(); ++t) {
      for (const Use& use : problem.uses[t]) {
        if (use.pool == pool && start[t] >= 0) add(when, change, start[t], start[t] + problem.duration[t], use.units);
      }
    }
    for (const Index i : by_key(when)) changes_.emplace_back(when[i], change[i]);
  }
  void add(Time from, Time to, Time units) {
    for (const auto& change : {std::pair(from, units), std::pair(to, -units)})
      changes_.insert(std::upper_bound(changes_.begin(), changes_.end(), change), change);
  }
  /// Appends the times when more than `most` is in use.
  void closed(Time most, std::vector<Span>& times) const {
    Time used = 0, since = -1;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      used += changes_[i].second;
      if (i + 1 < changes_.size() && changes_[i + 1].first == changes_[i].first) continue;
      if (used > most && since < 0) since = changes_[i].first;
      if (used > most || since < 0) continue;
      times.emplace_back(since, changes_[i].first);
      since = -1;
    }
  }

 private:
  static void add(std::vector<Time>& when, std::vector<Time>& change, Time from, Time to, Time units) {
    when.push_back(from), change.push_back(units);
    when.push_back(to), change.push_back(-units);
  }
  std::vector<Span> changes_;  ///< (when, by how much), by time
};

}  // namespace

void fill_gaps(const Problem& problem, std::span<const Index> late, std::vector<Time>& start) {
  for (const Index t : late) start[t] = -1;
  std::vector<Index> pools;
  for (const Index t : late) {
    for (const Use& use : problem.uses[t]) pools.push_back(use.pool);
  }
  std::sort(pools.begin(), pools.end());
  pools.erase(std::unique(pools.begin(), pools.end()), pools.end());
  std::vector<Usage> usage;
  for (const Index pool : pools) usage.emplace_back(problem, pool, start);
  const auto usage_of = [&](Index pool) -> Usage& {
    return usage[static_cast<std::size_t>(std::lower_bound(pools.begin(), pools.end(), pool) - pools.begin())];
  };
  const auto end_of = [&](Index t) { return start[t] < 0 ? 0 : start[t] + problem.duration[t]; };
  std::vector<Span> closed;
  for (const Index t : late) {
    Time at = 0;
    for (const Index from : problem.before[t]) {
      if (from < problem.tasks()) {
        at = std::max(at, end_of(from));
      } else {
        for (const Index reader : problem.before[from]) at = std::max(at, end_of(reader));
      }
    }
    closed.clear();
    for (const Access& access : problem.accesses[t]) {
      for (const Member& member : problem.members[access.exclusion]) {
        if (!access.writes && !member.writes) break;  // writers come first
        if (start[member.task] >= 0) closed.emplace_back(start[member.task], end_of(member.task));
      }
    }
    for (const Use& use : problem.uses[t]) usage_of(use.pool).closed(problem.capacity[use.pool] - use.units, closed);
    std::sort(closed.begin(), closed.end());
    for (const auto& [from, to] : closed) {
      if (from >= at + problem.duration[t]) break;
      at = std::max(at, to);
    }
    start[t] = at;
    for (const Use& use : problem.uses[t]) usage_of(use.pool).add(at, end_of(t), use.units);
  }
}

}  // namespace graph
