// Verifications, checks and explanations as comments.
#include <fmt/format.h>

#include "planner/report/markdown_parts.h"
#include "planner/report/report.h"

namespace planner::report {
namespace {

std::string codes(const std::vector<std::string>& texts, std::size_t most) {
  std::vector<std::string> out;
  for (const std::string& text : texts) out.push_back(code(text));
  return listed(out, most);
}

/// Who did what was declared, who did not, what crossed.
std::string fleet_part(const VerifyAnswer& answer) {
  constexpr std::size_t most_paths = 5;
  std::string out;
  if (is_fleet(answer)) {
    const Fleet fleet = fleet_of(answer);
    const auto group = [&](const char* what, const std::vector<std::string>& ids) {
      if (!ids.empty()) out += fmt::format("- {}: {}\n", what, codes(ids, ids.size()));
    };
    group("as declared", fleet.as_declared);
    group("**not as declared**", fleet.not_declared);
    group("changed nothing", fleet.silent);
    for (const NotJudged& one : answer.not_judged)
      out += fmt::format("- not looked at: {}, {}\n", code(one.work_order), escaped(one.reason));
    if (!out.empty()) out = "\n" + out;
  }
  if (answer.crossed.empty()) return out;
  out += "\n#### Crossed: changed by more than one\n\n";
  for (const Crossing& one : answer.crossed)
    out += fmt::format("- {} and {}: {}\n", code(one.between[0]), code(one.between[1]), codes(one.paths, most_paths));
  return out;
}

}  // namespace

std::string markdown(const VerifyAnswer& answer) {
  std::string out = fmt::format("### Verify\n\n{}\n", escaped(headline(answer)));
  out += changed_part(answer.changed_since_plan) + fleet_part(answer);
  for (const FindingGroup& group : by_work_order(answer)) {
    std::vector<std::string> ids;
    for (const std::string& id : group.work_orders) ids.push_back(code(id));
    out += fmt::format("\n#### {}\n\n{}", ids.empty() ? "No work order in particular" : listed(ids, ids.size()),
                       finding_table(group.findings));
  }
  std::string judged;
  for (const Judged& one : answer.judged) judged += "- " + escaped(described(one)) + "\n";
  if (!judged.empty())
    out += "\n" + details(fmt::format("Judged by the policy {}", parsers::to_string(answer.policy)), judged);
  return out + diagnostics_part(answer.reading);
}

std::string markdown(const CheckAnswer& answer) {
  std::string out = fmt::format("### Check\n\n{}\n", escaped(headline(answer)));
  out += changed_part(answer.changed_since_plan);
  if (answer.hand_made) {
    out += fmt::format("\n#### Hand-made waves\n\n- {}\n", hand_made_verdict(*answer.hand_made));
    if (!answer.hand_made->unplaced.empty())
      out += fmt::format("- in no wave: {}\n", escaped(listed(answer.hand_made->unplaced)));
  }
  return out + finding_part(answer.findings) + diagnostics_part(answer.reading);
}

std::string markdown(const ExplainAnswer& answer) {
  const Orders& orders = answer.orders;
  std::string out = fmt::format("### {}\n", escaped(headline(answer)));
  out += changed_part(answer.changed_since_plan);
  if (!answer.reasons.empty()) out += "\n";
  for (const std::string& reason : answer.reasons) out += "- " + escaped(reason) + "\n";
  for (const bool hints : {false, true}) {
    const std::vector<PairConflicts> pairs = by_pair(answer.conflicts, hints);
    if (!pairs.empty()) out += hints ? "\n#### Hints\n\n" : "\n#### Conflicts\n\n";
    for (const PairConflicts& pair : pairs) {
      const std::string what = hints ? "" : ": " + resolution(orders, pair);
      out += fmt::format("- {}\n{}", escaped(between(orders, *pair.front()) + what), conflict_items(orders, pair));
    }
  }
  if (!answer.hubs.empty()) out += "\n#### Both use\n\n" + hub_items(orders, answer.hubs);
  return out + diagnostics_part(answer.reading);
}

}  // namespace planner::report
