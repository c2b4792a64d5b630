#include <iostream>
#include <unistd.h>

#include "planner/app/compare.h"
#include "planner/app/watched.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"

namespace planner::cli {
namespace {

struct Wishes {
  app::CompareRequest request;
  bool watch = false;
};

/// `shown`: what was printed last, when somebody watches: the same is not printed again.
ExitCode tell(const Common& common, app::World& world, const app::CompareRequest& request, std::string* shown) {
  const auto compared = app::compare(world, request);
  if (!compared) return fail(compared.error());
  const auto& pairs = compared->compared.pairs;
  const bool errors = std::any_of(pairs.begin(), pairs.end(),
                                  [](const ComparedPair& p) { return any(p.findings, FindingSeverity::error); });
  std::string text = formatted(common, *compared, [&] { return report::text(*compared, style(common)); });
  if (shown == nullptr) return answer(common, compared->reading, parsers::Severity::warning, text, action_if(errors));
  if (*shown == text) return action_if(errors);
  constexpr const char* clear = "\x1b[H\x1b[2J";
  const bool terminal = common.output.empty() && ::isatty(STDOUT_FILENO) != 0;
  const std::string separator = terminal ? clear : shown->empty() || !common.output.empty() ? "" : "\n";
  *shown = std::move(text);
  return answer(common, compared->reading, parsers::Severity::warning, separator + *shown, action_if(errors));
}

/// Until somebody ends it, or the world refuses. Between two looks nothing is open but the watches.
ExitCode watch(const Common& common, const app::CompareRequest& request) {
  std::string shown;
  for (;;) {
    // Watched first: what changes while it is compared is seen afterwards.
    const auto directories = app::watched(common.repo);
    if (!directories) return fail(directories.error());
    auto changes = io::ChangeWatch::on(*directories);
    if (!changes) return fail(changes.error());
    const ExitCode told =
        in_world(common, Needs::git, [&](app::World& world) { return tell(common, world, request, &shown); });
    if (told == ExitCode::usage || told == ExitCode::refused) return told;
    if (const auto waited = changes->wait(); !waited) return fail(waited.error());
  }
}

}  // namespace

void add_compare(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("compare", "What branches and work trees that are alive do to each other");
  const auto wishes = std::make_shared<Wishes>();
  verb->add_option("NAMES", wishes->request.names,
                   "Revisions, or directories of work trees with what is not committed there (default: all work trees)")
      ->option_text("[REV|WORKTREE]...");
  verb->add_option("--target", wishes->request.target,
                   "What they will be merged into (default: interlock.yaml, else main)")
      ->option_text("REV");
  add_common(*verb, call.common, {Format::text, Format::json, Format::markdown});
  add_brief(*verb, call.common);
  verb->add_flag("--watch", wishes->watch, "Go on, and answer again whenever a branch or a work tree changes");
  verb->callback([wishes, &call] {
    call.run = [wishes](const Common& common) {
      if (wishes->watch) return watch(common, wishes->request);
      return in_world(common, Needs::git,
                      [&](app::World& world) { return tell(common, world, wishes->request, nullptr); });
    };
  });
}

}  // namespace planner::cli
