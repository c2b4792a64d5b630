#include "planner/app/check.h"

#include <iterator>

#include "planner/lint.h"
#include "planner/predict.h"

namespace planner::app {

Answer<CheckAnswer> check(World& world, const OrdersRequest& request) {
  auto loaded = load(world, request);
  if (!loaded) return tl::make_unexpected(loaded.error());
  CheckedPlan plan = make_plan(loaded->orders, loaded->facts, loaded->options);
  std::vector<Finding> findings = lint(loaded->orders, loaded->tree ? &*loaded->tree : nullptr);
  if (loaded->code && loaded->history) {
    Linker linker(*loaded->code);
    std::vector<Finding> likely = likely_writes(loaded->orders, *loaded->code, linker, *loaded->history);
    std::move(likely.begin(), likely.end(), std::back_inserter(findings));
  }
  std::vector<Finding> of_text = lint_text(loaded->orders);
  std::move(of_text.begin(), of_text.end(), std::back_inserter(findings));
  std::optional<HandMadePlan> hand_made = check_waves(loaded->orders, *plan, findings);
  findings.insert(findings.end(), plan->findings.begin(), plan->findings.end());
  sort_findings(findings);
  return CheckAnswer{std::move(loaded->orders), std::move(plan),      std::move(loaded->reading),
                     std::move(findings),       std::move(hand_made), std::move(loaded->changed_since_plan)};
}

}  // namespace planner::app
