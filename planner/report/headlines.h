// Every answer in one line. Raw text, like words.h.
#pragma once

#include <string>

#include "planner/answers.h"

namespace planner::report {

/// The verdict in one line: "13 work orders, 12 planned, 1 done: 7 lanes, 3 waves, 3 steps; 8 conflicting pairs, no
/// decision needed".
std::string headline(const PlanAnswer&);

/// "WO-1 and WO-2: 1 error, 0 warnings"; of many: "13 work orders, 11 ranges: 6 errors, 1 warning".
std::string headline(const VerifyAnswer&);

/// "13 work orders in 2 files: 45 writes, 12 reads; 0 errors, 1 warning".
std::string headline(const CheckAnswer&);

/// "WO-1 and WO-2 may run at once", "WO-1 and WO-2: WO-1 runs first".
std::string headline(const ExplainAnswer&);

/// "the 4 hand-made waves are valid; 3 would do".
std::string hand_made_verdict(const HandMadePlan&);

/// "2 warnings and 1 note about the orders"; empty when there are none.
std::string diagnostics_line(const Reading&);

}  // namespace planner::report
