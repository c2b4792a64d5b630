// What files held before and after a piece of work.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "planner/work.h"

namespace planner {

/// By object id; nullopt: missing, no blob, or larger than 1 MiB.
using Contents = std::map<ObjectId, std::optional<std::string>>;

/// Both sides of `changes`, the new one of uncommitted work from the files as they stand; and of `steps`, which are
/// committed. One look-up for all.
Result<Contents> contents_of(Repository&, const Work&, const std::vector<const Change*>& changes,
                             const std::vector<const Change*>& steps = {});

bool is_regular_file(std::uint32_t mode);

}  // namespace planner
