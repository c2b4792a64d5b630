#include "planner/report/json_values.h"

namespace planner::report {
namespace {

std::string resolution_word(const Orders& orders, const Conflict& conflict) {
  const auto& first = orders.list[conflict.first.index()].id;
  switch (conflict.resolution) {
    case Resolution::never_at_once:
      return "never-at-once";
    case Resolution::first:
      return "first:" + first;
    case Resolution::merge_first:
      return "merge-first:" + first;
    case Resolution::decide:
      return "decide";
    case Resolution::alone:
      return "alone";
    case Resolution::hint:
      break;
  }
  return "hint";
}

Json evidence(const Evidence& e, bool with_all) {
  Json out = Json::object();
  out["resource"] = e.resource;
  out["witness"] = e.witness.empty() ? Json() : Json(e.witness);
  Json& sides = out["sides"] = Json::array();
  for (const Side& side : e.sides) {
    if (with_all && &side != &e.sides[0] && side.source.file.empty()) continue;  // the other side is everybody
    Json one = Json::object();
    one["entry"] = side.entry;
    one["source"] = source(side.source);
    sides.push_back(std::move(one));
  }
  out["note"] = e.note;
  return out;
}

}  // namespace

std::string printed(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json ids(const Orders& orders, const std::vector<OrderId>& list) {
  Json out = Json::array();
  out.get_ref<Json::array_t&>().reserve(list.size());
  for (OrderId id : list) out.push_back(orders.list[id.index()].id);
  return out;
}

Json source(const Place& place) {
  Json out = Json::object();
  out["file"] = place.file;
  out["line"] = place.line;
  return out;
}

Json where(const Place& place) {
  if (place.file.empty()) return {};
  Json out = Json::object();
  out["path"] = place.file;
  out["line"] = place.line;
  return out;
}

Json reasoned(const Orders& orders, const std::vector<Reasoned>& list) {
  Json out = Json::array();
  for (const Reasoned& r : list) {
    Json one = Json::object();
    one["id"] = orders.list[r.order.index()].id;
    one["reason"] = r.reason;
    out.push_back(std::move(one));
  }
  return out;
}

Json entries(const std::vector<Entry>& list) {
  Json out = Json::array();
  for (const Entry& entry : list) out.push_back(entry.resource.text);
  return out;
}

Json work_order(const Order& order) {
  Json out = Json::object();
  out["id"] = order.id;
  out["title"] = order.title;
  out["status"] = parsers::to_string(order.status);
  out["write"] = order.write ? entries(*order.write) : Json();
  out["read"] = order.read ? entries(*order.read) : Json::array();
  out["source"] = source(order.where);
  return out;
}

Json work_orders(const Orders& orders) {
  Json out = Json::array();
  out.get_ref<Json::array_t&>().reserve(orders.list.size());
  for (const Order& order : orders.list) out.push_back(work_order(order));
  return out;
}

Json conflicts(const Orders& orders, const std::vector<Conflict>& list) {
  Json out = Json::array();
  out.get_ref<Json::array_t&>().reserve(list.size());
  for (const Conflict& c : list) {
    Json one = Json::object();
    one["kind"] = to_string(c.kind);
    one["certainty"] = to_string(c.certainty);
    one["between"] = Json::array(
        {orders.list[c.between[0].index()].id, c.with_all ? std::string("*") : orders.list[c.between[1].index()].id});
    one["resolution"] = resolution_word(orders, c);
    Json& all = one["evidence"] = Json::array();
    for (const Evidence& e : c.evidence) all.push_back(evidence(e, c.with_all));
    out.push_back(std::move(one));
  }
  return out;
}

Json hubs(const Orders& orders, const std::vector<Hub>& list) {
  Json out = Json::array();
  for (const Hub& hub : list) {
    Json one = Json::object();
    one["kind"] = to_string(hub.kind);
    one["resource"] = hub.resource;
    one["writers"] = ids(orders, hub.writers);
    one["readers"] = ids(orders, hub.readers);
    Json& places = one["source"] = Json::array();
    for (const Place& place : hub.source) places.push_back(source(place));
    out.push_back(std::move(one));
  }
  return out;
}

Json findings(const std::vector<Finding>& list) {
  Json out = Json::array();
  for (const Finding& finding : list) {
    Json one = Json::object();
    one["rule"] = finding.rule;
    one["severity"] = to_string(finding.severity);
    one["certainty"] = to_string(finding.certainty);
    one["work_order"] = finding.work_order.empty() ? Json() : Json(finding.work_order);
    one["message"] = finding.message;
    one["where"] = where(finding.where);
    Json& related = one["related"] = Json::array();
    for (const Related& r : finding.related) {
      Json other = where(r.where);
      if (other.is_null()) other = Json::object();
      other["message"] = r.message;
      related.push_back(std::move(other));
    }
    out.push_back(std::move(one));
  }
  return out;
}

Json diagnostics(const Reading& reading) {
  Json out = Json::array();
  for (const parsers::Diagnostic& d : reading.diagnostics) {
    const std::size_t file = d.where.file.value;
    Json one = Json::object();
    one["severity"] = parsers::to_string(d.severity);
    one["file"] = file < reading.sources.size() ? reading.sources[file].name : std::string();
    one["line"] = d.where.line;
    one["column"] = d.where.column;
    one["message"] = d.message;
    one["remedy"] = d.remedy;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace planner::report
