// What several sessions on one checkout, or in one repository, share besides files: the index, the branch, the stash,
// refs and work trees. Who may change it while others work.
#pragma once

#include <optional>
#include <string>

#include "planner/guard.h"

namespace planner {

/// Kinds that name paths and mean everything when they name none.
bool touches_paths(parsers::ShellAction::Kind);

/// "c17 of ada (order WO-1)".
std::string who(const Claim&);

struct SharedState {
  const GuardedAct& act;
  const GuardedPath* work_tree = nullptr;  ///< the other work tree that the act removes; nullptr: none
  const Order* own = nullptr;              ///< the session's order
  const Orders& orders;
  const GuardFacts& facts;
  const GuardLaw& law;
};

/// nullopt: nobody else is hurt. An act that others' live claims stand against is `shared-state`; a branch or a work
/// tree that another open order calls its own is `foreign-work`.
std::optional<GuardReason> judge_shared_state(const SharedState&, parsers::Policy);

}  // namespace planner
