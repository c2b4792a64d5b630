// Resuming an earlier answer. Everybody first keeps the earlier order, and new tasks are tried in its gaps, then
// behind, among and before the others: one pass each (start_in_order). Only if that is longer than what is proved
// necessary is the instance solved afresh; parts that the kept order makes too long take the fresh answer and turn as
// few pairs of it as they can (turn_least.cpp). The idea of keeping a robust order and repairing it: right-shift
// rescheduling and affected operations, Abumaizar and Svestka, Rescheduling job shops under random disruptions (1997).
#include "graph/resume.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <set>
#include <utility>

#include "graph/bounds.h"
#include "graph/by_key.h"
#include "graph/list_schedule.h"

namespace graph {
namespace {

constexpr std::size_t most_pairs = 100'000;
constexpr std::size_t most_tasks = 5'000;

/// Nodes by key, then by number, each behind its predecessors; only the tasks of them. REQUIRES: no key is less than
/// that of a predecessor, started tasks excepted.
std::vector<Index> predecessors_first(const Problem& problem, const std::vector<Time>& key) {
  const std::vector<Index> sorted = by_key(key);
  std::vector<Index> waiting(problem.nodes()), order;
  for (std::size_t node = 0; node < problem.nodes(); ++node) {
    const bool started = node < problem.tasks() && problem.started[node];
    waiting[node] = started ? 0 : static_cast<Index>(problem.before[node].size());
  }
  order.reserve(problem.tasks());
  std::priority_queue<Index, std::vector<Index>, std::greater<>> free;  // of those with the key at hand
  const auto take = [&](Index node, Time now) {
    if (node < problem.tasks()) order.push_back(node);
    for (const Index to : problem.after[node]) {
      if (to < problem.tasks() && problem.started[to]) continue;
      if (--waiting[to] == 0 && key[to] == now) free.push(to);
    }
  };
  for (std::size_t first = 0; first < sorted.size();) {
    const Time now = key[sorted[first]];
    std::size_t last = first;
    bool all_free = true;
    for (; last < sorted.size() && key[sorted[last]] == now; ++last) all_free = all_free && waiting[sorted[last]] == 0;
    if (all_free) {
      for (; first < last; ++first) take(sorted[first], now);
      continue;
    }
    for (; first < last; ++first) {
      if (waiting[sorted[first]] == 0) free.push(sorted[first]);
    }
    while (!free.empty()) {
      const Index node = free.top();
      free.pop();
      take(node, now);
    }
  }
  return order;
}

struct Resumption {
  const Problem& problem;
  std::vector<std::pair<Time, Time>> earlier;  ///< per task: (start, end); negative: new; in units of the instance
  Time unit = 1;                               ///< of the problem
};

/// Tasks by key; whoever has to be before another comes no later than that one would.
std::vector<Index> order_by(const Problem& problem, std::vector<Time> key) {
  const Time before_all = key.empty() ? 0 : *std::min_element(key.begin(), key.end()) - 1;
  const auto start_first = [&] {
    for (std::size_t t = 0; t < problem.tasks(); ++t) {
      if (problem.started[t]) key[t] = before_all;
    }
  };
  start_first();
  key.resize(problem.nodes(), std::numeric_limits<Time>::max());
  const std::vector<Index> sorted = node_order(problem);
  for (auto node = sorted.rbegin(); node != sorted.rend(); ++node) {
    for (const Index to : problem.after[*node]) key[*node] = std::min(key[*node], key[to]);
  }
  start_first();
  return predecessors_first(problem, key);
}

std::vector<Index> without(std::vector<Index> order, std::span<const Index> some) {
  const std::set<Index> gone(some.begin(), some.end());
  std::erase_if(order, [&](Index t) { return gone.contains(t); });
  return order;
}

/// New tasks that nobody else waits for, predecessors first; none if they are too many to look for gaps.
std::vector<Index> latecomers(const Resumption& from) {
  constexpr std::size_t most_work = 20'000'000;
  const Problem& problem = from.problem;
  std::vector<char> free(problem.nodes(), 0);
  const std::vector<Index> sorted = node_order(problem);
  std::vector<Index> result;
  for (auto node = sorted.rbegin(); node != sorted.rend(); ++node) {
    const bool task = *node < problem.tasks();
    if (task && (from.earlier[*node].first >= 0 || problem.started[*node])) continue;
    const auto after = problem.after[*node];
    free[*node] = std::all_of(after.begin(), after.end(), [&](Index to) { return free[to] != 0; });
    if (task && free[*node]) result.push_back(*node);
  }
  if (result.size() * problem.tasks() > most_work) result.clear();
  std::reverse(result.begin(), result.end());
  return result;
}

/// The best of the ways to let the newcomers in: behind the others; in the gaps that these leave at their earlier
/// times, or as early as they can be now; among the others, before them. No other is tried once one is good enough.
template <class Enough>
std::vector<Time> keep_order(const Resumption& from, Enough enough) {
  const Problem& problem = from.problem;
  std::vector<Time> best;
  Time value = 0;
  const auto good = [&](const std::vector<Time>& key) {
    std::vector<Time> start = start_in_order(problem, order_by(problem, key));
    const Time end = makespan(problem, start);
    if (best.empty() || end < value) {
      best = std::move(start);
      value = end;
    }
    return enough(value);
  };
  std::vector<Time> key;
  std::vector<Index> fresh;
  Time last = 0;
  for (const auto& [start, end] : from.earlier) {
    if (start < 0) fresh.push_back(static_cast<Index>(key.size()));
    key.push_back(start);
    last = std::max(last, end);
  }
  const auto set_fresh = [&](auto place) {
    for (const Index t : fresh) key[t] = place(t);
  };
  const auto behind = [&] {
    set_fresh([&](Index) { return last + 1; });
    return good(key);
  };
  // Where something runs, time has passed, and a gap among earlier times may be over. In a large part it is worth a try
  // all the same, for there hardly any other way is good enough; and the first where nothing runs.
  const bool gaps_first = problem.tasks() > most_tasks &&
                          std::none_of(problem.started.begin(), problem.started.end(), [](char s) { return s != 0; });
  if (((fresh.empty() || !gaps_first) && behind()) || fresh.empty()) return best;
  if (const std::vector<Index> late = latecomers(from); !late.empty()) {
    std::vector<Time> start(problem.tasks());
    const auto in_gaps = [&] {
      for (const Index t : late) start[t] = -1;
      fill_gaps(problem, late, start);
      set_fresh([&](Index t) { return start[t] < 0 ? last + 1 : start[t] * from.unit; });
    };
    for (std::size_t t = 0; t < start.size(); ++t) start[t] = problem.started[t] ? 0 : key[t] / from.unit;
    for (const Index t : fresh) start[t] = -1;
    in_gaps();
    if (good(key)) return best;
    set_fresh([&](Index) { return last + 1; });
    start = start_in_order(problem, without(order_by(problem, key), late));
    in_gaps();
    for (std::size_t t = 0; t < start.size(); ++t) start[t] *= from.unit;
    if (good(start)) return best;
  }
  if (gaps_first && behind()) return best;
  const std::vector<Time> tail = windows(problem).tail;
  set_fresh([&](Index t) { return last - tail[t] * from.unit; });
  if (good(key)) return best;
  set_fresh([](Index) { return Time{-1}; });
  good(key);
  return best;
}

std::vector<std::pair<Time, Time>> restricted(const std::vector<std::pair<Time, Time>>& whole,
                                              const std::vector<Index>& tasks) {
  std::vector<std::pair<Time, Time>> result;
  result.reserve(tasks.size());
  for (const Index t : tasks) result.push_back(whole[t]);
  return result;
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
  Resumption from{whole, {}, prepared.unit};
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
