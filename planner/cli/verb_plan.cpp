#include "planner/app/plan.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"
#include "planner/io/alarm.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, app::OrdersRequest request) {
  std::optional<io::Alarm> alarm;
  if (request.wishes.time_limit) {
    alarm.emplace(*request.wishes.time_limit);
    request.wishes.stop = &alarm->rung();
  }
  const auto made = app::plan(world, request);
  if (!made) return fail(made.error());
  const bool action =
      made->plan->verdict == Verdict::decision_needed || any(made->plan->findings, FindingSeverity::error);
  return answer(common, made->reading, parsers::Severity::warning,
                formatted(common, *made, [&] { return report::text(*made, style(common)); }), action_if(action));
}

}  // namespace

void add_plan(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("plan", "Conflicts, schedule, lanes and waves of work orders, with proof");
  const auto request = std::make_shared<app::OrdersRequest>();
  add_orders(*verb, *request);
  add_wishes(*verb, request->wishes);
  add_ledger(*verb, call.common);
  add_time_limit(*verb, request->wishes);
  verb->add_flag("--stack", request->wishes.stack,
                 "Successors of an order in review start from its branch instead of waiting until it has landed");
  verb->add_option("--from", request->earlier_plan,
                   "Go on from an earlier plan (JSON): change it as little as possible, and say what changed")
      ->option_text("FILE");
  add_common(*verb, call.common, {Format::text, Format::json, Format::markdown});
  add_brief(*verb, call.common);
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
