#include "planner/report/json_values.h"
#include "planner/report/report.h"

namespace planner::report {

std::string json(const CompareAnswer& answer) {
  const Comparison& compared = answer.compared;
  Json out = Json::object();
  out["schema"] = "interlock.compare/1";
  Json& branches = out["branches"] = Json::array();
  for (const ComparedBranch& branch : compared.branches) {
    Json one = Json::object();
    one["name"] = branch.name;
    one["head"] = branch.head;
    one["base"] = branch.base.empty() ? Json() : Json(branch.base);
    one["drifted"] = branch.drifted;
    branches.push_back(std::move(one));
  }
  Json& pairs = out["pairs"] = Json::array();
  for (const ComparedPair& pair : compared.pairs) {
    Json one = Json::object();
    one["between"] = Json::array({pair.between[0], pair.between[1]});
    one["findings"] = findings(pair.findings);
    pairs.push_back(std::move(one));
  }
  const MergeOrder& order = compared.merge_order;
  Json& names = out["merge_order"] = Json::array();
  for (const std::size_t i : order.order) names.push_back(compared.branches[i].name);
  Json& cost = out["merge_cost"] = Json::object();
  cost["repairs"] = order.total.repairs;
  cost["looks"] = order.total.looks;
  cost["optimal"] = order.exact;
  Json& steps = cost["steps"] = Json::array();
  for (std::size_t i = 0; i < order.order.size(); ++i) {
    Json step = Json::object();
    step["name"] = compared.branches[order.order[i]].name;
    step["repairs"] = order.costs[i].repairs;
    step["looks"] = order.costs[i].looks;
    steps.push_back(std::move(step));
  }
  out["target"] = compared.target.empty() ? Json() : Json(compared.target);
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

}  // namespace planner::report
