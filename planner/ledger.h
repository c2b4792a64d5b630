// Port: the shared record of claims. Rules are pure and still run inside a transaction: the store shows them a snapshot
// that nobody else can change meanwhile, and appends the events they answer with. Implemented in io/ over SQLite and
// PostgreSQL, by memory in tests.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "planner/claim.h"
#include "planner/result.h"

namespace planner {

/// What a rule can ask. A question that the store cannot answer has an empty answer, and the transaction fails
/// afterwards: nothing that was decided on it is kept.
class LedgerSnapshot {
 public:
  /// One hold of one claim that has not ended (its lease may have run out). False: seen enough.
  using Visit = std::function<bool(const std::string& claim, const Hold&)>;

  virtual ~LedgerSnapshot() = default;

  virtual Moment now() const = 0;        ///< the same for the whole transaction, not before any event
  virtual Fence last_fence() const = 0;  ///< of the newest grant; 0: none yet
  virtual std::int64_t last_seq() const = 0;

  /// A claim that has not ended; its lease may have run out.
  virtual std::optional<Claim> claim(const std::string& id) const = 0;
  /// All of them, by fence.
  virtual std::vector<Claim> claims() const = 0;
  virtual std::optional<Completion> completion(const std::string& work_order) const = 0;
  /// Everything that happened to one claim, oldest first.
  virtual std::vector<Event> history(const std::string& claim) const = 0;
  /// Events with a greater number, oldest first, at most `most`.
  virtual std::vector<Event> events_after(std::int64_t seq, std::size_t most) const = 0;

  /// Holds that may meet this one: all that overlap it, all of Kind::alone and perhaps more, in no order. A store
  /// answers from an index: a file by the literal beginning and end of its text, the rest by kind and name; Kind::alone
  /// meets at least one hold of every claim.
  virtual void candidates(const Hold&, const Visit&) const = 0;
};

class Ledger {
 public:
  using Rule = std::function<std::vector<Event>(const LedgerSnapshot&)>;

  virtual ~Ledger() = default;

  /// Runs the rule on a snapshot that is locked against every other writer and appends its events, or nothing where it
  /// answers with none. Returns what now stands in the ledger under `key`, durably. A key that was used before runs no
  /// rule and returns its events: a retry after an unknown outcome happens once. The rule may be run more than once
  /// (a connection was lost before anything was kept); its last run counts.
  virtual Result<std::vector<Event>> transact(const std::string& key, const Rule&) = 0;

  /// A snapshot without a lock: readers never wait for writers.
  virtual Result<void> read(const std::function<void(const LedgerSnapshot&)>&) = 0;

  /// Sleeps until somebody may have written, at most so long.
  virtual Result<void> wait_for_change(std::int64_t most_ms) = 0;

  /// Everything that is wrong with it, one sentence each; empty: sound. O(events).
  virtual Result<std::vector<std::string>> problems() = 0;
  /// Makes the projection anew from the events; refused where the events themselves are damaged.
  virtual Result<void> rebuild() = 0;

  /// For people: a file, or a server without any password.
  virtual std::string name() const = 0;
};

/// Where the ledger of a repository is found.
class LedgerDoor {
 public:
  virtual ~LedgerDoor() = default;
  /// `configured`: what interlock.yaml says, or empty. Null: there is none yet and it was not to be made, or claims are
  /// to be left aside. Valid as long as this.
  virtual Result<Ledger*> open(const std::string& configured, bool create) = 0;
  /// A ledger belongs to the outermost repository, and a submodule's paths are found in it below this directory: empty,
  /// or with a trailing slash.
  virtual const std::string& prefix() const = 0;
};

}  // namespace planner
