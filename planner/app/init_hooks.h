// init --hooks: what is written so that an agent, or git, asks the guard; and how it goes again.
#pragma once

#include <string>
#include <vector>

#include "planner/app/file_edits.h"
#include "planner/hooks.h"
#include "planner/io/checkout.h"

namespace planner::app {

struct InitHooksRequest {
  std::vector<parsers::HookAgent> agents;
  HookWishes wishes;
  bool undo = false;
  bool dry_run = false;
  std::string repo;
};

/// All files are read and judged before the first is written. Refused: symbolic links on the way, settings that cannot
/// be read, a directory of hooks that other repositories share.
Result<InitAnswer> init_hooks(const InitHooksRequest&);

}  // namespace planner::app
