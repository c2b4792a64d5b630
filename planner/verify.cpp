#include "planner/verify.h"

#include <algorithm>

#include "planner/verify_completion.h"
#include "planner/verify_surroundings.h"
#include "planner/verify_writes.h"

namespace planner {

Result<WorkFacts> look_up_work(Repository& repository, const Orders& orders, const std::vector<WorkRequest>& requests,
                               const std::optional<Target>& target) {
  WorkFacts evidence;
  Result<std::vector<Work>> works = gather_all(repository, orders, requests, target);
  if (!works) return tl::make_unexpected(works.error());
  evidence.works = std::move(*works);
  Result<std::vector<DependencyFact>> facts = look_up_dependencies(repository, orders, evidence.works, target);
  if (!facts) return tl::make_unexpected(facts.error());
  evidence.dependencies = std::move(*facts);
  return evidence;
}

std::vector<Finding> verify(const Orders& orders, const WorkFacts& evidence) {
  std::vector<Finding> out;
  const auto add = [&](std::vector<Finding> more) {
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  add(verify_writes(orders, evidence.works));
  add(verify_completion(orders, evidence.works));
  add(verify_dependencies(orders, evidence.dependencies));
  add(verify_reads(orders, evidence.works));
  add(verify_hidden(orders, evidence.works));
  add(verify_law(orders, evidence.works, evidence.law));
  sort_findings(out);
  return out;
}

}  // namespace planner
