// Between work orders and claims: what an order holds, what the ledger says about orders, and which order a session may
// take next.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "planner/claim_rules.h"
#include "planner/plan.h"

namespace planner {

/// What a claim of this order holds: itself, its write and read sets, resources, keys, and everything where it has to
/// run alone. `prefix`: directory of this repository within the one the ledger belongs to, or empty.
std::vector<Hold> holds_of(const Order&, const Rules&, UnknownScope, const std::string& prefix);

/// A file of this repository as the ledger knows it, and back.
Hold into_ledger(Hold, const std::string& prefix);
Hold out_of_ledger(Hold, const std::string& prefix);

/// What the ledger adds to orders: completed ones are done, claimed ones run under their claim and hold what it was
/// extended by; live claims of something else that meet an open order stand as running orders of their own, at the end
/// of the list, so that ids stay valid.
void overlay(Orders&, const LedgerSnapshot&, const ClaimLaw&, UnknownScope, const std::string& prefix);

ClaimLaw law_of(const Rules&, parsers::Isolation);

/// Why a session must not begin this order, whatever the ledger grants: it is done, held, left out, waits for another,
/// or conflicts with one that runs without a claim. Empty: it may.
std::string why_not(const Orders&, const Plan&, OrderId);

/// Orders that the plan lets run at once with this one, with what they hold.
std::map<std::string, std::vector<Hold>> together_with(const Orders&, const Plan&, OrderId, UnknownScope,
                                                       const std::string& prefix);

/// "nothing is ready, because ...": what the open orders wait for.
std::string why_nothing_is_ready(const Orders&, const Plan&);

}  // namespace planner
