// A ledger in a PostgreSQL database: for sessions on several machines. One database (or search_path) is one ledger.
//
// Time is the server's. A connection that breaks is made again; whether a commit was kept before it broke is looked up
// under the key of the transaction, so nothing happens twice. No error shows the password of the URL.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "planner/ledger.h"

namespace planner::io {

struct PostgresOptions {
  bool create = false;                ///< make the tables where there are none
  std::int64_t patience_ms = 60'000;  ///< how long to wait for another writer, or for a server that restarts
};

/// Does it name a PostgreSQL server?
bool is_postgres_url(const std::string&);

/// Null: the database holds no ledger, and none was to be made.
Result<std::unique_ptr<Ledger>> open_postgres_ledger(const std::string& url, const PostgresOptions&);

}  // namespace planner::io
