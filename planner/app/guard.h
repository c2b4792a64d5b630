// guard: one call of one hook, answered within its time whatever goes wrong inside.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "parsers/config.h"
#include "parsers/hook_call.h"
#include "planner/guard.h"
#include "planner/io/checkout.h"
#include "planner/ledger.h"

namespace planner::app {

struct GuardRequest {
  parsers::HookAgent agent = parsers::HookAgent::claude;
  std::string event;  ///< what the hook was registered for
  std::string state;  ///< of git's reference-transaction: prepared, committed, aborted
  bool strict = false;
  bool claim_on_edit = false;
  std::string claim;       ///< --claim or INTERLOCK_CLAIM
  std::string fence;       ///< --fence or INTERLOCK_FENCE, as written
  std::string name;        ///< --name or INTERLOCK_AGENT: the agent's name in the ledger
  std::string work_order;  ///< --work-order or INTERLOCK_WORK_ORDER
  std::vector<std::string> orders;
  std::int64_t ttl_ms = 15 * 60 * 1000;  ///< of claims on first touch
  std::string repo;                      ///< --repo, or empty: where the payload says the session stands
  std::string directory;                 ///< of this process, absolute
  std::string home;                      ///< for ~ in commands, or empty
  std::string git_dir, index_file;       ///< GIT_DIR and GIT_INDEX_FILE as git sets them for its hooks
};

struct GuardAnswer {
  parsers::HookAgent agent = parsers::HookAgent::claude;
  parsers::HookMoment moment = parsers::HookMoment::before;
  std::string event;
  GuardDecision decision = GuardDecision::allow;
  std::vector<GuardReason> reasons;
};

/// The way to the ledger of a checkout.
using LedgerDoorOf = std::function<std::unique_ptr<LedgerDoor>(const io::Checkout&)>;

/// What is answered when nothing could be looked up, because of `problem`.
GuardAnswer guard_unavailable(const GuardRequest&, const std::string& problem, parsers::Policy);

/// `input`: what came on standard input; `problem`: why that is not all of it, or empty. `settled(policy)` is called
/// when the configuration is known.
GuardAnswer guard(const GuardRequest&, const std::string& input, const std::string& problem, const LedgerDoorOf&,
                  const std::function<void(parsers::Policy)>& settled);

}  // namespace planner::app
