// The state of the ledger as its events make it, in memory: what stores keep in tables, computed independently of them.
// Tests and `doctor` hold the tables against it; a ledger in memory is made of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "planner/claim.h"

namespace planner {

struct Projection {
  std::map<Fence, Claim> claims;                  ///< that have not ended
  std::map<std::string, Completion> completions;  ///< by work order
  Fence last_fence = 0;
  std::int64_t last_seq = 0;
  std::string last_hash;
  friend bool operator==(const Projection&, const Projection&) = default;
};

/// Applies the next event. Why it cannot follow what is there, in words: a gap, a fence that does not rise, an end of a
/// claim that does not live, a hash that does not fit; nullopt: applied.
std::optional<std::string> apply(Projection&, const Event&);

/// Number, id and hash of events that are about to be appended under `key`.
void seal(std::vector<Event>&, const std::string& key, std::int64_t last_seq, const std::string& last_hash);

/// SHA-256 in hex over the hash before and everything the event says but its own hash.
std::string event_hash(const std::string& before, const Event&);

/// Holds as one text, a line each, for a column of a table; bytes that would end a field are escaped.
std::string encode_holds(const std::vector<Hold>&);
/// nullopt: not written by encode_holds.
std::optional<std::vector<Hold>> decode_holds(std::string_view);

std::optional<Event::Kind> event_kind_from(std::string_view);

}  // namespace planner
