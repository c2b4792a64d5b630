// git's machine output as values.
#pragma once

#include <string_view>
#include <vector>

#include "planner/repository.h"

namespace planner::io {

/// `diff-tree|diff-index|diff-files -z --raw --no-renames --no-abbrev`; ordered by path, one change per path.
std::vector<Change> parse_raw_diff(std::string_view);

/// `ls-tree -r -z`: files, symbolic links and submodules.
std::vector<TreeEntry> parse_tree(std::string_view);

/// `log -z` with commit_format.
inline constexpr const char* commit_format = "--format=tformat:%H%x00%P%x00%s%x00%(trailers:only,unfold)%x00%an <%ae>";
std::vector<Commit> parse_commits(std::string_view);

/// Lines "Key: value".
std::vector<Trailer> parse_trailers(std::string_view);

/// `log -z --raw` with the format that git_recent.cpp asks for.
std::vector<RecentCommit> parse_recent(std::string_view);

/// `worktree list --porcelain -z`, without bare entries and those whose directory is gone.
std::vector<WorktreeInfo> parse_worktrees(std::string_view);

/// `merge-tree --write-tree -z --messages --stdin`: the merges that git came to the end of, in their order.
std::vector<Merge> parse_merges(std::string_view);

/// Names as `renamed_from` the removed path with the same content, first by path, one for each.
void pair_exact_renames(std::vector<Change>&);

}  // namespace planner::io
