#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

void add_break(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("break", "End somebody else's claim, or reopen completed work; for people");
  struct Words {
    std::string claim, reason;
  };
  const auto words = std::make_shared<Words>();
  verb->add_option("CLAIM-ID", words->claim, "The claim")->required();
  verb->add_option("--reason", words->reason, "Why, for those who read the record")->option_text("WHY")->required();
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([words, &call] {
    call.run = [words](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) {
        return tell(common, app::break_claim(world, words->claim, words->reason));
      });
    };
  });
}

}  // namespace planner::cli
