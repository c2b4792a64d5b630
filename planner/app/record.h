// verify --record: what a session has produced so far, kept where no other session can lose it.
#pragma once

#include <string>
#include <vector>

#include "planner/app/load.h"

namespace planner::app {

struct RecordRequest {
  OrdersRequest orders;                  ///< may name no file at all
  std::vector<std::string> work_orders;  ///< empty: found by the branch
  std::string session;                   ///< empty: the ids of its orders
  std::string worktree;                  ///< a directory; empty: where the call was made
  std::string base;    ///< revision it began at; empty: as before, else the merge base with the target
  bool start = false;  ///< the session begins: what is dirty now is somebody else's
};

Answer<RecordAnswer> record(World&, const RecordRequest&);

}  // namespace planner::app
