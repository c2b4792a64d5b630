// The story of two orders: what they dispute, who goes first and why, where the plan puts them.
#include <fmt/format.h>
#include <fmt/ranges.h>

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
    for (const PairConflicts& pair : pairs)
      for (const Conflict* conflict : pair) {
        page.line(fmt::format("{}: {}", safe(between(orders, *conflict)), safe(resolution(orders, *conflict))));
        conflict_lines(page, orders, {conflict});
      }
  }
  if (!answer.hubs.empty()) {
    page.section("Both use", Page::Rank::lead);
    for (const Hub& hub : answer.hubs) hub_lines(page, orders, hub);
  }
  if (answer.chain.size() > 1) {
    page.section("Chain: each ends before the next starts", Page::Rank::lead);
    page.line(safe(fmt::format("{}", fmt::join(names(orders, answer.chain), " -> "))));
  }
  page.section("In the plan", Page::Rank::lead);
  for (const OrderId id : {answer.a, answer.b})
    page.line(safe(fmt::format("{}: {}", name(orders, id), standing(orders, *answer.plan, id))));
  diagnostics_section(page, answer.reading);
  return page.print();
}

}  // namespace planner::report
