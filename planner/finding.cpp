#include "planner/finding.h"

#include <algorithm>
#include <tuple>

namespace planner {

std::string_view to_string(Certainty certainty) {
  switch (certainty) {
    case Certainty::declared:
      return "declared";
    case Certainty::proved:
      return "proved";
    case Certainty::inferred:
      return "inferred";
    case Certainty::unproven:
      return "unproven";
  }
  return "";
}

std::string_view to_string(FindingSeverity severity) {
  switch (severity) {
    case FindingSeverity::error:
      return "error";
    case FindingSeverity::warning:
      return "warning";
    case FindingSeverity::note:
      return "note";
  }
  return "";
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.severity, a.rule, a.work_order, a.where, a.message) <
           std::tie(b.severity, b.rule, b.work_order, b.where, b.message);
  });
}

}  // namespace planner
