#include "planner/verify.h"

#include <algorithm>

#include "planner/verify_completion.h"
#include "planner/verify_surroundings.h"
#include "planner/verify_writes.h"

namespace planner {

Result<WorkFacts> look_up_work(Repository& repository, const Orders& orders, const std::vector<WorkRequest>& requests,
                               const std::optional<Target>& target) {
  WorkFacts facts;
  Result<std::vector<Work>> works = gather_all(repository, orders, requests, target);
  if (!works) return tl::make_unexpected(works.error());
  facts.works = std::move(*works);
  Result<std::vector<DependencyFact>> dependencies = look_up_dependencies(repository, orders, facts.works, target);
  if (!dependencies) return tl::make_unexpected(dependencies.error());
  facts.dependencies = std::move(*dependencies);
  return facts;
}

std::vector<Finding> verify(const Orders& orders, const WorkFacts& facts) {
  std::vector<Finding> out;
  const auto add = [&](std::vector<Finding> more) {
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  add(verify_writes(orders, facts.works));
  add(verify_completion(orders, facts.works));
  add(verify_dependencies(orders, facts.dependencies));
  add(verify_reads(orders, facts.works));
  add(verify_hidden(orders, facts.works));
  // A changed law has a rule of its own: one path and order, one finding.
  const std::vector<Finding> law = verify_law(orders, facts.works, facts.law);
  std::erase_if(out, [&](const Finding& f) {
    return f.rule == "undeclared-write" && std::any_of(law.begin(), law.end(), [&](const Finding& changed) {
             return changed.where == f.where && changed.work_order == f.work_order;
           });
  });
  add(law);
  sort_findings(out);
  return out;
}

}  // namespace planner
