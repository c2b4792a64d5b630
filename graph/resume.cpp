// Resuming an earlier answer. Everybody first keeps the earlier order, and new tasks are tried behind, before and among
// the others: one pass each (start_in_order). Only if that is longer than what is proved necessary is the instance
// solved afresh; parts that the kept order makes too long take the fresh answer and turn as few pairs of it as they can
// (turn_least.cpp). The idea of keeping a robust order and repairing it: right-shift rescheduling and affected
// operations, Abumaizar and Svestka, Rescheduling job shops under random disruptions (1997).
#include "graph/resume.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

#include "graph/bounds.h"
#include "graph/list_schedule.h"

namespace graph {
namespace {

constexpr std::size_t most_pairs = 100'000;
constexpr std::size_t most_tasks = 5'000;

/// Where tasks that were not there before stand among the others.
enum class Newcomers { last, first, by_tail };

struct Resumption {
  const Problem& problem;
  std::vector<std::pair<Time, Time>> earlier;  ///< per task: (start, end); negative: new
};

/// Tasks by their earlier start; whoever has to be before another comes no later than that one would.
std::vector<Index> earlier_order(const Resumption& from, Newcomers newcomers) {
  const Problem& problem = from.problem;
  Time last = 0;
  for (const auto& [start, end] : from.earlier) last = std::max(last, end);
  const std::vector<Time> tail =
      newcomers == Newcomers::by_tail ? windows(problem).tail : std::vector<Time>(problem.nodes(), 0);
  std::vector<Time> key(problem.nodes(), last + 1);
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    if (problem.started[t])
      key[t] = -2;
    else if (from.earlier[t].first >= 0)
      key[t] = from.earlier[t].first;
    else if (newcomers == Newcomers::first)
      key[t] = -1;
    else if (newcomers == Newcomers::by_tail)
      key[t] = last - tail[t];
  }
  const std::vector<Index> sorted = node_order(problem);
  for (auto node = sorted.rbegin(); node != sorted.rend(); ++node) {
    for (const Index to : problem.after[*node]) key[*node] = std::min(key[*node], key[to]);
  }
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    if (problem.started[t]) key[t] = -2;
  }
  std::vector<Index> waiting(problem.nodes()), order;
  using Turn = std::pair<Time, Index>;
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> free;
  for (std::size_t node = 0; node < problem.nodes(); ++node) {
    waiting[node] = static_cast<Index>(problem.before[node].size());
    if (waiting[node] == 0 || (node < problem.tasks() && problem.started[node]))
      free.emplace(key[node], static_cast<Index>(node));
  }
  order.reserve(problem.tasks());
  while (!free.empty()) {
    const Index node = free.top().second;
    free.pop();
    if (node < problem.tasks()) order.push_back(node);
    for (const Index to : problem.after[node]) {
      const bool placed = to < problem.tasks() && problem.started[to];
      if (--waiting[to] == 0 && !placed) free.emplace(key[to], to);
    }
  }
  return order;
}

/// The best of the ways to let the newcomers in; no other is tried once one is good enough.
template <class Enough>
std::vector<Time> keep_order(const Resumption& from, Enough enough) {
  std::vector<Time> best;
  Time value = 0;
  const bool any_new = std::any_of(from.earlier.begin(), from.earlier.end(), [](const auto& e) { return e.first < 0; });
  for (const Newcomers newcomers : {Newcomers::last, Newcomers::by_tail, Newcomers::first}) {
    std::vector<Time> start = start_in_order(from.problem, earlier_order(from, newcomers));
    const Time end = makespan(from.problem, start);
    if (!best.empty() && end >= value) continue;
    best = std::move(start);
    value = end;
    if (enough(value) || !any_new) break;
  }
  return best;
}

std::vector<std::pair<Time, Time>> restricted(const std::vector<std::pair<Time, Time>>& whole,
                                              const std::vector<Index>& tasks) {
  std::vector<std::pair<Time, Time>> result;
  result.reserve(tasks.size());
  for (const Index t : tasks) result.push_back(whole[t]);
  return result;
}

/// Agents by preference: the earlier one if it is free, else one that nobody who starts meanwhile wants back, else the
/// lowest. O(n log n).
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
  std::sort(order.begin(), order.end(), [&](Index a, Index b) {
    if (start[a] != start[b]) return start[a] < start[b];
    if (started[a] != started[b]) return started[a] > started[b];
    return (wanted(a) == 0) != (wanted(b) == 0) ? wanted(a) != 0 : a < b;
  });
  std::vector<std::vector<Time>> claims(static_cast<std::size_t>(most) + 1);  // starts of those who want an agent back
  for (auto t = order.rbegin(); t != order.rend(); ++t) {
    if (wanted(*t) != 0) claims[static_cast<std::size_t>(wanted(*t))].push_back(start[*t]);
  }
  using Event = std::pair<Time, int>;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> busy;
  std::vector<char> is_busy(static_cast<std::size_t>(most) + 2, 0);
  std::priority_queue<int, std::vector<int>, std::greater<>> free;  // lazily: entries may be busy by now
  int known = 0;
  constexpr int most_tries = 16;
  for (const Index t : order) {
    for (; !busy.empty() && busy.top().first <= start[t]; busy.pop()) {
      is_busy[static_cast<std::size_t>(busy.top().second)] = 0;
      free.push(busy.top().second);
    }
    const auto claimed = [&](int a) {
      std::vector<Time>& starts = claims[static_cast<std::size_t>(a)];
      while (!starts.empty() && starts.back() < start[t]) starts.pop_back();
      return !starts.empty() && starts.back() < start[t] + instance.duration[t];
    };
    int chosen = wanted(t);
    if (chosen == 0 || is_busy[static_cast<std::size_t>(chosen)]) {
      std::vector<int> tried;
      chosen = 0;
      for (int tries = 0; tries < most_tries && chosen == 0; ++tries) {
        int candidate = 0;
        while (!free.empty() && candidate == 0) {
          if (!is_busy[static_cast<std::size_t>(free.top())]) candidate = free.top();
          free.pop();
        }
        while (candidate == 0 && known < most) {
          if (!is_busy[static_cast<std::size_t>(++known)]) candidate = known;
        }
        if (candidate == 0) break;
        tried.push_back(candidate);
        if (!claimed(candidate) && candidate <= cap) chosen = candidate;
      }
      for (const int a : tried) {
        if (chosen == 0) chosen = a;
        if (a != chosen) free.push(a);
      }
    }
    agent[t] = chosen;
    is_busy[static_cast<std::size_t>(chosen)] = 1;
    busy.emplace(start[t] + instance.duration[t], chosen);
  }
  return agent;
}

struct Kept {
  std::vector<Time> start;  ///< per task of the instance, in its own units
  Time value = 0;
  Bound bound;
  std::size_t turned = 0;
  bool least = true;
};

/// `fresh` solves the instance anew, when it has to be.
template <class Fresh>
Kept resume(const Instance& instance, View view, const std::vector<std::pair<Time, Time>>& earlier, Time was_value,
            Time was_bound, const Effort& effort, Fresh fresh) {
  const Prepared prepared = prepare(instance, view, true);
  const Problem& whole = prepared.problem;
  Resumption from{whole, {}};
  for (const TaskId t : whole.name) from.earlier.push_back(earlier[t.index()]);
  Budget budget(effort);
  Bound bound = lower_bound(whole, nullptr, budget);
  const bool large = whole.tasks() > most_tasks;
  // As near to the bound as the earlier answer was; as quotients, for the products need not fit.
  const auto as_good = [&](Time reached) {
    if (reached <= bound.value) return true;
    return large && was_bound > 0 &&
           static_cast<double>(reached) / static_cast<double>(bound.value) <=
               static_cast<double>(was_value) / static_cast<double>(was_bound);
  };
  std::vector<Time> start = keep_order(from, as_good);
  const Time value = makespan(whole, start);
  Time deadline = value;
  std::vector<Time> other;  // the fresh answer
  if (!as_good(value)) {
    auto [starts, solved] = fresh();
    for (const TaskId t : whole.name) other.push_back(starts[t.index()] / prepared.unit);
    solved.value /= prepared.unit;
    bound = std::move(solved);
    deadline = std::min(value, makespan(whole, other));
  }
  Kept result;
  if (large) {
    if (value > deadline) start = std::move(other);
    // Nothing is turned where the order was kept; else the pairs are too many to count.
    result.least = value <= deadline;
  } else {
    for (const std::vector<Index>& tasks : parts(whole)) {
      if (tasks.size() == 1) {
        if (!whole.started[tasks[0]]) start[tasks[0]] = 0;
        continue;
      }
      const Problem problem = part(whole, tasks);
      std::vector<Time> own, anew;
      for (const Index t : tasks) own.push_back(start[t]);
      if (makespan(problem, own) > deadline) {
        own.clear();
        for (const Index t : tasks) own.push_back(other[t]);
      }
      const auto conflicts = conflict_pairs(problem, most_pairs);
      if (!conflicts) {
        result.least = result.least && other.empty();
      } else {
        Turns turns =
            turn_least(problem, *conflicts, std::move(own), deadline, restricted(from.earlier, tasks), budget);
        own = std::move(turns.start);
        result.turned += turns.turned;
        result.least = result.least && turns.least;
      }
      for (std::size_t i = 0; i < tasks.size(); ++i) start[tasks[i]] = own[i];
    }
  }
  result.start.assign(instance.size(), 0);
  for (std::size_t t = 0; t < whole.tasks(); ++t) result.start[whole.name[t].index()] = start[t] * prepared.unit;
  result.value = makespan(whole, start) * prepared.unit;
  bound.value *= prepared.unit;
  result.bound = std::move(bound);
  return result;
}

}  // namespace

std::vector<Time> start_in_order(const Problem& problem, std::span<const Index> order) {
  std::vector<Time> start(problem.tasks(), 0), passed(problem.nodes() - problem.tasks(), 0);
  std::vector<Time> written(problem.members.size(), 0), read(problem.members.size(), 0);
  // A unit of a pool is a server: when it is free next. Started tasks beyond the capacity leave the latest ends.
  using Servers = std::priority_queue<Time, std::vector<Time>, std::greater<>>;
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
    servers[p] = Servers(std::greater<>(), std::move(held[p]));
  }
  std::vector<Time> taken;
  for (const Index t : order) {
    const bool started = problem.started[t] != 0;
    Time at = 0;
    if (!started) {
      for (const Index from : problem.before[t]) {
        at = std::max(at,
                      from < problem.tasks() ? start[from] + problem.duration[from] : passed[from - problem.tasks()]);
      }
      for (const Access& access : problem.accesses[t]) {
        at = std::max(at, written[access.exclusion]);
        if (access.writes) at = std::max(at, read[access.exclusion]);
      }
      for (const Use& use : problem.uses[t]) {
        for (Time unit = 0; unit < use.units; ++unit) {
          at = std::max(at, servers[use.pool].top());
          servers[use.pool].pop();
        }
      }
    }
    start[t] = at;
    const Time end = at + problem.duration[t];
    if (!started) {
      for (const Use& use : problem.uses[t]) {
        for (Time unit = 0; unit < use.units; ++unit) servers[use.pool].push(end);
      }
    }
    for (const Access& access : problem.accesses[t]) {
      Time& last = access.writes ? written[access.exclusion] : read[access.exclusion];
      last = std::max(last, end);
    }
    for (const Index to : problem.after[t]) {
      if (to >= problem.tasks()) passed[to - problem.tasks()] = std::max(passed[to - problem.tasks()], end);
    }
  }
  return start;
}

Resumed resume_schedule(const Instance& instance, const Earlier& earlier, Effort effort) {
  std::vector<std::pair<Time, Time>> stood;
  for (std::size_t t = 0; t < instance.size(); ++t) stood.emplace_back(earlier.start[t], earlier.end[t]);
  Kept kept = resume(instance, View::schedule, stood, earlier.makespan, earlier.bound, effort, [&] {
    Schedule fresh = solve_schedule(instance, effort);
    return std::pair(std::move(fresh.start), std::move(fresh.bound));
  });
  Resumed result{{}, kept.turned, kept.least};
  result.schedule.agent = keep_agents(instance, kept.start, earlier);
  result.schedule.start = std::move(kept.start);
  result.schedule.makespan = kept.value;
  result.schedule.bound = std::move(kept.bound);
  result.schedule.optimal = result.schedule.bound.value == kept.value;
  return result;
}

Waves resume_waves(const Instance& instance, const Earlier& earlier, Effort effort) {
  std::vector<std::pair<Time, Time>> stood;
  int waves = 0;
  for (const int wave : earlier.wave) {
    stood.emplace_back(wave, wave < 0 ? wave : wave + 1);
    waves = std::max(waves, wave + 1);
  }
  const Kept kept = resume(instance, View::waves, stood, waves, waves, effort, [&] {
    Waves fresh = solve_waves(instance, effort);
    return std::pair(std::vector<Time>(fresh.wave.begin(), fresh.wave.end()), std::move(fresh.bound));
  });
  Waves result;
  for (const Time start : kept.start) result.wave.push_back(static_cast<int>(start));
  result.count = static_cast<int>(kept.value);
  result.bound = kept.bound;
  result.optimal = result.bound.value == kept.value;
  return result;
}

}  // namespace graph
