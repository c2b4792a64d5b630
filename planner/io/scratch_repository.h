// A private repository in which git may be asked anything about the user's objects: it has no configuration but ours,
// no hooks, no filters, no replace refs, and borrows the user's object store. What git writes stays in here.
#pragma once

#include <string>

#include "planner/io/git_command.h"
#include "planner/io/git_layout.h"

namespace planner::io {

class ScratchRepository {
 public:
  /// Under <common dir>/interlock/, or in the temporary directory where that cannot be written.
  static Result<ScratchRepository> make(const GitLayout& layout) { return make(layout, layout); }
  /// Borrows the objects of one repository and lies in the folder of another.
  static Result<ScratchRepository> make(const GitLayout& borrowed, const GitLayout& home);

  ScratchRepository(ScratchRepository&&) noexcept;
  ScratchRepository& operator=(ScratchRepository&&) noexcept;
  ~ScratchRepository();  ///< removes it

  const std::string& directory() const { return directory_; }
  /// git with this repository as its own.
  GitCommand command(std::vector<std::string> arguments, std::string input = {}) const;
  /// A directory of objects that borrows from nobody, and that this repository reads too.
  Result<std::string> store_for_work_trees() const;

 private:
  ScratchRepository(std::string directory, int lock) : directory_(std::move(directory)), lock_(lock) {}
  std::string directory_;
  int lock_ = -1;  // held while in use: what nobody holds was left by a crash, and is swept
};

/// <common dir>/interlock, made when it is not there; an error when it cannot be written.
Result<std::string> state_directory(const GitLayout&);

}  // namespace planner::io
