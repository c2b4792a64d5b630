#include "planner/app/scope.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, const app::ScopeRequest& request) {
  const auto scoped = app::scope(world, request);
  if (!scoped) return fail(scoped.error());
  return answer(common, scoped->reading, parsers::Severity::warning,
                formatted(common, *scoped, [&] { return report::text(*scoped); }), action_if(!scoped->not_now.empty()));
}

}  // namespace

void add_scope(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("scope", "The block for the prompt of a session");
  const auto request = std::make_shared<app::ScopeRequest>();
  verb->add_option("ID", request->id, "The work order")->required();
  add_orders(*verb, request->orders);
  add_wishes(*verb, request->orders.wishes);
  add_stack(*verb, request->orders.wishes);
  add_approved_plan(*verb, request->orders);
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json, Format::markdown});
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
