// What git's own hooks are about to do, as acts to judge.
#pragma once

#include <string>
#include <vector>

#include "planner/app/guard.h"
#include "planner/app/guard_acts.h"

namespace planner::app {

/// Does this event, in this state, do anything that can be judged? Quick, because git asks several times a command.
bool git_hook_matters(const GuardRequest&, const std::string& input);

/// pre-commit: the staged paths are written. pre-push and reference-transaction: branches that lose commits, or go.
GuardedCall git_hook_acts(const GuardRequest&, const std::string& input, const io::Checkout&);

}  // namespace planner::app
