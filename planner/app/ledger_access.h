// What the stories of the ledger share: opening it, and from a ruling to an answer.
#pragma once

#include <functional>
#include <string>

#include "planner/app/load.h"
#include "planner/claim_answers.h"
#include "planner/claim_rules.h"

namespace planner::app {

/// interlock.yaml as written; errors in it are a failure.
Answer<parsers::Config> read_configuration(World&);

/// The ledger that the configuration or the call names. `create` false: null where there is none.
Answer<Ledger*> open_ledger(World&, const std::string& configured, bool create);

/// Runs the rule in a transaction under `key`, again and again while only live claims are in the way and time is left.
/// The rule may be run more than once; the answer is that of its last run.
Answer<ClaimAnswer> settle(World&, Ledger&, const std::string& key, std::int64_t wait_ms,
                           const std::function<Ruling(const LedgerSnapshot&)>& rule);

/// A word of the call that gets into the ledger: nullopt, or why it cannot.
std::optional<Error> unfit(const std::string& what, const std::string& text);

tl::unexpected<Failure> refuse_call(std::string what, std::string remedy = {});

}  // namespace planner::app
