// What the two halves of the judge share: an answer as intervals, whether it came as waves or as a schedule.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "graph/check.h"

namespace graph::judge {

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

inline Violation violation(std::vector<TaskId> tasks, std::string rule) { return {std::move(rule), std::move(tasks)}; }

inline std::vector<char> marks(std::size_t size, const std::vector<TaskId>& tasks) {
  std::vector<char> marked(size, 0);
  for (const TaskId t : tasks) marked[t.index()] = 1;
  return marked;
}

inline std::map<TaskId, Time> units_of(const Pool& pool) {
  std::map<TaskId, Time> units;
  for (std::size_t i = 0; i < pool.units.size(); ++i) units[pool.users[i]] = pool.units[i];
  return units;
}

inline std::vector<TaskId> manned(const Instance& instance) {
  const std::vector<char> unmanned = marks(instance.size(), instance.unmanned);
  std::vector<TaskId> result;
  for (std::size_t t = 0; t < instance.size(); ++t) {
    if (!unmanned[t]) result.emplace_back(t);
  }
  return result;
}

/// Whether the bound is what it says and its witness proves it.
Verdict check_bound(const Timeline&, const Bound&, Time value, bool optimal, bool agents_bind);

}  // namespace graph::judge
