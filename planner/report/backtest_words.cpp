#include "planner/report/backtest_words.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

#include "planner/backtest_suggestions.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

Cost of(std::vector<std::int64_t> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {values[(values.size() - 1) / 2], values.back()};
}

}  // namespace

std::string percent(std::size_t part, std::size_t of) {
  if (of == 0) return "-";
  const std::size_t permille = (part * 2'000 + of) / (2 * of);
  if (permille < 100 && permille % 10 != 0) return fmt::format("{}.{} %", permille / 10, permille % 10);
  return fmt::format("{} %", (permille + 5) / 10);
}

std::string date(std::int64_t time) {
  const std::chrono::sys_days day =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(time)));
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string headline(const Backtest& replayed) {
  const Foresight& gap = replayed.foresight[static_cast<std::size_t>(Granularity::gap)];
  switch (worth_of(replayed)) {
    case Worth::unknown:
      if (replayed.landings == 0)
        return fmt::format("Cannot say: no merge ever brought a branch into {}", replayed.target);
      if (replayed.branches < 2)
        return fmt::format("Cannot say: {} in this time",
                           counted(replayed.in_window, replayed.by_commits ? "landed commit" : "merge"));
      return fmt::format("Hardly worth it: of {} no two were in flight at once", counted(replayed.branches, "branch"));
    case Worth::hardly:
    case Worth::somewhat:
    case Worth::yes:
      break;
  }
  const Worth worth = worth_of(replayed);
  std::string out = worth == Worth::yes        ? "Worth it: "
                    : worth == Worth::somewhat ? "Somewhat worth it: "
                                               : "Hardly worth it: ";
  out += fmt::format("{} of {} branches ({}) collided with another that was in flight", replayed.collided,
                     replayed.branches, percent(replayed.collided, replayed.branches));
  if (replayed.conflicting > 0)
    out += fmt::format("; a plan by symbols and gaps would have foreseen {} of {} such pairs", gap.foreseen,
                       replayed.conflicting);
  return out;
}

std::string basis(const Backtest& replayed) {
  if (replayed.branches == 0) return {};
  std::string out =
      fmt::format("{} into {}, {} to {}",
                  replayed.by_commits      ? counted(replayed.branches, "commit") + " that landed squashed or rebased"
                  : replayed.branches == 1 ? "1 branch that a merge brought"
                                           : fmt::format("{} branches that merges brought", replayed.branches),
                  replayed.target, date(replayed.first), date(replayed.last));
  if (replayed.in_window > most_landings)
    out += fmt::format("; the newest {} of {}", most_landings, replayed.in_window);
  if (replayed.left_out > 0)
    out += fmt::format("; {} left out that changed nothing or more than {} files", replayed.left_out, most_past_files);
  return out;
}

std::vector<std::string> what_to_do(const Backtest& replayed) {
  if (replayed.landings == 0)
    return {
        "Nothing says of the commits either when they were begun: neither a pull request number at the end of their "
        "subjects nor a date of writing before that of landing. Branches that are alive can be held against each "
        "other: interlock compare."};
  if (replayed.branches < 2)
    return {replayed.window.since.empty() ? "Too few merges: try again when more branches have landed."
                                          : "Take more of the history: an earlier --since, or none."};
  if (replayed.by_commits)
    return {
        "Hardly anything lands by merges here, so commits stand in for branches. Two were in flight at once when the "
        "later one has the smaller pull request number, or was written before the other landed; they collided when "
        "the later one changed lines that the other wrote, or stood right beside them."};
  return {};
}

std::string_view words(Granularity granularity) {
  return granularity == Granularity::gap ? "symbol and gap" : to_string(granularity);
}

Cost cost_of(const Backtest& replayed, Granularity granularity) {
  std::vector<std::int64_t> steps;
  for (const PlannedWindow& window : replayed.windows)
    steps.push_back(window.steps[static_cast<std::size_t>(granularity)]);
  return of(std::move(steps));
}

Cost orders_at_once(const Backtest& replayed) {
  std::vector<std::int64_t> orders;
  for (const PlannedWindow& window : replayed.windows) orders.push_back(static_cast<std::int64_t>(window.orders));
  return of(std::move(orders));
}

std::string suggested_yaml(const Backtest& replayed) {
  std::string out = proposal_yaml(replayed.suggestions, {});
  out.erase(0, out.find_first_not_of('\n'));
  return out;
}

}  // namespace planner::report
