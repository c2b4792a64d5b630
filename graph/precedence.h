// Order constraints alone: is there a cycle, and which arcs close one?
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "graph/instance.h"

namespace graph {

/// Smallest id first among those that are free.
struct TopologicalOrder {
  std::vector<TaskId> tasks;
};

/// A shortest cycle through the smallest id on any; starts with that id, each before the next and the last before it.
struct Cycle {
  std::vector<TaskId> tasks;
};

/// O(n log n + arcs).
std::variant<TopologicalOrder, Cycle> topological_order(std::size_t tasks, std::span<const Arc>);

/// component[t]: the strongly connected component of t; components numbered by their smallest task.
std::vector<std::uint32_t> strong_components(std::size_t tasks, std::span<const Arc>);

/// Arcs that are implied by the others dropped; exact while tasks * arcs is affordable, else left as given.
/// REQUIRES: acyclic. Ordered by (after, before).
std::vector<Arc> transitive_reduction(std::size_t tasks, std::vector<Arc>);

}  // namespace graph
