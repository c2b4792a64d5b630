// `plan --format json`, schemas/plan.schema.json.
#include "planner/report/json_values.h"
#include "planner/report/report.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

Json options(const Plan& plan) {
  const PlanOptions& options = plan.options;
  Json out = Json::object();
  out["agents"] = options.agents ? Json(*options.agents) : Json();
  out["isolation"] = parsers::to_string(options.isolation);
  out["unknown"] = to_string(options.unknown);
  out["infer"] = to_string(options.infer);
  out["stack"] = options.stack;
  out["effort"] = planner::to_string(options.level);
  out["time_limit"] = options.time_limit ? Json(*options.time_limit) : Json();
  out["cut_short"] = plan.cut_short;
  return out;
}

Json decisions_needed(const Orders& orders, const std::vector<DecisionNeeded>& list) {
  Json out = Json::array();
  for (const DecisionNeeded& needed : list) {
    Json one = Json::object();
    one["between"] = Json::array({name(orders, needed.between[0]), name(orders, needed.between[1])});
    one["kind"] = planner::to_string(needed.kind);
    one["digest"] = needed.digest;
    Json& choices = one["choices"] = Json::array();
    for (const Choice& choice : needed.choices) {
      Json answer = Json::object();
      answer["choose"] = choice.choose;
      answer["makespan"] = choice.makespan ? Json(*choice.makespan) : Json();
      choices.push_back(std::move(answer));
    }
    out.push_back(std::move(one));
  }
  return out;
}

Json schedule(const Orders& orders, const Plan& plan) {
  Json out = Json::object();
  out["agents"] = plan.options.agents ? Json(*plan.options.agents) : Json();
  out["unit"] = to_string(plan.unit);
  out["makespan"] = plan.makespan;
  Json& starts = out["starts"] = Json::array();
  for (const Start& start : plan.starts) {
    Json one = Json::object();
    one["id"] = name(orders, start.order);
    one["agent"] = start.agent ? Json(*start.agent) : Json();
    one["start"] = start.start;
    one["end"] = start.end;
    one["after"] = ids(orders, start.after);
    if (start.from) {
      const Order& below = orders.list[start.from->index()];
      one["from"] = Json{{"work_order", below.id}, {"branch", below.branch.empty() ? Json() : Json(below.branch)}};
    }
    starts.push_back(std::move(one));
  }
  return out;
}

Json proof(const Orders& orders, const Proof& proof) {
  Json because = Json::object();
  because["kind"] = to_string(proof.reason);
  because["work_orders"] = ids(orders, proof.work_orders);
  because["text"] = proof.text;
  Json out = Json::object();
  out["value"] = proof.value;
  out["lower_bound"] = proof.lower_bound;
  out["optimal"] = proof.optimal;
  out["because"] = std::move(because);
  return out;
}

Json shorter(const Orders& orders, const Shorter& shorter) {
  Json out = Json::object();
  out["kind"] = planner::to_string(shorter.kind);
  out["what"] = shorter.what.empty() ? Json() : Json(shorter.what);
  const bool decision = shorter.kind == Shorter::Kind::decision;
  out["between"] = decision ? ids(orders, {shorter.between[0], shorter.between[1]}) : Json();
  out["choose"] = decision ? Json(shorter.choose) : Json();
  out["makespan"] = shorter.makespan;
  out["lower_bound"] = shorter.lower_bound;
  out["text"] = shorter.text;
  return out;
}

Json changes(const PlanChanges& changes) {
  const auto number = [](const auto& value) { return value ? Json(*value) : Json(); };
  Json out = Json::object();
  out["input_digest"] = changes.input_digest;
  out["elapsed"] = number(changes.elapsed);
  out["turned"] = changes.turned;
  out["least"] = changes.least;
  Json& orders = out["work_orders"] = Json::array();
  for (const PlanChanges::Order& order : changes.orders) {
    Json one = Json::object();
    one["id"] = order.id;
    one["change"] = planner::to_string(order.kind);
    one["start_was"] = number(order.was);
    one["start"] = number(order.is);
    one["agent_was"] = number(order.agent_was);
    one["agent"] = number(order.agent_is);
    one["reason"] = order.reason;
    orders.push_back(std::move(one));
  }
  Json& waits = out["waits"] = Json::array();
  for (const PlanChanges::Wait& wait : changes.waits) {
    Json one = Json::object();
    one["id"] = wait.id;
    one["after"] = wait.after;
    one["change"] = wait.gained ? "gained" : "lost";
    one["reason"] = wait.reason;
    waits.push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::string json(const PlanAnswer& answer) {
  const Orders& orders = answer.orders;
  const Plan& plan = *answer.plan;
  Json out = Json::object();
  out["schema"] = "interlock.plan/1";
  out["verdict"] = planner::to_string(plan.verdict);
  out["base"] = plan.base.empty() ? Json() : Json(plan.base);
  out["options"] = options(plan);
  out["input_digest"] = plan.input_digest;
  out["work_orders"] = work_orders(orders);
  out["conflicts"] = conflicts(orders, plan.conflicts);
  out["hubs"] = hubs(orders, plan.hubs);
  out["decisions_needed"] = decisions_needed(orders, plan.decisions_needed);
  Json& lanes = out["lanes"] = Json::array();
  for (const std::vector<OrderId>& lane : plan.lanes) {
    Json one = Json::object();
    one["order"] = ids(orders, lane);
    lanes.push_back(std::move(one));
  }
  Json& waves = out["waves"] = Json::array();
  for (const std::vector<OrderId>& wave : plan.waves) waves.push_back(ids(orders, wave));
  out["schedule"] = schedule(orders, plan);
  out["merge_order"] = ids(orders, plan.merge_order);
  out["ready"] = ids(orders, plan.ready);
  out["held"] = reasoned(orders, plan.held);
  out["unplanned"] = reasoned(orders, plan.unplanned);
  Json proofs = Json::object();
  proofs["waves"] = proof(orders, plan.waves_proof);
  proofs["makespan"] = proof(orders, plan.makespan_proof);
  proofs["shorter"] = plan.shorter ? shorter(orders, *plan.shorter) : Json();
  out["proofs"] = std::move(proofs);
  out["findings"] = findings(plan.findings);
  out["diagnostics"] = diagnostics(answer.reading);
  if (plan.changes) out["changes_from"] = changes(*plan.changes);
  return printed(out);
}

}  // namespace planner::report
