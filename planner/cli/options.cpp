#include "planner/cli/options.h"

#include <algorithm>
#include <fmt/ranges.h>

#include "parsers/format.h"

namespace planner::cli {
namespace {

const std::map<std::string, Format> formats{
    {"text", Format::text},     {"json", Format::json},      {"markdown", Format::markdown}, {"sarif", Format::sarif},
    {"github", Format::github}, {"gitlab", Format::gitlab},  {"junit", Format::junit},       {"rdjson", Format::rdjson},
    {"dot", Format::dot},       {"mermaid", Format::mermaid}};

std::string name_of(Format format) {
  for (const auto& [name, meaning] : formats)
    if (meaning == format) return name;
  return {};
}

/// "text, json or markdown".
std::string listed(const std::vector<Format>& offered) {
  std::string list;
  for (std::size_t i = 0; i < offered.size(); ++i)
    list += (i == 0 ? "" : i + 1 == offered.size() ? " or " : ", ") + name_of(offered[i]);
  return list;
}

}  // namespace

void add_common(CLI::App& app, Common& common, const std::vector<Format>& offered) {
  app.add_option("--repo", common.repo, "Repository to work on (a directory in it)")->option_text("DIR");
  std::map<std::string, Format> known;
  for (const Format format : offered) known.emplace(name_of(format), format);
  const std::string list = listed(offered);
  app.add_option_function<std::string>(
         "--format", [&common, known](const std::string& word) { common.format = known.at(word); }, list)
      ->check([known, list](const std::string& word) {
        return known.contains(word) ? std::string() : fmt::format("takes {}, not \"{}\"", list, word);
      })
      ->option_text("FORMAT");
  app.add_option("-o,--output", common.output, "Write the answer to FILE (beside, then renamed)")->option_text("FILE");
  static const std::map<std::string, std::string> colors{{"auto", "auto"}, {"always", "always"}, {"never", "never"}};
  add_choice(app, "--color", colors, "WHEN", "auto, always or never",
             [&common](const std::string& w) { common.color = w; });
  app.add_flag("-q,--quiet", common.quiet, "No warnings on standard error");
}

void add_brief(CLI::App& app, Common& common) { app.add_flag("--brief", common.brief, "At most 40 lines"); }

void add_ledger(CLI::App& app, Common& common) {
  app.add_option("--ledger", common.ledger,
                 "postgresql://..., or none to leave claims aside (default: interlock.yaml, else this repository's)")
      ->option_text("URL");
}

void add_order_files(CLI::App& app, app::OrdersRequest& request) {
  app.add_option("ORDERS", request.orders, "Files, directories, or - for standard input")->required();
}

void add_orders(CLI::App& app, app::OrdersRequest& request) {
  add_order_files(app, request);
  app.add_option_function<std::string>(
         "--from", [&request](const std::string& word) { request.from = word; },
         "Whose format the orders are in (default: auto, by content)")
      ->check([](const std::string& word) {
        const std::vector<std::string_view> names = parsers::format_names();
        if (std::find(names.begin(), names.end(), word) != names.end()) return std::string();
        return fmt::format("takes {}, not \"{}\"", fmt::join(names, ", "), word);
      })
      ->option_text("FORMAT");
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
  static const std::map<std::string, EffortLevel> efforts{
      {"fast", EffortLevel::fast}, {"normal", EffortLevel::normal}, {"thorough", EffortLevel::thorough}};
  add_choice(app, "--effort", efforts, "HOW", "How long to search, in steps: fast, normal (default) or thorough",
             [&wishes](EffortLevel e) { wishes.effort = e; });
  static const std::map<std::string, Inference> inferences{
      {"off", Inference::off}, {"hints", Inference::hints}, {"enforce", Inference::enforce}};
  add_choice(app, "--infer", inferences, "HOW", "Conflicts that only the code shows: off, hints (default) or enforce",
             [&wishes](Inference i) { wishes.infer = i; });
}

void add_time_limit(CLI::App& app, app::PlanWishes& wishes) {
  app.add_option_function<std::string>(
         "--time-limit", [&wishes](const std::string& text) { wishes.time_limit = parsers::parse_estimate(text); },
         "Cut the search short after so long (90s, 2m); the answer says if it was")
      ->check([](const std::string& text) {
        const auto seconds = parsers::parse_estimate(text);
        return seconds && *seconds > 0 ? std::string()
                                       : fmt::format("takes a duration such as 90s, 2m or 1h, not \"{}\"", text);
      })
      ->option_text("DURATION");
}

void add_stack(CLI::App& app, app::PlanWishes& wishes) {
  app.add_flag("--stack", wishes.stack,
               "Successors of an order in review start from its branch instead of waiting until it has landed");
}

void add_approved_plan(CLI::App& app, app::OrdersRequest& request) {
  app.add_option("--plan", request.approved_plan, "The approved plan (JSON): inputs that changed since are listed")
      ->option_text("FILE");
}

}  // namespace planner::cli
