// Preemptive one-machine schedules: Jackson's rule, Carlier and Pinson, An algorithm for solving the job-shop problem
// (1989), section 3. Always run the task with the longest tail among those released. O(k log k) for k writers.
#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

#include "graph/bounds.h"

namespace graph {

Time one_machine_bound(const Problem& problem) {
  const Windows window = windows(problem);
  Time best = 0;
  std::vector<Index> writers;
  for (std::size_t e = 0; e < problem.members.size(); ++e) {
    writers.clear();
    for (const Member& member : problem.members[e]) {
      if (member.writes && !problem.started[member.task]) writers.push_back(member.task);
    }
    std::sort(writers.begin(), writers.end(), [&](Index a, Index b) { return window.head[a] < window.head[b]; });
    std::priority_queue<std::pair<Time, Time>> waiting;  // (tail behind the task, what is left of the task)
    Time now = 0;
    for (std::size_t next = 0; next < writers.size() || !waiting.empty();) {
      if (waiting.empty()) now = std::max(now, window.head[writers[next]]);
      for (; next < writers.size() && window.head[writers[next]] <= now; ++next) {
        const Index t = writers[next];
        waiting.emplace(window.tail[t] - problem.duration[t], problem.duration[t]);
      }
      auto [tail, left] = waiting.top();
      waiting.pop();
      const Time until = next < writers.size() ? std::min(now + left, window.head[writers[next]]) : now + left;
      left -= until - now;
      now = until;
      if (left > 0) {
        waiting.emplace(tail, left);
      } else {
        best = std::max(best, now + tail);
      }
    }
  }
  return best;
}

}  // namespace graph
