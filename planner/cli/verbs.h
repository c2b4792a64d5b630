// The verbs of the command line: each is one file that knows its words and tells its story.
//
// A new verb is a file verb_NAME.cpp with `add_NAME`, a line here and a row in verbs.cpp.
#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace planner::cli {

/// 0 clean, 1 an answer that needs action, 2 usage or bad input, 3 the world refused.
enum class ExitCode { clean = 0, action = 1, usage = 2, refused = 3 };

/// How an answer is told; each verb names those it knows.
enum class Format { text, json, markdown, sarif, github, gitlab, junit, rdjson, dot, mermaid };

/// What every verb takes.
struct Common {
  std::string repo = ".";
  Format format = Format::text;
  std::string ledger;  ///< --ledger: a PostgreSQL URL, "none", or empty for what the configuration says
  std::string output;  ///< file to write the answer to; empty: standard output
  std::string color = "auto";
  bool quiet = false;  ///< no warnings and notes on standard error
  bool brief = false;
  bool verbose = false;
};

/// What one call asks for.
struct Call {
  Common common;
  std::function<ExitCode(const Common&)> run;  ///< set by the verb that was called
};

void add_plan(CLI::App&, Call&);
void add_check(CLI::App&, Call&);
void add_explain(CLI::App&, Call&);
void add_scope(CLI::App&, Call&);
void add_verify(CLI::App&, Call&);
void add_changes(CLI::App&, Call&);
void add_compare(CLI::App&, Call&);
void add_draft(CLI::App&, Call&);
void add_export(CLI::App&, Call&);
void add_backtest(CLI::App&, Call&);
void add_claim(CLI::App&, Call&);
void add_renew(CLI::App&, Call&);
void add_release(CLI::App&, Call&);
void add_complete(CLI::App&, Call&);
void add_next(CLI::App&, Call&);
void add_status(CLI::App&, Call&);
void add_watch(CLI::App&, Call&);
void add_break(CLI::App&, Call&);
void add_doctor(CLI::App&, Call&);
void add_guard(CLI::App&, Call&);
void add_init(CLI::App&, Call&);
void add_index(CLI::App&, Call&);

/// Reads argv and does what it says.
ExitCode run(int argc, const char* const* argv);

}  // namespace planner::cli
