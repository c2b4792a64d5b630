#include "planner/finding.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace planner {
namespace {

constexpr std::size_t most_alike = 20;

bool alike(const Finding& a, const Finding& b) {
  return std::tie(a.severity, a.rule, a.work_order, a.where.file) ==
         std::tie(b.severity, b.rule, b.work_order, b.where.file);
}

}  // namespace

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

void fold_findings(std::vector<Finding>& findings) {
  std::vector<Finding> out;
  for (std::size_t i = 0; i < findings.size();) {
    std::size_t end = i;
    while (end < findings.size() && alike(findings[i], findings[end])) ++end;
    const std::size_t left_out = end - i > most_alike + 1 ? end - i - most_alike : 0;
    for (; i < end - left_out; ++i) out.push_back(std::move(findings[i]));
    if (left_out == 0) continue;
    Finding rest = std::move(findings[i]);
    rest.message = fmt::format("{} more like the ones above in this file, from here on", left_out);
    rest.related.clear();
    for (; i < end; ++i) rest.certainty = std::max(rest.certainty, findings[i].certainty);
    out.push_back(std::move(rest));
  }
  findings = std::move(out);
}

}  // namespace planner
