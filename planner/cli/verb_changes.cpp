#include "planner/app/changes.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, const app::ChangesRequest& request) {
  const auto changed = app::changes(world, request);
  if (!changed) return fail(changed.error());
  return deliver(common, common.format == Format::json ? report::json(*changed) : report::text(*changed),
                 ExitCode::clean);
}

}  // namespace

void add_changes(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("changes", "What two commits differ in, as symbols (tab-separated, or JSON)");
  const auto request = std::make_shared<app::ChangesRequest>();
  verb->add_option("BASE", request->base, "From this revision")->required();
  verb->add_option("HEAD", request->head, "To this one")->required();
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::git, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
