// The block for the prompt of the session that works on one order.
#pragma once

#include "planner/answers.h"

namespace planner {

/// What a session must leave alone because somebody who may run at the same time owns it: the write sets of all open
/// orders that nothing keeps apart from `order`. Nearest to the order's own entries first (by shared leading
/// directories), then by text; the first 20, and how many more. Also what the order waits for, with the reasons.
void describe_scope(ScopeAnswer& answer, const Plan& plan);

/// A name that is safe as a branch and as a directory: letters, digits, '.', '_' and '-'; others become '-'.
std::string safe_name(std::string_view id);

}  // namespace planner
