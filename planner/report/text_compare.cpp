// Branches that are alive: the pairs that hurt each other first, then drift, then the order to merge in.
#include <algorithm>
#include <fmt/format.h>

#include "planner/report/compare_words.h"
#include "planner/report/text_parts.h"

namespace planner::report {

std::string text(const CompareAnswer& answer, TextStyle style) {
  const Comparison& compared = answer.compared;
  Page page(style);
  const std::vector<const ComparedPair*> pairs = by_harm(compared);
  const bool clean = pairs.empty() || worst(pairs.front()->findings) == FindingSeverity::note;
  page.verdict(safe(headline(answer)), clean ? Ink::green : ink_of(worst(pairs.front()->findings)));
  for (const ComparedPair* pair : pairs) {
    const bool notes = worst(pair->findings) == FindingSeverity::note;
    const bool with_target = !compared.target.empty() && pair->between[1] == compared.target;
    page.section(
        safe(fmt::format("{} and {}{}", pair->between[0], with_target ? "what landed on " : "", pair->between[1])),
        notes ? Page::Rank::rest : Page::Rank::lead);
    for (const Finding& finding : pair->findings) finding_lines(page, finding);
  }
  const MergeOrder& order = compared.merge_order;
  if (compared.branches.size() > 1) {
    page.section(fmt::format("Merge order: {} ({})", words(order.total), quality(order)), Page::Rank::lead);
    for (std::size_t i = 0; i < order.order.size(); ++i) {
      const ComparedBranch& branch = compared.branches[order.order[i]];
      std::string line = fmt::format("{}. {}", i + 1, safe(branch.name));
      if (order.costs[i] != MergeCost{}) line += ": " + words(order.costs[i]);
      if (branch.drifted)
        line += fmt::format("{}conflicts with {} itself", order.costs[i] == MergeCost{} ? ": " : ", ",
                            safe(compared.target));
      page.line(line);
    }
  }
  diagnostics_section(page, answer.reading);
  return page.print();
}

}  // namespace planner::report
