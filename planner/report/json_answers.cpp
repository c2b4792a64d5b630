// The other answers as JSON; verify's is schemas/findings.schema.json.
#include "planner/report/json_values.h"
#include "planner/report/report.h"

namespace planner::report {

std::string json(const VerifyAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.findings/1";
  out["policy"] = parsers::to_string(answer.policy);
  out["findings"] = findings(answer.findings);
  out["judged"] = answer.judged;
  out["changed_since_plan"] = answer.changed_since_plan;
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

}  // namespace planner::report
