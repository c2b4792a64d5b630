// The judge of bounds: a witness is added up and every relation it claims is looked up. Only a clique that no single
// exclusion explains is looked at pair by pair.
#include <algorithm>
#include <fmt/core.h>
#include <map>
#include <numeric>
#include <utility>

#include "graph/judge.h"

namespace graph::judge {
namespace {

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

}  // namespace

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

}  // namespace graph::judge
