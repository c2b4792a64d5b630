// What was done against what was declared, work order by work order, the worst first.
#include <algorithm>
#include <fmt/format.h>

#include "planner/report/text_parts.h"

namespace planner::report {
namespace {

constexpr std::size_t most_paths = 5;

/// The summary for the morning: who did what was declared, who did not, what crossed.
void fleet_section(Page& page, const VerifyAnswer& answer) {
  const Fleet fleet = fleet_of(answer);
  page.section(
      fmt::format("{} looked at",
                  counted(fleet.as_declared.size() + fleet.not_declared.size() + fleet.silent.size(), "work order")),
      Page::Rank::lead);
  const auto group = [&](const char* what, const std::vector<std::string>& ids, Ink ink) {
    if (!ids.empty()) page.line(fmt::format("{}: {}", page.pen(ink, what), safe(listed(ids, ids.size()))));
  };
  group("as declared", fleet.as_declared, Ink::green);
  group("not as declared", fleet.not_declared, Ink::red);
  group("changed nothing", fleet.silent, Ink::yellow);
  for (const NotJudged& one : answer.not_judged)
    page.line(fmt::format("not looked at: {}, {}", safe(one.work_order), safe(one.reason)));
}

void crossing_section(Page& page, const std::vector<Crossing>& crossed) {
  if (crossed.empty()) return;
  page.section("Crossed: changed by more than one", Page::Rank::lead);
  for (const Crossing& one : crossed)
    page.line(
        fmt::format("{} and {}: {}", safe(one.between[0]), safe(one.between[1]), safe(listed(one.paths, most_paths))));
}

}  // namespace

std::string text(const VerifyAnswer& answer, TextStyle style) {
  Page page(style);
  const std::vector<FindingGroup> groups = by_work_order(answer);
  const Ink ink = answer.findings.empty() ? Ink::green : ink_of(groups.front().findings.front()->severity);
  page.verdict(safe(headline(answer)), ink == Ink::plain ? Ink::green : ink);
  changed_section(page, answer.changed_since_plan);
  if (is_fleet(answer)) fleet_section(page, answer);
  crossing_section(page, answer.crossed);
  for (const FindingGroup& group : groups) {
    page.section(group.work_orders.empty() ? "No work order in particular"
                                           : safe(listed(group.work_orders, group.work_orders.size())),
                 Page::Rank::lead);
    for (const Finding* finding : group.findings) finding_lines(page, *finding);
  }
  if (!answer.judged.empty()) {
    page.section(fmt::format("Judged by the policy {}", parsers::to_string(answer.policy)), Page::Rank::rest);
    for (const Judged& judged : answer.judged) page.line(safe(described(judged)));
  }
  diagnostics_section(page, answer.reading);
  return page.print();
}

}  // namespace planner::report
