#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

void add_doctor(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("doctor", "Is the ledger sound? Its events are replayed and compared");
  const auto rebuild = std::make_shared<bool>(false);
  verb->add_flag("--rebuild", *rebuild, "Make the claims anew from the events");
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([rebuild, &call] {
    call.run = [rebuild](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) {
        const auto told = app::doctor(world, *rebuild);
        if (!told) return fail(told.error());
        return deliver(common, common.format == Format::json ? report::json(*told) : report::text(*told, style(common)),
                       action_if(!told->problems.empty()));
      });
    };
  });
}

}  // namespace planner::cli
