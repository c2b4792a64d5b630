#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

void add_complete(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("complete", "End a claim: the work is done, and its order counts as done");
  const auto words = std::make_shared<app::CompleteWords>();
  add_held(*verb, words->held);
  verb->add_option("--commit", words->commit, "The commit that holds the work, to be recorded")->option_text("REV");
  verb->add_option("--verify", words->verify, "Only if verify finds no error in the work, by these orders")
      ->option_text("ORDERS")
      ->allow_extra_args(false)
      ->take_all();
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([words, &call] {
    call.run = [words](const Common& common) {
      return in_world(common, words->verify.empty() ? Needs::nothing : Needs::git,
                      [&](app::World& world) { return tell(common, app::complete(world, *words)); });
    };
  });
}

}  // namespace planner::cli
