// An Instance made ready for the solvers: one shape for the schedule and for waves (unit durations, no agents), hubs
// kept as hyperedges, what cannot bind dropped, and rows to walk instead of lists to search.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "graph/answer.h"

namespace graph {

using Index = std::uint32_t;

/// Rows of different lengths in one block.
template <class T>
struct Rows {
  std::vector<Index> first{0};
  std::vector<T> items;

  std::size_t size() const { return first.size() - 1; }
  std::span<const T> operator[](std::size_t row) const {
    return std::span<const T>(items).subspan(first[row], first[row + 1] - first[row]);
  }
  void close() { first.push_back(static_cast<Index>(items.size())); }
};

struct Access {
  Index exclusion;
  bool writes;
};
struct Member {
  Index task;
  bool writes;
  friend bool operator<(const Member& a, const Member& b) { return a.writes != b.writes ? a.writes : a.task < b.task; }
};
struct Use {
  Index pool;
  Time units;
};

/// Nodes are the tasks, then one milestone of no duration for every readers-first exclusion: readers -> it -> writers.
/// Exclusions have a writer and a second user; an alone task writes one that everybody else reads; the agents are a
/// pool.
struct Problem {
  std::vector<Time> duration;  ///< per node
  std::vector<char> started;   ///< per task
  Rows<Index> after, before;   ///< per node, ascending
  Rows<Member> members;        ///< per exclusion: writers ascending, then readers ascending
  Rows<Access> accesses;       ///< per task
  Rows<Use> uses;              ///< per task
  std::vector<Time> capacity;  ///< per pool; only pools that can bind
  std::vector<int> pool_name;  ///< per pool: index into Instance::pools, -1 for the agents
  std::vector<TaskId> name;    ///< per task: its id in the Instance

  std::size_t tasks() const { return started.size(); }
  std::size_t nodes() const { return duration.size(); }
};

enum class View { schedule, waves };

/// `solo`: alone tasks without any order and not started, which the problem leaves out: they run before or after all
/// else.
/// `unit`: what one unit of time of the problem is in the instance, the greatest common divisor of the durations.
struct Prepared {
  Problem problem;
  Time unit = 1;
  std::vector<TaskId> solo;  ///< ascending
};

/// O((n + accesses) log n). `keep_solo`: none is left out.
Prepared prepare(const Instance&, View, bool keep_solo = false);

/// Parts that do not bind each other: connected over arcs, exclusions and pools. Ordered by their first task.
std::vector<std::vector<Index>> parts(const Problem&);

/// The problem of one part. REQUIRES: `tasks` ascending and one of parts(problem).
Problem part(const Problem&, std::span<const Index> tasks);

/// The problem with more precedence among its tasks. REQUIRES: no cycle.
Problem with_links(const Problem&, std::span<const std::pair<Index, Index>> links);

/// Nodes so that predecessors come first.
std::vector<Index> node_order(const Problem&);

/// A list of tasks of the problem as ids of the instance, ascending.
std::vector<TaskId> named(const Problem&, std::span<const Index> tasks);

}  // namespace graph
