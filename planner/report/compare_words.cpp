#include "planner/report/compare_words.h"

#include <algorithm>
#include <fmt/format.h>

#include "planner/report/words.h"

namespace planner::report {

FindingSeverity worst(const std::vector<Finding>& findings) {
  FindingSeverity out = FindingSeverity::note;
  for (const Finding& finding : findings) out = std::min(out, finding.severity);
  return out;
}

std::string headline(const CompareAnswer& answer) {
  const Comparison& compared = answer.compared;
  std::vector<Finding> all;
  std::size_t conflicting = 0, between = 0;
  for (const ComparedPair& pair : compared.pairs) {
    all.insert(all.end(), pair.findings.begin(), pair.findings.end());
    const bool with_target = !compared.target.empty() && pair.between[1] == compared.target;
    if (!with_target) ++between;
    if (!with_target && !pair.findings.empty() && worst(pair.findings) == FindingSeverity::error) ++conflicting;
  }
  const auto drifted = std::count_if(compared.branches.begin(), compared.branches.end(),
                                     [](const ComparedBranch& b) { return b.drifted; });
  if (compared.branches.empty()) return "nothing to compare: no work tree holds work of its own";
  std::string out = compared.branches.size() == 1 ? "1 branch" : fmt::format("{} branches", compared.branches.size());
  if (!compared.target.empty()) out += " against " + compared.target;
  out += ": ";
  if (between > 0) out += fmt::format("{} of {} conflict, ", conflicting, counted(between, "pair"));
  if (drifted > 0) out += fmt::format("{} drifted, ", drifted);
  return out + severities(all);
}

std::vector<const ComparedPair*> by_harm(const Comparison& compared) {
  std::vector<const ComparedPair*> out;
  for (const ComparedPair& pair : compared.pairs)
    if (!pair.findings.empty()) out.push_back(&pair);
  std::stable_sort(out.begin(), out.end(), [](const ComparedPair* a, const ComparedPair* b) {
    return worst(a->findings) < worst(b->findings);
  });
  return out;
}

std::string words(const MergeCost& cost) {
  std::string out = counted(cost.repairs, "repair");
  if (cost.looks > 0) out += ", " + counted(cost.looks, "look");
  return out;
}

std::string_view quality(const MergeOrder& order) {
  return order.exact ? "no order costs less" : "the best order that was found";
}

}  // namespace planner::report
