#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

void add_next(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("next", "Pick the best ready order of the plan and claim it, in one step");
  const auto words = std::make_shared<app::NextWords>();
  add_orders(*verb, words->orders);
  add_agent(*verb, words->agent);
  verb->get_option("--agent")->required();
  add_ttl(*verb, words->ttl_ms, "Length of the lease (default: 15m)");
  add_duration(*verb, "--wait", words->wait_ms, true, "How long to wait until one is ready (default: not at all)");
  verb->add_option("--idempotency-key", words->key, "A retry under the same key is the same claim")->option_text("KEY");
  add_wishes(*verb, words->orders.wishes);
  add_approved_plan(*verb, words->orders);
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([words, &call] {
    call.run = [words](const Common& common) {
      return in_world(common, Needs::nothing,
                      [&](app::World& world) { return tell(common, app::next(world, *words)); });
    };
  });
}

}  // namespace planner::cli
