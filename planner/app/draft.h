// draft: a scope to accept or correct for every order that has none.
#pragma once

#include "planner/app/load.h"
#include "planner/draft_answer.h"

namespace planner::app {

/// Orders that declare a scope are passed through. Without a repository only texts are looked at. No order: a failure.
Answer<DraftAnswer> draft(World&, const OrdersRequest&);

}  // namespace planner::app
