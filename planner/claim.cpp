#include "planner/claim.h"

namespace planner {

std::string_view to_string(Hold::Kind kind) {
  switch (kind) {
    case Hold::Kind::file:
      return "file";
    case Hold::Kind::named:
      return "named";
    case Hold::Kind::pool:
      return "pool";
    case Hold::Kind::key:
      return "key";
    case Hold::Kind::order:
      return "order";
    case Hold::Kind::alone:
      return "alone";
  }
  return "";
}

std::string_view to_string(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::granted:
      return "granted";
    case Event::Kind::extended:
      return "extended";
    case Event::Kind::renewed:
      return "renewed";
    case Event::Kind::released:
      return "released";
    case Event::Kind::completed:
      return "completed";
    case Event::Kind::broken:
      return "broken";
    case Event::Kind::expired:
      return "expired";
    case Event::Kind::reopened:
      return "reopened";
  }
  return "";
}

std::string describe(const Hold& hold) {
  const std::string& text = hold.resource.text;
  switch (hold.kind) {
    case Hold::Kind::file:
      if (!hold.writes) return text + " (read)";
      return hold.intent == parsers::Intent::modify ? text : text + " (" + std::string(to_string(hold.intent)) + ")";
    case Hold::Kind::named:
      return hold.writes ? text : text + " (shared)";
    case Hold::Kind::pool:
      return text + " (pool)";
    case Hold::Kind::key:
      return text + " (key)";
    case Hold::Kind::order:
      return text + " (work order)";
    case Hold::Kind::alone:
      return "* (alone)";
  }
  return text;
}

bool Claim::expired(const Moment& now) const {
  return now.clock != renewed.clock || now.ns >= renewed.ns + ttl_ms * 1'000'000;
}

}  // namespace planner
