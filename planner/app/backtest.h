// backtest: what interlock would have been worth on the history that is there.
#pragma once

#include <string>

#include "planner/app/load.h"
#include "planner/backtest_answer.h"

namespace planner::app {

struct BacktestRequest {
  std::string since;  ///< "90d", "2024-05-01", a revision; empty: the newest merges
  Progress progress = {};
};

/// REQUIRES: a repository, and its past.
Answer<BacktestAnswer> backtest(World&, Past&, const BacktestRequest&);

/// Seconds of "12h", "90d", "8w" or "2y" (of 365 days); nullopt: it is none.
std::optional<std::int64_t> duration_from(std::string_view);
/// Midnight UTC of "2024-05-01", in seconds since 1970; nullopt: it is none.
std::optional<std::int64_t> date_from(std::string_view);

}  // namespace planner::app
