// The stories of the ledger: claim, next, renew, release, complete, break, status, watch, doctor.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "planner/app/load.h"
#include "planner/app/verify.h"
#include "planner/claim_answers.h"

namespace planner::app {

inline constexpr std::int64_t default_ttl_ms = 15 * 60 * 1000;
inline constexpr std::int64_t most_ttl_ms = std::int64_t{30} * 24 * 3600 * 1000;

struct ClaimWords {
  OrdersRequest orders;  ///< empty for a claim of resources alone
  std::string work_order;
  std::vector<std::string> resources, reads, keys;
  std::optional<parsers::Intent> intent;  ///< of the resources
  std::string exploration;                ///< of the keys
  std::string agent;
  std::int64_t ttl_ms = default_ttl_ms;
  std::int64_t wait_ms = 0;
  std::string extend;  ///< a claim to be extended, or empty
  Fence fence = 0;     ///< with extend
  std::string key;     ///< of the transaction; empty: a fresh one
};
Answer<ClaimAnswer> claim(World&, const ClaimWords&);

struct NextWords {
  OrdersRequest orders;
  std::string agent;
  std::int64_t ttl_ms = default_ttl_ms;
  std::int64_t wait_ms = 0;
  std::string key;
};
Answer<ClaimAnswer> next(World&, const NextWords&);

/// A claim that its holder has, or had.
struct Held {
  std::string claim;
  Fence fence = 0;
};
/// ttl_ms 0: as long as the last lease.
Answer<ClaimAnswer> renew(World&, const Held&, std::int64_t ttl_ms);
Answer<ClaimAnswer> release(World&, const Held&);

struct CompleteWords {
  Held held;
  std::string commit;               ///< a revision to be recorded, or empty
  std::vector<std::string> verify;  ///< orders: denied unless `verify` finds no error in the work of the claim's order
};
Answer<ClaimAnswer> complete(World&, const CompleteWords&);
Answer<ClaimAnswer> break_claim(World&, const std::string& claim, const std::string& reason);

Answer<StatusAnswer> status(World&);
Answer<DoctorAnswer> doctor(World&, bool rebuild);

/// Tells every event after `since` (nullopt: after the last there is), until `most_ms` have passed (0: what is there
/// now; nullopt: for ever) or `tell` answers false.
Answer<void> watch(World&, std::optional<std::int64_t> since, std::optional<std::int64_t> most_ms,
                   const std::function<bool(const Event&)>& tell);

}  // namespace planner::app
