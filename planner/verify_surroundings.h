// What lies around the writes of a piece of work: what it read, what git does not show of it, and the law itself.
#pragma once

#include <string>
#include <vector>

#include "planner/work.h"

namespace planner {

/// stale-read: what an order relies on unchanged changed on the target meanwhile. One finding per read entry.
std::vector<Finding> verify_reads(const Orders&, const std::vector<Work>&);

/// hidden-change: marked files that differ; nested repositories and ignored files where the orders write. Ignored
/// files below a directory that an order writes are one note.
std::vector<Finding> verify_hidden(const Orders&, const std::vector<Work>&);

/// scope-changed: the work changed the orders or the configuration it is judged by.
std::vector<Finding> verify_law(const Orders&, const std::vector<Work>&, const std::vector<std::string>& law);

}  // namespace planner
