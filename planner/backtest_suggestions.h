// What the collisions of the past suggest: whether interlock is worth it, and what interlock.yaml should say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/backtest.h"

namespace planner {

/// Whether interlock is worth it: by the share of branches that collided with another in flight, and of the merges
/// between branches that somebody had to make by hand.
enum class Worth { yes, somewhat, hardly, unknown };
std::string_view to_string(Worth);
Worth worth_of(const Backtest&);

/// `append` for files whose collisions are mostly two insertions at one place, `regenerate` for lock files. Nothing is
/// suggested for less than two collisions.
ConfigProposal suggestions_for(const std::vector<Collision>& files, const std::vector<SeriesCollision>&);

/// The pattern of two paths that take one number: "db/migrations/{n}_*.sql".
std::string series_of(std::string_view a, std::string_view b);

}  // namespace planner
