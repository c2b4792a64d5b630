// What the ledger answered, as JSON: schemas/{claim,status,doctor,event}.schema.json.
#include "planner/claim_orders.h"
#include "planner/report/claim_words.h"
#include "planner/report/json_values.h"
#include "planner/report/report.h"

namespace planner::report {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json denier(const Denier& d, const ClaimAnswer& answer) {
  const Hold theirs = out_of_ledger(d.theirs, answer.prefix);
  Hold witness = d.theirs;
  witness.resource.text = d.witness;
  Json out = Json::object();
  out["id"] = d.claim.id;
  out["agent"] = d.claim.agent;
  out["age"] = age_ms(d.claim, answer.now) / 1000;
  out["expires_at"] = utc(d.claim.expires_wall_ms());
  out[theirs.kind == Hold::Kind::key ? "key" : "resource"] = theirs.resource.text;
  out["witness"] = out_of_ledger(witness, answer.prefix).resource.text;
  return out;
}

}  // namespace

std::string json(const ClaimAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.claim/1";
  out["granted"] = answer.granted;
  out["work_order"] = text_or_null(answer.work_order);
  Json& claim = out["claim"] = Json();
  if (answer.claim) {
    claim = Json::object();
    claim["id"] = answer.claim->id;
    claim["fence"] = answer.claim->fence;
    claim["agent"] = answer.claim->agent;
    claim["resources"] = held_things(*answer.claim, answer.prefix);
    claim["granted_at"] = utc(answer.claim->granted.wall_ms);
    claim["expires_at"] = utc(answer.claim->expires_wall_ms());
  }
  Json& by = out["denied_by"] = Json::array();
  for (const Denier& d : answer.denied_by) by.push_back(denier(d, answer));
  out["reason"] = answer.reason;
  return printed(out);
}

std::string json(const StatusAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.status/1";
  out["ledger"] = text_or_null(answer.ledger);
  Json& claims = out["claims"] = Json::array();
  for (const Claim& c : answer.claims) {
    Json one = Json::object();
    one["id"] = c.id;
    one["fence"] = c.fence;
    one["agent"] = c.agent;
    one["work_order"] = text_or_null(c.work_order);
    one["state"] = c.expired(answer.now) ? "expired" : "live";
    one["resources"] = held_things(c, "");
    one["granted_at"] = utc(c.granted.wall_ms);
    one["expires_at"] = utc(c.expires_wall_ms());
    one["age"] = age_ms(c, answer.now) / 1000;
    claims.push_back(std::move(one));
  }
  return printed(out);
}

std::string json(const DoctorAnswer& answer) {
  Json out = Json::object();
  out["schema"] = "interlock.doctor/1";
  out["ledger"] = text_or_null(answer.ledger);
  out["sound"] = answer.problems.empty();
  out["rebuilt"] = answer.rebuilt;
  out["events"] = answer.events;
  out["claims"] = answer.claims;
  out["problems"] = answer.problems;
  return printed(out);
}

std::string json_line(const Event& event) {
  Json out = Json::object();
  out["schema"] = "interlock.event/1";
  out["seq"] = event.seq;
  out["kind"] = to_string(event.kind);
  out["claim"] = event.claim;
  out["fence"] = event.fence;
  out["agent"] = event.agent;
  out["work_order"] = text_or_null(event.work_order);
  out["at"] = utc(event.at.wall_ms);
  Json& resources = out["resources"] = Json::array();
  for (const Hold& hold : event.holds)
    if (hold.kind != Hold::Kind::order) resources.push_back(describe(hold));
  out["note"] = text_or_null(event.note);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace planner::report
