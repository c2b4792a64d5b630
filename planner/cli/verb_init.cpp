#include <algorithm>
#include <fmt/format.h>
#include <iostream>

#include "planner/app/init_ci.h"
#include "planner/app/init_config.h"
#include "planner/app/init_hooks.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"
#include "planner/report/unified_diff.h"

namespace planner::cli {
namespace {

struct InitRequest {
  app::InitHooksRequest hooks;
  bool strict = false;
  bool claim_on_edit = false;
  std::vector<std::string> orders;
  std::vector<CiSystem> systems;
  std::string source;
};

/// What was done, or would be: the diffs, then a sentence.
ExitCode tell(const Common& common, const InitRequest& request, const app::InitAnswer& made) {
  std::string text = made.text;
  for (const app::PlacedEdit& edit : made.edits) text += report::unified_diff(edit.shown, edit.before, edit.after);
  if (!made.edits.empty())
    text += fmt::format("{}{} file{}\n", request.hooks.dry_run ? "would change " : "changed ", made.edits.size(),
                        made.edits.size() == 1 ? "" : "s");
  else if (text.empty())
    text = request.hooks.undo ? "nothing of ours is there\n" : "everything is there already\n";
  if (!common.quiet)
    for (const std::string& note : made.notes) std::cerr << "interlock: note: " << parsers::printable(note) << "\n";
  return deliver(common, text, ExitCode::clean);
}

ExitCode tell_hooks(const Common& common, InitRequest& request) {
  app::InitHooksRequest& hooks = request.hooks;
  hooks.repo = common.repo;
  hooks.wishes.strict = request.strict;
  if (request.strict) hooks.wishes.arguments.push_back("--strict");
  if (request.claim_on_edit) hooks.wishes.arguments.push_back("--claim-on-edit");
  hooks.wishes.arguments.insert(hooks.wishes.arguments.end(), request.orders.begin(), request.orders.end());
  const auto made = app::init_hooks(hooks);
  return made ? tell(common, request, *made) : fail(made.error());
}

ExitCode tell_ci(const Common& common, const InitRequest& request) {
  const auto made = app::init_ci(
      {request.systems, request.orders, request.source, request.hooks.undo, request.hooks.dry_run, common.repo});
  return made ? tell(common, request, *made) : fail(made.error());
}

ExitCode tell_config(const Common& common, const InitRequest& request) {
  if (!request.orders.empty())
    return fail(
        Error{Error::Kind::input, "without --hooks and --ci, init takes no ORDERS", "see: interlock init --help"});
  const auto made = app::init_config({common.repo, request.hooks.undo, request.hooks.dry_run});
  return made ? tell(common, request, *made) : fail(made.error());
}

}  // namespace

void add_init(CLI::App& app, Call& call) {
  CLI::App* verb =
      app.add_subcommand("init", "Propose an interlock.yaml, or write hooks or CI jobs; show it as a diff");
  const auto request = std::make_shared<InitRequest>();
  verb->add_option_function<std::vector<std::string>>(
          "--hooks",
          [request](const std::vector<std::string>& names) {
            for (const std::string& name : names) request->hooks.agents.push_back(*parsers::hook_agent_from(name));
          },
          "Hooks of these agents: claude, codex, gemini, copilot, cursor, opencode, git")
      ->check([](const std::string& name) {
        return parsers::hook_agent_from(name)
                   ? std::string()
                   : fmt::format("takes claude, codex, gemini, copilot, cursor, opencode or git, not \"{}\"", name);
      })
      ->delimiter(',')
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all()
      ->option_text("AGENT");
  verb->add_option_function<std::vector<std::string>>(
          "--ci",
          [request](const std::vector<std::string>& names) {
            for (const std::string& name : names) request->systems.push_back(*ci_system_from(name));
          },
          "A job that judges every change: github, gitlab, pre-commit")
      ->check([](const std::string& name) {
        return ci_system_from(name) ? std::string()
                                    : fmt::format("takes github, gitlab or pre-commit, not \"{}\"", name);
      })
      ->delimiter(',')
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all()
      ->excludes("--hooks")
      ->option_text("SYSTEM");
  verb->add_option("--source", request->source, "Where the job takes interlock from: OWNER/REPOSITORY@REF, URL@REF")
      ->needs("--ci")
      ->option_text("SOURCE");
  verb->add_flag("--undo", request->hooks.undo, "Take out exactly what init wrote");
  verb->add_flag("--dry-run", request->hooks.dry_run, "Show it and write nothing");
  verb->add_flag("--strict", request->strict, "The hooks deny what the policy calls an error")->needs("--hooks");
  verb->add_flag("--claim-on-edit", request->claim_on_edit, "The hooks claim what a session without an order touches")
      ->needs("--hooks");
  verb->add_option("--program", request->hooks.wishes.program, "How the hooks call interlock (default: interlock)")
      ->option_text("PROGRAM")
      ->needs("--hooks");
  verb->add_option("ORDERS", request->orders, "Work orders that the guard or the job reads, relative to the top");
  add_common(*verb, call.common, {Format::text});
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      if (!request->systems.empty()) return tell_ci(common, *request);
      return request->hooks.agents.empty() ? tell_config(common, *request) : tell_hooks(common, *request);
    };
  });
}

}  // namespace planner::cli
