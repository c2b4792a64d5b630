// The independent judge. Every resource is swept once in order of start, so hubs cost no more than their users; only a
// clique witness that no single exclusion explains is looked at pair by pair.
#include "graph/check.h"

#include <algorithm>
#include <fmt/core.h>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace graph {
namespace {

using Verdict = std::optional<Violation>;

/// An answer reduced to intervals: a wave is a schedule of unit durations without agents.
struct Timeline {
  const Instance& instance;
  std::vector<Time> start;
  std::vector<Time> length;
  std::vector<char> started;
  std::vector<char> alone;

  Time end(TaskId t) const { return start[t.index()] + length[t.index()]; }
  Time begin(TaskId t) const { return start[t.index()]; }
  /// Started tasks first among those that begin together, so that whoever comes later must fit.
  bool earlier(TaskId a, TaskId b) const {
    const auto key = [&](TaskId t) { return std::tuple(start[t.index()], !started[t.index()], t); };
    return key(a) < key(b);
  }
  void sort(std::vector<TaskId>& tasks) const {
    std::sort(tasks.begin(), tasks.end(), [&](TaskId a, TaskId b) { return earlier(a, b); });
  }
};

Violation violation(std::vector<TaskId> tasks, std::string rule) { return {std::move(rule), std::move(tasks)}; }

std::vector<char> marks(std::size_t size, const std::vector<TaskId>& tasks) {
  std::vector<char> marked(size, 0);
  for (const TaskId t : tasks) marked[t.index()] = 1;
  return marked;
}

/// The task that ends last so far, for "somebody is still at it".
struct Latest {
  Time end = 0;
  TaskId task;
  void see(Time when, TaskId who) {
    if (when > end) *this = {when, who};
  }
};

Verdict check_order(const Timeline& line) {
  for (const Arc& arc : line.instance.arcs) {
    if (line.started[arc.before.index()] && line.started[arc.after.index()]) continue;
    if (line.end(arc.before) > line.begin(arc.after)) {
      return violation({arc.before, arc.after}, fmt::format("task {} starts before its predecessor {} has ended",
                                                            arc.after.value, arc.before.value));
    }
  }
  for (std::size_t e = 0; e < line.instance.exclusions.size(); ++e) {
    const Exclusion& exclusion = line.instance.exclusions[e];
    if (!exclusion.readers_first) continue;
    Latest reader;
    for (const TaskId t : exclusion.readers) reader.see(line.end(t), t);
    for (const TaskId t : exclusion.writers) {
      if (line.started[t.index()] || line.begin(t) >= reader.end) continue;
      return violation({reader.task, t}, fmt::format("task {} writes exclusion {} before its reader {} has ended",
                                                     t.value, e, reader.task.value));
    }
  }
  return std::nullopt;
}

Verdict check_exclusions(const Timeline& line) {
  const auto writes = [](const std::vector<TaskId>& writers, TaskId t) {
    return std::binary_search(writers.begin(), writers.end(), t);
  };
  for (std::size_t e = 0; e < line.instance.exclusions.size(); ++e) {
    const Exclusion& exclusion = line.instance.exclusions[e];
    std::vector<TaskId> writers = exclusion.writers;
    std::sort(writers.begin(), writers.end());
    std::vector<TaskId> users = exclusion.writers;
    users.insert(users.end(), exclusion.readers.begin(), exclusion.readers.end());
    line.sort(users);
    Latest writer, any;
    for (const TaskId t : users) {
      const bool writing = writes(writers, t);
      const Latest& busy = writing ? any : writer;
      if (!line.started[t.index()] && busy.end > line.begin(t)) {
        return violation({busy.task, t},
                         fmt::format("tasks {} and {} use exclusion {} at once", busy.task.value, t.value, e));
      }
      any.see(line.end(t), t);
      if (writing) writer.see(line.end(t), t);
    }
  }
  return std::nullopt;
}

Verdict check_alone(const Timeline& line) {
  if (line.instance.alone.empty()) return std::nullopt;
  std::vector<TaskId> all;
  for (std::size_t t = 0; t < line.start.size(); ++t) all.emplace_back(t);
  line.sort(all);
  Latest alone, any;
  for (const TaskId t : all) {
    const Latest& busy = line.alone[t.index()] ? any : alone;
    if (!line.started[t.index()] && busy.end > line.begin(t)) {
      return violation({busy.task, t},
                       fmt::format("tasks {} and {} run at once and one of them is alone", busy.task.value, t.value));
    }
    any.see(line.end(t), t);
    if (line.alone[t.index()]) alone.see(line.end(t), t);
  }
  return std::nullopt;
}

/// Usage after each start must fit; what started before the plan may exceed.
Verdict check_capacity(const Timeline& line, std::vector<TaskId> users, const std::map<TaskId, Time>& units,
                       Time capacity, const std::string& name) {
  const auto needs = [&](TaskId t) {
    const auto found = units.find(t);
    return found == units.end() ? Time{1} : found->second;
  };
  line.sort(users);
  std::vector<TaskId> ending = users;
  std::sort(ending.begin(), ending.end(), [&](TaskId a, TaskId b) { return line.end(a) < line.end(b); });
  std::size_t ended = 0;
  Time used = 0;
  for (const TaskId t : users) {
    for (; line.end(ending[ended]) <= line.begin(t); ++ended) used -= needs(ending[ended]);
    used += needs(t);
    if (!line.started[t.index()] && used > capacity) {
      return violation(
          {t}, fmt::format("task {} starts when {} of {} units of {} would be in use", t.value, used, capacity, name));
    }
  }
  return std::nullopt;
}

std::map<TaskId, Time> units_of(const Pool& pool) {
  std::map<TaskId, Time> units;
  for (std::size_t i = 0; i < pool.units.size(); ++i) units[pool.users[i]] = pool.units[i];
  return units;
}

Verdict check_pools(const Timeline& line) {
  for (std::size_t p = 0; p < line.instance.pools.size(); ++p) {
    const Pool& pool = line.instance.pools[p];
    if (auto bad = check_capacity(line, pool.users, units_of(pool), pool.capacity, fmt::format("pool {}", p)))
      return bad;
  }
  return std::nullopt;
}

std::vector<TaskId> manned(const Instance& instance) {
  const std::vector<char> unmanned = marks(instance.size(), instance.unmanned);
  std::vector<TaskId> result;
  for (std::size_t t = 0; t < instance.size(); ++t) {
    if (!unmanned[t]) result.emplace_back(t);
  }
  return result;
}

Verdict check_agents(const Timeline& line, const Schedule& answer) {
  std::vector<TaskId> workers = manned(line.instance);
  if (line.instance.agents) {
    if (auto bad = check_capacity(line, workers, {}, *line.instance.agents, "the agents")) return bad;
  }
  for (const TaskId t : line.instance.unmanned) {
    if (answer.agent[t.index()] != 0) return violation({t}, fmt::format("unmanned task {} has an agent", t.value));
  }
  std::sort(workers.begin(), workers.end(), [&](TaskId a, TaskId b) {
    const int x = answer.agent[a.index()], y = answer.agent[b.index()];
    return x != y ? x < y : line.earlier(a, b);
  });
  const TaskId* last = nullptr;
  for (const TaskId& t : workers) {
    const int agent = answer.agent[t.index()];
    if (agent < 1) return violation({t}, fmt::format("task {} has no agent", t.value));
    if (line.instance.agents && !line.started[t.index()] && agent > *line.instance.agents) {
      return violation({t}, fmt::format("task {} has agent {} of {}", t.value, agent, *line.instance.agents));
    }
    if (last != nullptr && answer.agent[last->index()] == agent && line.end(*last) > line.begin(t)) {
      return violation({*last, t}, fmt::format("agent {} has tasks {} and {} at once", agent, last->value, t.value));
    }
    last = &t;
  }
  return std::nullopt;
}

// ---- the witness of a bound

/// Who comes after a task: along arcs, and from a reader to the writers of a readers-first exclusion.
class Order {
 public:
  explicit Order(const Timeline& line) : line_(line), after_(line.start.size()), read_(line.start.size()) {
    for (const Arc& arc : line.instance.arcs) after_[arc.before.index()].push_back(arc.after);
    for (std::size_t e = 0; e < line.instance.exclusions.size(); ++e) {
      if (!line.instance.exclusions[e].readers_first) continue;
      for (const TaskId t : line.instance.exclusions[e].readers) read_[t.index()].push_back(e);
    }
  }
  bool next(TaskId a, TaskId b) const {
    const auto& direct = after_[a.index()];
    if (std::find(direct.begin(), direct.end(), b) != direct.end()) return true;
    if (line_.started[b.index()]) return false;
    for (const std::size_t e : read_[a.index()]) {
      const auto& writers = line_.instance.exclusions[e].writers;
      if (std::find(writers.begin(), writers.end(), b) != writers.end()) return true;
    }
    return false;
  }
  /// Everything that comes after `from`, directly or not.
  std::vector<char> reach(TaskId from) const {
    std::vector<char> seen(line_.start.size(), 0), passed(line_.instance.exclusions.size(), 0);
    std::vector<TaskId> queue{from};
    const auto visit = [&](TaskId t) {
      if (seen[t.index()]) return;
      seen[t.index()] = 1;
      queue.push_back(t);
    };
    while (!queue.empty()) {
      const TaskId t = queue.back();
      queue.pop_back();
      for (const TaskId to : after_[t.index()]) visit(to);
      for (const std::size_t e : read_[t.index()]) {
        if (passed[e]) continue;
        passed[e] = 1;
        for (const TaskId to : line_.instance.exclusions[e].writers) {
          if (!line_.started[to.index()]) visit(to);
        }
      }
    }
    return seen;
  }

 private:
  const Timeline& line_;
  std::vector<std::vector<TaskId>> after_;
  std::vector<std::vector<std::size_t>> read_;
};

/// Pairs that the exclusions among `tasks` leave open, or too many to be a clique.
Verdict check_clique(const Timeline& line, const std::vector<TaskId>& tasks) {
  const std::size_t size = tasks.size();
  const std::vector<char> inside = marks(line.start.size(), tasks);
  std::vector<std::size_t> place(line.start.size(), 0);
  std::size_t started = 0;
  for (std::size_t i = 0; i < size; ++i) {
    place[tasks[i].index()] = i;
    started += line.started[tasks[i].index()] ? 1U : 0U;
  }
  if (started > 1) return violation(tasks, "the clique holds two started tasks, which do not exclude each other");
  struct Share {
    std::vector<std::size_t> writers, readers;
  };
  std::vector<Share> shares;
  for (const Exclusion& exclusion : line.instance.exclusions) {
    Share share;
    for (const TaskId t : exclusion.writers) {
      if (inside[t.index()]) share.writers.push_back(place[t.index()]);
    }
    if (share.writers.empty()) continue;
    for (const TaskId t : exclusion.readers) {
      if (inside[t.index()]) share.readers.push_back(place[t.index()]);
    }
    if (share.readers.size() < 2 && share.writers.size() + share.readers.size() == size) return std::nullopt;
    shares.push_back(std::move(share));
  }
  std::vector<std::vector<char>> excluded(size, std::vector<char>(size, 0));
  const auto exclude = [&](std::size_t a, std::size_t b) { excluded[a][b] = excluded[b][a] = 1; };
  for (const Share& share : shares) {
    for (const std::size_t a : share.writers) {
      for (const std::size_t b : share.writers) exclude(a, b);
      for (const std::size_t b : share.readers) exclude(a, b);
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (!line.alone[tasks[i].index()]) continue;
    for (std::size_t j = 0; j < size; ++j) exclude(i, j);
  }
  std::vector<std::pair<std::size_t, std::size_t>> open;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j) {
      if (!excluded[i][j]) open.emplace_back(i, j);
    }
  }
  if (open.empty()) return std::nullopt;
  const Order order(line);
  std::vector<std::vector<char>> reach(size);
  const auto before = [&](std::size_t a, std::size_t b) {
    if (reach[a].empty()) reach[a] = order.reach(tasks[a]);
    return reach[a][tasks[b].index()] != 0;
  };
  for (const auto& [i, j] : open) {
    if (before(i, j) || before(j, i)) continue;
    return violation({tasks[i], tasks[j]},
                     fmt::format("tasks {} and {} of the clique may run at once", tasks[i].value, tasks[j].value));
  }
  return std::nullopt;
}

Verdict check_chain(const Timeline& line, const std::vector<TaskId>& tasks) {
  const Order order(line);
  for (std::size_t i = 0; i + 1 < tasks.size(); ++i) {
    if (order.next(tasks[i], tasks[i + 1])) continue;
    return violation({tasks[i], tasks[i + 1]}, fmt::format("nothing puts task {} before task {} in the chain",
                                                           tasks[i].value, tasks[i + 1].value));
  }
  return std::nullopt;
}

Verdict check_load(const Timeline& line, const Bound& bound, bool agents_bind) {
  std::vector<TaskId> users;
  std::map<TaskId, Time> units;
  Time capacity = 0;
  if (bound.pool == -1 && agents_bind && line.instance.agents) {
    users = manned(line.instance);
    capacity = *line.instance.agents;
  } else if (bound.pool >= 0 && static_cast<std::size_t>(bound.pool) < line.instance.pools.size()) {
    const Pool& pool = line.instance.pools[static_cast<std::size_t>(bound.pool)];
    users = pool.users;
    units = units_of(pool);
    capacity = pool.capacity;
  } else {
    return violation(bound.tasks, "the load names no pool");
  }
  std::sort(users.begin(), users.end());
  Time work = 0, running = 0;
  for (const TaskId t : bound.tasks) {
    if (!std::binary_search(users.begin(), users.end(), t)) {
      return violation({t}, fmt::format("task {} is no user of the pool of the load", t.value));
    }
    const auto found = units.find(t);
    const Time needs = found == units.end() ? 1 : found->second;
    work += needs * line.length[t.index()];
    if (line.started[t.index()]) running += needs;
  }
  if (running > capacity) return violation(bound.tasks, "the load counts more started tasks than fit at once");
  Time unit = 0;
  for (const Time length : line.length) unit = std::gcd(unit, length);
  if ((work / unit + capacity - 1) / capacity * unit != bound.value)
    return violation(bound.tasks, "the load does not give the bound");
  return std::nullopt;
}

Verdict check_bound(const Timeline& line, const Bound& bound, Time value, bool optimal, bool agents_bind) {
  if (bound.value > value) return violation({}, fmt::format("the bound {} exceeds the value {}", bound.value, value));
  if (optimal != (bound.value == value)) return violation({}, "optimal does not say whether value and bound agree");
  if ((bound.reason == Reason::none) != (line.start.empty())) return violation({}, "a bound without a reason");
  std::vector<TaskId> sorted = bound.tasks;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return violation(bound.tasks, "the witness names a task twice");
  }
  for (const TaskId t : sorted) {
    if (t.index() >= line.start.size()) return violation({t}, "the witness names a task that is not there");
  }
  if (bound.reason != Reason::chain && sorted != bound.tasks)
    return violation(bound.tasks, "the witness is out of order");
  if (bound.reason == Reason::clique || bound.reason == Reason::chain) {
    Time sum = 0;
    for (const TaskId t : sorted) sum += line.length[t.index()];
    if (sum != bound.value) return violation(bound.tasks, "the witness does not add up to the bound");
  }
  switch (bound.reason) {
    case Reason::none:
      if (bound.value != 0) return violation({}, "a bound without a reason");
      return std::nullopt;
    case Reason::clique:
      return check_clique(line, bound.tasks);
    case Reason::chain:
      return check_chain(line, bound.tasks);
    case Reason::load:
      return check_load(line, bound, agents_bind);
    case Reason::search:
      return std::nullopt;
  }
  return std::nullopt;
}

Verdict check_times(const Timeline& line) {
  for (std::size_t t = 0; t < line.start.size(); ++t) {
    if (line.start[t] < 0) return violation({TaskId{t}}, fmt::format("task {} starts before 0", t));
    if (line.start[t] > max_total_duration) return violation({TaskId{t}}, fmt::format("task {} starts too late", t));
    if (line.started[t] && line.start[t] != 0) {
      return violation({TaskId{t}}, fmt::format("started task {} does not start at 0", t));
    }
  }
  if (auto bad = check_order(line)) return bad;
  if (auto bad = check_exclusions(line)) return bad;
  if (auto bad = check_alone(line)) return bad;
  return check_pools(line);
}

}  // namespace

std::optional<Violation> check(const Instance& instance, const Waves& answer) {
  const std::size_t size = instance.size();
  if (answer.wave.size() != size) return violation({}, "not every task has a wave");
  const Timeline line{instance,
                      {answer.wave.begin(), answer.wave.end()},
                      std::vector<Time>(size, 1),
                      marks(size, instance.started),
                      marks(size, instance.alone)};
  if (auto bad = check_times(line)) return bad;
  std::vector<int> used = answer.wave;
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  if (static_cast<int>(used.size()) != answer.count || (!used.empty() && used.back() + 1 != answer.count)) {
    return violation({}, fmt::format("the waves are not 0 to {}", answer.count - 1));
  }
  return check_bound(line, answer.bound, answer.count, answer.optimal, false);
}

std::optional<Violation> check(const Instance& instance, const Schedule& answer) {
  const std::size_t size = instance.size();
  if (answer.start.size() != size || answer.agent.size() != size) return violation({}, "not every task has a start");
  const Timeline line{instance, answer.start, instance.duration, marks(size, instance.started),
                      marks(size, instance.alone)};
  if (auto bad = check_times(line)) return bad;
  if (auto bad = check_agents(line, answer)) return bad;
  Time end = 0;
  for (std::size_t t = 0; t < size; ++t) end = std::max(end, line.end(TaskId{t}));
  if (end != answer.makespan)
    return violation({}, fmt::format("the last task ends at {}, not {}", end, answer.makespan));
  return check_bound(line, answer.bound, answer.makespan, answer.optimal, true);
}

}  // namespace graph
