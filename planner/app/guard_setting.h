// What a guard knows before it looks at anything that is to be judged: configuration, orders, where it stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/config.h"
#include "planner/io/checkout.h"
#include "planner/order.h"

namespace planner::app {

struct GuardSetting {
  parsers::Config config;
  Orders orders;                      ///< empty list: none were named, or they could not be read
  std::vector<std::string> problems;  ///< a clause each
};

/// `names`: files and directories of orders, found from `directory`, else from the top of the checkout. Git is asked
/// for the tracked files only when an order was written in Markdown, whose bare names need them.
GuardSetting guard_setting(const io::Checkout&, const std::vector<std::string>& names, const std::string& directory);

}  // namespace planner::app
