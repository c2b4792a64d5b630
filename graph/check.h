// The independent judge: recomputes every constraint from the instance and shares no code with the solvers.
#pragma once

#include <optional>
#include <string>

#include "graph/answer.h"

namespace graph {

/// The first rule an answer breaks, in words that name tasks by number ("tasks 3 and 7 write exclusion 2 at once").
struct Violation {
  std::string rule;
  std::vector<TaskId> tasks;
};

/// nullopt: every constraint holds, and value, bound and witness are what they claim to be.
/// O((n + accesses) log n).
std::optional<Violation> check(const Instance&, const Waves&);
std::optional<Violation> check(const Instance&, const Schedule&);

}  // namespace graph
