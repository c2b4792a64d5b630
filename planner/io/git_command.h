// One call of the git binary, made safe: no configured program can run, no lock is taken, nothing is fetched.
//
// The environment is built from nothing, so no GIT_* variable of the caller gets through. System and global
// configuration are blanked; what remains of the user's own is the repository's, and only commands that run no
// configured code may be asked there (rev-parse, for-each-ref, symbolic-ref, worktree list, config). Everything else
// runs in a scratch repository on full object ids.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/io/process.h"
#include "planner/result.h"

namespace planner::io {

struct GitCommand {
  std::vector<std::string> arguments;  ///< from the subcommand on
  std::string directory;               ///< where git starts; empty: here
  std::string git_dir;                 ///< empty: discovered from `directory`
  std::string work_tree;               ///< empty: none named
  std::string index_file;              ///< empty: git's own
  std::string object_directory;        ///< where objects are written; empty: git's own
  std::vector<std::string> config;     ///< "key=value"
  bool user_config = false;            ///< `config --list` alone: read the system's and the user's configuration too
  std::string input;
};

/// Is there a git on the PATH at all?
bool git_is_installed();

/// The exit code may be anything.
Result<Finished> run_git(const GitCommand&);

/// A git that is kept; `input` is not used.
Result<Conversation> converse_with_git(const GitCommand&);

/// Standard output; an error of kind world with git's own words unless it ended with 0.
Result<std::string> git_output(const GitCommand&);

/// What git said went wrong, in one line without "fatal: ".
std::string git_complaint(const Finished&);

/// The next field of `-z` output; `rest` moves behind it.
std::string_view next_field(std::string_view& rest);

/// Lower-case hex of 40 or 64 digits.
bool is_object_id(std::string_view);

}  // namespace planner::io
