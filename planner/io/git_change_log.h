// What git's log says about the files that commits changed.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "planner/co_change.h"
#include "planner/repository.h"

namespace planner::io {

/// One commit of `log -z --name-status --format=%H` after the other, as it stands there.
std::vector<std::pair<ObjectId, std::string_view>> log_slices(std::string_view text);
/// The paths of one of them.
std::vector<PastChange> past_changes(std::string_view slice);

}  // namespace planner::io
