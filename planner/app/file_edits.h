// Files that a story changes on request: shown, then written, and taken back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/result.h"

namespace planner::app {

/// One file as it was and as it is now, or would be.
struct PlacedEdit {
  std::string shown;  ///< path as people read it: relative to the top where it lies below it
  std::string path;   ///< absolute
  std::optional<std::string> before, after;
  bool executable = false;
  std::string top;  ///< no symbolic link below it is followed
};

struct InitAnswer {
  std::vector<PlacedEdit> edits;   ///< those that change something
  std::vector<std::string> notes;  ///< for standard error
  std::string text;                ///< what is said without being written, or empty
};

/// In order; the first that cannot be written ends it.
Result<void> write_edits(const std::vector<PlacedEdit>&);

}  // namespace planner::app
