// The files of a work tree as they are, against a commit, without running any configured program.
#pragma once

#include "planner/io/git_layout.h"
#include "planner/repository.h"

namespace planner::io {

/// `base`: a commit or tree. Files whose stat data is what the index remembers are unchanged; of conversions, those
/// built into git are applied (line ends, ident, encodings), LFS pointers are compared by hash, other filters not run.
Result<WorktreeChanges> compare_worktree(const GitLayout&, const ObjectId& base);

}  // namespace planner::io
