// Indices in the order of their keys, where comparing would take longer than counting.
#pragma once

#include <span>
#include <vector>

#include "graph/problem.h"

namespace graph {

/// 0 .. key.size() - 1 by key, equal keys by index. O(n * bytes in which keys differ).
std::vector<Index> by_key(std::span<const Time> key);

}  // namespace graph
