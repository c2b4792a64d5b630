// A replayed history as text, JSON (schemas/backtest.schema.json) and Markdown: whether interlock is worth it first.
#pragma once

#include <string>

#include "planner/backtest_answer.h"
#include "planner/report/report.h"

namespace planner::report {

std::string text(const BacktestAnswer&, TextStyle);
std::string json(const BacktestAnswer&);
std::string markdown(const BacktestAnswer&);

}  // namespace planner::report
