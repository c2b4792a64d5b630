#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

void add_release(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("release", "End a claim: the work is not done");
  const auto held = std::make_shared<app::Held>();
  add_held(*verb, *held);
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([held, &call] {
    call.run = [held](const Common& common) {
      return in_world(common, Needs::nothing,
                      [&](app::World& world) { return tell(common, app::release(world, *held)); });
    };
  });
}

}  // namespace planner::cli
