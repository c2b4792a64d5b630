// Large neighbourhood search, Shaw (1998), as Godard, Laborie and Nuijten (2005) do it for schedules: tasks in a window
// of time, or on a few resources, are free, all others keep their order at every resource they share (not their times),
// and the learning search looks for anything shorter. The size of the neighbourhoods grows while they are exhausted
// quickly.
#include "graph/neighbourhood_search.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "graph/list_schedule.h"
#include "graph/search_model.h"

namespace graph {

NeighbourhoodSearch::NeighbourhoodSearch(const Problem& problem, const Neighbours& conflicts)
    : problem_(problem), conflicts_(conflicts), shared_(problem.members.size() + problem.capacity.size()) {
  for (Index t = 0; t < problem.tasks(); ++t) {
    for (const Access& access : problem.accesses[t]) shared_[access.exclusion].push_back(t);
    for (const Use& use : problem.uses[t]) shared_[problem.members.size() + use.pool].push_back(t);
  }
}

std::vector<char> NeighbourhoodSearch::choose(std::span<const Time> start, Time end) {
  const std::size_t size = problem_.tasks(), exclusions = problem_.members.size();
  std::vector<char> free(size, 0);
  const auto take = [&](Index t) {
    if (free[t] || problem_.started[t]) return std::size_t{0};
    free[t] = 1;
    return std::size_t{1};
  };
  std::size_t count = 0;
  if (exclusions > 1 && random_.below(3) == 0) {
    for (int tries = 0; count < size_ && tries < 20; ++tries) {
      for (const Index t : shared_[random_.below(exclusions)]) count += take(t);
    }
    return free;
  }
  // The tasks nearest to a moment.
  const Time moment = static_cast<Time>(random_.below(static_cast<std::uint64_t>(end) + 1));
  std::vector<Index> order(size);
  std::iota(order.begin(), order.end(), 0U);
  const auto distance = [&](Index t) {
    return std::max({start[t] - moment, moment - start[t] - problem_.duration[t], Time{0}});
  };
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return distance(a) < distance(b); });
  for (const Index t : order) {
    if (count >= size_) break;
    count += take(t);
  }
  return free;
}

/// The order of all pairs that share a resource and are not both free; what two others imply is left out.
std::vector<std::pair<Index, Index>> NeighbourhoodSearch::keep(std::span<const Time> start,
                                                               const std::vector<char>& free) const {
  std::vector<std::pair<Index, Index>> links;
  const auto end = [&](Index t) { return start[t] + problem_.duration[t]; };
  for (std::size_t r = 0; r < shared_.size(); ++r) {
    for (const Index after : shared_[r]) {
      if (problem_.started[after]) continue;
      Time latest = -1;
      for (const Index t : shared_[r]) {
        if (!free[t] && end(t) <= start[after]) latest = std::max(latest, start[t]);
      }
      for (const Index before : shared_[r]) {
        if (before == after || end(before) > start[after] || end(before) <= latest) continue;
        if (!free[before] || !free[after]) links.emplace_back(before, after);
      }
    }
  }
  return links;
}

std::vector<Time> NeighbourhoodSearch::run(std::vector<Time> start, std::int64_t rounds, Time enough, Budget& budget) {
  constexpr std::int64_t conflicts = 1000;
  constexpr std::size_t most_pairs = 2'000'000;
  std::size_t pairs = 0;
  for (const auto& users : shared_) pairs += users.size() * users.size();
  if (pairs > most_pairs) return start;
  Time value = makespan(problem_, start);
  for (; rounds > 0 && value > enough && !budget.spent(); --rounds) {
    const Problem inside = with_links(problem_, keep(start, choose(start, value)));
    budget.spend(inside.after.items.size() + 10 * problem_.tasks() + pairs / 8);
    SearchModel model(inside, conflicts_, start, value, budget);
    if (!model.require_end(value - 1)) continue;
    switch (model.finish_by(value - 1, conflicts)) {
      case SearchModel::Outcome::solution:
        start = left_shift(problem_, model.starts());
        value = makespan(problem_, start);
        break;
      case SearchModel::Outcome::impossible:
        size_ = std::min(size_ + size_ / 8 + 1, problem_.tasks());
        break;
      case SearchModel::Outcome::exhausted:
        size_ = std::max(size_ - size_ / 8, std::size_t{8});
        break;
    }
  }
  return start;
}

}  // namespace graph
