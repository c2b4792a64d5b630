// What a replayed history comes to, in words and figures that the formats share. Raw text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "planner/backtest.h"

namespace planner::report {

/// The answer in one sentence: whether interlock is worth it here.
std::string headline(const Backtest&);

/// Where that comes from: "300 merges into main, 2024-01-05 to 2026-03-09; 4 left out: ...". Empty: nothing was
/// replayed.
std::string basis(const Backtest&);

/// What a reader whom the history tells too little can do; a sentence each.
std::vector<std::string> what_to_do(const Backtest&);

/// "file", "symbol", "symbol and gap".
std::string_view words(Granularity);

/// "2024-01-05", in UTC.
std::string date(std::int64_t time);

/// "17 %", "3.4 %" below ten; "-" of nothing.
std::string percent(std::size_t part, std::size_t of);

/// Steps that the windows take: the lower median and the most.
struct Cost {
  std::int64_t median = 0, most = 0;
};
Cost cost_of(const Backtest&, Granularity);
Cost orders_at_once(const Backtest&);

/// What interlock.yaml would say, each line with what speaks for it; empty: nothing is suggested.
std::string suggested_yaml(const Backtest&);

}  // namespace planner::report
