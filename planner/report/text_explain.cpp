// The story of two orders: who goes first and why, where the plan puts them, what they dispute.

#include "planner/report/text_parts.h"

namespace planner::report {

std::string text(const ExplainAnswer& answer, TextStyle style) {
  const Orders& orders = answer.orders;
  Page page(style);
  page.verdict(safe(headline(answer)), answer.may_overlap ? Ink::green : Ink::bold);
  changed_section(page, answer.changed_since_plan);
  if (!answer.reasons.empty()) {
    page.section("Why", Page::Rank::lead);
    for (const std::string& reason : answer.reasons) page.line(safe(reason));
  }
  for (const bool hints : {false, true}) {
    const std::vector<PairConflicts> pairs = by_pair(answer.conflicts, hints);
    if (pairs.empty()) continue;
    page.section(hints ? "Hints: nothing is enforced" : "Conflicts", Page::Rank::lead);
    for (const PairConflicts& pair : pairs) {
      const std::string what = hints ? "" : ": " + resolution(orders, pair);
      page.line(safe(between(orders, *pair.front()) + what));
      conflict_lines(page, orders, pair);
    }
  }
  if (!answer.hubs.empty()) {
    page.section("Both use", Page::Rank::lead);
    for (const Hub& hub : answer.hubs) hub_lines(page, orders, hub);
  }
  diagnostics_section(page, answer.reading);
  return page.print();
}

}  // namespace planner::report
