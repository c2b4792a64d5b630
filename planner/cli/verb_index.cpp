#include <iostream>
#include <unistd.h>

#include "planner/app/index.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"
#include "planner/report/index.h"

namespace planner::cli {
namespace {

/// One line on standard error that is written over, on a terminal only.
app::Progress progress(const Common& common) {
  if (common.quiet || isatty(STDERR_FILENO) == 0) return [](std::size_t, std::size_t) {};
  return [](std::size_t done, std::size_t of) {
    if (done == of)
      std::cerr << "\r\x1b[K" << std::flush;
    else
      std::cerr << fmt::format("\r\x1b[Kparsed {} of {} files", done, of) << std::flush;
  };
}

ExitCode tell(const Common& common, app::World& world, const app::IndexRequest& request) {
  const auto indexed = app::index(world, request, progress(common));
  if (!indexed) return fail(indexed.error());
  return deliver(common, common.format == Format::json ? report::json(*indexed) : report::text(*indexed),
                 ExitCode::clean);
}

}  // namespace

void add_index(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("index", "Build the code index, and say what it could not look into");
  const auto request = std::make_shared<app::IndexRequest>();
  verb->add_option("--at", request->revision, "Of this revision instead of the files as they are")->option_text("REV");
  verb->add_flag("--stats", request->stats, "Parse every file: what was parsed, degraded, unproven, and why");
  verb->add_option("--references", request->references, "Write who uses what to this file, a use a line, tab-separated")
      ->option_text("FILE");
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::git, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
