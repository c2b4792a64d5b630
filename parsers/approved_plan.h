// The part of `plan --format json` that later calls hold against today's inputs.
#pragma once

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
  std::string base;  ///< empty: made without a repository
  std::string input_digest;
  std::optional<int> agents;
  Isolation isolation = Isolation::shared;
  std::string unknown = "serial";
  std::string infer = "hints";
  std::vector<Order> work_orders;
};

Parsed<ApprovedPlan> read_approved_plan(const Source&, FileId);

}  // namespace parsers
