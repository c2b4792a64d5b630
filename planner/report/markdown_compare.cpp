// A comparison as a comment.
#include <fmt/format.h>

#include "planner/report/compare_words.h"
#include "planner/report/markdown_parts.h"
#include "planner/report/report.h"

namespace planner::report {

std::string markdown(const CompareAnswer& answer) {
  const Comparison& compared = answer.compared;
  std::string out = fmt::format("### Compare\n\n{}\n", escaped(headline(answer)));
  std::string notes;
  for (const ComparedPair* pair : by_harm(compared)) {
    std::vector<std::vector<std::string>> rows;
    for (const Finding& f : pair->findings) {
      std::string message = escaped(f.message) + doubt(f.certainty);
      for (const Related& related : f.related) {
        message += "<br>";
        if (!related.where.file.empty()) message += code(related.where) + " ";
        message += escaped(related.message);
      }
      rows.push_back({std::string(to_string(f.severity)), code(f.rule), code(f.where), std::move(message)});
    }
    const bool with_target = !compared.target.empty() && pair->between[1] == compared.target;
    const std::string part =
        fmt::format("\n#### {} and {}{}\n\n{}", code(pair->between[0]), with_target ? "what landed on " : "",
                    code(pair->between[1]), table({"severity", "rule", "place", "what"}, rows));
    (worst(pair->findings) == FindingSeverity::note ? notes : out) += part;
  }
  if (!notes.empty()) out += "\n" + details("Pairs with notes only", notes);
  const MergeOrder& order = compared.merge_order;
  if (compared.branches.size() > 1) {
    out += fmt::format("\n#### Merge order\n\n{} ({})\n\n", words(order.total), quality(order));
    for (std::size_t i = 0; i < order.order.size(); ++i) {
      const ComparedBranch& branch = compared.branches[order.order[i]];
      out += fmt::format("{}. {}", i + 1, code(branch.name));
      if (order.costs[i] != MergeCost{}) out += ": " + words(order.costs[i]);
      if (branch.drifted) out += fmt::format(", conflicts with {} itself", code(compared.target));
      out += "\n";
    }
  }
  return out + diagnostics_part(answer.reading);
}

}  // namespace planner::report
