// What a guard says, in the agent's own dialect. One form each: JSON on standard output and exit code 0, because an
// agent that reads JSON and an exit code of 2 at once has read them wrongly before. git has no JSON: standard error and
// the exit code.
#pragma once

#include <string>
#include <vector>

#include "parsers/hook_call.h"
#include "planner/guard.h"

namespace planner::report {

struct HookAnswer {
  std::string out;  ///< standard output
  std::string err;  ///< standard error
  int exit_code = 0;
};

/// Can the agent put a question to its user? Codex cannot: it takes the question for a failure and runs the tool.
bool may_ask(parsers::HookAgent, parsers::HookMoment);

/// REQUIRES: a decision other than allow comes with reasons; `ask` only where may_ask.
HookAnswer hook_answer(parsers::HookAgent, parsers::HookMoment, const std::string& event, GuardDecision,
                       const std::vector<GuardReason>&);

/// The reasons as lines: at most ten, then a count; what is foreign in them is made printable.
std::string guard_text(const std::vector<GuardReason>&);

}  // namespace planner::report
