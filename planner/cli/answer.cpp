#include "planner/cli/answer.h"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <optional>
#include <unistd.h>

#include "planner/io/disk_sources.h"
#include "planner/io/files.h"
#include "planner/io/git_code.h"
#include "planner/io/git_command.h"
#include "planner/io/git_repository.h"
#include "planner/io/ledger_door.h"

namespace planner::cli {
namespace {

using parsers::Severity;

void say(const Reading& reading, Severity least) {
  std::vector<parsers::Diagnostic> shown;
  for (const parsers::Diagnostic& d : reading.diagnostics)
    if (d.severity <= least) shown.push_back(d);
  std::cerr << parsers::describe(shown, reading.sources);
}

}  // namespace

ExitCode fail(const Error& error) {
  std::cerr << fmt::format("interlock: error: {}\n", parsers::printable(error.what));
  if (!error.remedy.empty()) std::cerr << fmt::format("  {}\n", parsers::printable(error.remedy));
  return error.kind == Error::Kind::input ? ExitCode::usage : ExitCode::refused;
}

ExitCode fail(const app::Failure& failure) {
  say(failure.reading, Severity::warning);
  return failure.error ? fail(*failure.error) : ExitCode::usage;
}

ExitCode deliver(const Common& common, const std::string& text, ExitCode exit) {
  if (!common.output.empty()) {
    const auto written = io::write_file(common.output, text);
    return written ? exit : fail(written.error());
  }
  std::cout << text << std::flush;
  if (std::cout) return exit;
  return fail(Error{Error::Kind::world, "the answer could not be written to standard output", ""});
}

ExitCode answer(const Common& common, const Reading& reading, Severity least, const std::string& text, ExitCode exit) {
  if (!common.quiet) say(reading, least);
  return deliver(common, text, exit);
}

std::optional<std::string> for_ci(const Common& common, report::FindingList list) {
  list.version = INTERLOCK_VERSION;
  switch (common.format) {
    case Format::sarif:
      return report::sarif(list);
    case Format::github:
      return report::github(list);
    case Format::gitlab:
      return report::gitlab(list);
    case Format::junit:
      return report::junit(list);
    case Format::rdjson:
      return report::rdjson(list);
    default:
      return std::nullopt;
  }
}

void append_job_summary(const Common& common, const std::function<std::string()>& markdown) {
  const char* file = std::getenv("GITHUB_STEP_SUMMARY");
  if (common.format != Format::github || file == nullptr || *file == '\0') return;
  const Result<void> written = io::append_file(file, report::job_summary(markdown()));
  if (!written) std::cerr << fmt::format("interlock: warning: {}\n", parsers::printable(written.error().what));
}

report::TextStyle style(const Common& common) {
  const bool terminal = common.output.empty() && isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
  return {common.color == "always" || (common.color == "auto" && terminal), common.brief};
}

bool any(const std::vector<Finding>& findings, FindingSeverity worst) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.severity <= worst; });
}

ExitCode in_world(const Common& common, Needs needs, const std::function<ExitCode(app::World&)>& story) {
  Result<std::unique_ptr<io::GitRepository>> repository = nullptr;
  if (needs == Needs::git || io::git_is_installed())
    repository = io::open_repository(common.repo);
  else if (!common.quiet)
    std::cerr << "interlock: warning: git is not installed; what needs a repository stays unproven\n";
  if (!repository) return fail(repository.error());
  std::string prefix;  // where the caller stands in the repository
  if (*repository) {
    const std::string inside =
        std::filesystem::current_path().lexically_relative((*repository)->top()).generic_string();
    if (inside != "." && inside != ".." && !inside.starts_with("../")) prefix = inside;
  }
  io::DiskSources sources(*repository ? (*repository)->top() : common.repo);
  std::optional<io::GitCodeSource> code;
  if (*repository) code.emplace(**repository);
  io::HostLedgerDoor ledger(*repository ? std::optional(io::ledger_place((*repository)->layout())) : std::nullopt,
                            common.ledger);
  app::World world{sources, repository->get(), prefix, code ? &*code : nullptr, &ledger};
  return story(world);
}

}  // namespace planner::cli
