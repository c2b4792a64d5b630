// The parts of `plan --format json` that later calls hold against today's inputs, or go on from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parsers/config.h"
#include "parsers/diagnostic.h"

namespace parsers {

struct ApprovedPlan {
  struct Order {
    std::string id;
    std::string status;
    std::optional<std::vector<std::string>> write;  ///< nullopt: was unknown
    std::vector<std::string> read;
  };
  struct Start {
    std::string id;
    std::optional<int> agent;  ///< from 1
    std::int64_t start = 0, end = 0;
    std::vector<std::string> after;  ///< ids
  };
  std::string base;  ///< empty: made without a repository
  std::string input_digest;
  std::optional<int> agents;
  Isolation isolation = Isolation::shared;
  std::string unknown = "serial";
  std::string infer = "hints";
  bool stack = false;
  std::vector<Order> work_orders;               ///< each id once
  std::vector<std::vector<std::string>> waves;  ///< of orders that have a start
  std::string unit = "order";                   ///< of time: order, min, s
  std::int64_t makespan = 0, lower_bound = 0;   ///< of the schedule
  std::vector<Start> starts;                    ///< each id once, all of them among work_orders
};

/// Errors: no plan of schema interlock.plan/1, a part that is missing, of another type, or contradicts another. Keys
/// that are not known are left to later versions. O(size of the text).
Parsed<ApprovedPlan> read_approved_plan(const Source&, FileId);

}  // namespace parsers
