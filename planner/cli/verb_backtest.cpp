#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

#include "planner/app/backtest.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"
#include "planner/io/git_past.h"
#include "planner/report/backtest.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, app::BacktestRequest request) {
  // On a terminal alone: who reads a log wants the answer.
  if (!common.quiet && ::isatty(STDERR_FILENO) != 0)
    request.progress = [](std::string_view what) {
      std::cerr << fmt::format("backtest: {} ...\n", what) << std::flush;
    };
  const auto repository = io::open_repository(common.repo);
  if (!repository) return fail(repository.error());
  if (!*repository)
    return fail(Error{Error::Kind::world, "backtest needs a git repository, and there is none here",
                      "run it inside one, or name it with --repo DIR"});
  io::GitPast past(**repository);
  const auto replayed = app::backtest(world, past, request);
  if (!replayed) return fail(replayed.error());
  const std::string text = common.format == Format::json       ? report::json(*replayed)
                           : common.format == Format::markdown ? report::markdown(*replayed)
                                                               : report::text(*replayed, style(common));
  return answer(common, replayed->reading, parsers::Severity::warning, text, ExitCode::clean);
}

}  // namespace

void add_backtest(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("backtest", "What interlock would have been worth on the merges that are there");
  const auto request = std::make_shared<app::BacktestRequest>();
  verb->add_option("--since", request->since,
                   "What landed in this time before the newest commit, since this day or after this revision "
                   "(default: the newest 300 merges)")
      ->option_text("90d|DATE|REV");
  add_common(*verb, call.common, {Format::text, Format::json, Format::markdown});
  add_brief(*verb, call.common);
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::git, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
