// The other answers as JSON: schemas/{check,explain,scope,findings}.schema.json.
#include "planner/report/json_values.h"
#include "planner/report/report.h"
#include "planner/report/scope_words.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

Json hand_made(const std::optional<HandMadePlan>& plan) {
  if (!plan) return {};
  Json out = Json::object();
  out["waves"] = plan->waves;
  out["needed"] = plan->needed;
  out["proved"] = plan->proved;
  out["valid"] = plan->valid;
  out["unplaced"] = plan->unplaced;
  return out;
}

Json readings(const Reading& reading) {
  Json out = Json::array();
  for (const parsers::Reading& r : reading.readings) {
    const std::size_t file = r.where.file.value;
    Json one = Json::object();
    one["file"] = file < reading.sources.size() ? reading.sources[file].name : std::string();
    one["line"] = r.where.line;
    one["work_order"] = r.order.empty() ? Json() : Json(r.order);
    one["as"] = r.as;
    one["text"] = r.text;
    out.push_back(std::move(one));
  }
  return out;
}

/// The position of an order's lane or wave, from 1; null when it has none.
Json number_in(const std::vector<std::vector<OrderId>>& groups, OrderId id) {
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (OrderId member : groups[i])
      if (member == id) return i + 1;
  return {};
}

Json standing_of(const Orders& orders, const Plan& plan, OrderId id) {
  Json out = work_order(orders.list[id.index()]);
  out["lane"] = number_in(plan.lanes, id);
  out["wave"] = number_in(plan.waves, id);
  const Start* start = start_of(plan, id);
  out["agent"] = start && start->agent ? Json(*start->agent) : Json();
  out["start"] = start ? Json(start->start) : Json();
  out["end"] = start ? Json(start->end) : Json();
  out["after"] = start ? ids(orders, start->after) : Json::array();
  return out;
}

Json uses(const std::vector<ResourceUse>& list) {
  Json out = Json::array();
  for (const ResourceUse& use : list) {
    Json one = Json::object();
    one["name"] = use.name;
    one["mode"] = parsers::to_string(use.mode);
    out.push_back(std::move(one));
  }
  return out;
}

Json dependencies(const std::vector<Dependency>& list) {
  static constexpr const char* prefixes[] = {"", "commit:", "path:", "external:"};
  Json out = Json::array();
  for (const Dependency& d : list) out.push_back(prefixes[static_cast<std::size_t>(d.kind)] + d.target);
  return out;
}

Json names_of(const std::vector<ResourceUse>& list) {
  Json out = Json::array();
  for (const ResourceUse& use : list) out.push_back(use.name);
  return out;
}

Json judged(const std::vector<Judged>& list) {
  Json out = Json::array();
  for (const Judged& work : list) {
    Json one = Json::object();
    one["work_orders"] = work.work_orders;
    one["name"] = work.name;
    one["base"] = work.base.empty() ? Json() : Json(work.base);
    one["head"] = work.head.empty() ? Json() : Json(work.head);
    one["files"] = work.files;
    one["verdict"] = work.verdict ? to_string(*work.verdict) : "as-declared";
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::string json(const VerifyAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.findings/1";
  out["policy"] = parsers::to_string(answer.policy);
  out["findings"] = findings(answer.findings);
  out["judged"] = judged(answer.judged);
  Json& not_judged = out["not_judged"] = Json::array();
  for (const NotJudged& one : answer.not_judged) {
    Json order = Json::object();
    order["work_order"] = one.work_order;
    order["reason"] = one.reason;
    not_judged.push_back(std::move(order));
  }
  Json& crossed = out["crossed"] = Json::array();
  for (const Crossing& one : answer.crossed) {
    Json pair = Json::object();
    pair["between"] = Json::array({one.between[0], one.between[1]});
    pair["paths"] = one.paths;
    crossed.push_back(std::move(pair));
  }
  out["changed_since_plan"] = answer.changed_since_plan;
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

std::string json(const CheckAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.check/1";
  out["work_orders"] = work_orders(answer.orders);
  out["hand_made"] = hand_made(answer.hand_made);
  out["findings"] = findings(answer.findings);
  out["readings"] = readings(answer.reading);
  out["changed_since_plan"] = answer.changed_since_plan;
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

std::string json(const ExplainAnswer& answer) {
  const Orders& orders = answer.orders;
  Json out = Json::object();
  out["schema"] = "interlock.explain/1";
  out["between"] = ids(orders, {answer.a, answer.b});
  out["may_overlap"] = answer.may_overlap;
  out["reasons"] = answer.reasons;
  out["conflicts"] = conflicts(orders, answer.conflicts);
  out["hubs"] = hubs(orders, answer.hubs);
  out["chain"] = ids(orders, answer.chain);
  out["unit"] = to_string(answer.plan->unit);
  out["work_orders"] =
      Json::array({standing_of(orders, *answer.plan, answer.a), standing_of(orders, *answer.plan, answer.b)});
  out["changed_since_plan"] = answer.changed_since_plan;
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

std::string json(const ScopeAnswer& answer) {
  const Orders& orders = answer.orders;
  const Order& order = orders.list[answer.order.index()];
  Json out = Json::object();
  out["schema"] = "interlock.scope/1";
  out["work_order"] = work_order(order);
  out["depends_on"] = dependencies(order.depends_on);
  out["permits"] = entries(order.permits);
  out["do_not_touch"] = entries(order.do_not_touch);
  out["closed"] = order.closed;
  out["resources"] = uses(order.resources);
  out["keys"] = names_of(order.keys);
  Json& owned = out["owned"] = Json::array();
  for (const ScopeAnswer::Owned& o : answer.owned) {
    Json one = Json::object();
    one["entry"] = o.entry;
    one["owners"] = o.owners;
    owned.push_back(std::move(one));
  }
  out["owned_more"] = answer.owned_more;
  out["not_now"] = answer.not_now.empty() ? Json() : Json(answer.not_now);
  out["waits_for"] = reasoned(orders, answer.waits_for);
  out["read_again"] = answer.read_again;
  out["base"] = answer.base.empty() ? Json() : Json(answer.base);
  out["branch"] = answer.branch.empty() ? Json() : Json(answer.branch);
  out["worktree"] = answer.worktree.empty() ? Json() : Json(answer.worktree);
  out["commands"] = start_commands(answer);
  out["trailer"] = trailer(answer);
  out["prompt"] = text(answer);
  out["changed_since_plan"] = answer.changed_since_plan;
  out["diagnostics"] = diagnostics(answer.reading);
  return printed(out);
}

}  // namespace planner::report
