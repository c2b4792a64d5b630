#include "graph/kernel.h"

#include <algorithm>

namespace graph {

std::optional<Neighbours> conflict_pairs(const Problem& problem, std::size_t limit) {
  std::size_t pairs = 0;
  for (std::size_t e = 0; e < problem.members.size(); ++e) {
    const std::size_t users = problem.members[e].size();
    std::size_t writers = 0;
    while (writers < users && problem.members[e][writers].writes) ++writers;
    pairs += writers * users;
    if (pairs > limit) return std::nullopt;
  }
  Neighbours result;
  std::vector<Index> row;
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    row.clear();
    for (const Access& access : problem.accesses[t]) {
      for (const Member& member : problem.members[access.exclusion]) {
        if (!access.writes && !member.writes) break;  // writers come first
        if (member.task == t || (problem.started[t] && problem.started[member.task])) continue;
        row.push_back(member.task);
      }
    }
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    result.items.insert(result.items.end(), row.begin(), row.end());
    result.close();
  }
  return result;
}

std::vector<std::vector<std::uint64_t>> reachability(const Problem& problem) {
  constexpr std::size_t most_nodes = 4096;
  std::vector<std::vector<std::uint64_t>> later;
  if (problem.nodes() > most_nodes) return later;
  const std::size_t words = (problem.nodes() + 63) / 64;
  later.assign(problem.nodes(), std::vector<std::uint64_t>(words, 0));
  const std::vector<Index> order = node_order(problem);
  for (auto node = order.rbegin(); node != order.rend(); ++node) {
    for (const Index to : problem.after[*node]) {
      later[*node][to / 64] |= std::uint64_t{1} << (to % 64);
      for (std::size_t w = 0; w < words; ++w) later[*node][w] |= later[to][w];
    }
  }
  return later;
}

std::optional<Neighbours> incompatible_pairs(const Problem& problem, const Neighbours& conflicts, std::size_t limit) {
  const auto later = reachability(problem);
  if (later.empty()) return std::nullopt;
  std::vector<std::vector<Index>> rows(problem.tasks());
  std::size_t pairs = 0;
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    rows[t].insert(rows[t].end(), conflicts[t].begin(), conflicts[t].end());
    for (std::size_t u = 0; u < problem.tasks(); ++u) {
      if ((later[t][u / 64] >> (u % 64) & 1) == 0) continue;
      rows[t].push_back(static_cast<Index>(u));
      rows[u].push_back(static_cast<Index>(t));
      if (++pairs > limit) return std::nullopt;
    }
  }
  Neighbours result;
  for (auto& row : rows) {
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    result.items.insert(result.items.end(), row.begin(), row.end());
    result.close();
  }
  return result;
}

}  // namespace graph
