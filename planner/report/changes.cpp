// What changed as symbols: JSON for programs, TSV for people and pipes alike.
#include <fmt/format.h>

#include "planner/report/json_values.h"
#include "planner/report/report.h"

namespace planner::report {

std::string json(const ChangesAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.changes/1";
  out["base"] = answer.base;
  out["head"] = answer.head;
  Json& list = out["changes"] = Json::array();
  for (const ChangesAnswer::Changed& c : answer.changes) {
    Json one = Json::object();
    one["path"] = c.path;
    one["symbol"] = c.symbol.empty() ? Json() : Json(c.symbol);
    one["change"] = c.change;
    one["before"] = c.before.empty() ? Json() : Json(c.before);
    one["lines"] = c.first_line == 0 ? Json() : Json::array({c.first_line, c.last_line});
    one["certainty"] = c.unproven ? "unproven" : "proved";
    list.push_back(std::move(one));
  }
  return printed(out);
}

/// path, symbol, change, lines, what it was called; one change a line, nothing else.
std::string text(const ChangesAnswer& answer) {
  std::string out;
  for (const ChangesAnswer::Changed& c : answer.changes)
    out += fmt::format("{}\t{}\t{}{}\t{}\t{}\n", parsers::printable(c.path), parsers::printable(c.symbol), c.change,
                       c.unproven ? " (unproven)" : "",
                       c.first_line == 0 ? "" : fmt::format("{}-{}", c.first_line, c.last_line),
                       parsers::printable(c.before));
  return out;
}

}  // namespace planner::report
