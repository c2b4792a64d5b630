// SARIF 2.1.0. Keys in the order of the standard's own examples.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "planner/report/finding_list.h"
#include "planner/report/json_values.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

constexpr std::size_t most_results = 25'000;
constexpr std::size_t most_related = 100;
constexpr const char* schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

Json text(std::string_view words) {
  Json out = Json::object();
  out["text"] = parsers::printable(words);
  return out;
}

/// Deleted files and whole files have no line: the first one stands for all.
Json location(const Place& place) {
  Json out = Json::object();
  Json& physical = out["physicalLocation"] = Json::object();
  Json& artifact = physical["artifactLocation"] = Json::object();
  artifact["uri"] = uri_of(place.file);
  if (!place.file.starts_with('/')) artifact["uriBaseId"] = "%SRCROOT%";
  physical["region"] = Json::object();
  physical["region"]["startLine"] = std::max<std::uint32_t>(place.line, 1);
  return out;
}

Json rule(const std::string& id, FindingSeverity severity) {
  Json out = Json::object();
  out["id"] = id;
  out["shortDescription"] = text(meaning_of(id));
  out["defaultConfiguration"] = Json::object();
  out["defaultConfiguration"]["level"] = to_string(severity);
  out["properties"] = Json::object();
  out["properties"]["tags"] = Json::array({"work-orders"});
  return out;
}

Json related_locations(const Finding& finding) {
  Json out = Json::array();
  for (const Related& related : finding.related) {
    if (related.where.file.empty()) continue;
    if (out.size() == most_related) break;
    Json one = location(related.where);
    one["id"] = out.size() + 1;
    one["message"] = text(related_words(related));
    out.push_back(std::move(one));
  }
  return out;
}

/// What was committed with a reason is accepted; saying so of all keeps the state the same from run to run.
Json suppressions(const Finding& finding) {
  Json out = Json::array();
  if (finding.rule != "scope-extended" || finding.where.file.empty()) return out;
  Json one = Json::object();
  one["kind"] = "external";
  one["status"] = "accepted";
  one["justification"] = parsers::printable(finding.message);
  out.push_back(std::move(one));
  return out;
}

Json result(const Finding& finding, std::size_t rule_index, const std::string& fingerprint) {
  Json out = Json::object();
  out["ruleId"] = finding.rule;
  out["ruleIndex"] = rule_index;
  out["level"] = to_string(finding.severity);
  out["message"] = text(full_message(finding));
  const Place* place = place_of(finding);
  out["locations"] = Json::array({location(place ? *place : Place{})});
  Json related = related_locations(finding);
  if (!related.empty()) out["relatedLocations"] = std::move(related);
  out["partialFingerprints"] = Json::object();
  out["partialFingerprints"]["interlock/v1"] = fingerprint;
  out["suppressions"] = suppressions(finding);
  out["properties"] = Json::object();
  out["properties"]["certainty"] = to_string(finding.certainty);
  if (!finding.work_order.empty()) out["properties"]["workOrder"] = parsers::printable(finding.work_order);
  return out;
}

Json invocation(const FindingList& list) {
  Json out = Json::object();
  out["executionSuccessful"] = true;
  if (list.findings.size() <= most_results) return out;
  Json note = Json::object();
  note["level"] = "warning";
  note["message"] = text(fmt::format("{} findings; the {} worst are here", list.findings.size(), most_results));
  out["toolExecutionNotifications"] = Json::array({std::move(note)});
  return out;
}

}  // namespace

std::string sarif(const FindingList& list) {
  // The worst severity of a rule is its default; rules in the order of their names.
  std::map<std::string, FindingSeverity> worst;
  for (const Finding& finding : list.findings) {
    const auto [known, fresh] = worst.emplace(finding.rule, finding.severity);
    if (!fresh) known->second = std::min(known->second, finding.severity);
  }
  std::map<std::string, std::size_t> index;
  Json rules = Json::array();
  for (const auto& [id, severity] : worst) {
    index.emplace(id, rules.size());
    rules.push_back(rule(id, severity));
  }
  Json driver = Json::object();
  driver["name"] = "interlock";
  if (!list.version.empty()) driver["version"] = list.version;
  driver["rules"] = std::move(rules);

  const std::vector<std::string> prints = fingerprints(list.findings);
  Json results = Json::array();
  for (std::size_t i = 0; i < std::min(list.findings.size(), most_results); ++i)
    results.push_back(result(list.findings[i], index.at(list.findings[i].rule), prints[i]));

  Json run = Json::object();
  run["tool"] = Json::object();
  run["tool"]["driver"] = std::move(driver);
  run["automationDetails"] = Json::object();
  run["automationDetails"]["id"] = fmt::format("interlock/{}/", list.command);
  run["invocations"] = Json::array({invocation(list)});
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = std::move(results);

  Json out = Json::object();
  out["$schema"] = schema;
  out["version"] = "2.1.0";
  out["runs"] = Json::array({std::move(run)});
  return printed(out);
}

}  // namespace planner::report
