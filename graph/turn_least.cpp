// Fewest pairs turned: the learning search on the part (see search_model.h) with one more integer, how many of the
// pairs do not stand as before. It asks for fewer and fewer until that is impossible. The count is a sum of truth
// values with the usual explanations for such sums (Sinz, Towards an optimal CNF encoding of Boolean cardinality
// constraints, 2005, does the same by clauses). Exponential; effort in steps.
#include <algorithm>
#include <utility>

#include "graph/list_schedule.h"
#include "graph/resume.h"
#include "graph/search_model.h"

namespace graph {
namespace {

constexpr std::int64_t most_conflicts = 20'000;  ///< per question

/// -1: `a` stood before `b`, 1: behind, 0: neither.
int stood(std::span<const std::pair<Time, Time>> earlier, Index a, Index b) {
  if (earlier[a].first < 0 || earlier[b].first < 0) return 0;
  if (earlier[a].second <= earlier[b].first) return -1;
  return earlier[b].second <= earlier[a].first ? 1 : 0;
}

}  // namespace

Turns turn_least(const Problem& problem, const Neighbours& conflicts, std::vector<Time> start, Time deadline,
                 std::span<const std::pair<Time, Time>> earlier, Budget& budget) {
  std::vector<std::pair<Index, Index>> turns;  // as they stood
  for (Index a = 0; a < problem.tasks(); ++a) {
    if (problem.started[a]) continue;
    for (const Index b : conflicts[a]) {
      if (b < a || problem.started[b]) continue;
      const int side = stood(earlier, a, b);
      if (side != 0) turns.emplace_back(side < 0 ? a : b, side < 0 ? b : a);
    }
  }
  const auto count = [&](const std::vector<Time>& starts) {
    return static_cast<std::size_t>(std::count_if(
        turns.begin(), turns.end(), [&](const auto& turn) { return starts[turn.first] > starts[turn.second]; }));
  };
  Turns result{std::move(start), 0, true};
  result.turned = count(result.start);
  if (result.turned > 0) {
    std::vector<Time> before(problem.tasks());
    for (std::size_t t = 0; t < before.size(); ++t)
      before[t] = earlier[t].first < 0 ? result.start[t] : earlier[t].first;
    SearchModel model(problem, conflicts, before, deadline, budget);
    const std::size_t forced = model.count_turns(turns);
    bool possible = model.require_end(deadline);
    while (possible && result.turned > forced) {
      const auto outcome = model.turn_at_most(static_cast<Time>(result.turned - forced) - 1, most_conflicts);
      result.least = outcome != SearchModel::Outcome::exhausted;
      if (outcome != SearchModel::Outcome::solution) break;
      result.start = model.starts();
      result.turned = count(result.start);
    }
  }
  // As early as possible without turning another pair.
  std::vector<std::pair<Index, Index>> links;
  for (const auto& [a, b] : turns)
    links.emplace_back(result.start[a] < result.start[b] ? std::pair(a, b) : std::pair(b, a));
  result.start = left_shift(with_links(problem, links), result.start);
  return result;
}

}  // namespace graph
