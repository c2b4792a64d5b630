// Who may hold what: the rules of the ledger, pure. Each looks at a snapshot and answers with the events to append, or
// with a denial and none. Denied by default: whatever overlaps a live claim is not granted, and nothing is granted in
// part.
//
// Safety: at most one live claim holds a resource exclusively, and every grant has a fence above all earlier ones. A
// claim whose lease ran out holds nothing and its fence is stale, whether or not somebody took over.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "parsers/config.h"
#include "planner/claim.h"
#include "planner/ledger.h"

namespace planner {

/// How claims of this repository exclude each other. shared: writers exclude readers and each other; worktree: readers
/// only mind deletions and renames.
struct ClaimLaw {
  parsers::Isolation isolation = parsers::Isolation::shared;
  Coverage regenerate;  ///< files that are made anew after merging: no reason to deny
};

/// Why two holds exclude each other: a path both cover, or the name; nullopt: they do not.
std::optional<std::string> exclusion(const Hold& mine, const Hold& theirs, const ClaimLaw&);

struct ClaimRequest {
  std::string agent;
  std::string work_order;  ///< id, or empty
  std::vector<Hold> holds;
  std::int64_t ttl_ms = 0;
  /// Work orders that the plan lets run at once with this one although their entries overlap, with what they declare:
  /// exactly those holds of theirs do not count.
  std::map<std::string, std::vector<Hold>> together = {};
};

/// One live claim in the way.
struct Denier {
  Claim claim;
  Hold theirs, mine;
  std::string witness;  ///< a path that both cover, or the name
};

struct Denial {
  std::string reason;        ///< one sentence
  std::vector<Denier> by;    ///< by fence, each claim once; at most `most_deniers`
  bool more = false;         ///< there are others
  std::vector<Hold> free;    ///< what of the request nobody holds
  bool stale = false;        ///< the fence is not that of a live claim
  bool passes = false;       ///< waiting may help: only live claims are in the way
  std::int64_t wait_ms = 0;  ///< passes: until the first lease in the way runs out
};

inline constexpr std::size_t most_deniers = 20;

/// Events to append, or a denial: exactly one of the two.
struct Ruling {
  std::vector<Event> events;
  std::optional<Denial> denial;
};

/// All or nothing. Claims in the way whose lease has run out are ended first.
Ruling rule_grant(const LedgerSnapshot&, const ClaimRequest&, const ClaimLaw&);
/// The same for more holds of a live claim; `together` as of the request.
Ruling rule_extend(const LedgerSnapshot&, const std::string& claim, Fence, const ClaimRequest&, const ClaimLaw&);
/// A new lease. Denied when it would not end later than the one there is. ttl_ms 0: as long as the last.
Ruling rule_renew(const LedgerSnapshot&, const std::string& claim, Fence, std::int64_t ttl_ms);
Ruling rule_release(const LedgerSnapshot&, const std::string& claim, Fence);
Ruling rule_complete(const LedgerSnapshot&, const std::string& claim, Fence, const std::string& commit);
/// A person ends a claim, or declares completed work undone.
Ruling rule_break(const LedgerSnapshot&, const std::string& claim, const std::string& reason);

/// nullopt: the claim lives and this is its fence. What every effect under a claim has to ask first.
std::optional<Denial> stale(const LedgerSnapshot&, const std::string& claim, Fence);

/// The claims in the way of these holds, without claiming: what a guard asks before an edit. `own`: a claim that does
/// not count, or empty.
std::vector<Denier> in_the_way(const LedgerSnapshot&, const std::vector<Hold>&, const std::string& own,
                               const ClaimLaw&);

/// The claim as it is after these events of one transaction: of the last event among them that begins, extends or
/// renews one; nullopt: it ended. `before`: the claim as the snapshot had it.
std::optional<Claim> claim_after(const std::optional<Claim>& before, const std::vector<Event>&);

}  // namespace planner
