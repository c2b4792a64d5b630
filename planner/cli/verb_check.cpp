#include "planner/app/check.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, const app::OrdersRequest& request) {
  const auto checked = app::check(world, request);
  if (!checked) return fail(checked.error());
  return answer(common, checked->reading, parsers::Severity::note,
                formatted_findings(common, *checked, FindingSeverity::error,
                                   [&] { return report::text(*checked, style(common), common.verbose); }),
                action_if(any(checked->findings, FindingSeverity::error)));
}

}  // namespace

void add_check(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("check", "Lint work orders; hold hand-made waves against the conflicts");
  const auto request = std::make_shared<app::OrdersRequest>();
  add_orders(*verb, *request);
  add_wishes(*verb, request->wishes);
  verb->add_flag("-v,--verbose", call.common.verbose,
                 "Line by line what was understood as what, and what was left unread");
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, finding_formats);
  add_brief(*verb, call.common);
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
