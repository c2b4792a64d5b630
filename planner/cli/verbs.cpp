#include "planner/cli/verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>

#include "parsers/diagnostic.h"

namespace planner::cli {

namespace {

constexpr const char* footer =
    "Exit codes: 0 clean, 1 an answer that needs action, 2 usage or bad input, 3 git or disk refused.\n"
    "Manual: docs/manual.md, or: man interlock";

/// In the order in which the help lists them.
constexpr void (*verbs[])(CLI::App&, Call&) = {
    add_plan,   add_check,   add_explain, add_scope,                                         //
    add_verify, add_compare, add_changes, add_index,                                         //
    add_next,   add_claim,   add_renew,   add_release, add_complete, add_status, add_watch,  //
    add_break,  add_doctor,  add_guard,   add_init,    add_draft,    add_export, add_backtest,
};

std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

ExitCode usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv) {
  const auto chosen = app.get_subcommands();
  const std::string command = chosen.empty() ? "interlock" : "interlock " + chosen.front()->get_name();
  std::string what = one_line(error.what());
  if (chosen.empty() && argc > 1 && argv[1][0] != '-') what = fmt::format("there is no command \"{}\"", argv[1]);
  std::cerr << fmt::format("interlock: error: {}\n  see: {} --help\n", parsers::printable(what), command);
  return ExitCode::usage;
}

}  // namespace

ExitCode run(int argc, const char* const* argv) {
  CLI::App app(
      "Which work orders may run side by side on one repository, proved; and whether they did what they declared.",
      "interlock");
  app.footer(footer);
  app.set_version_flag("--version", "interlock " INTERLOCK_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(28);
  Call call;
  for (const auto add : verbs) add(app, call);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help() << std::flush;
    return ExitCode::clean;
  } catch (const CLI::CallForVersion&) {
    std::cout << one_line(app.version()) << std::endl;
    return ExitCode::clean;
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  }
  return call.run(call.common);
}

}  // namespace planner::cli
