// What a plan does differently from the one it goes on from. Raw text, like words.h.
#pragma once

#include <string>

#include "planner/plan.h"

namespace planner::report {

/// "1 added, 2 later, 3 waits gained; no pair goes the other way round". REQUIRES:
/// changes.
std::string change_summary(const Plan&);

/// "WO-3 starts later, at 45 min: it waits for WO-9, which is new".
std::string change_words(const PlanChanges::Order&, Unit);

/// "WO-3 waits now for WO-9: write-write on src/a.py".
std::string change_words(const PlanChanges::Wait&);

}  // namespace planner::report
