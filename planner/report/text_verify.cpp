// What was done against what was declared, work order by work order, the worst first.
#include <algorithm>
#include <fmt/format.h>

#include "planner/report/text_parts.h"

namespace planner::report {

std::string text(const VerifyAnswer& answer, TextStyle style) {
  Page page(style);
  const std::vector<FindingGroup> groups = by_work_order(answer);
  const Ink ink = answer.findings.empty() ? Ink::green : ink_of(groups.front().findings.front()->severity);
  page.verdict(safe(headline(answer)), ink == Ink::plain ? Ink::green : ink);
  changed_section(page, answer.changed_since_plan);
  for (const FindingGroup& group : groups) {
    page.section(group.work_orders.empty() ? "No work order in particular"
                                           : safe(listed(group.work_orders, group.work_orders.size())),
                 Page::Rank::lead);
    for (const Finding* finding : group.findings) finding_lines(page, *finding);
  }
  if (!answer.judged.empty()) {
    page.section(fmt::format("Judged by the policy {}", parsers::to_string(answer.policy)), Page::Rank::rest);
    for (const std::string& line : answer.judged) page.line(safe(line));
  }
  diagnostics_section(page, answer.reading);
  return page.print();
}

}  // namespace planner::report
