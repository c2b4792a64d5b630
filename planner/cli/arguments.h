// argv to one request.
#pragma once

#include <string>
#include <variant>

#include "planner/app/changes.h"
#include "planner/app/check.h"
#include "planner/app/explain.h"
#include "planner/app/plan.h"
#include "planner/app/scope.h"
#include "planner/app/verify.h"

namespace planner::cli {

enum class Format { text, json, markdown };

/// What every command takes.
struct Common {
  std::string repo = ".";
  Format format = Format::text;
  std::string output;  ///< file to write the answer to; empty: standard output
  std::string color = "auto";
  bool quiet = false;  ///< no warnings and notes on standard error
  bool brief = false;
  bool verbose = false;
};

struct PlanCommand {
  app::OrdersRequest request;
};
struct CheckCommand {
  app::OrdersRequest request;
};
struct ExplainCommand {
  app::ExplainRequest request;
};
struct ScopeCommand {
  app::ScopeRequest request;
};
struct VerifyCommand {
  app::VerifyRequest request;
  bool fail_on_warning = false;
};

struct ChangesCommand {
  app::ChangesRequest request;
};

/// The words of the call were wrong, or --help or --version was all that was asked.
struct Said {
  std::string text;
  int exit_code = 0;
};

struct Command {
  Common common;
  std::variant<PlanCommand, CheckCommand, ExplainCommand, ScopeCommand, VerifyCommand, ChangesCommand, Said> what;
};

Command parse_arguments(int argc, const char* const* argv);

}  // namespace planner::cli
