// One connection to a database of a ledger: what SQLite and PostgreSQL do differently.
//
// Statements are literals with $1, $2, ...; the address of a literal may serve as its name.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "planner/claim.h"
#include "planner/result.h"

namespace planner::io {

using SqlValue = std::variant<std::int64_t, std::string>;

class SqlRow {
 public:
  virtual ~SqlRow() = default;
  virtual std::int64_t number(int column) const = 0;
  virtual std::string text(int column) const = 0;
};

/// What the ledger has come to, one row that every writer locks.
struct LedgerHead {
  Fence fence = 0;
  std::int64_t seq = 0;
  std::string hash;            ///< of the last event
  std::int64_t at_ns = 0;      ///< of the last event
  std::int64_t claims = 0;     ///< that have not ended
  std::uint64_t checksum = 0;  ///< sum of the checksums of those claims
};

class SqlSession {
 public:
  using Visit = std::function<bool(const SqlRow&)>;  ///< false: no more rows

  virtual ~SqlSession() = default;

  virtual Result<void> run(const char* sql, const std::vector<SqlValue>& values, const Visit& row) = 0;

  /// writing: returns with the lock that all writers take. Reading: a snapshot without a lock.
  virtual Result<void> begin(bool writing) = 0;
  virtual Result<void> commit() = 0;
  virtual void roll_back() = 0;
  /// After an error: the connection broke and is there again, and whether the last commit was kept has to be looked up.
  virtual bool recovered() = 0;

  /// Asked after begin. `last`: never before this.
  virtual Result<Moment> clock(std::int64_t last_ns) = 0;
  /// Does what the database says fit to what this host or nobody else remembers of it? Asked after begin.
  virtual Result<void> check(const LedgerHead&) = 0;
  /// Told after commit.
  virtual void remember(const LedgerHead&) = 0;
  /// What is remembered no longer counts: the head is made anew. Raises its fence above every fence remembered.
  virtual void start_over(LedgerHead&) = 0;
  virtual Result<void> wait_for_change(std::int64_t most_ms) = 0;
  /// Damage that the database itself can find.
  virtual Result<std::vector<std::string>> damage() = 0;

  /// SQL for the head row, locked when writing.
  virtual const char* locked_head() const = 0;
  /// Fence and hold of the holds of kind $1 whose front (else back) is one of the JSON array $2; how many, up to $3.
  virtual const char* holds_by_beginnings(bool front) const = 0;
  virtual const char* count_by_beginnings(bool front) const = 0;
  virtual std::string name() const = 0;
};

}  // namespace planner::io
