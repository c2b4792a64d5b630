// Reviewdog's diagnostic format (proto/rdf, DiagnosticResult).
#include "planner/report/finding_list.h"
#include "planner/report/json_values.h"

namespace planner::report {
namespace {

const char* severity_of(FindingSeverity severity) {
  switch (severity) {
    case FindingSeverity::error:
      return "ERROR";
    case FindingSeverity::warning:
      return "WARNING";
    case FindingSeverity::note:
      break;
  }
  return "INFO";
}

Json location(const Place& place) {
  Json out = Json::object();
  out["path"] = place.file;
  if (place.line == 0) return out;  // the whole file
  out["range"] = Json::object();
  out["range"]["start"] = Json::object();
  out["range"]["start"]["line"] = place.line;
  return out;
}

}  // namespace

std::string rdjson(const FindingList& list) {
  Json out = Json::object();
  out["source"] = Json::object();
  out["source"]["name"] = "interlock " + list.command;
  out["severity"] = list.findings.empty() ? "INFO" : severity_of(list.findings.front().severity);
  Json& all = out["diagnostics"] = Json::array();
  for (const Finding& finding : list.findings) {
    Json one = Json::object();
    one["message"] = parsers::printable((finding.work_order.empty() ? std::string() : finding.work_order + ": ") +
                                        full_message(finding));
    const Place* place = place_of(finding);
    one["location"] = location(place ? *place : Place{".", 0});
    one["severity"] = severity_of(finding.severity);
    one["code"] = Json::object();
    one["code"]["value"] = finding.rule;
    all.push_back(std::move(one));
  }
  return printed(out);
}

}  // namespace planner::report
