#include "planner/claim_rules.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <tuple>

namespace planner {
namespace {

using Kind = Hold::Kind;

bool wide(const Resource& resource) {
  return resource.kind == Resource::Kind::directory || resource.kind == Resource::Kind::pattern;
}

/// A removed symbol takes nothing from who names the whole file.
bool orphans(const Hold& remover, const Hold& other) {
  return remover.removes() &&
         (remover.resource.kind != Resource::Kind::symbol || other.resource.kind == Resource::Kind::symbol);
}

/// Do two files exclude each other, once it is known that they overlap?
bool files_exclude(const Hold& mine, const Hold& theirs, const ClaimLaw& law) {
  if (mine.writes && theirs.writes) return true;
  if (!mine.writes && !theirs.writes) return false;
  const Hold &writer = mine.writes ? mine : theirs, &reader = mine.writes ? theirs : mine;
  if (orphans(writer, reader)) return true;
  return law.isolation == parsers::Isolation::shared && !reader.tolerates_writes;
}

std::optional<std::string> same_name(const Hold& mine, const Hold& theirs) {
  return mine.resource.text == theirs.resource.text ? std::optional(mine.resource.text) : std::nullopt;
}

Event event_of(Event::Kind kind, const Claim& claim, const Moment& at, std::string note = {}) {
  Event event;
  event.kind = kind;
  event.claim = claim.id;
  event.fence = claim.fence;
  event.agent = claim.agent;
  event.work_order = claim.work_order;
  event.at = at;
  event.note = std::move(note);
  return event;
}

/// Everything in the way of some holds.
struct Obstacles {
  std::vector<Denier> live;   ///< each claim once
  std::vector<Claim> lapsed;  ///< lease run out: to be ended first
  std::set<std::size_t> met;  ///< positions of the holds that a live claim is in the way of
  bool more = false;
};

class Search {
 public:
  Search(const LedgerSnapshot& snapshot, const ClaimRequest& request, std::string own, const ClaimLaw& law)
      : snapshot_(snapshot), request_(request), own_(std::move(own)), law_(law), now_(snapshot.now()) {}

  Obstacles run() {
    for (std::size_t i = 0; i < request_.holds.size(); ++i) {
      const Hold& mine = request_.holds[i];
      look(i);
      if (mine.kind == Kind::pool) pool(i);
    }
    const auto by_fence = [](const auto& a, const auto& b) { return a.claim.fence < b.claim.fence; };
    std::sort(out_.live.begin(), out_.live.end(), by_fence);
    std::sort(out_.lapsed.begin(), out_.lapsed.end(), [](const Claim& a, const Claim& b) { return a.fence < b.fence; });
    return std::move(out_);
  }

 private:
  /// The claim of a candidate, fetched once; nullptr: our own, or gone.
  const Claim* claim(const std::string& id) {
    if (id == own_) return nullptr;
    auto known = claims_.find(id);
    if (known == claims_.end()) known = claims_.emplace(id, snapshot_.claim(id)).first;
    return known->second ? &*known->second : nullptr;
  }

  bool together(const Claim& claim, const Hold& theirs) const {
    const auto pair = claim.work_order.empty() ? request_.together.end() : request_.together.find(claim.work_order);
    return pair != request_.together.end() &&
           std::find(pair->second.begin(), pair->second.end(), theirs) != pair->second.end();
  }

  void lapse(const Claim& claim) {
    if (seen_lapsed_.insert(claim.id).second) out_.lapsed.push_back(claim);
  }

  void deny(std::size_t i, const Claim& claim, const Hold& theirs, std::string witness) {
    out_.met.insert(i);
    if (seen_live_.contains(claim.id)) return;
    if (out_.live.size() == most_deniers) {
      out_.more = true;
      return;
    }
    seen_live_.insert(claim.id);
    out_.live.push_back({claim, theirs, request_.holds[i], std::move(witness)});
  }

  void look(std::size_t i) {
    snapshot_.candidates(request_.holds[i], [&](const std::string& id, const Hold& theirs) {
      auto witness = exclusion(request_.holds[i], theirs, law_);
      if (!witness) return true;
      const Claim* holder = claim(id);
      if (!holder) return true;
      if (holder->expired(now_))
        lapse(*holder);
      else if (!together(*holder, theirs))
        deny(i, *holder, theirs, std::move(*witness));
      return !out_.more;  // many are in the way: who they all are makes no difference
    });
  }

  /// A pool denies when all its places are taken; places asked for in the same request count.
  void pool(std::size_t i) {
    const Hold& mine = request_.holds[i];
    std::vector<std::pair<Claim, Hold>> users;
    snapshot_.candidates(mine, [&](const std::string& id, const Hold& theirs) {
      const bool same = theirs.kind == Kind::pool && theirs.resource == mine.resource;
      const Claim* holder = same ? claim(id) : nullptr;
      if (holder && holder->expired(now_))
        lapse(*holder);
      else if (holder)
        users.emplace_back(*holder, theirs);
      return true;
    });
    const auto asked =
        std::count_if(request_.holds.begin(), request_.holds.begin() + static_cast<std::ptrdiff_t>(i),
                      [&](const Hold& h) { return h.kind == Kind::pool && h.resource == mine.resource; });
    if (static_cast<std::int64_t>(users.size()) + asked < mine.capacity) return;
    for (const auto& [holder, theirs] : users) deny(i, holder, theirs, mine.resource.text);
    if (users.empty()) out_.met.insert(i), full_.insert(mine.resource.text);
  }

 public:
  /// Pools that are too small for the request alone.
  const std::set<std::string>& full() const { return full_; }

 private:
  const LedgerSnapshot& snapshot_;
  const ClaimRequest& request_;
  std::string own_;
  const ClaimLaw& law_;
  Moment now_;
  std::map<std::string, std::optional<Claim>> claims_;
  std::set<std::string> seen_live_, seen_lapsed_, full_;
  Obstacles out_;
};

std::string in_words(const Denier& denier) {
  const std::string what = describe(denier.theirs);
  const std::string holder = fmt::format("{} ({}{})", denier.claim.id, denier.claim.agent,
                                         denier.claim.work_order.empty() ? "" : ", " + denier.claim.work_order);
  if (denier.theirs.kind == Kind::alone) return fmt::format("{} works alone", holder);
  if (denier.mine.kind == Kind::alone) return fmt::format("{} is at work, and this has to run alone", holder);
  const std::string via =
      denier.witness == denier.theirs.resource.text ? "" : fmt::format(", which both cover {}", denier.witness);
  return fmt::format("{} is held by {}{}", what, holder, via);
}

Denial denial_of(const LedgerSnapshot& snapshot, const ClaimRequest& request, Obstacles obstacles,
                 const std::set<std::string>& full) {
  Denial denial;
  const Moment now = snapshot.now();
  std::vector<std::string> reasons;
  for (const std::string& pool : full)
    reasons.push_back(fmt::format("the pool {} has fewer places than asked for", pool));
  denial.passes = full.empty();
  for (const Denier& denier : obstacles.live) {
    if (reasons.size() < 3) reasons.push_back(in_words(denier));
    const std::int64_t left =
        std::max<std::int64_t>(0, denier.claim.ttl_ms - (now.ns - denier.claim.renewed.ns) / 1'000'000 + 1);
    denial.wait_ms = denial.wait_ms == 0 ? left : std::min(denial.wait_ms, left);
  }
  denial.by = std::move(obstacles.live);
  denial.more = obstacles.more;
  const std::size_t said = reasons.size() - full.size();
  if (denial.by.size() > said || denial.more)
    reasons.push_back(denial.more ? "and more" : fmt::format("and {} more", denial.by.size() - said));
  for (std::size_t i = 0; i < request.holds.size(); ++i)
    if (!obstacles.met.contains(i) && request.holds[i].kind != Kind::order && request.holds[i].kind != Kind::alone)
      denial.free.push_back(request.holds[i]);
  denial.reason = fmt::format("{}", fmt::join(reasons, "; "));
  if (!denial.free.empty()) {
    constexpr std::size_t most_free = 8;
    std::vector<std::string> free;
    for (const Hold& hold : denial.free)
      if (free.size() < most_free) free.push_back(describe(hold));
    denial.reason +=
        fmt::format("; free: {}{}", fmt::join(free, ", "),
                    denial.free.size() > most_free ? fmt::format(" and {} more", denial.free.size() - most_free) : "");
  }
  return denial;
}

Denial refused(std::string reason, bool is_stale) {
  Denial denial;
  denial.reason = std::move(reason);
  denial.stale = is_stale;
  return denial;
}

/// The claim that `fence` proves, or why it does not.
Ruling with_live_claim(const LedgerSnapshot& snapshot, const std::string& id, Fence fence, auto rule) {
  if (auto denial = stale(snapshot, id, fence)) return {{}, std::move(denial)};
  return rule(*snapshot.claim(id));
}

}  // namespace

std::optional<std::string> exclusion(const Hold& mine, const Hold& theirs, const ClaimLaw& law) {
  if (mine.kind == Kind::alone || theirs.kind == Kind::alone) return "*";
  if (mine.kind != theirs.kind) return std::nullopt;
  switch (mine.kind) {
    case Kind::file: {
      if (!files_exclude(mine, theirs, law)) return std::nullopt;
      auto witness = overlap(mine.resource, theirs.resource);
      const bool remade = witness && !(wide(mine.resource) && wide(theirs.resource)) && law.regenerate.covers(*witness);
      return remade ? std::nullopt : std::move(witness);
    }
    case Kind::named:
      return mine.writes || theirs.writes ? same_name(mine, theirs) : std::nullopt;
    case Kind::key:
      if (!mine.exploration.empty() && mine.exploration == theirs.exploration) return std::nullopt;
      return same_name(mine, theirs);
    case Kind::order:
      return same_name(mine, theirs);
    case Kind::pool:
    case Kind::alone:
      return std::nullopt;
  }
  return std::nullopt;
}

Ruling rule_grant(const LedgerSnapshot& snapshot, const ClaimRequest& request, const ClaimLaw& law) {
  if (!request.work_order.empty())
    if (const auto done = snapshot.completion(request.work_order))
      return {{},
              refused(fmt::format("{} was completed by {} under {} (fence {}); `interlock break {} --reason WHY` "
                                  "reopens it",
                                  request.work_order, done->agent, done->claim, done->fence, done->claim),
                      false)};
  Search search(snapshot, request, "", law);
  Obstacles obstacles = search.run();
  if (!obstacles.met.empty()) return {{}, denial_of(snapshot, request, std::move(obstacles), search.full())};

  const Fence fence = snapshot.last_fence() + 1;
  const std::string id = fmt::format("c{}", fence);
  Ruling ruling;
  for (const Claim& lapsed : obstacles.lapsed)
    ruling.events.push_back(event_of(Event::Kind::expired, lapsed, snapshot.now(), id));
  Event grant =
      event_of(Event::Kind::granted, {id, fence, request.agent, request.work_order, {}, {}, {}, 0}, snapshot.now());
  grant.ttl_ms = request.ttl_ms;
  grant.holds = request.holds;
  ruling.events.push_back(std::move(grant));
  return ruling;
}

Ruling rule_extend(const LedgerSnapshot& snapshot, const std::string& id, Fence fence, const ClaimRequest& request,
                   const ClaimLaw& law) {
  return with_live_claim(snapshot, id, fence, [&](const Claim& claim) -> Ruling {
    ClaimRequest fresh = request;
    std::erase_if(fresh.holds, [&](const Hold& hold) {
      return hold.kind != Kind::pool && std::find(claim.holds.begin(), claim.holds.end(), hold) != claim.holds.end();
    });
    Search search(snapshot, fresh, id, law);
    Obstacles obstacles = search.run();
    if (!obstacles.met.empty()) return {{}, denial_of(snapshot, fresh, std::move(obstacles), search.full())};
    Ruling ruling;
    for (const Claim& lapsed : obstacles.lapsed)
      ruling.events.push_back(event_of(Event::Kind::expired, lapsed, snapshot.now(), id));
    ruling.events.push_back(event_of(Event::Kind::extended, claim, snapshot.now()));
    ruling.events.back().holds = fresh.holds;
    return ruling;
  });
}

Ruling rule_renew(const LedgerSnapshot& snapshot, const std::string& id, Fence fence, std::int64_t ttl_ms) {
  return with_live_claim(snapshot, id, fence, [&](const Claim& claim) -> Ruling {
    Event event = event_of(Event::Kind::renewed, claim, snapshot.now());
    event.ttl_ms = ttl_ms == 0 ? claim.ttl_ms : ttl_ms;
    if (event.at.ns + event.ttl_ms * 1'000'000 <= claim.renewed.ns + claim.ttl_ms * 1'000'000)
      return {{}, refused("the new lease would not end later than the one there is", false)};
    return {{std::move(event)}, std::nullopt};
  });
}

Ruling rule_release(const LedgerSnapshot& snapshot, const std::string& id, Fence fence) {
  return with_live_claim(snapshot, id, fence, [&](const Claim& claim) -> Ruling {
    return {{event_of(Event::Kind::released, claim, snapshot.now())}, std::nullopt};
  });
}

Ruling rule_complete(const LedgerSnapshot& snapshot, const std::string& id, Fence fence, const std::string& commit) {
  return with_live_claim(snapshot, id, fence, [&](const Claim& claim) -> Ruling {
    return {{event_of(Event::Kind::completed, claim, snapshot.now(), commit)}, std::nullopt};
  });
}

Ruling rule_break(const LedgerSnapshot& snapshot, const std::string& id, const std::string& reason) {
  if (const auto claim = snapshot.claim(id))
    return {{event_of(Event::Kind::broken, *claim, snapshot.now(), reason)}, std::nullopt};
  const std::vector<Event> history = snapshot.history(id);
  if (history.empty()) return {{}, refused(fmt::format("there is no claim {}", id), true)};
  const Event& last = history.back();
  if (last.kind == Event::Kind::completed) {
    const auto done = snapshot.completion(last.work_order);
    if (done && done->claim == id) {
      Event event = last;
      event.kind = Event::Kind::reopened;
      event.at = snapshot.now();
      event.note = reason;
      return {{std::move(event)}, std::nullopt};
    }
  }
  return {{}, refused(fmt::format("{} has ended already: {}", id, to_string(last.kind)), true)};
}

std::optional<Denial> stale(const LedgerSnapshot& snapshot, const std::string& id, Fence fence) {
  const auto claim = snapshot.claim(id);
  if (!claim) {
    const std::vector<Event> history = snapshot.history(id);
    if (history.empty()) return refused(fmt::format("there is no claim {}", id), true);
    const Event& last = history.back();
    const std::string why = last.note.empty() || last.kind == Event::Kind::completed ? ""
                            : last.kind == Event::Kind::expired                      ? ", taken over by " + last.note
                                                                                     : ": " + last.note;
    return refused(fmt::format("{} (fence {}) has ended: {}{}", id, last.fence, to_string(last.kind), why), true);
  }
  if (claim->fence != fence)
    return refused(fmt::format("fence {} is not that of {}, which is {}", fence, id, claim->fence), true);
  if (claim->expired(snapshot.now()))
    return refused(
        fmt::format("{} (fence {}) has expired; what was done since may be somebody else's: claim again", id, fence),
        true);
  return std::nullopt;
}

std::vector<Denier> in_the_way(const LedgerSnapshot& snapshot, const std::vector<Hold>& holds, const std::string& own,
                               const ClaimLaw& law) {
  const ClaimRequest request{"", "", holds, 0, {}};
  return Search(snapshot, request, own, law).run().live;
}

std::optional<Claim> claim_after(const std::optional<Claim>& before, const std::vector<Event>& events) {
  std::optional<Claim> claim = before;
  for (const Event& event : events) {
    if (event.kind == Event::Kind::granted) {
      claim =
          Claim{event.claim, event.fence, event.agent, event.work_order, event.holds, event.at, event.at, event.ttl_ms};
      continue;
    }
    if (!claim || event.claim != claim->id) continue;
    if (event.kind == Event::Kind::extended) {
      claim->holds.insert(claim->holds.end(), event.holds.begin(), event.holds.end());
    } else if (event.kind == Event::Kind::renewed) {
      claim->renewed = event.at;
      claim->ttl_ms = event.ttl_ms;
    } else {
      claim = std::nullopt;
    }
  }
  return claim;
}

}  // namespace planner
