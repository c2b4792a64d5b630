// A checker for the record of a ledger that shares nothing with the rules: it replays the events and says what must
// never be.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "planner/claim.h"

namespace support {

/// The text of the first thing that is wrong; empty: nothing.
inline std::string wrong_with(const std::vector<planner::Event>& events) {
  using Kind = planner::Event::Kind;
  struct Live {
    std::string claim;
    std::vector<planner::Hold> holds;
    std::string clock;
    std::int64_t until = 0;
  };
  std::map<planner::Fence, Live> live;
  planner::Fence last = 0;
  std::int64_t seq = 0, at = 0;
  std::set<planner::Fence> ended;
  const auto both = [](const planner::Hold& a, const planner::Hold& b) {
    if (a.kind != b.kind || (!a.writes && !b.writes) || a.kind == planner::Hold::Kind::pool) return false;
    return overlap(a.resource, b.resource).has_value();
  };
  for (const planner::Event& e : events) {
    const std::string name =
        "event " + std::to_string(e.seq) + " (" + std::string(to_string(e.kind)) + " of " + e.claim + ")";
    if (e.seq != ++seq) return name + ": numbers have a gap";
    if (e.at.ns < at) return name + ": time runs backwards";
    at = e.at.ns;
    if (e.kind == Kind::granted) {
      if (e.fence <= last) return name + ": the fence does not rise";
      last = e.fence;
    } else if (e.kind != Kind::reopened) {
      if (!live.contains(e.fence)) return name + ": its claim does not live";
      const bool lapsed = e.at.clock != live[e.fence].clock || e.at.ns >= live[e.fence].until;
      if (e.kind == Kind::expired ? !lapsed : e.kind != Kind::broken && lapsed)
        return name + (lapsed ? ": under a lease that has run out" : ": its lease has not run out");
    }
    if (e.kind == Kind::granted || e.kind == Kind::extended) {
      for (const auto& [fence, other] : live) {
        if (fence == e.fence) continue;
        for (const planner::Hold& theirs : other.holds)
          for (const planner::Hold& mine : e.holds)
            if (both(mine, theirs)) return name + ": " + describe(mine) + " is held by " + other.claim;
      }
      Live& claim = live[e.fence];
      claim.claim = e.claim;
      claim.holds.insert(claim.holds.end(), e.holds.begin(), e.holds.end());
      if (e.kind == Kind::granted) claim.clock = e.at.clock, claim.until = e.at.ns + e.ttl_ms * 1'000'000;
    } else if (e.kind == Kind::renewed) {
      if (e.at.ns + e.ttl_ms * 1'000'000 <= live[e.fence].until) return name + ": its lease does not end later";
      live[e.fence].until = e.at.ns + e.ttl_ms * 1'000'000;
    } else if (e.kind != Kind::reopened) {
      live.erase(e.fence);
      if (!ended.insert(e.fence).second) return name + ": it ends twice";
    }
  }
  return {};
}

}  // namespace support
