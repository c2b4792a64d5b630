// init --hooks: what is written so that an agent, or git, asks the guard; and how it goes again.
#pragma once

#include <optional>
#include <string>
#include <vector>

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

/// One file as it was and as it is now, or would be.
struct FileEdit {
  std::string shown;  ///< path as people read it: relative to the top where it lies below it
  std::string path;   ///< absolute
  std::optional<std::string> before, after;
  bool executable = false;
};

struct InitAnswer {
  std::vector<FileEdit> edits;  ///< those that change something
  std::vector<std::string> notes;
};

/// All files are read and judged before the first is written. Refused: symbolic links on the way, settings that cannot
/// be read, a directory of hooks that other repositories share.
Result<InitAnswer> init_hooks(const InitHooksRequest&);

}  // namespace planner::app
