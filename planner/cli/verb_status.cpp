#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

void add_status(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("status", "Who holds what, and until when");
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json, Format::markdown});
  verb->callback([&call] {
    call.run = [](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) {
        const auto told = app::status(world);
        if (!told) return fail(told.error());
        return deliver(common, formatted(common, *told, [&] { return report::text(*told, style(common)); }),
                       ExitCode::clean);
      });
    };
  });
}

}  // namespace planner::cli
