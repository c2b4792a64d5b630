// A scratch repository that looks at a work tree: with a copy of its index and of what says which files are ignored and
// converted, so that git can be asked about the files without running anything that is configured.
#pragma once

#include <string>
#include <vector>

#include "planner/io/scratch_repository.h"

namespace planner::io {

class WorktreeScratch {
 public:
  static Result<WorktreeScratch> make(const GitLayout&);

  /// git in the work tree, with the copy as its index.
  GitCommand command(std::vector<std::string> arguments, std::string input = {}) const;
  Result<std::string> answer(std::vector<std::string> arguments, std::string input = {}) const {
    return git_output(command(std::move(arguments), std::move(input)));
  }

  /// The copy keeps the time of the original: git trusts stat data only of files older than the index.
  std::string index() const { return scratch_.directory() + "/index"; }
  const std::string& top() const { return top_; }

 private:
  WorktreeScratch(std::string top, ScratchRepository scratch, std::vector<std::string> settings)
      : top_(std::move(top)), scratch_(std::move(scratch)), settings_(std::move(settings)) {}

  std::string top_;
  ScratchRepository scratch_;
  std::vector<std::string> settings_;
};

/// With its time. Nothing happens when there is no such file.
Result<void> copy_with_time(const std::string& from, const std::string& to);

}  // namespace planner::io
