// Parts that several JSON answers share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "planner/answers.h"

namespace planner::report {

using Json = nlohmann::ordered_json;

/// Two spaces, a final line end; bytes that are not UTF-8 are replaced.
std::string printed(const Json&);

Json ids(const Orders&, const std::vector<OrderId>&);
Json source(const Place&);
/// null for no place at all.
Json where(const Place&);
Json reasoned(const Orders&, const std::vector<Reasoned>&);

Json work_order(const Order&);
Json work_orders(const Orders&);
Json entries(const std::vector<Entry>&);
Json conflicts(const Orders&, const std::vector<Conflict>&);
Json hubs(const Orders&, const std::vector<Hub>&);
Json findings(const std::vector<Finding>&);
Json diagnostics(const Reading&);

}  // namespace planner::report
