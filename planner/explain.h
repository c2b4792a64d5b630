// The whole story of one pair of orders.
#pragma once

#include "planner/answers.h"

namespace planner {

/// Fills conflicts, hubs, chain, may_overlap and reasons of an answer whose orders, plan and pair are set.
void explain_pair(ExplainAnswer&);

}  // namespace planner
