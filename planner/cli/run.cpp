#include "planner/cli/run.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

#include "planner/io/disk_sources.h"
#include "planner/io/files.h"
#include "planner/io/git_command.h"
#include "planner/io/git_repository.h"
#include "planner/report/report.h"

namespace planner::cli {
namespace {

using parsers::Severity;

void say(const Reading& reading, Severity least) {
  std::vector<parsers::Diagnostic> shown;
  for (const parsers::Diagnostic& d : reading.diagnostics)
    if (d.severity <= least) shown.push_back(d);
  std::cerr << parsers::describe(shown, reading.sources);
}

ExitCode fail(const Error& error) {
  std::cerr << fmt::format("interlock: error: {}\n", parsers::printable(error.what));
  if (!error.remedy.empty()) std::cerr << fmt::format("  {}\n", parsers::printable(error.remedy));
  return error.kind == Error::Kind::input ? ExitCode::usage : ExitCode::refused;
}

ExitCode fail(const app::Failure& failure) {
  say(failure.reading, Severity::warning);
  return failure.error ? fail(*failure.error) : ExitCode::usage;
}

/// Writes the answer where it belongs; a report that cannot be written is a refusal.
ExitCode deliver(const Common& common, const std::string& text, ExitCode exit) {
  if (!common.output.empty()) {
    const auto written = io::write_file(common.output, text);
    return written ? exit : fail(written.error());
  }
  std::cout << text << std::flush;
  if (std::cout) return exit;
  return fail(Error{Error::Kind::world, "the answer could not be written to standard output", ""});
}

report::TextStyle style(const Common& common) {
  const bool terminal = common.output.empty() && isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
  return {common.color == "always" || (common.color == "auto" && terminal), common.brief};
}

bool any(const std::vector<Finding>& findings, FindingSeverity worst) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.severity <= worst; });
}

/// The world of one call: what stays open while the story is told.
struct Opened {
  std::unique_ptr<io::GitRepository> repository;
  std::unique_ptr<io::DiskSources> sources;
  std::string prefix;  // where the caller stands in the repository
};

/// Only verify needs git; without it the others go on, and what needs a repository stays unproven.
Result<Opened> open(const Common& common, bool needs_git) {
  Result<std::unique_ptr<io::GitRepository>> repository = nullptr;
  if (needs_git || io::git_is_installed())
    repository = io::open_repository(common.repo);
  else if (!common.quiet)
    std::cerr << "interlock: warning: git is not installed; what needs a repository stays unproven\n";
  if (!repository) return tl::make_unexpected(repository.error());
  Opened opened{std::move(*repository), nullptr, {}};
  if (opened.repository) {
    const std::string inside =
        std::filesystem::current_path().lexically_relative(opened.repository->top()).generic_string();
    if (inside != "." && inside != ".." && !inside.starts_with("../")) opened.prefix = inside;
  }
  opened.sources = std::make_unique<io::DiskSources>(opened.repository ? opened.repository->top() : common.repo);
  return opened;
}

template <class Write>
ExitCode answer(const Common& common, const Reading& reading, Severity least, ExitCode exit, Write write) {
  if (!common.quiet) say(reading, least);
  return deliver(common, write(), exit);
}

template <class A, class Text>
std::string formatted(const Common& common, const A& value, Text text) {
  switch (common.format) {
    case Format::json:
      return report::json(value);
    case Format::markdown:
      return report::markdown(value);
    case Format::text:
      break;
  }
  return text();
}

struct Runner {
  const Common& common;
  app::World& world;

  ExitCode operator()(const PlanCommand& command) const {
    const auto made = app::plan(world, command.request);
    if (!made) return fail(made.error());
    const bool action =
        made->plan->verdict == Verdict::decision_needed || any(made->plan->findings, FindingSeverity::error);
    return answer(common, made->reading, Severity::warning, action ? ExitCode::action : ExitCode::clean,
                  [&] { return formatted(common, *made, [&] { return report::text(*made, style(common)); }); });
  }

  ExitCode operator()(const CheckCommand& command) const {
    const auto checked = app::check(world, command.request);
    if (!checked) return fail(checked.error());
    return answer(common, checked->reading, Severity::note,
                  any(checked->findings, FindingSeverity::error) ? ExitCode::action : ExitCode::clean, [&] {
                    return formatted(common, *checked,
                                     [&] { return report::text(*checked, style(common), common.verbose); });
                  });
  }

  ExitCode operator()(const ExplainCommand& command) const {
    const auto explained = app::explain(world, command.request);
    if (!explained) return fail(explained.error());
    const bool open = std::any_of(explained->conflicts.begin(), explained->conflicts.end(),
                                  [](const Conflict& c) { return c.resolution == Resolution::decide; });
    return answer(common, explained->reading, Severity::warning, open ? ExitCode::action : ExitCode::clean, [&] {
      return formatted(common, *explained, [&] { return report::text(*explained, style(common)); });
    });
  }

  ExitCode operator()(const ScopeCommand& command) const {
    const auto scoped = app::scope(world, command.request);
    if (!scoped) return fail(scoped.error());
    return answer(common, scoped->reading, Severity::warning,
                  scoped->not_now.empty() ? ExitCode::clean : ExitCode::action,
                  [&] { return formatted(common, *scoped, [&] { return report::text(*scoped); }); });
  }

  ExitCode operator()(const VerifyCommand& command) const {
    const auto verified = app::verify(world, command.request);
    if (!verified) return fail(verified.error());
    const bool action =
        any(verified->findings, command.fail_on_warning ? FindingSeverity::warning : FindingSeverity::error);
    return answer(common, verified->reading, Severity::warning, action ? ExitCode::action : ExitCode::clean,
                  [&] { return formatted(common, *verified, [&] { return report::text(*verified, style(common)); }); });
  }

  ExitCode operator()(const Said&) const { return ExitCode::usage; }  // said before the world was opened
};

}  // namespace

ExitCode run(const Command& command) {
  if (const Said* said = std::get_if<Said>(&command.what)) {
    (said->exit_code == 0 ? std::cout : std::cerr) << said->text << std::flush;
    return static_cast<ExitCode>(said->exit_code);
  }
  auto opened = open(command.common, std::holds_alternative<VerifyCommand>(command.what));
  if (!opened) return fail(opened.error());
  app::World world{*opened->sources, opened->repository.get(), opened->prefix};
  return std::visit(Runner{command.common, world}, command.what);
}

}  // namespace planner::cli
