// Orders from canonical YAML, bound to the ground as a request does it.
#pragma once

#include <stdexcept>
#include <string>

#include "parsers/config.h"
#include "parsers/work_order.h"
#include "planner/resolve.h"

namespace support {

/// `text` in the form its name says ("orders.yaml", "orders.md"). Throws on errors, so that a test cannot judge orders
/// other than those it shows.
inline planner::Orders bound_orders(const std::string& text, const std::string& config = "",
                                    const std::string& name = "o.yaml", const planner::Ground& ground = {}) {
  const std::vector<parsers::Source> sources{{name, text}, {"interlock.yaml", config}};
  auto read = name.ends_with(".md") ? parsers::read_markdown(sources[0], parsers::FileId{0})
                                    : parsers::read_canonical(sources[0], parsers::FileId{0});
  parsers::Parsed<parsers::Config> settings;
  if (!config.empty()) settings = parsers::read_config(sources[1], parsers::FileId{1});
  planner::Bound bound = planner::resolve({read.value}, settings.value, ground, sources);
  for (const std::vector<parsers::Diagnostic>* diagnostics :
       {&read.diagnostics, &settings.diagnostics, &bound.diagnostics})
    if (parsers::has_errors(*diagnostics)) throw std::runtime_error(parsers::describe(*diagnostics, sources));
  return std::move(bound.orders);
}

}  // namespace support
