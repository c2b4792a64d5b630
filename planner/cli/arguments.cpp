// The only file that knows CLI11.
#include "planner/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <map>
#include <memory>

namespace planner::cli {
namespace {

constexpr const char* footer =
    "Exit codes: 0 clean, 1 an answer that needs action, 2 usage or bad input, 3 git or disk refused.\n"
    "Manual: docs/manual.md, or: man interlock";

/// An option that takes one of a few words; another word is an error that lists them.
template <class T, class Set>
void add_choice(CLI::App& app, const char* name, const std::map<std::string, T>& words, const char* value,
                const char* help, Set set) {
  app.add_option_function<std::string>(
         name, [&words, set](const std::string& word) { set(words.at(word)); }, help)
      ->check([&words, name](const std::string& word) {
        if (words.contains(word)) return std::string();
        std::string list;
        for (const auto& [known, meaning] : words) list += (list.empty() ? "" : ", ") + known;
        return fmt::format("{} takes {}, not \"{}\"", name, list, word);
      })
      ->option_text(value);
}

void add_common(CLI::App& app, Common& common, bool brief) {
  app.add_option("--repo", common.repo, "Repository to work on (a directory in it)")->option_text("DIR");
  static const std::map<std::string, Format> formats{
      {"text", Format::text}, {"json", Format::json}, {"markdown", Format::markdown}};
  add_choice(app, "--format", formats, "FORMAT", "text, json or markdown", [&common](Format f) { common.format = f; });
  app.add_option("-o,--output", common.output, "Write the answer to FILE (beside, then renamed)")->option_text("FILE");
  static const std::map<std::string, std::string> colors{{"auto", "auto"}, {"always", "always"}, {"never", "never"}};
  add_choice(app, "--color", colors, "WHEN", "auto, always or never",
             [&common](const std::string& w) { common.color = w; });
  app.add_flag("-q,--quiet", common.quiet, "No warnings on standard error");
  if (brief) app.add_flag("--brief", common.brief, "At most 40 lines");
}

void add_orders(CLI::App& app, app::OrdersRequest& request) {
  app.add_option("ORDERS", request.orders, "Files, directories, or - for standard input")->required();
}

void add_wishes(CLI::App& app, app::PlanWishes& wishes) {
  static const std::map<std::string, parsers::Isolation> isolations{{"shared", parsers::Isolation::shared},
                                                                    {"worktree", parsers::Isolation::worktree}};
  static const std::map<std::string, UnknownScope> unknowns{
      {"serial", UnknownScope::serial}, {"exclude", UnknownScope::exclude}, {"parallel", UnknownScope::parallel}};
  app.add_option_function<int>(
         "--agents", [&wishes](const int& n) { wishes.agents = n; }, "Sessions at once (default: as many as it takes)")
      ->check(CLI::Range(1, 1'000'000).description(""))
      ->option_text("N");
  add_choice(app, "--isolation", isolations, "MODE",
             "shared: one tree for all sessions; worktree: one each (default: interlock.yaml, else shared)",
             [&wishes](parsers::Isolation i) { wishes.isolation = i; });
  add_choice(app, "--unknown", unknowns, "HOW", "Orders without a write set: serial (default), exclude or parallel",
             [&wishes](UnknownScope u) { wishes.unknown = u; });
}

void add_approved_plan(CLI::App& app, app::OrdersRequest& request) {
  app.add_option("--plan", request.approved_plan, "The approved plan (JSON): inputs that changed since are listed")
      ->option_text("FILE");
}

void add_verify(CLI::App& app, VerifyCommand& command) {
  app::VerifyRequest& request = command.request;
  static const std::map<std::string, parsers::Policy> policies{{"observe", parsers::Policy::observe},
                                                               {"protect", parsers::Policy::protect},
                                                               {"strict", parsers::Policy::strict}};
  app.add_option("--work-order", request.work_orders,
                 "The order(s) the work was done under, judged against their union")
      ->option_text("ID")
      ->take_all();
  app.add_option("--base", request.base, "Where the work starts (default: the merge base with the target)")
      ->option_text("REV");
  app.add_option("--head", request.head, "Where the work ends (default: HEAD)")->option_text("REV");
  app.add_option("--worktree", request.worktree, "Judge this work tree, uncommitted and untracked files included")
      ->option_text("DIR");
  app.add_option("--map", request.maps, "ID=REV or ID=BASE..HEAD, repeatable: the work of many orders")
      ->option_text("MAP")
      ->take_all();
  app.add_option("--orders-at", request.orders_at, "Read orders and configuration from this revision")
      ->option_text("REV");
  add_choice(app, "--policy", policies, "POLICY", "observe, protect or strict (default: interlock.yaml, else strict)",
             [&request](parsers::Policy p) { request.policy = p; });
  static const std::map<std::string, bool> severities{{"error", false}, {"warning", true}};
  add_choice(app, "--fail-on", severities, "SEVERITY", "error (default) or warning",
             [&command](bool warning) { command.fail_on_warning = warning; });
}

std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

Command parse_arguments(int argc, const char* const* argv) {
  CLI::App app(
      "Which work orders may run side by side on one repository, proved; and whether they did what they declared.",
      "interlock");
  app.footer(footer);
  app.set_version_flag("--version", "interlock " INTERLOCK_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(28);

  Common common;
  PlanCommand plan;
  CheckCommand check;
  ExplainCommand explain;
  ScopeCommand scope;
  VerifyCommand verify;
  ChangesCommand changes;

  CLI::App* on_plan = app.add_subcommand("plan", "Conflicts, schedule, lanes and waves of work orders, with proof");
  add_orders(*on_plan, plan.request);
  add_wishes(*on_plan, plan.request.wishes);
  add_common(*on_plan, common, true);

  CLI::App* on_check = app.add_subcommand("check", "Lint work orders; hold hand-made waves against the conflicts");
  add_orders(*on_check, check.request);
  add_wishes(*on_check, check.request.wishes);
  on_check->add_flag("-v,--verbose", common.verbose,
                     "Line by line what was understood as what, and what was left unread");
  add_common(*on_check, common, true);

  CLI::App* on_explain = app.add_subcommand("explain", "The whole story of one pair of orders");
  on_explain->add_option("A", explain.request.a, "One work order")->required();
  on_explain->add_option("B", explain.request.b, "The other")->required();
  add_orders(*on_explain, explain.request.orders);
  add_wishes(*on_explain, explain.request.orders.wishes);
  add_approved_plan(*on_explain, explain.request.orders);
  add_common(*on_explain, common, true);

  CLI::App* on_scope = app.add_subcommand("scope", "The block for the prompt of a session");
  on_scope->add_option("ID", scope.request.id, "The work order")->required();
  add_orders(*on_scope, scope.request.orders);
  add_wishes(*on_scope, scope.request.orders.wishes);
  add_approved_plan(*on_scope, scope.request.orders);
  add_common(*on_scope, common, false);

  CLI::App* on_verify = app.add_subcommand("verify", "Hold the real changes against what was declared");
  add_orders(*on_verify, verify.request.orders);
  add_verify(*on_verify, verify);
  add_approved_plan(*on_verify, verify.request.orders);
  add_common(*on_verify, common, true);

  CLI::App* on_changes =
      app.add_subcommand("changes", "What two commits differ in, as symbols (tab-separated, or JSON)");
  on_changes->add_option("BASE", changes.request.base, "From this revision")->required();
  on_changes->add_option("HEAD", changes.request.head, "To this one")->required();
  add_common(*on_changes, common, false);

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {common, Said{app.help(), 0}};
  } catch (const CLI::CallForVersion&) {
    return {common, Said{one_line(app.version()) + "\n", 0}};
  } catch (const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    const std::string command = chosen.empty() ? "interlock" : "interlock " + chosen.front()->get_name();
    std::string what = one_line(error.what());
    if (chosen.empty() && argc > 1 && argv[1][0] != '-') what = fmt::format("there is no command \"{}\"", argv[1]);
    return {common,
            Said{fmt::format("interlock: error: {}\n  see: {} --help\n", parsers::printable(what), command), 2}};
  }
  if (on_plan->parsed()) return {common, plan};
  if (on_check->parsed()) return {common, check};
  if (on_explain->parsed()) return {common, explain};
  if (on_scope->parsed()) return {common, scope};
  if (on_verify->parsed()) return {common, verify};
  if (common.format == Format::markdown)
    return {common, Said{"interlock: error: changes answers as text or json\n  see: interlock changes --help\n", 2}};
  return {common, changes};
}

}  // namespace planner::cli
