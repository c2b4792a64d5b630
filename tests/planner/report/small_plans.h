// Small answers to print.
#pragma once

#include <gtest/gtest.h>
#include <string>

#include "parsers/config.h"
#include "planner/answers.h"
#include "planner/resolve.h"

namespace planner::report {

/// The orders of a YAML document, bound without a tree.
inline PlanAnswer plan_of(const std::string& yaml, const std::string& config = "", PlanOptions options = {},
                          std::string base = "") {
  const std::vector<parsers::Source> sources{{"orders.yaml", yaml}, {"interlock.yaml", config}};
  const auto read = parsers::read_canonical(sources[0], parsers::FileId{0});
  EXPECT_FALSE(parsers::has_errors(read.diagnostics)) << parsers::describe(read.diagnostics, sources);
  parsers::Config rules;
  if (!config.empty()) rules = parsers::read_config(sources[1], parsers::FileId{1}).value;
  Bound bound = resolve({read.value}, rules, {}, sources);
  EXPECT_FALSE(parsers::has_errors(bound.diagnostics)) << parsers::describe(bound.diagnostics, sources);
  Facts facts;
  facts.base = std::move(base);
  CheckedPlan plan = make_plan(bound.orders, facts, options);
  return {std::move(bound.orders), std::move(plan), {sources, std::move(bound.diagnostics), read.value.readings}};
}

}  // namespace planner::report
