// What the text of one order names and another writes: hints, since nobody said that it is relied on.
#pragma once

#include <vector>

#include "planner/conflicts.h"

namespace planner {

/// `hidden-read` clashes, inferred, at most three a pair of orders; a file of more than `hub_users` writers gives none.
/// O(mentions log entries + clashes).
std::vector<Clash> find_mentions(const Orders&);

}  // namespace planner
