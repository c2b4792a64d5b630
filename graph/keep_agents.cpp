// Agents for a resumed schedule: nobody changes hands without need. Greedy interval colouring in order of start (Gupta,
// Lee and Leung, An optimal solution for the channel-assignment problem, 1979), where the earlier agent goes before the
// lowest. O(n log n), and a look at the agents for everybody who needs another.
#include <algorithm>
#include <utility>

#include "graph/by_key.h"
#include "graph/resume.h"

namespace graph {
namespace {

/// When every agent is free again, in blocks with a time before which nobody in there is.
class Agents {
 public:
  explicit Agents(int most)
      : free_at_(static_cast<std::size_t>(most) + 1, 0), block_(free_at_.size() / block_size + 1, 0) {}

  bool free(int agent, Time at) const { return free_at_[static_cast<std::size_t>(agent)] <= at; }
  void take(int agent, Time until) { free_at_[static_cast<std::size_t>(agent)] = until; }
  /// The lowest agent from `first` on that is free then; 0: none.
  int next_free(int first, Time at) {
    for (auto agent = static_cast<std::size_t>(first); agent < free_at_.size();) {
      const std::size_t block = agent / block_size, end = std::min((block + 1) * block_size, free_at_.size());
      if (block_[block] <= at) {
        for (; agent < end; ++agent) {
          if (free_at_[agent] <= at) return static_cast<int>(agent);
        }
        const auto begin = free_at_.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(block * block_size, 1));
        block_[block] = *std::min_element(begin, free_at_.begin() + static_cast<std::ptrdiff_t>(end));
      }
      agent = end;
    }
    return 0;
  }

 private:
  static constexpr std::size_t block_size = 64;
  std::vector<Time> free_at_, block_;
};

}  // namespace

std::vector<int> keep_agents(const Instance& instance, const std::vector<Time>& start, const Earlier& earlier) {
  std::vector<int> agent(instance.size(), 0);
  std::vector<char> unmanned(instance.size(), 0), started(instance.size(), 0);
  for (const TaskId t : instance.unmanned) unmanned[t.index()] = 1;
  for (const TaskId t : instance.started) started[t.index()] = 1;
  std::vector<Index> order;
  for (std::size_t t = 0; t < instance.size(); ++t) {
    if (!unmanned[t]) order.push_back(static_cast<Index>(t));
  }
  // No agent beyond those that are there; without a cap none beyond the busiest moment and the earlier ones.
  const auto most = static_cast<int>(std::max<std::size_t>(
      order.size(), static_cast<std::size_t>(
                        earlier.agent.empty() ? 0 : *std::max_element(earlier.agent.begin(), earlier.agent.end()))));
  const int cap = instance.agents.value_or(most);
  const auto wanted = [&](Index t) { return earlier.agent[t] <= cap ? earlier.agent[t] : 0; };
  std::vector<Time> key;  // at one time those who work already first, then those who want their agent back
  for (const Index t : order) key.push_back(4 * start[t] + (started[t] ? 0 : 2) + (wanted(t) != 0 ? 0 : 1));
  std::vector<Index> sorted = by_key(key);
  for (Index& t : sorted) t = order[t];
  order = std::move(sorted);
  std::vector<std::vector<Time>> claims;  // per agent: starts of those who want it back, the last first
  const auto claimed = [&](int a, Index t) {
    if (claims.empty()) {
      claims.resize(static_cast<std::size_t>(most) + 1);
      for (auto other = order.rbegin(); other != order.rend(); ++other) {
        if (wanted(*other) != 0) claims[static_cast<std::size_t>(wanted(*other))].push_back(start[*other]);
      }
    }
    std::vector<Time>& starts = claims[static_cast<std::size_t>(a)];
    while (!starts.empty() && starts.back() < start[t]) starts.pop_back();
    return !starts.empty() && starts.back() < start[t] + instance.duration[t];
  };
  Agents agents(most);
  constexpr int most_tries = 16;
  for (const Index t : order) {
    int chosen = wanted(t);
    if (chosen == 0 || !agents.free(chosen, start[t])) {
      const int lowest = agents.next_free(1, start[t]);
      chosen = lowest;
      int tries = 1;
      while (tries < most_tries && chosen != 0 && (claimed(chosen, t) || chosen > cap)) {
        chosen = agents.next_free(chosen + 1, start[t]);
        ++tries;
      }
      if (chosen == 0 || claimed(chosen, t) || chosen > cap) chosen = lowest;
    }
    agent[t] = chosen;
    agents.take(chosen, start[t] + instance.duration[t]);
  }
  return agent;
}

}  // namespace graph
