// Event-driven list scheduling, Graham (1969), over queues at the resources instead of pairs, like a lock manager. A
// task that cannot start is parked at one resource that blocks it and tried again when that resource lets somebody in.
// Exclusions have hysteresis: writers are drained until none waits, then readers, and so on; a task let in by one
// resource but blocked by another passes its turn on. O((n + accesses) log n) plus one step for every turn passed on.
#include "graph/list_schedule.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace graph {
namespace {

/// A queue of ranks, smallest first.
class Queue {
 public:
  bool empty() const { return heap_.empty(); }
  void push(Index rank) {
    heap_.push_back(rank);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  }
  Index pop() {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    const Index rank = heap_.back();
    heap_.pop_back();
    return rank;
  }

 private:
  std::vector<Index> heap_;
};

struct Gate {  ///< an exclusion at work
  Index writing = 0, reading = 0;
  Index invited = 0;  ///< woken tasks that have not been tried yet
  bool drains_writers = false;
  Queue writers, readers;
};

struct Store {  ///< a pool at work
  Time free = 0;
  Time invited = 0;  ///< units that woken tasks want
  Queue waiting;
};

class ListScheduler {
 public:
  ListScheduler(const Problem& problem, std::span<const Time> urgency)
      : problem_(problem),
        task_(problem.tasks()),
        rank_(problem.tasks()),
        gates_(problem.members.size()),
        stores_(problem.capacity.size()),
        host_(problem.tasks(), nobody),
        waiting_(problem.nodes()),
        start_(problem.tasks(), 0) {
    std::iota(task_.begin(), task_.end(), 0U);
    std::sort(task_.begin(), task_.end(),
              [&](Index a, Index b) { return urgency[a] != urgency[b] ? urgency[a] > urgency[b] : a < b; });
    for (std::size_t r = 0; r < task_.size(); ++r) rank_[task_[r]] = static_cast<Index>(r);
    for (std::size_t p = 0; p < stores_.size(); ++p) stores_[p].free = problem.capacity[p];
    for (std::size_t node = 0; node < problem.nodes(); ++node) {
      waiting_[node] = static_cast<Index>(problem.before[node].size());
    }
  }

  std::vector<Time> run() {
    for (std::size_t t = 0; t < problem_.tasks(); ++t) {
      if (problem_.started[t]) begin(static_cast<Index>(t));
    }
    for (std::size_t t = 0; t < problem_.tasks(); ++t) {
      if (!problem_.started[t] && problem_.before[t].empty()) ready_.push(rank_[t]);
    }
    drain();
    while (!running_.empty()) {
      now_ = running_.top().first;
      std::vector<Index> ended;
      for (; !running_.empty() && running_.top().first == now_; running_.pop()) ended.push_back(running_.top().second);
      for (const Index t : ended) release(t);
      for (const Index t : ended) reached(t);
      for (const Index t : ended) wake_all(t);
      drain();
    }
    return std::move(start_);
  }

 private:
  static constexpr Index nobody = ~Index{0};

  void begin(Index t) {
    start_[t] = now_;
    running_.emplace(now_ + problem_.duration[t], t);
    for (const Access& access : problem_.accesses[t]) {
      ++(access.writes ? gates_[access.exclusion].writing : gates_[access.exclusion].reading);
      gates_[access.exclusion].drains_writers = access.writes;
    }
    for (const Use& use : problem_.uses[t]) stores_[use.pool].free -= use.units;
  }
  void release(Index t) {
    for (const Access& access : problem_.accesses[t]) {
      --(access.writes ? gates_[access.exclusion].writing : gates_[access.exclusion].reading);
    }
    for (const Use& use : problem_.uses[t]) stores_[use.pool].free += use.units;
  }
  void reached(Index node) {
    for (const Index to : problem_.after[node]) {
      if (--waiting_[to] > 0) continue;
      if (to >= problem_.tasks()) {
        reached(to);
      } else {
        ready_.push(rank_[to]);
      }
    }
  }
  void wake_all(Index t) {
    for (const Access& access : problem_.accesses[t]) wake_gate(access.exclusion);
    for (const Use& use : problem_.uses[t]) wake_store(use.pool);
  }
  void invite(Index rank, Index host) {
    host_[task_[rank]] = host;
    ready_.push(rank);
  }
  void wake_gate(Index e) {
    Gate& gate = gates_[e];
    if (gate.writing > 0 || gate.invited > 0) return;
    const bool write = gate.reading == 0 && !gate.writers.empty();
    if (!gate.readers.empty() && !(write && gate.drains_writers)) {
      for (; !gate.readers.empty(); ++gate.invited) invite(gate.readers.pop(), e);
    } else if (write) {
      ++gate.invited;
      invite(gate.writers.pop(), e);
    }
  }
  void wake_store(Index p) {
    Store& store = stores_[p];
    std::vector<Index> too_large;
    while (store.free > store.invited && !store.waiting.empty()) {
      const Index rank = store.waiting.pop();
      const Time units = needs(task_[rank], p);
      if (units > store.free - store.invited) {
        too_large.push_back(rank);
        continue;
      }
      store.invited += units;
      invite(rank, static_cast<Index>(gates_.size()) + p);
    }
    for (const Index rank : too_large) store.waiting.push(rank);
  }
  Time needs(Index t, Index p) const {
    for (const Use& use : problem_.uses[t]) {
      if (use.pool == p) return use.units;
    }
    return 0;
  }
  bool parked(Index t) {
    for (const Access& access : problem_.accesses[t]) {
      Gate& gate = gates_[access.exclusion];
      if (gate.writing == 0 && (gate.reading == 0 || !access.writes)) continue;
      (access.writes ? gate.writers : gate.readers).push(rank_[t]);
      return true;
    }
    for (const Use& use : problem_.uses[t]) {
      if (use.units <= stores_[use.pool].free) continue;
      stores_[use.pool].waiting.push(rank_[t]);
      return true;
    }
    return false;
  }
  /// Tries everybody who may be able to start now.
  void drain() {
    while (!ready_.empty()) {
      const Index t = task_[ready_.pop()];
      const Index host = std::exchange(host_[t], nobody);
      if (!parked(t)) begin(t);
      if (host == nobody) continue;
      if (host < gates_.size()) {
        --gates_[host].invited;
        wake_gate(host);
      } else {
        const Index p = host - static_cast<Index>(gates_.size());
        stores_[p].invited -= needs(t, p);
        wake_store(p);
      }
    }
  }

  using Event = std::pair<Time, Index>;

  const Problem& problem_;
  Time now_ = 0;
  std::vector<Index> task_, rank_;
  std::vector<Gate> gates_;
  std::vector<Store> stores_;
  std::vector<Index> host_;
  std::vector<Index> waiting_;  ///< predecessors not reached yet
  std::vector<Time> start_;
  Queue ready_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> running_;
};

}  // namespace

std::vector<Time> list_schedule(const Problem& problem, std::span<const Time> urgency) {
  return ListScheduler(problem, urgency).run();
}

Time makespan(const Problem& problem, std::span<const Time> start) {
  Time end = 0;
  for (std::size_t t = 0; t < problem.tasks(); ++t) end = std::max(end, start[t] + problem.duration[t]);
  return end;
}

std::vector<int> assign_agents(const Instance& instance, std::span<const Time> start) {
  std::vector<char> unmanned(instance.size(), 0), started(instance.size(), 0);
  for (const TaskId t : instance.unmanned) unmanned[t.index()] = 1;
  for (const TaskId t : instance.started) started[t.index()] = 1;
  std::vector<Index> order;
  for (std::size_t t = 0; t < instance.size(); ++t) {
    if (!unmanned[t]) order.push_back(static_cast<Index>(t));
  }
  std::sort(order.begin(), order.end(), [&](Index a, Index b) {
    if (start[a] != start[b]) return start[a] < start[b];
    return started[a] != started[b] ? started[a] > started[b] : a < b;
  });
  std::vector<int> agent(instance.size(), 0);
  using Event = std::pair<Time, int>;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> busy;
  std::priority_queue<int, std::vector<int>, std::greater<>> free;
  int known = 0;
  for (const Index t : order) {
    for (; !busy.empty() && busy.top().first <= start[t]; busy.pop()) free.push(busy.top().second);
    if (free.empty()) free.push(++known);
    agent[t] = free.top();
    free.pop();
    busy.emplace(start[t] + instance.duration[t], agent[t]);
  }
  return agent;
}

}  // namespace graph
