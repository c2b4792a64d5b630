// Did files that an order declares to append to only grow?
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/work.h"

namespace planner {

/// `after` begins with `before`, byte by byte or line by line without regard to how lines end.
bool only_grew(std::string_view before, std::string_view after);

/// Fills `growth` of the work. `steps`: where the work is some commits of a range, what each of them changed; then
/// others may have rewritten the file in between. O(bytes of the files declared so), at most 1 MiB each.
Result<void> look_at_growth(Repository&, const Orders&, const std::vector<Change>& steps, Work&);

}  // namespace planner
