// Work that landed as commits of its own: would it have collided with what landed while it was open?
#pragma once

#include <vector>

#include "planner/line_hunks.h"

namespace planner {

/// Does `later` change lines that `earlier` wrote, or right beside them? `between`: from what the earlier change left
/// to what the later one began with, whatever others did in the meantime; lines that they wrote over are theirs. Git
/// finds a conflict where two sides change what touches.
bool lines_meet(const std::vector<LineHunk>& earlier, const std::vector<LineHunk>& between,
                const std::vector<LineHunk>& later);

}  // namespace planner
