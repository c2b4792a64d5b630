#include "planner/claim_orders.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace planner {
namespace {

using parsers::Status;

Hold named(Hold::Kind kind, const std::string& name) { return {kind, {Resource::Kind::named, name}}; }

bool started(const Order& order) { return order.status == Status::running || order.status == Status::review; }

/// The live claim of an order.
std::optional<Claim> claim_of(const LedgerSnapshot& snapshot, const std::string& id) {
  std::optional<Claim> found;
  snapshot.candidates(named(Hold::Kind::order, id), [&](const std::string& claim, const Hold& hold) {
    if (hold.kind != Hold::Kind::order || hold.resource.text != id) return true;
    auto live = snapshot.claim(claim);
    if (live && !live->expired(snapshot.now())) found = std::move(live);
    return !found;
  });
  return found;
}

/// What a claim was extended by, as entries of its order.
void add_extensions(Order& order, const Claim& claim, const std::vector<Hold>& declared, const std::string& prefix) {
  for (const Hold& hold : claim.holds) {
    if (std::find(declared.begin(), declared.end(), hold) != declared.end()) continue;
    const Hold own = out_of_ledger(hold, prefix);
    if (hold.kind == Hold::Kind::file) {
      Entry entry{own.resource, own.intent, true, own.tolerates_writes, {}, describe(own), order.where};
      entry.claimed = true;
      auto& list = own.writes ? order.write : order.read;
      if (!list && own.writes) continue;  // nobody knows what it writes: it runs alone as it is
      if (!list) list.emplace();
      list->push_back(std::move(entry));
    } else if (hold.kind == Hold::Kind::named || hold.kind == Hold::Kind::pool) {
      ResourceUse use{own.resource.text, own.writes ? parsers::Mode::exclusive : parsers::Mode::shared,
                      hold.kind == Hold::Kind::pool, order.where};
      use.claimed = true;
      order.resources.push_back(std::move(use));
    }
  }
}

/// A claim that belongs to none of the orders, as an order that runs.
Order order_of(const Claim& claim, const std::string& prefix) {
  Order order;
  order.id = "claim " + claim.id;
  order.title = claim.work_order.empty() ? fmt::format("claimed by {}", claim.agent)
                                         : fmt::format("{}, claimed by {}", claim.work_order, claim.agent);
  order.where = {"ledger", 0};
  order.status = Status::running;
  order.claim = claim.id;
  order.agent = claim.agent;
  order.declared = false;
  order.write.emplace();
  for (const Hold& hold : claim.holds)
    if (hold.kind == Hold::Kind::alone) order.write.reset();
  add_extensions(order, claim, {}, prefix);
  for (const Hold& hold : claim.holds)
    if (hold.kind == Hold::Kind::key) {
      order.keys.push_back({hold.resource.text, parsers::Mode::exclusive, false, order.where});
      order.exploration = hold.exploration;
    }
  return order;
}

bool binding(const Conflict& conflict) {
  return conflict.resolution != Resolution::hint && conflict.resolution != Resolution::merge_first;
}

/// Does the plan keep these two apart?
bool apart(const Plan& plan, OrderId a, OrderId b) {
  for (const Conflict& c : plan.conflicts) {
    const bool one = c.between[0] == a || c.between[0] == b;
    if (c.with_all ? one : one && (c.between[1] == a || c.between[1] == b) && c.between[0] != c.between[1])
      if (binding(c)) return true;
  }
  for (const Hub& hub : plan.hubs) {
    const auto in = [](const std::vector<OrderId>& list, OrderId id) {
      return std::find(list.begin(), list.end(), id) != list.end();
    };
    const bool wa = in(hub.writers, a), wb = in(hub.writers, b);
    if ((wa && (wb || in(hub.readers, b))) || (wb && in(hub.readers, a))) return true;
  }
  return false;
}

std::string named_with_state(const Order& order) {
  if (!order.claim.empty() && order.declared) return fmt::format("{} ({}, {})", order.id, order.claim, order.agent);
  if (!order.declared) return fmt::format("{} ({})", order.claim, order.agent);
  return order.id;
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 6;
  const std::vector<std::string> some(names.begin(),
                                      names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), most)));
  return fmt::format("{}{}", fmt::join(some, ", "),
                     names.size() > most ? fmt::format(" and {} more", names.size() - most) : "");
}

}  // namespace

Hold into_ledger(Hold hold, const std::string& prefix) {
  if (hold.kind == Hold::Kind::file) hold.resource.text = prefix + hold.resource.text;
  return hold;
}

Hold out_of_ledger(Hold hold, const std::string& prefix) {
  if (hold.kind == Hold::Kind::file && hold.resource.text.size() > prefix.size() &&
      hold.resource.text.starts_with(prefix))
    hold.resource.text.erase(0, prefix.size());
  return hold;
}

std::vector<Hold> holds_of(const Order& order, const Rules& rules, UnknownScope unknown, const std::string& prefix) {
  std::vector<Hold> out;
  const auto add = [&](Hold hold) {
    if (std::find(out.begin(), out.end(), hold) == out.end()) out.push_back(std::move(hold));
  };
  if (!order.id.empty()) out.push_back(named(Hold::Kind::order, order.id));
  bool alone = !order.write && unknown != UnknownScope::parallel;
  for (const Entry& entry : order.write.value_or(std::vector<Entry>{})) {
    if (entry.claimed) continue;
    add(into_ledger({Hold::Kind::file, entry.resource, true, entry.intent}, prefix));
    alone = alone || std::any_of(rules.barrier.begin(), rules.barrier.end(),
                                 [&](const Resource& barrier) { return overlap(entry.resource, barrier).has_value(); });
  }
  for (const Entry& entry : order.read.value_or(std::vector<Entry>{}))
    if (!entry.claimed)
      add(into_ledger({Hold::Kind::file, entry.resource, false, parsers::Intent::modify, entry.tolerates_writes},
                      prefix));
  for (const ResourceUse& use : order.resources) {
    if (use.claimed) continue;
    Hold hold = named(use.pool ? Hold::Kind::pool : Hold::Kind::named, use.name);
    hold.writes = use.pool || use.mode == parsers::Mode::exclusive;
    for (const Pool& pool : rules.pools)
      if (use.pool && pool.name == use.name) hold.capacity = pool.capacity;
    add(std::move(hold));
  }
  for (const ResourceUse& key : order.keys) {
    Hold hold = named(Hold::Kind::key, key.name);
    hold.exploration = order.exploration;
    add(std::move(hold));
  }
  if (alone) out.push_back(named(Hold::Kind::alone, "*"));
  return out;
}

ClaimLaw law_of(const Rules& rules, parsers::Isolation isolation) { return {isolation, Coverage(rules.regenerate)}; }

void overlay(Orders& orders, const LedgerSnapshot& snapshot, const ClaimLaw& law, UnknownScope unknown,
             const std::string& prefix) {
  if (snapshot.last_seq() == 0) return;
  std::set<std::string> own;      // claims of these orders
  std::map<Fence, Claim> others;  // live, of something else
  std::map<std::string, std::vector<Hold>> holds;
  for (Order& order : orders.list) {
    if (order.status != Status::pending && order.status != Status::running) continue;
    holds[order.id] = holds_of(order, orders.rules, unknown, prefix);
    if (const auto claim = claim_of(snapshot, order.id)) {
      own.insert(claim->id);
      order.claim = claim->id;
      order.agent = claim->agent;
      order.written_status = order.status;
      order.status = Status::running;
      add_extensions(order, *claim, holds[order.id], prefix);
    } else if (snapshot.completion(order.id)) {
      order.written_status = order.status;
      order.status = Status::done;
    }
  }
  std::set<std::string> known;
  for (const Order& order : orders.list) {
    if (!order.open()) continue;
    for (const Hold& mine : holds[order.id])
      snapshot.candidates(mine, [&](const std::string& id, const Hold& theirs) {
        const bool pool = mine.kind == Hold::Kind::pool && theirs.kind == mine.kind && theirs.resource == mine.resource;
        if (known.contains(id) || own.contains(id) || !(pool || exclusion(mine, theirs, law))) return true;
        known.insert(id);
        auto claim = snapshot.claim(id);
        if (claim && !claim->expired(snapshot.now())) others.emplace(claim->fence, std::move(*claim));
        return true;
      });
  }
  for (const auto& [fence, claim] : others) orders.list.push_back(order_of(claim, prefix));
}

std::string why_not(const Orders& orders, const Plan& plan, OrderId id) {
  const Order& order = orders.list[id.index()];
  if (!order.open() || order.status == Status::review)
    return fmt::format("{} is {}", order.id, order.status == Status::review ? "in review" : to_string(order.status));
  for (const auto* list : {&plan.held, &plan.unplanned})
    for (const Reasoned& r : *list)
      if (r.order == id) return fmt::format("{} must not start: {}", order.id, r.reason);
  for (const Finding& f : plan.findings)
    if (f.rule == "unproven-dependency" && f.work_order == order.id) return f.message;
  for (const Conflict& c : plan.conflicts) {
    if (c.with_all || (c.between[0] != id && c.between[1] != id) || !binding(c)) continue;
    const Order& other = orders.list[(c.between[0] == id ? c.between[1] : c.between[0]).index()];
    if (c.kind == ConflictKind::dependency && c.resolution == Resolution::first && c.first != id)
      return fmt::format("{} depends on {}, which is {}", order.id, other.id, to_string(other.status));
    if (started(other) && other.claim.empty())
      return fmt::format("{} is {} and has no claim: {} on {}", other.id,
                         other.status == Status::review ? "in review" : "running", to_string(c.kind),
                         c.evidence.front().resource);
  }
  for (const Decision& d : orders.decisions)
    if (d.choice == parsers::Decision::Choice::first && d.chosen != id && (d.between[0] == id || d.between[1] == id) &&
        orders.list[d.chosen.index()].open())
      return fmt::format("{} comes after {}, by decision", order.id, orders.list[d.chosen.index()].id);
  for (const Hub& hub : plan.hubs)
    for (const auto* side : {&hub.writers, &hub.readers})
      for (const OrderId other : *side)
        if (other != id && started(orders.list[other.index()]) && orders.list[other.index()].claim.empty() &&
            apart(plan, id, other))
          return fmt::format("{} is running and has no claim: both use {}", orders.list[other.index()].id,
                             hub.resource);
  return {};
}

std::map<std::string, std::vector<Hold>> together_with(const Orders& orders, const Plan& plan, OrderId id,
                                                       UnknownScope unknown, const std::string& prefix) {
  std::map<std::string, std::vector<Hold>> out;
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& other = orders.list[i];
    if (OrderId(i) == id || other.claim.empty() || !other.declared || apart(plan, id, OrderId(i))) continue;
    std::vector<Hold> holds = holds_of(other, orders.rules, unknown, prefix);
    std::erase_if(holds, [](const Hold& hold) { return hold.kind != Hold::Kind::file; });
    out.emplace(other.id, std::move(holds));
  }
  return out;
}

std::string why_nothing_is_ready(const Orders& orders, const Plan& plan) {
  std::vector<std::string> running, review, held, unplanned, waiting, finished, blocked;
  std::set<OrderId> aside;
  for (const Reasoned& r : plan.held)
    held.push_back(fmt::format("{} ({})", orders.list[r.order.index()].id, r.reason)), aside.insert(r.order);
  for (const Reasoned& r : plan.unplanned)
    unplanned.push_back(fmt::format("{} ({})", orders.list[r.order.index()].id, r.reason)), aside.insert(r.order);
  for (const Finding& f : plan.findings)
    if (f.rule == "unproven-dependency") blocked.push_back(f.work_order);
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& order = orders.list[i];
    if (order.status == Status::running)
      running.push_back(named_with_state(order));
    else if (order.status == Status::review)
      review.push_back(order.id);
    else if (!order.open())
      finished.push_back(order.id);
    else if (!aside.contains(OrderId(i)) && std::find(blocked.begin(), blocked.end(), order.id) == blocked.end())
      waiting.push_back(order.id);
  }
  std::vector<std::string> parts;
  const auto say = [&](const std::vector<std::string>& names, const char* one, const char* many) {
    if (!names.empty()) parts.push_back(fmt::format("{} {}", listed(names), names.size() == 1 ? one : many));
  };
  say(running, "is running", "are running");
  say(review, "is in review", "are in review");
  say(waiting, "has to wait for others", "have to wait for others");
  say(held, "is held", "are held");
  say(blocked, "waits for what cannot be looked up here", "wait for what cannot be looked up here");
  say(unplanned, "is left out of the plan", "are left out of the plan");
  if (parts.empty()) return "nothing is ready, because every order is finished";
  return fmt::format("nothing is ready, because {}", fmt::join(parts, "; "));
}

}  // namespace planner
