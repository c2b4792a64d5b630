#include <fmt/format.h>
#include <iostream>

#include "planner/app/draft.h"
#include "planner/cli/answer.h"
#include "planner/cli/options.h"
#include "planner/report/draft.h"

namespace planner::cli {
namespace {

ExitCode tell(const Common& common, app::World& world, const app::OrdersRequest& request) {
  const auto drafted = app::draft(world, request);
  if (!drafted) return fail(drafted.error());
  if (drafted->drafted.empty() && !common.quiet)
    std::cerr << "interlock: every order has a scope, or is over; nothing was drafted\n";
  return answer(common, drafted->reading, parsers::Severity::warning,
                common.format == Format::json ? report::json(*drafted) : report::text(*drafted), ExitCode::clean);
}

}  // namespace

void add_draft(CLI::App& app, Call& call) {
  CLI::App* verb = app.add_subcommand(
      "draft", "Propose a scope for every order that has none, by its text, the code and the history");
  const auto request = std::make_shared<app::OrdersRequest>();
  const auto text = std::make_shared<std::vector<std::string>>();
  add_orders(*verb, *request);
  CLI::Option* orders = verb->get_option("ORDERS");
  orders->required(false);
  verb->add_option("--text", *text,
                   "Issues as plain text instead of orders: one, or one under every heading; - is standard input")
      ->option_text("FILE")
      ->expected(1)
      ->take_all()
      ->excludes(orders);
  add_common(*verb, call.common, {Format::text, Format::json});
  verb->callback([request, text, &call] {
    if (request->orders.empty() && text->empty()) throw CLI::RequiredError("ORDERS or --text FILE");
    if (!text->empty()) {
      request->orders = *text;
      request->from = "text";
    }
    call.run = [request](const Common& common) {
      return in_world(common, Needs::nothing, [&](app::World& world) { return tell(common, world, *request); });
    };
  });
}

}  // namespace planner::cli
