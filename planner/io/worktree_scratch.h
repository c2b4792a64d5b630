// A scratch repository that looks at a work tree: with a copy of its index and of what says which files are ignored and
// converted, so that git can be asked about the files without running anything that is configured.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "planner/io/scratch_repository.h"

namespace planner::io {

class WorktreeScratch {
 public:
  static Result<WorktreeScratch> make(const GitLayout& layout) { return make(layout, layout); }
  /// Lies in the folder of another repository, `home`.
  static Result<WorktreeScratch> make(const GitLayout&, const GitLayout& home);

  /// git in the work tree, with the copy as its index.
  GitCommand command(std::vector<std::string> arguments, std::string input = {}) const;
  Result<std::string> answer(std::vector<std::string> arguments, std::string input = {}) const {
    return git_output(command(std::move(arguments), std::move(input)));
  }

  /// The copy keeps the time of the original: git trusts stat data only of files older than the index.
  std::string index() const { return scratch_.directory() + "/index"; }
  const std::string& top() const { return top_; }
  /// Files outside of the work tree that set attributes; they need not be there.
  std::vector<std::string> attribute_files() const;
  /// When this was made, by the clock that stamps its files: nanoseconds since 1970.
  std::int64_t made() const { return made_; }

 private:
  WorktreeScratch(std::string top, ScratchRepository scratch, std::vector<std::string> settings);

  std::string top_;
  ScratchRepository scratch_;
  std::vector<std::string> settings_;
  std::int64_t made_;
};

/// With its time. Nothing happens when there is no such file.
Result<void> copy_with_time(const std::string& from, const std::string& to);

}  // namespace planner::io
