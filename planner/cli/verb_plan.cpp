#include <algorithm>
#include <filesystem>
#include <fmt/ranges.h>

#include "parsers/format.h"
#include "planner/app/plan.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"
#include "planner/io/alarm.h"
#include "planner/report/plan_graph.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, app::OrdersRequest request) {
  std::optional<io::Alarm> alarm;
  if (request.wishes.time_limit) {
    alarm.emplace(*request.wishes.time_limit);
    request.wishes.stop = &alarm->rung();
  }
  const auto made = app::plan(world, request);
  if (!made) return fail(made.error());
  const bool action =
      made->plan->verdict == Verdict::decision_needed || any(made->plan->findings, FindingSeverity::error);
  const auto drawn = [&] {
    if (common.format == Format::dot) return report::dot(*made);
    if (common.format == Format::mermaid) return report::mermaid(*made);
    return report::text(*made, style(common));
  };
  return answer(common, made->reading, parsers::Severity::warning, formatted(common, *made, drawn), action_if(action));
}

}  // namespace

void add_plan(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand("plan", "Conflicts, schedule, lanes and waves of work orders, with proof");
  const auto request = std::make_shared<app::OrdersRequest>();
  add_order_files(*verb, *request);
  add_wishes(*verb, request->wishes);
  add_time_limit(*verb, request->wishes);
  add_stack(*verb, request->wishes);
  // Both meanings of the word are in use: how the orders are written, and where the plan goes on.
  verb->add_option_function<std::vector<std::string>>(
          "--from",
          [request](const std::vector<std::string>& words) {
            const std::vector<std::string_view> formats = parsers::format_names();
            for (const std::string& word : words)
              (std::find(formats.begin(), formats.end(), word) != formats.end() ? request->from
                                                                                : request->earlier_plan) = word;
          },
          "An earlier plan (JSON) to go on from, changed as little as possible; or the format of the orders "
          "(default: auto, by content)")
      ->check([](const std::string& word) {
        const std::vector<std::string_view> formats = parsers::format_names();
        const bool bare = word.find_first_of("./") == std::string::npos;  // a word as formats are called
        if (!bare || std::find(formats.begin(), formats.end(), word) != formats.end() || std::filesystem::exists(word))
          return std::string();
        return fmt::format("takes a plan or one of {}; \"{}\" is neither", fmt::join(formats, ", "), word);
      })
      ->option_text("FILE|FORMAT")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  add_ledger(*verb, call.common);
  add_common(*verb, call.common, {Format::text, Format::json, Format::markdown, Format::dot, Format::mermaid});
  add_brief(*verb, call.common);
  verb->callback([request, &call] {
    call.run = [request](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
