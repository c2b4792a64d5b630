// A replayed history as a comment.
#include <algorithm>
#include <fmt/format.h>

#include "planner/report/backtest.h"
#include "planner/report/backtest_words.h"
#include "planner/report/markdown_parts.h"

namespace planner::report {
namespace {

std::string foresight(const Backtest& replayed) {
  std::vector<std::vector<std::string>> rows;
  for (const Foresight& f : replayed.foresight)
    rows.push_back(
        {std::string(words(f.granularity)),
         fmt::format("{} of {} ({})", f.foreseen, replayed.conflicting, percent(f.foreseen, replayed.conflicting)),
         fmt::format("{} of {} ({})", f.alarms, replayed.examined, percent(f.alarms, replayed.examined)),
         percent(f.foreseen, f.alarms), fmt::format("{} of {}", f.merges, replayed.between_branches)});
  return fmt::format(
      "\n#### What a plan would have foreseen\n\n{} in flight at once, {} with a common file, {} "
      "collided.\n\n{}",
      counted(replayed.in_flight, "pair"), replayed.overlapping, replayed.conflicting,
      table({"orders name", "collisions seen", "kept apart", "rightly", "merges made by hand, seen"}, rows));
}

std::string cost(const Backtest& replayed) {
  if (replayed.windows.empty()) return {};
  std::vector<std::vector<std::string>> rows;
  const auto row = [&](std::string name, Cost c) {
    rows.push_back({std::move(name), std::to_string(c.median), std::to_string(c.most)});
  };
  row("no coordination", {1, 1});
  for (const Granularity g : {Granularity::gap, Granularity::symbol, Granularity::file})
    row(fmt::format("plan by {}", words(g)), cost_of(replayed, g));
  row("one at a time", orders_at_once(replayed));
  return fmt::format("\n#### What that costs\n\nSteps for the branches in flight at {}.\n\n{}",
                     replayed.windows.size() == 1 ? "one moment" : fmt::format("{} moments", replayed.windows.size()),
                     table({"", "median", "worst"}, rows));
}

}  // namespace

std::string markdown(const BacktestAnswer& answer) {
  const Backtest& replayed = answer.replayed;
  std::string out = fmt::format("### Backtest\n\n**{}**\n", escaped(headline(replayed)));
  if (const std::string from = basis(replayed); !from.empty()) out += fmt::format("\n{}\n", escaped(from));
  for (const std::string& line : what_to_do(replayed)) out += fmt::format("\n{}\n", escaped(line));
  if (replayed.in_flight > 0) out += foresight(replayed) + cost(replayed);
  if (!replayed.collisions.empty()) {
    std::vector<std::vector<std::string>> rows;
    for (const Collision& c : replayed.collisions)
      rows.push_back({code(c.path), std::to_string(c.pairs), std::to_string(c.shared), std::to_string(c.writers)});
    out += "\n#### Files that collide most\n\n" +
           table({"file", "collisions", "pairs that wrote it", "branches that wrote it"}, rows);
  }
  if (!replayed.series.empty()) {
    std::vector<std::vector<std::string>> rows;
    for (const SeriesCollision& s : replayed.series)
      rows.push_back({code(s.series), std::to_string(s.pairs), code(s.paths[0]) + ", " + code(s.paths[1])});
    out += "\n#### Numbers that two branches took\n\n" + table({"series", "pairs", "last"}, rows);
  }
  if (const std::string yaml = suggested_yaml(replayed); !yaml.empty())
    out += "\n#### Suggested `interlock.yaml`\n\n" + code_block("yaml", yaml);
  return out + diagnostics_part(answer.reading);
}

}  // namespace planner::report
