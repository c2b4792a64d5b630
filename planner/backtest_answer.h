// What `backtest` answers, as a value.
#pragma once

#include "planner/answers.h"
#include "planner/backtest.h"

namespace planner {

struct BacktestAnswer {
  Backtest replayed;
  Reading reading;
};

}  // namespace planner
