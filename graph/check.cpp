// The independent judge of starts, waves and agents. Every resource is swept once in order of start, so hubs cost no
// more than their users.
#include "graph/check.h"

#include <algorithm>
#include <fmt/core.h>
#include <utility>

#include "graph/judge.h"

namespace graph {
namespace {

using namespace judge;

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

Verdict check_pools(const Timeline& line) {
  for (std::size_t p = 0; p < line.instance.pools.size(); ++p) {
    const Pool& pool = line.instance.pools[p];
    if (auto bad = check_capacity(line, pool.users, units_of(pool), pool.capacity, fmt::format("pool {}", p)))
      return bad;
  }
  return std::nullopt;
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
