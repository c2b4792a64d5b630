// The port LedgerSnapshot over tables. A ledger of few claims is read whole and its checksum proved; of many, only what
// an index finds.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "planner/io/hold_keys.h"
#include "planner/io/sql_session.h"
#include "planner/ledger.h"

namespace planner::io {

/// Up to so many claims are read whole.
inline constexpr std::int64_t few_claims = 512;

/// Against damage, not against malice.
std::uint64_t checksum_of(const Claim&);
std::uint64_t checksum_of(const LedgerHead&);

Event event_from(const SqlRow&);  ///< columns as in sql::events
Claim claim_from(const SqlRow&);  ///< columns as in sql::claims

class SqlSnapshot final : public LedgerSnapshot {
 public:
  /// Within a transaction of the session, which outlives this.
  static Result<SqlSnapshot> open(SqlSession&, bool writing);

  const LedgerHead& head() const { return head_; }
  /// The first question that could not be answered.
  const std::optional<Error>& failed() const { return failed_; }
  /// Events under a key of an earlier transaction.
  std::vector<Event> under_key(const std::string& key) const;

  Moment now() const override { return now_; }
  Fence last_fence() const override { return head_.fence; }
  std::int64_t last_seq() const override { return head_.seq; }
  std::optional<Claim> claim(const std::string& id) const override;
  std::vector<Claim> claims() const override;
  std::optional<Completion> completion(const std::string& work_order) const override;
  std::vector<Completion> completions() const;
  std::vector<Event> history(const std::string& claim) const override;
  std::vector<Event> events_after(std::int64_t seq, std::size_t most) const override;
  void candidates(const Hold&, const Visit&) const override;

 private:
  explicit SqlSnapshot(SqlSession& session) : session_(&session) {}
  Result<void> load_head(bool writing);
  Result<void> load_few();
  bool ask(const char* sql, const std::vector<SqlValue>& values, const SqlSession::Visit& row) const;
  bool visit_holds(const char* sql, const std::vector<SqlValue>& values, const Visit&) const;
  std::int64_t count(const char* sql, const std::vector<SqlValue>& values) const;
  bool files_of(const HoldKeys&, const Visit&) const;
  bool wides_of(const HoldKeys&, const Visit&) const;

  SqlSession* session_;
  LedgerHead head_;
  Moment now_;
  std::optional<std::map<Fence, Claim>> few_;
  mutable std::optional<Error> failed_;
};

}  // namespace planner::io
