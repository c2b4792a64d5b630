#include "planner/explain.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

#include "planner/meetings.h"
#include "planner/proof.h"

namespace planner {
namespace {

const Start* start_of(const Plan& plan, OrderId id) {
  const auto at = std::find_if(plan.starts.begin(), plan.starts.end(), [&](const Start& s) { return s.order == id; });
  return at == plan.starts.end() ? nullptr : &*at;
}

/// A shortest path over `after` from `from` to `to`; empty: none.
std::vector<OrderId> path(const Plan& plan, OrderId from, OrderId to) {
  std::map<OrderId, OrderId> toward;  // order -> the next one on the way to `to`
  std::vector<OrderId> queue{to};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (queue[i] == from) {
      std::vector<OrderId> out{from};
      while (out.back() != to) out.push_back(toward.at(out.back()));
      return out;
    }
    if (const Start* start = start_of(plan, queue[i]))
      for (OrderId before : start->after)
        if (before != to && toward.emplace(before, queue[i]).second) queue.push_back(before);
  }
  return {};
}

/// Entries of both that meet without making a conflict: two reads, a tolerated write, a write the other only permits.
std::vector<std::string> harmless(const Order& a, const Order& b) {
  std::vector<std::string> out;
  const auto both = [&](const std::vector<Entry>* x, const std::vector<Entry>* y, auto&& say) {
    if (!x || !y) return;
    for (const Entry& ex : *x)
      for (const Entry& ey : *y)
        if (const auto witness = overlap(ex.resource, ey.resource)) say(ex, ey, *witness);
  };
  const auto set = [](const std::optional<std::vector<Entry>>& s) { return s ? &*s : nullptr; };
  both(set(a.read), set(b.read), [&](const Entry&, const Entry&, const std::string& witness) {
    out.push_back(fmt::format("both only read {}", witness));
  });
  const auto tolerated = [&](const Order& reader, const Order& writer) {
    both(set(reader.read), set(writer.write), [&](const Entry& r, const Entry&, const std::string& witness) {
      if (r.tolerates_writes)
        out.push_back(fmt::format("{} reads {} and tolerates that {} writes it", reader.id, witness, writer.id));
    });
  };
  tolerated(a, b);
  tolerated(b, a);
  if (!a.exploration.empty() && a.exploration == b.exploration)
    out.push_back(
        fmt::format("both belong to the exploration {}: they duplicate each other on purpose", a.exploration));
  return out;
}

/// Pools both draw on: they limit how many run at once, not which.
std::vector<std::string> shared_pools(const Orders& orders, OrderId a, OrderId b) {
  const auto uses = [&](OrderId id, const std::string& pool) {
    const std::vector<ResourceUse>& list = orders.list[id.index()].resources;
    return std::any_of(list.begin(), list.end(), [&](const ResourceUse& u) { return u.pool && u.name == pool; });
  };
  std::vector<std::string> out;
  for (const Pool& pool : orders.rules.pools)
    if (uses(a, pool.name) && uses(b, pool.name))
      out.push_back(fmt::format("both use the pool {}, {} at once", pool.name, pool.capacity));
  return out;
}

std::string where_in_plan(const Orders& orders, const Plan& plan, OrderId id) {
  const Order& order = orders.list[id.index()];
  for (const Reasoned& r : plan.unplanned)
    if (r.order == id) return fmt::format("{} is not planned: {}", order.id, r.reason);
  if (!order.open()) return fmt::format("{} is {}: it takes no part in the plan", order.id, to_string(order.status));
  const auto group = [&](const std::vector<std::vector<OrderId>>& groups) {
    const auto at = std::find_if(groups.begin(), groups.end(),
                                 [&](const auto& g) { return std::find(g.begin(), g.end(), id) != g.end(); });
    return at - groups.begin() + 1;
  };
  const Start* start = start_of(plan, id);
  return fmt::format("{} is in lane {} and wave {} and {}", order.id, group(plan.lanes), group(plan.waves),
                     plan.unit == Unit::order
                         ? fmt::format("runs in step {}", start->end)
                         : fmt::format("runs from {} to {}", start->start, amount(start->end, plan.unit)));
}

}  // namespace

void explain_pair(ExplainAnswer& answer) {
  const Plan& plan = *answer.plan;
  const auto name = [&](OrderId id) -> const std::string& { return answer.orders.list[id.index()].id; };
  for (const Conflict& c : plan.conflicts) {
    const bool pair = !c.with_all && ((c.between[0] == answer.a && c.between[1] == answer.b) ||
                                      (c.between[0] == answer.b && c.between[1] == answer.a));
    if (pair || (c.with_all && (c.between[0] == answer.a || c.between[0] == answer.b))) answer.conflicts.push_back(c);
  }
  for (const Hub& hub : plan.hubs) {
    const auto among = [](const std::vector<OrderId>& users, OrderId id) {
      return std::binary_search(users.begin(), users.end(), id);
    };
    const bool write_a = among(hub.writers, answer.a), write_b = among(hub.writers, answer.b);
    const bool use_a = write_a || among(hub.readers, answer.a), use_b = write_b || among(hub.readers, answer.b);
    if (use_a && use_b && (write_a || write_b)) answer.hubs.push_back(hub);
  }
  answer.reasons.push_back(where_in_plan(answer.orders, plan, answer.a));
  answer.reasons.push_back(where_in_plan(answer.orders, plan, answer.b));
  const Start *a = start_of(plan, answer.a), *b = start_of(plan, answer.b);
  if (a && b) {
    answer.chain = path(plan, answer.a, answer.b);
    if (answer.chain.empty()) answer.chain = path(plan, answer.b, answer.a);
    const bool apart = std::any_of(answer.conflicts.begin(), answer.conflicts.end(), [](const Conflict& c) {
      return c.resolution != Resolution::hint && c.resolution != Resolution::merge_first;
    });
    answer.may_overlap = !apart && answer.hubs.empty() && answer.chain.empty();
    if (answer.chain.size() > 2 && !apart && answer.hubs.empty()) {
      std::vector<std::string> names;
      for (OrderId id : answer.chain) names.push_back(name(id));
      answer.reasons.push_back(
          fmt::format("{} comes before {} by way of {}", names.front(), names.back(), fmt::join(names, " -> ")));
    } else if (answer.chain.size() > 2) {
      answer.reasons.push_back(
          fmt::format("{} comes before {}", name(answer.chain.front()), name(answer.chain.back())));
    } else if (answer.chain.size() == 2) {
      answer.reasons.push_back(fmt::format("{} waits for {}", name(answer.chain[1]), name(answer.chain[0])));
    } else if (answer.may_overlap) {
      answer.reasons.push_back("nothing keeps them apart: they may run at once");
    }
  }
  for (std::string& reason : shared_pools(answer.orders, answer.a, answer.b))
    answer.reasons.push_back(std::move(reason));
  for (std::string& reason : harmless(answer.orders.list[answer.a.index()], answer.orders.list[answer.b.index()]))
    answer.reasons.push_back(std::move(reason));
}

}  // namespace planner
