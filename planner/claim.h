// Values of the ledger: what a session holds, for how long, and what happened to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/work_order.h"
#include "planner/resource.h"

namespace planner {

/// The number that proves a claim is the newest: rises by one with every grant of a ledger, 0 is none.
using Fence = std::uint64_t;

/// One thing held.
struct Hold {
  enum class Kind {
    file,   ///< path, directory, pattern or symbol
    named,  ///< "db:test", exclusive or shared
    pool,   ///< one place of a pool
    key,    ///< identity of the work: "issue:42"
    order,  ///< the work order itself: one session each
    alone,  ///< a barrier is written, or nobody knows what: no other claim beside it
  };
  Kind kind = Kind::file;
  Resource resource;                                 ///< but for files of Kind::named; alone: "*"
  bool writes = true;                                ///< file: written, else read; named: exclusive, else shared
  parsers::Intent intent = parsers::Intent::modify;  ///< file that is written: how
  bool tolerates_writes = false;                     ///< file that is read: others may write it meanwhile
  std::int64_t capacity = 1;                         ///< pool: places, as configured where it was claimed
  std::string exploration = {};                      ///< key: claims of one exploration share it

  /// Takes away what others rely on.
  bool removes() const { return writes && (intent == parsers::Intent::remove || intent == parsers::Intent::rename); }
  friend bool operator==(const Hold&, const Hold&) = default;
};
std::string_view to_string(Hold::Kind);

/// "src/a.py", "src/a.py (read)", "src/a.py (delete)", "port:8080 (shared)", "issue:42 (key)".
std::string describe(const Hold&);

/// A reading of the ledger's clock, which never jumps: time since this boot of the host, or the server's. Readings of
/// different clocks (another boot) do not compare.
struct Moment {
  std::string clock;
  std::int64_t ns = 0;
  std::int64_t wall_ms = 0;  ///< Unix time, for people alone; nothing is decided by it
  friend bool operator==(const Moment&, const Moment&) = default;
};

/// A hold on resources with a lease, as the projection of the events has it.
struct Claim {
  std::string id;  ///< "c17", where 17 is its fence
  Fence fence = 0;
  std::string agent;       ///< a name for people; two sessions may have the same
  std::string work_order;  ///< id, or empty
  std::vector<Hold> holds;
  Moment granted;
  Moment renewed;           ///< the last time the lease began
  std::int64_t ttl_ms = 0;  ///< from `renewed` on

  /// Its lease has run out, or its host has booted since: nobody may act under its fence any more, though its session
  /// may still run.
  bool expired(const Moment& now) const;
  /// Unix time in milliseconds.
  std::int64_t expires_wall_ms() const { return renewed.wall_ms + ttl_ms; }
  friend bool operator==(const Claim&, const Claim&) = default;
};

/// What happened: the truth of the ledger. Claims and completions are a projection of the events.
struct Event {
  enum class Kind {
    granted,    ///< a claim begins, with a new fence
    extended,   ///< it holds more
    renewed,    ///< its lease begins anew
    released,   ///< it ends, the work is not done
    completed,  ///< it ends, the work is done
    broken,     ///< a person ended it
    expired,    ///< a newer claim found its lease run out and ended it
    reopened,   ///< a person declared completed work to be undone
  };
  std::int64_t seq = 0;  ///< from 1 without gaps; given by the store, as are id and hash
  std::string id;        ///< key of the transaction, "/", position in it
  Kind kind = Kind::granted;
  std::string claim;
  Fence fence = 0;
  std::string agent;
  std::string work_order;
  Moment at;
  std::int64_t ttl_ms = 0;  ///< granted, renewed
  std::vector<Hold> holds;  ///< granted: all; extended: what is new
  std::string note;         ///< broken, reopened: why; completed: the commit; expired: the claim that took over
  std::string hash;         ///< SHA-256 in hex over the hash before and this event
  friend bool operator==(const Event&, const Event&) = default;
};
std::string_view to_string(Event::Kind);

/// That a work order was done under a claim.
struct Completion {
  std::string work_order, claim, agent;
  Fence fence = 0;
  Moment at;
  std::string commit;  ///< or empty
  friend bool operator==(const Completion&, const Completion&) = default;
};

}  // namespace planner
