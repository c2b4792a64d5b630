// The options of the verbs that act on claims.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "planner/app/claim.h"
#include "planner/cli/answer.h"

namespace planner::cli {

/// A duration in milliseconds: 90s, 45m, 2h, and 0 where nothing is a duration too.
void add_duration(CLI::App&, const char* name, std::int64_t& ms, bool zero, const char* help);
void add_agent(CLI::App&, std::string& agent);
void add_ttl(CLI::App&, std::int64_t& ms, const char* help);
void add_fence(CLI::App&, Fence&, bool required);
/// CLAIM-ID and --fence.
void add_held(CLI::App&, app::Held&);

/// A denial needs action: exit 1.
ExitCode tell(const Common&, const app::Answer<ClaimAnswer>&);

}  // namespace planner::cli
