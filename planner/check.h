// The second opinion: a plan is judged from the orders again, by code that shares neither overlap nor search with what
// made it, so that an error in the translation cannot hide behind a correct search.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "planner/plan.h"

namespace planner {

/// The first rule the plan breaks, in words; nullopt: it holds. Up to 300 planned orders every pair of entries is
/// compared (overlap by enumerating candidate paths, O(orders^2 * entries^2)); above that every exact path is swept in
/// time order, and dependencies, agents, pools and proofs are checked as before.
std::optional<std::string> check(const Orders&, const Facts&, const Plan&);

/// Wildmatch by plain recursion with a table, without automata. O(path * pattern).
bool reference_match(std::string_view pattern, std::string_view path);

}  // namespace planner
