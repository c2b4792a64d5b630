#include <iostream>

#include "planner/cli/ledger_options.h"
#include "planner/cli/options.h"

namespace planner::cli {

namespace {

struct Words {
  std::optional<std::int64_t> since;
  std::int64_t most_ms = -1;
};

ExitCode follow(const Common& common, app::World& world, const Words& words) {
  const auto told = app::watch(
      world, words.since, words.most_ms < 0 ? std::nullopt : std::optional(words.most_ms), [&](const Event& event) {
        std::cout << (common.format == Format::json ? report::json_line(event) : report::text(event)) << std::flush;
        return static_cast<bool>(std::cout);
      });
  return told ? ExitCode::clean : fail(told.error());
}

}  // namespace

void add_watch(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("watch", "Tell what happens in the ledger, one line an event, as it happens");
  const auto words = std::make_shared<Words>();
  verb->add_option("--since", words->since, "Begin after this event; 0: with the first (default: with the next)")
      ->option_text("SEQ")
      ->check(CLI::NonNegativeNumber.description(""));
  add_duration(*verb, "--for", words->most_ms, true, "Stop after this long; 0: after what is there (default: never)");
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([words, &call] {
    call.run = [words](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) { return follow(common, world, *words); });
    };
  });
}

}  // namespace planner::cli
