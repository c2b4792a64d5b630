#include "planner/backtest_suggestions.h"
#include "planner/report/backtest.h"
#include "planner/report/backtest_words.h"
#include "planner/report/json_values.h"

namespace planner::report {
namespace {

/// Rounded to thousandths; null of nothing.
Json ratio(std::size_t part, std::size_t of) {
  if (of == 0) return {};
  return static_cast<double>((part * 2'000 + of) / (2 * of)) / 1'000;
}

Json steps(Cost cost) {
  Json out = Json::object();
  out["median"] = cost.median;
  out["most"] = cost.most;
  return out;
}

}  // namespace

std::string json(const BacktestAnswer& answer) {
  const Backtest& replayed = answer.replayed;
  Json out = Json::object();
  out["schema"] = "interlock.backtest/1";
  out["worth"] = std::string(to_string(worth_of(replayed)));
  out["summary"] = headline(replayed);
  out["target"] = replayed.target;
  out["head"] = replayed.head;
  Json& window = out["window"] = Json::object();
  window["since"] = replayed.window.since.empty() ? Json() : Json(replayed.window.since);
  window["first"] = replayed.branches == 0 ? Json() : Json(date(replayed.first));
  window["last"] = replayed.branches == 0 ? Json() : Json(date(replayed.last));
  window["by"] = replayed.by_commits ? "commits" : "merges";
  window["commits"] = replayed.commits;
  window["landings"] = replayed.in_window;
  window["most"] = most_landings;
  window["left_out"] = replayed.left_out;
  window["branches"] = replayed.branches;
  Json& pairs = out["pairs"] = Json::object();
  pairs["in_flight"] = replayed.in_flight;
  pairs["common_file"] = replayed.overlapping;
  pairs["examined"] = replayed.examined;
  pairs["collided"] = replayed.conflicting;
  pairs["drift"] = replayed.drift;
  pairs["branches_collided"] = replayed.collided;
  Json& made = out["merges"] = Json::object();
  made["made"] = replayed.made;
  made["by_hand"] = replayed.conflicted;
  made["between_branches"] = replayed.between_branches;
  Json& granularities = out["granularities"] = Json::array();
  for (const Foresight& f : replayed.foresight) {
    Json one = Json::object();
    one["granularity"] = std::string(to_string(f.granularity));
    one["foreseen"] = f.foreseen;
    one["alarms"] = f.alarms;
    one["recall"] = ratio(f.foreseen, replayed.conflicting);
    one["precision"] = ratio(f.foreseen, f.alarms);
    one["kept_apart"] = ratio(f.alarms, replayed.examined);
    one["merges_foreseen"] = f.merges;
    one["steps"] = steps(cost_of(replayed, f.granularity));
    granularities.push_back(std::move(one));
  }
  out["one_at_a_time"] = steps(orders_at_once(replayed));
  Json& windows = out["moments"] = Json::array();
  for (const PlannedWindow& planned : replayed.windows) {
    Json one = Json::object();
    one["at"] = planned.at;
    one["branches"] = planned.orders;
    for (const Granularity g : all_granularities)
      one["steps"][std::string(to_string(g))] = planned.steps[static_cast<std::size_t>(g)];
    windows.push_back(std::move(one));
  }
  Json& files = out["files"] = Json::array();
  for (const Collision& c : replayed.collisions) {
    Json one = Json::object();
    one["path"] = c.path;
    one["collisions"] = c.pairs;
    one["insertions"] = c.insertions;
    one["pairs"] = c.shared;
    one["branches"] = c.writers;
    one["example"] = Json::array({c.example[0], c.example[1]});
    files.push_back(std::move(one));
  }
  Json& series = out["series"] = Json::array();
  for (const SeriesCollision& s : replayed.series) {
    Json one = Json::object();
    one["series"] = s.series;
    one["pairs"] = s.pairs;
    one["paths"] = s.paths;
    series.push_back(std::move(one));
  }
  Json& suggestions = out["suggestions"] = Json::array();
  for (const ProposedEntry& entry : replayed.suggestions.entries) {
    Json one = Json::object();
    one["key"] = std::string(to_string(entry.section));
    one["value"] = entry.entry;
    one["why"] = entry.reason;
    suggestions.push_back(std::move(one));
  }
  out["config"] = suggested_yaml(replayed);
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

}  // namespace planner::report
