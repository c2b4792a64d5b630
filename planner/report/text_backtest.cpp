// A replayed history: whether interlock is worth it first, then what it would have seen and cost, then what to do.
#include <algorithm>
#include <fmt/format.h>

#include "planner/backtest_suggestions.h"
#include "planner/report/backtest.h"
#include "planner/report/backtest_words.h"
#include "planner/report/text_parts.h"

namespace planner::report {
namespace {

constexpr std::size_t most_files = 10;

std::string cell(std::string text, std::size_t width) {
  const std::size_t size = cells(text);
  return size < width ? std::string(width - size, ' ') + text : text;
}

void foresight(Page& page, const Backtest& replayed) {
  page.section(fmt::format("What a plan would have foreseen: {} in flight at once, of which {} wrote a common file "
                           "and {} collided",
                           counted(replayed.in_flight, "pair"), replayed.overlapping, replayed.conflicting),
               Page::Rank::lead);
  page.verbatim(fmt::format("  {:<16}{:>18}{:>14}{:>12}", "orders name", "collisions seen", "kept apart", "rightly"));
  for (const Foresight& f : replayed.foresight)
    page.verbatim(fmt::format("  {}{}{}{}", padded(std::string(words(f.granularity)), 16),
                              cell(fmt::format("{} ({})", f.foreseen, percent(f.foreseen, replayed.conflicting)), 18),
                              cell(fmt::format("{} ({})", f.alarms, percent(f.alarms, replayed.examined)), 14),
                              cell(percent(f.foreseen, f.alarms), 12)));
  if (replayed.examined < replayed.overlapping)
    page.line(fmt::format("Of the {} pairs with a common file an even sample of {} was merged.", replayed.overlapping,
                          replayed.examined));
  if (replayed.drift > 0)
    page.line(fmt::format("{} conflicted with {} itself only; that is nobody's collision.",
                          counted(replayed.drift, "more pair"), safe(replayed.target)));
}

void cost(Page& page, const Backtest& replayed) {
  if (replayed.windows.empty()) return;
  const Cost orders = orders_at_once(replayed);
  page.section(
      fmt::format("What that costs: steps for the branches in flight at {}",
                  replayed.windows.size() == 1 ? "one moment" : fmt::format("{} moments", replayed.windows.size())),
      Page::Rank::lead);
  page.verbatim(fmt::format("  {:<24}{:>8}{:>8}", "", "median", "worst"));
  const auto row = [&](std::string_view name, Cost c) {
    page.verbatim(fmt::format("  {}{:>8}{:>8}", padded(std::string(name), 24), c.median, c.most));
  };
  row("no coordination", {1, 1});
  for (const Granularity g : {Granularity::gap, Granularity::symbol, Granularity::file})
    row(fmt::format("plan by {}", words(g)), cost_of(replayed, g));
  row("one at a time", orders);
}

void made(Page& page, const Backtest& replayed) {
  if (replayed.conflicted == 0) return;
  page.section(fmt::format("Merges that people had to finish by hand: {} of {}", replayed.conflicted, replayed.made),
               Page::Rank::lead);
  if (replayed.between_branches == 0) {
    page.line("None of them between two of these branches.");
    return;
  }
  std::string seen;
  for (const Foresight& f : replayed.foresight)
    seen += fmt::format("{}{} by {}", seen.empty() ? "" : ", ", f.merges, words(f.granularity));
  page.line(fmt::format("{} between these branches; foreseen: {}.", replayed.between_branches, seen));
}

}  // namespace

std::string text(const BacktestAnswer& answer, TextStyle style) {
  const Backtest& replayed = answer.replayed;
  Page page(style);
  const Worth worth = worth_of(replayed);
  page.verdict(safe(headline(replayed)), worth == Worth::yes        ? Ink::green
                                         : worth == Worth::somewhat ? Ink::yellow
                                                                    : Ink::plain);
  if (const std::string from = basis(replayed); !from.empty()) page.section(safe(from), Page::Rank::lead, Ink::plain);
  for (const std::string& line : what_to_do(replayed)) page.section(safe(line), Page::Rank::lead, Ink::plain);
  if (replayed.in_flight > 0) {
    foresight(page, replayed);
    cost(page, replayed);
    made(page, replayed);
  }
  if (!replayed.collisions.empty()) {
    page.section("Files that collide most", Page::Rank::lead);
    for (std::size_t i = 0; i < std::min(most_files, replayed.collisions.size()); ++i) {
      const Collision& c = replayed.collisions[i];
      page.line(
          fmt::format("{}: {} of {} that wrote it side by side", safe(c.path), c.pairs, counted(c.shared, "pair")));
    }
    if (replayed.collisions.size() > most_files)
      page.line(fmt::format("and {} more", counted(replayed.collisions.size() - most_files, "file")));
  }
  if (!replayed.series.empty()) {
    page.section("Numbers that two branches took", Page::Rank::lead);
    for (const SeriesCollision& s : replayed.series)
      page.line(fmt::format("{}: {}, last {} and {}", safe(s.series), counted(s.pairs, "pair"), safe(s.paths[0]),
                            safe(s.paths[1])));
  }
  if (const std::string yaml = suggested_yaml(replayed); !yaml.empty()) {
    page.section("Suggested interlock.yaml", Page::Rank::lead);
    for (std::size_t at = 0; at < yaml.size();) {
      const std::size_t end = yaml.find('\n', at);
      page.verbatim(end == at ? std::string() : "  " + safe(yaml.substr(at, end - at)));
      at = end + 1;
    }
  }
  diagnostics_section(page, answer.reading);
  return page.print();
}

}  // namespace planner::report
