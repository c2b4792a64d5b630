#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

void add_renew(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("renew", "Begin the lease of a claim anew");
  struct Words {
    app::Held held;
    std::int64_t ttl_ms = 0;
  };
  const auto words = std::make_shared<Words>();
  add_held(*verb, words->held);
  add_ttl(*verb, words->ttl_ms, "Length of the new lease (default: as the last)");
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([words, &call] {
    call.run = [words](const Common& common) {
      return in_world(common, Needs::nothing,
                      [&](app::World& world) { return tell(common, app::renew(world, words->held, words->ttl_ms)); });
    };
  });
}

}  // namespace planner::cli
