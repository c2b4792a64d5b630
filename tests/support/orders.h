// Orders for tests, from the text a person would write.
#pragma once

#include <gtest/gtest.h>
#include <string>

#include "parsers/config.h"
#include "parsers/work_order.h"
#include "planner/plan.h"
#include "planner/resolve.h"

namespace test {

/// Binds canonical YAML (and a configuration); fails the test when there are errors.
inline planner::Bound bind(const std::string& yaml, const std::string& config = "",
                           const planner::Ground& ground = {}) {
  const std::vector<parsers::Source> sources{{"orders.yaml", yaml}, {"interlock.yaml", config}};
  auto documents = parsers::read_canonical(sources[0], parsers::FileId{0});
  parsers::Parsed<parsers::Config> settings;
  if (!config.empty()) settings = parsers::read_config(sources[1], parsers::FileId{1});
  planner::Bound bound = planner::resolve({documents.value}, settings.value, ground, sources);
  for (const auto* list : {&documents.diagnostics, &settings.diagnostics})
    bound.diagnostics.insert(bound.diagnostics.begin(), list->begin(), list->end());
  EXPECT_FALSE(parsers::has_errors(bound.diagnostics)) << parsers::describe(bound.diagnostics, sources);
  return bound;
}

inline planner::Orders orders(const std::string& yaml, const std::string& config = "") {
  return bind(yaml, config).orders;
}

inline planner::CheckedPlan plan(const planner::Orders& orders, planner::PlanOptions options = {}) {
  options.isolation = orders.rules.isolation;
  return planner::make_plan(orders, {}, options);
}

inline std::string name(const planner::Orders& orders, planner::OrderId id) { return orders.list[id.index()].id; }

/// "A B | C" for groups of ids.
inline std::string groups(const planner::Orders& orders, const std::vector<std::vector<planner::OrderId>>& lists) {
  std::string out;
  for (const auto& list : lists) {
    if (!out.empty()) out += " | ";
    for (std::size_t i = 0; i < list.size(); ++i) out += (i ? " " : "") + name(orders, list[i]);
  }
  return out;
}

/// One conflict a line: "kind A B resolution" ("*" for all).
inline std::string conflicts(const planner::Orders& orders, const std::vector<planner::Conflict>& list) {
  using planner::Resolution;
  std::string out;
  for (const planner::Conflict& c : list) {
    out += std::string(to_string(c.kind)) + " " + name(orders, c.between[0]) + " " +
           (c.with_all ? "*" : name(orders, c.between[1])) + " ";
    switch (c.resolution) {
      case Resolution::never_at_once:
        out += "never-at-once";
        break;
      case Resolution::first:
        out += "first:" + name(orders, c.first);
        break;
      case Resolution::merge_first:
        out += "merge-first:" + name(orders, c.first);
        break;
      case Resolution::decide:
        out += "decide";
        break;
      case Resolution::alone:
        out += "alone";
        break;
      case Resolution::hint:
        out += "hint";
        break;
    }
    out += std::string(c.certainty == planner::Certainty::unproven ? " unproven" : "") + "\n";
  }
  return out;
}

}  // namespace test
