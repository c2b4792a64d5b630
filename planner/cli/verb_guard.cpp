#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <unistd.h>

#include "parsers/hook_json.h"
#include "planner/app/guard.h"
#include "planner/cli/options.h"
#include "planner/io/hook_input.h"
#include "planner/io/ledger_door.h"
#include "planner/report/hook_answer.h"

namespace planner::cli {
namespace {

using namespace std::chrono_literals;

// Everything together stays below five seconds: agents wait for a hook, and some go on without it.
constexpr auto patience_for_input = 3000ms;
constexpr auto patience_for_all = 4500ms;
constexpr std::int64_t patience_for_ledger_ms = 1500;

std::string from_environment(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

report::HookAnswer spoken(const app::GuardAnswer& answer) {
  return report::hook_answer(answer.agent, answer.moment, answer.event, answer.decision, answer.reasons);
}

ExitCode say(const report::HookAnswer& answer) {
  std::cout << answer.out << std::flush;
  std::cerr << answer.err << std::flush;
  return answer.exit_code == 0 ? ExitCode::clean : ExitCode::usage;
}

std::unique_ptr<LedgerDoor> door_of(const io::Checkout& checkout, const std::string& wish) {
  const io::GitLayout layout{checkout.top, checkout.git_dir, checkout.common_dir, {}, true};
  return std::make_unique<io::HostLedgerDoor>(io::ledger_place(layout), wish, patience_for_ledger_ms);
}

io::HookInput read_input(const app::GuardRequest& request) {
  // git closes its hooks' input itself; what it writes there is no JSON. pre-commit gets the user's own terminal.
  if (request.agent == parsers::HookAgent::git && request.event == "pre-commit") return {};
  parsers::JsonValueEnd end;
  const bool json = request.agent != parsers::HookAgent::git;
  io::HookInput input = io::read_hook_input(STDIN_FILENO, parsers::most_hook_bytes, patience_for_input,
                                            [&](std::string_view fresh) { return json && end.feed(fresh); });
  if (end.done()) {
    input.problem.clear();
    input.text.resize(std::min(input.text.size(), end.size()));
  }
  return input;
}

ExitCode tell(app::GuardRequest& request, const std::string& ledger) {
  const auto too_late = [&](parsers::Policy policy) {
    return spoken(app::guard_unavailable(request, "no answer within 5 s", policy));
  };
  const report::HookAnswer first = too_late(parsers::Policy::strict);
  io::LastWord last(patience_for_all, first.out, first.err, first.exit_code);
  report::HookAnswer answer;
  try {
    const io::HookInput input = read_input(request);
    const auto door = [&](const io::Checkout& checkout) { return door_of(checkout, ledger); };
    answer = spoken(app::guard(request, input.text, input.problem, door, [&](parsers::Policy policy) {
      const report::HookAnswer late = too_late(policy);
      last.say(late.out, late.err, late.exit_code);
    }));
  } catch (const std::exception& bug) {
    answer =
        spoken(app::guard_unavailable(request, std::string("internal error: ") + bug.what(), parsers::Policy::strict));
  }
  last.disarm();
  return say(answer);
}

void add_session(CLI::App& verb, app::GuardRequest& request) {
  verb.add_option("--claim", request.claim, "The session's claim (default: $INTERLOCK_CLAIM)")->option_text("ID");
  verb.add_option("--fence", request.fence, "The fence of that claim (default: $INTERLOCK_FENCE)")->option_text("N");
  verb.add_option("--work-order", request.work_order,
                  "The order the session works on (default: $INTERLOCK_WORK_ORDER, the claim's, the branch's)")
      ->option_text("ID");
  verb.add_option("--name", request.name,
                  "The session's name in the ledger (default: $INTERLOCK_AGENT, else AGENT:SESSION)")
      ->option_text("NAME");
}

/// Options first, then what the environment says.
void complete(app::GuardRequest& request) {
  const auto fill = [](std::string& value, const char* name) {
    if (value.empty()) value = from_environment(name);
  };
  if (request.claim.empty()) {
    fill(request.claim, "INTERLOCK_CLAIM");
    fill(request.fence, "INTERLOCK_FENCE");
  }
  fill(request.name, "INTERLOCK_AGENT");
  fill(request.work_order, "INTERLOCK_WORK_ORDER");
  request.home = from_environment("HOME");
  std::error_code gone;
  request.directory = std::filesystem::current_path(gone).string();
  if (request.agent != parsers::HookAgent::git) return;
  request.git_dir = from_environment("GIT_DIR");
  request.index_file = from_environment("GIT_INDEX_FILE");
  if (!request.index_file.empty() && !request.index_file.starts_with('/'))
    request.index_file = request.directory + "/" + request.index_file;
}

}  // namespace

void add_guard(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("guard", "Answer an agent's hook, or git's: may this edit or command go ahead?");
  const auto request = std::make_shared<app::GuardRequest>();
  static const std::map<std::string, parsers::HookAgent> agents{
      {"claude", parsers::HookAgent::claude}, {"codex", parsers::HookAgent::codex},
      {"gemini", parsers::HookAgent::gemini}, {"copilot", parsers::HookAgent::copilot},
      {"cursor", parsers::HookAgent::cursor}, {"opencode", parsers::HookAgent::opencode},
      {"git", parsers::HookAgent::git}};
  add_choice(*verb, "--agent", agents, "AGENT",
             "Whose hook this is: claude, codex, gemini, copilot, cursor, opencode or git",
             [request](parsers::HookAgent agent) { request->agent = agent; });
  verb->get_option("--agent")->required();
  verb->add_option("--event", request->event, "The event the hook is registered for, as the agent spells it")
      ->option_text("EVENT");
  verb->add_option("--state", request->state, "What git says of a reference-transaction")->option_text("STATE");
  verb->add_flag("--strict", request->strict, "Deny what the policy calls an error (default: advise)");
  verb->add_flag("--claim-on-edit", request->claim_on_edit, "A session without an order claims what it first touches");
  add_session(*verb, *request);
  verb->add_option("--repo", request->repo, "Repository to work on (default: where the session stands)")
      ->option_text("DIR");
  add_ledger(*verb, call.common);
  verb->add_option("ORDERS", request->orders, "Work orders: files or directories, for the scope of the session");
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      complete(*request);
      return tell(*request, common.ledger);
    };
  });
}

}  // namespace planner::cli
