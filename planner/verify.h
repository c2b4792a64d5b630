// What was done against what was declared.
#pragma once

#include <string>
#include <vector>

#include "planner/answers.h"
#include "planner/verify_dependencies.h"
#include "planner/work.h"

namespace planner {

/// Everything the judgement rests on; looked up before, so that judging is pure.
struct WorkFacts {
  std::vector<Work> works;
  std::vector<DependencyFact> dependencies;
  /// Files, and directories with a trailing slash (the top is ""), that the law was read from at another revision. No
  /// elements: it was read from where the work is, and changes to it are no finding.
  std::vector<std::string> law;
};

/// Gathers works and looks up what they depend on.
Result<WorkFacts> look_up_work(Repository&, const Orders&, const std::vector<WorkRequest>&,
                               const std::optional<Target>&);

/// All findings, sorted, severities by the policy of the orders' rules.
std::vector<Finding> verify(const Orders&, const WorkFacts&);

/// What was looked at, with its verdicts.
std::vector<Judged> judged_work(const Orders&, const std::vector<Work>&, const std::vector<Finding>&);

/// Pairs of orders that really changed the same paths. In work that several orders did together, a path is its whose
/// write set covers it; of those that cover it all, nobody crosses. O(changes log changes + crossings).
std::vector<Crossing> crossings(const Orders&, const std::vector<Work>&);

}  // namespace planner
