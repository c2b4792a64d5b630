// What git's hooks are told, completed by asking git: what is being committed, and what a new value of a branch drops.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/io/checkout.h"
#include "planner/result.h"

namespace planner::io {

/// Paths that the commit being made differs in from its parents, by path. `index_file`: GIT_INDEX_FILE as git set it
/// for the hook, or empty. After a merge a path counts when it differs from both sides. One git process, two in a
/// merge.
Result<std::vector<std::string>> staged_paths(const Checkout&, const std::string& index_file);

/// Paths in the index, and so tracked or about to be.
Result<std::vector<std::string>> tracked_paths(const Checkout&);

struct DroppedCommit {
  std::string id;
  std::vector<std::string> work_orders;  ///< of its Work-Order trailers
};

/// Commits that are reachable from `old` and not from `now`, newest first, at most 50. An error when git does not have
/// both.
Result<std::vector<DroppedCommit>> dropped_commits(const Checkout&, const std::string& old, const std::string& now);

/// The present value of a ref ("refs/heads/x"); empty: there is none.
Result<std::string> value_of_ref(const Checkout&, const std::string& ref);

/// A line of fields that git writes to a hook's standard input.
std::vector<std::vector<std::string>> hook_lines(std::string_view text);

bool is_zero(std::string_view object_id);

}  // namespace planner::io
