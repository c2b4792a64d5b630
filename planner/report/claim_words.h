// Claims in words that text, Markdown and JSON share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "planner/claim_answers.h"

namespace planner::report {

/// "2026-11-21T05:14:31Z"
std::string utc(std::int64_t wall_ms);
/// "45s", "12m", "3h 5m", "2d 4h": the two largest units.
std::string duration(std::int64_t ms);
/// Since the claim was granted, in milliseconds; of another clock (a boot ago) by the wall's.
std::int64_t age_ms(const Claim&, const Moment& now);
/// What a claim holds besides its order, as describe() says it, paths as this repository knows them.
std::vector<std::string> held_things(const Claim&, const std::string& prefix);

/// Everything after the event's number, "granted c5 (fence 5) to ann for WO-2: src/a.py".
std::string in_words(const Event&);

}  // namespace planner::report
