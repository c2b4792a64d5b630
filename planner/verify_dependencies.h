// Was there, when work began, what its orders depend on?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/work.h"

namespace planner {

/// What git shows about one dependency of one piece of work.
struct DependencyFact {
  std::size_t work = 0;                           ///< position
  OrderId order;                                  ///< that depends
  std::string on;                                 ///< "WO-1", "commit:3e843ce", "path:a.py", "external:OPS-7"
  enum class State { holds, missing, unproven };  ///< missing: git shows the work, and that it is elsewhere
  State state = State::unproven;
  std::string why;  ///< what was found, or looked for in vain: a clause without a full stop
  Place where;      ///< the entry that declares it
};

/// Another order's work is in the base as an ancestor, by its trailer `Work-Order: ID`, or by the contents of its files
/// (squashed, rebased); a commit as an ancestor or by its contents. Orders that share a piece of work count as done in
/// it. `before` is seen from the other side.
Result<std::vector<DependencyFact>> look_up_dependencies(Repository&, const Orders&, const std::vector<Work>&,
                                                         const std::optional<Target>&);

std::vector<Finding> verify_dependencies(const Orders&, const std::vector<DependencyFact>&);

}  // namespace planner
