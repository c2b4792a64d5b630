// The files of a work tree as they are, against a commit, without running any configured program.
#pragma once

#include "planner/io/git_layout.h"
#include "planner/io/scratch_repository.h"
#include "planner/repository.h"

namespace planner::io {

/// `base`: a commit or tree. Files whose stat data is what the index remembers are unchanged; of conversions, those
/// built into git are applied (line ends, ident, encodings), LFS pointers are compared by hash, other filters not run.
Result<WorktreeChanges> compare_worktree(const GitLayout&, const ObjectId& base);

/// What `git add -A` and a commit would store, as a tree whose new objects are in the scratch repository; empty: the
/// tree of `head`. Files of more than 16 MiB are in the tree, and their contents nowhere.
Result<ObjectId> write_worktree(const GitLayout&, const ScratchRepository& into, const ObjectId& head);

}  // namespace planner::io
