// The options that several verbs share.
#pragma once

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

#include "planner/app/load.h"
#include "planner/cli/verbs.h"

namespace planner::cli {

/// An option that takes one of a few words; another word is an error that lists them. `words` outlives the call.
template <class T, class Set>
void add_choice(CLI::App& app, const char* name, const std::map<std::string, T>& words, const char* value,
                const char* help, Set set) {
  app.add_option_function<std::string>(
         name, [&words, set](const std::string& word) { set(words.at(word)); }, help)
      ->check([&words](const std::string& word) {
        if (words.contains(word)) return std::string();
        std::string list;
        for (const auto& [known, meaning] : words) list += (list.empty() ? "" : ", ") + known;
        return fmt::format("takes {}, not \"{}\"", list, word);
      })
      ->option_text(value);
}

/// --repo, --format with the formats this verb can answer in, -o, --color, --quiet.
void add_common(CLI::App&, Common&, const std::vector<Format>&);
void add_brief(CLI::App&, Common&);
/// --ledger
void add_ledger(CLI::App&, Common&);

void add_order_files(CLI::App&, app::OrdersRequest&);
/// The files, and --from with the format they are in.
void add_orders(CLI::App&, app::OrdersRequest&);
void add_wishes(CLI::App&, app::PlanWishes&);
/// --time-limit; whoever takes it starts an io::Alarm.
void add_time_limit(CLI::App&, app::PlanWishes&);
void add_stack(CLI::App&, app::PlanWishes&);
void add_approved_plan(CLI::App&, app::OrdersRequest&);

}  // namespace planner::cli
