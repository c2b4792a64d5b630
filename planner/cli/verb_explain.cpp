#include "planner/app/explain.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, const app::ExplainRequest& request) {
  const auto explained = app::explain(world, request);
  if (!explained) return fail(explained.error());
  const bool open = std::any_of(explained->conflicts.begin(), explained->conflicts.end(),
                                [](const Conflict& c) { return c.resolution == Resolution::decide; });
  return answer(common, explained->reading, parsers::Severity::warning,
                formatted(common, *explained, [&] { return report::text(*explained, style(common)); }),
                action_if(open));
}

}  // namespace

void add_explain(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("explain", "The whole story of one pair of orders");
  const auto request = std::make_shared<app::ExplainRequest>();
  verb->add_option("A", request->a, "One work order")->required();
  verb->add_option("B", request->b, "The other")->required();
  add_orders(*verb, request->orders);
  add_wishes(*verb, request->orders.wishes);
  add_approved_plan(*verb, request->orders);
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json, Format::markdown});
  add_brief(*verb, call.common);
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
