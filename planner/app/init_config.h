// init: an interlock.yaml proposed from what is found in the repository.
#pragma once

#include <string>

#include "planner/answers.h"
#include "planner/app/file_edits.h"
#include "planner/app/load.h"

namespace planner::app {

struct InitConfigRequest {
  std::string repo;
  bool undo = false;
  bool dry_run = false;
};

/// Where no interlock.yaml is, it is written. One that is there is never changed: what it lacks is said instead, as
/// `text`. `undo` removes a file that is still what would be written.
Answer<InitAnswer> init_config(const InitConfigRequest&);

}  // namespace planner::app
