// The parallel counterpart of right-shift rescheduling: an order is kept, the times follow from it. Abumaizar and
// Svestka, Rescheduling job shops under random disruptions (1997). One pass; a pool is a queue of its units by when
// they are free.
#include <algorithm>
#include <functional>
#include <utility>

#include "graph/resume.h"

namespace graph {
namespace {

/// When the units of a pool are free again, the first on top of a heap.
class Servers {
 public:
  Servers() = default;
  explicit Servers(std::vector<Time> free_at) : heap_(std::move(free_at)) {
    std::make_heap(heap_.begin(), heap_.end(), std::greater<>());
  }
  /// When so many are free; for more than one they are brought to the end of the heap.
  Time free_at(Time units) {
    if (units == 1) return heap_.front();
    for (Time unit = 0; unit < units; ++unit) std::pop_heap(heap_.begin(), heap_.end() - unit, std::greater<>());
    return *(heap_.end() - units);
  }
  /// Those of the last question.
  void take(Time units, Time until) {
    if (units == 1) return replace_top(until);
    for (Time unit = units; unit > 0; --unit) {
      *(heap_.end() - unit) = until;
      std::push_heap(heap_.begin(), heap_.end() - unit + 1, std::greater<>());
    }
  }

 private:
  void replace_top(Time until) {
    std::size_t at = 0;
    for (std::size_t child = 1; child < heap_.size(); child = 2 * at + 1) {
      if (child + 1 < heap_.size() && heap_[child + 1] < heap_[child]) ++child;
      if (heap_[child] >= until) break;
      heap_[at] = heap_[child];
      at = child;
    }
    heap_[at] = until;
  }
  std::vector<Time> heap_;
};

}  // namespace

std::vector<Time> start_in_order(const Problem& problem, std::span<const Index> order) {
  std::vector<Time> start(problem.tasks(), 0), passed(problem.nodes() - problem.tasks(), 0);
  struct Ends {
    Time writer = 0, reader = 0;
  };
  std::vector<Ends> ended(problem.members.size());
  // A unit of a pool is a server: when it is free next. Started tasks beyond the capacity leave the latest ends.
  std::vector<Servers> servers(problem.capacity.size());
  std::vector<std::vector<Time>> held(problem.capacity.size());
  std::vector<Time> demand(problem.capacity.size(), 0);
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    for (const Use& use : problem.uses[t]) {
      demand[use.pool] += use.units;
      if (problem.started[t])
        held[use.pool].insert(held[use.pool].end(), static_cast<std::size_t>(use.units), problem.duration[t]);
    }
  }
  for (std::size_t p = 0; p < servers.size(); ++p) {
    const auto size = static_cast<std::size_t>(std::min(problem.capacity[p], demand[p]));
    std::sort(held[p].begin(), held[p].end(), std::greater<>());
    held[p].resize(size, 0);
    servers[p] = Servers(std::move(held[p]));
  }
  std::vector<Time> taken;
  const bool arcs = !problem.before.items.empty();
  for (const Index t : order) {
    const bool started = problem.started[t] != 0;
    Time at = 0;
    if (!started) {
      for (const Index from : arcs ? problem.before[t] : std::span<const Index>()) {
        at = std::max(at,
                      from < problem.tasks() ? start[from] + problem.duration[from] : passed[from - problem.tasks()]);
      }
      for (const Access& access : problem.accesses[t]) {
        const Ends& ends = ended[access.exclusion];
        at = std::max(at, access.writes ? std::max(ends.writer, ends.reader) : ends.writer);
      }
      for (const Use& use : problem.uses[t]) {
        at = std::max(at, servers[use.pool].free_at(use.units));
      }
    }
    start[t] = at;
    const Time end = at + problem.duration[t];
    if (!started) {
      for (const Use& use : problem.uses[t]) {
        servers[use.pool].take(use.units, end);
      }
    }
    for (const Access& access : problem.accesses[t]) {
      Time& last = access.writes ? ended[access.exclusion].writer : ended[access.exclusion].reader;
      last = std::max(last, end);
    }
    for (const Index to : passed.empty() ? std::span<const Index>() : problem.after[t]) {
      if (to >= problem.tasks()) passed[to - problem.tasks()] = std::max(passed[to - problem.tasks()], end);
    }
  }
  return start;
}

}  // namespace graph
