// A ledger in one SQLite file: nothing to install, every work tree sees it.
//
// The file stands in a directory of its own with mode 0700, in WAL mode with synchronous=FULL: what was answered is on
// disk. It is made under a lock, so that any number of first openers succeed. A file that is not exactly ours (other
// tables, views or triggers, a newer version, another application's) is refused.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "planner/claim.h"
#include "planner/ledger.h"

namespace planner::io {

struct SqliteOptions {
  bool create = false;                 ///< make the ledger where there is none
  std::int64_t patience_ms = 60'000;   ///< how long to wait for another writer
  std::function<Moment()> clock = {};  ///< for tests; none: this host's
};

/// This boot of this host and the time since it, sleep included.
Result<Moment> host_clock();

/// Null: there is none, and it was not to be made. `directory`: an absolute path without symbolic links above it.
Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& directory, const SqliteOptions&);

}  // namespace planner::io
