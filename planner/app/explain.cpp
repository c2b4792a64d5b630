#include "planner/app/explain.h"

#include "planner/explain.h"

namespace planner::app {

Answer<ExplainAnswer> explain(World& world, const ExplainRequest& request) {
  auto loaded = load(world, request.orders);
  if (!loaded) return tl::make_unexpected(loaded.error());
  const auto a = find_order(*loaded, request.a);
  const auto b = find_order(*loaded, request.b);
  if (!a || !b) return tl::make_unexpected((a ? b : a).error());
  if (*a == *b)
    return tl::make_unexpected(Failure{{}, Error{Error::Kind::input, "explain needs two different work orders", ""}});
  CheckedPlan plan = make_plan(loaded->orders, loaded->facts, loaded->options);
  ExplainAnswer answer{std::move(loaded->orders),
                       std::move(plan),
                       std::move(loaded->reading),
                       *a,
                       *b,
                       {},
                       {},
                       {},
                       false,
                       {},
                       std::move(loaded->changed_since_plan)};
  explain_pair(answer);
  return answer;
}

}  // namespace planner::app
