// Open decisions: what is disputed, what each answer costs, how to write it down. Raw text, like words.h.
#pragma once

#include <string>

#include "planner/report/words.h"

namespace planner::report {

/// What a choice costs against the plan as it is: "3 steps, as planned", "2 steps, 1 less".
std::string cost(const Choice&, const Plan&);

/// The answer to an open decision as a line of YAML, with the cheapest choice that loses no work.
std::string decision_line(const Orders&, const DecisionNeeded&);

/// What the two dispute that asks for the decision.
PairConflicts disputed(const Plan&, const DecisionNeeded&);

}  // namespace planner::report
