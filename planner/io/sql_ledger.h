// The port Ledger over a database: the same tables and statements for all of them.
//
// Tables: interlock_event (the truth, only appended to), interlock_claim, interlock_hold and interlock_completion (a
// projection of it), interlock_head (one row, the lock of all writers).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "planner/io/sql_session.h"
#include "planner/ledger.h"

namespace planner::io {

class SqlLedger final : public Ledger {
 public:
  explicit SqlLedger(std::unique_ptr<SqlSession> session) : session_(std::move(session)) {}

  Result<std::vector<Event>> transact(const std::string& key, const Rule&) override;
  Result<void> read(const std::function<void(const LedgerSnapshot&)>&) override;
  Result<void> wait_for_change(std::int64_t most_ms) override { return session_->wait_for_change(most_ms); }
  Result<std::vector<std::string>> problems() override;
  Result<void> rebuild() override;
  std::string name() const override { return session_->name(); }

 private:
  Result<std::vector<Event>> attempt(const std::string& key, const Rule&, LedgerHead&);

  std::unique_ptr<SqlSession> session_;
};

/// Makes the tables of claims, holds and completions and the head anew from the events. Within a writing transaction.
Result<void> rebuild_projection(SqlSession&);

}  // namespace planner::io
