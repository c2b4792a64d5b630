// verify: what was really done, held against what was declared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/app/load.h"

namespace planner::app {

struct VerifyRequest {
  OrdersRequest orders;
  std::vector<std::string> work_orders;  ///< judged against their union; empty: found by branch, else by trailers
  std::string base, head;                ///< revisions; empty: the merge base with the target, HEAD
  std::string branch;                    ///< that the work was done on, where the head does not say it
  std::string worktree;                  ///< a directory: uncommitted and untracked files too
  std::vector<std::string> maps;         ///< "ID=REV" or "ID=BASE..HEAD": the work of many orders
  bool branches = false;                 ///< the work of every order whose branch exists
  std::string session;                   ///< whose record is held against history; empty: of the judged orders
  std::string orders_at;                 ///< revision that orders and configuration are read from
  std::optional<parsers::Policy> policy;
};

Answer<VerifyAnswer> verify(World&, const VerifyRequest&);

}  // namespace planner::app
