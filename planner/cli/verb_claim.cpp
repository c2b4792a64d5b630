#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

void add_claim(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("claim", "Hold an order, or resources and keys, against every other session");
  const auto words = std::make_shared<app::ClaimWords>();
  verb->add_option("ORDERS", words->orders.orders, "Files, directories, or - for standard input");
  verb->add_option("--work-order", words->work_order, "The order to claim, with all it declares")->option_text("ID");
  verb->add_option("--resource", words->resources,
                   "To be written: a path, dir/, pattern, path::symbol, db:test, a pool")
      ->option_text("R")
      ->allow_extra_args(false)
      ->take_all();
  verb->add_option("--read", words->reads, "To be relied on unchanged; of a name: shared")
      ->option_text("R")
      ->allow_extra_args(false)
      ->take_all();
  static const std::map<std::string, parsers::Intent> intents{{"modify", parsers::Intent::modify},
                                                              {"create", parsers::Intent::create},
                                                              {"delete", parsers::Intent::remove},
                                                              {"rename", parsers::Intent::rename},
                                                              {"append", parsers::Intent::append}};
  add_choice(*verb, "--intent", intents, "INTENT",
             "How resources are written: modify (default), create, delete, rename, append",
             [words](parsers::Intent intent) { words->intent = intent; });
  verb->add_option("--key", words->keys, "Identity of the work itself: issue:42")
      ->option_text("K")
      ->allow_extra_args(false)
      ->take_all();
  verb->add_option("--exploration", words->exploration, "Claims of one exploration share keys")->option_text("NAME");
  verb->add_option("--extend", words->extend, "Add to this claim instead (with --fence)")->option_text("CLAIM-ID");
  add_fence(*verb, words->fence, false);
  verb->get_option("--extend")->needs("--fence");
  verb->get_option("--fence")->needs("--extend");
  add_agent(*verb, words->agent);
  add_ttl(*verb, words->ttl_ms, "Length of the lease (default: 15m)");
  add_duration(*verb, "--wait", words->wait_ms, true, "How long to wait for others to finish (default: not at all)");
  verb->add_option("--idempotency-key", words->key, "A retry under the same key is the same claim")->option_text("KEY");
  add_wishes(*verb, words->orders.wishes);
  add_approved_plan(*verb, words->orders);
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([words, &call] {
    call.run = [words](const Common& common) {
      return in_world(common, Needs::nothing,
                      [&](app::World& world) { return tell(common, app::claim(world, *words)); });
    };
  });
}

}  // namespace planner::cli
