#include <ctime>

#include "planner/app/check.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, const app::OrdersRequest& request, const app::Lately& lately) {
  const auto checked = app::check(world, request, lately);
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
  const auto lately = std::make_shared<app::Lately>();
  verb->add_option("--since", lately->since,
                   "Who has touched, removed or left uncommitted what the orders write: since 30m, a time, a revision")
      ->option_text("WHEN");
  verb->add_flag("-v,--verbose", call.common.verbose,
                 "Line by line what was understood as what, and what was left unread");
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, finding_formats);
  add_brief(*verb, call.common);
  verb->callback([request, lately, &call] {
    call.run = [request, lately](const Common& common) {
      lately->now = std::time(nullptr);
      return in_world(common, Needs::nothing,
                      [&](app::World& world) { return tell(common, world, *request, *lately); });
    };
  });
}

}  // namespace planner::cli
