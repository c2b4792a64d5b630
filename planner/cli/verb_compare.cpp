#include "planner/app/compare.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, const app::CompareRequest& request) {
  const auto compared = app::compare(world, request);
  if (!compared) return fail(compared.error());
  const auto& pairs = compared->compared.pairs;
  const bool errors = std::any_of(pairs.begin(), pairs.end(),
                                  [](const ComparedPair& p) { return any(p.findings, FindingSeverity::error); });
  return answer(common, compared->reading, parsers::Severity::warning,
                formatted(common, *compared, [&] { return report::text(*compared, style(common)); }),
                action_if(errors));
}

}  // namespace

void add_compare(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("compare", "What branches and work trees that are alive do to each other");
  const auto request = std::make_shared<app::CompareRequest>();
  verb->add_option("NAMES", request->names,
                   "Revisions, or directories of work trees with what is not committed there (default: all work trees)")
      ->option_text("[REV|WORKTREE]...");
  verb->add_option("--target", request->target, "What they will be merged into (default: interlock.yaml, else main)")
      ->option_text("REV");
  add_common(*verb, call.common, {Format::text, Format::json, Format::markdown});
  add_brief(*verb, call.common);
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::git, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
