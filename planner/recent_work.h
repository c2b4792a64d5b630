// What somebody has just done to the files an order is about to write.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "planner/order.h"
#include "planner/repository.h"

namespace planner {

/// What lies in a work tree and is in no commit.
struct DirtyWork {
  std::string worktree;  ///< its directory
  std::string branch;    ///< empty: detached
  std::vector<Change> changes;
};

/// For every open order, one finding for each path of its write set that was changed (`recently-changed`, a note) or
/// removed (`recently-removed`, a warning) by a commit, the newest first said, or that is not committed in some work
/// tree (`uncommitted-change`, a warning). What an order's own branch or trailers say is its own work. At most 20 paths
/// an order and rule; a last finding counts the others. O(orders * paths log entries).
std::vector<Finding> recent_work(const Orders&, const std::vector<RecentCommit>&, const std::vector<DirtyWork>&);

/// "90s", "30m", "2h", "1d" as seconds; nullopt: no duration.
std::optional<std::int64_t> duration_of(std::string_view);

/// "@1700000000", "2026-11-21", "2026-11-21T05:00", "2026-11-21T05:00:00Z" (always UTC) as seconds since 1970; nullopt:
/// no time.
std::optional<std::int64_t> time_of(std::string_view);

/// "2026-11-21T05:00:00Z".
std::string printed_time(std::int64_t seconds);

}  // namespace planner
