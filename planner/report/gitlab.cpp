// GitLab's code quality report, a subset of Code Climate's: what a merge request shows beside the diff.
#include <algorithm>

#include "planner/report/finding_list.h"
#include "planner/report/json_values.h"

namespace planner::report {
namespace {

const char* severity_of(const Finding& finding) {
  switch (finding.severity) {
    case FindingSeverity::error:
      return "critical";
    case FindingSeverity::warning:
      return "minor";
    case FindingSeverity::note:
      break;
  }
  return "info";
}

}  // namespace

std::string gitlab(const FindingList& list) {
  const std::vector<std::string> prints = fingerprints(list.findings);
  Json out = Json::array();
  for (std::size_t i = 0; i < list.findings.size(); ++i) {
    const Finding& finding = list.findings[i];
    const Place* place = place_of(finding);
    Json one = Json::object();
    one["description"] = parsers::printable(full_message(finding));
    one["check_name"] = finding.rule;
    one["fingerprint"] = prints[i];
    one["severity"] = severity_of(finding);
    Json& location = one["location"] = Json::object();
    location["path"] = place ? place->file : ".";
    location["lines"] = Json::object();
    location["lines"]["begin"] = place ? std::max<std::uint32_t>(place->line, 1) : 1;
    out.push_back(std::move(one));
  }
  return printed(out);
}

}  // namespace planner::report
