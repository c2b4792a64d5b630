// init --ci: what makes a CI system, or pre-commit, ask interlock; and how it goes again.
#pragma once

#include <string>
#include <vector>

#include "planner/app/file_edits.h"
#include "planner/ci_documents.h"

namespace planner::app {

struct InitCiRequest {
  std::vector<CiSystem> systems;
  std::vector<std::string> orders;
  std::string source;  ///< --source, or empty
  bool undo = false;
  bool dry_run = false;
  std::string repo;
};

/// All files are read and judged before the first is written.
Result<InitAnswer> init_ci(const InitCiRequest&);

}  // namespace planner::app
