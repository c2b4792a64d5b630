// Where the ledger of a repository lies: one for all of its work trees and for the submodules checked out in them.
#pragma once

#include <string>

#include "planner/io/git_layout.h"

namespace planner::io {

struct LedgerPlace {
  std::string directory;  ///< of a ledger that is a file
  std::string prefix;     ///< of this repository within the one the ledger belongs to: empty, or with a trailing slash
};

/// Under the git common directory; of a submodule whose git directory lies in that of its superproject, under the
/// superproject's (the outermost one's), because every work tree of the superproject has a clone of its own of the
/// submodule, and its files are files of the superproject's work trees. Read from paths alone: no git runs.
LedgerPlace ledger_place(const GitLayout&);

}  // namespace planner::io
