#include "planner/scope.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

namespace planner {
namespace {

constexpr std::size_t shown_entries = 20;

/// Directories that two paths share from the top.
std::size_t shared_directories(std::string_view a, std::string_view b) {
  std::size_t shared = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()) && a[i] == b[i]; ++i) shared += a[i] == '/' ? 1U : 0U;
  return shared;
}

/// Orders that never run beside `id`: excluded by a conflict or hub, or on a path of the reduced order.
std::set<OrderId> kept_apart(const Plan& plan, OrderId id) {
  std::set<OrderId> apart{id};
  for (const Conflict& c : plan.conflicts) {
    if (c.resolution == Resolution::hint || c.resolution == Resolution::merge_first) continue;
    if (c.with_all && c.between[0] == id) {
      for (const Start& s : plan.starts) apart.insert(s.order);
      return apart;
    }
    if (c.with_all || c.between[0] == id)
      apart.insert(c.with_all ? c.between[0] : c.between[1]);
    else if (c.between[1] == id)
      apart.insert(c.between[0]);
  }
  for (const Hub& hub : plan.hubs) {
    const bool writes = std::binary_search(hub.writers.begin(), hub.writers.end(), id);
    const bool reads = std::binary_search(hub.readers.begin(), hub.readers.end(), id);
    if (writes || reads) apart.insert(hub.writers.begin(), hub.writers.end());
    if (writes) apart.insert(hub.readers.begin(), hub.readers.end());
  }
  // Ancestors and descendants over dependencies and the arcs they imply.
  std::map<OrderId, std::vector<OrderId>> before, after;
  for (const Conflict& c : plan.conflicts)
    if (c.resolution == Resolution::first && !c.with_all) {
      const OrderId second = c.first == c.between[0] ? c.between[1] : c.between[0];
      after[c.first].push_back(second);
      before[second].push_back(c.first);
    }
  for (const auto* direction : {&before, &after}) {
    std::vector<OrderId> stack{id};
    std::set<OrderId> seen{id};
    while (!stack.empty()) {
      const OrderId at = stack.back();
      stack.pop_back();
      if (const auto next = direction->find(at); next != direction->end())
        for (OrderId n : next->second)
          if (seen.insert(n).second) stack.push_back(n);
    }
    apart.insert(seen.begin(), seen.end());
  }
  return apart;
}

std::string reason_to_wait(const Orders& orders, const Plan& plan, OrderId id, OrderId before) {
  for (const Conflict& c : plan.conflicts)
    if (!c.with_all && c.resolution != Resolution::hint &&
        ((c.between[0] == id && c.between[1] == before) || (c.between[0] == before && c.between[1] == id)))
      return fmt::format("{} on {}", to_string(c.kind), c.evidence.front().resource);
  for (const Hub& hub : plan.hubs)
    if (std::binary_search(hub.writers.begin(), hub.writers.end(), id) ||
        std::binary_search(hub.readers.begin(), hub.readers.end(), id))
      return fmt::format("{} on {}", to_string(hub.kind), hub.resource);
  for (const Conflict& c : plan.conflicts)
    if (c.with_all && (c.between[0] == id || c.between[0] == before))
      return fmt::format("{} runs alone ({})", orders.list[c.between[0].index()].id, to_string(c.kind));
  return "the order of the plan";
}

/// Held, left out, or waiting for something that no predecessor brings.
std::string why_not_now(const ScopeAnswer& answer, const Plan& plan) {
  const Order& own = answer.orders.list[answer.order.index()];
  for (const auto* list : {&plan.held, &plan.unplanned})
    for (const Reasoned& r : *list)
      if (r.order == answer.order) return r.reason;
  if (!own.open()) return fmt::format("it is {}", to_string(own.status));
  for (const Finding& f : plan.findings)
    if (f.rule == "unproven-dependency" && f.work_order == own.id) return f.message;
  return {};
}

/// What it waits for, and what of its reads will have changed by then.
void describe_waiting(ScopeAnswer& answer, const Plan& plan) {
  const Order& own = answer.orders.list[answer.order.index()];
  std::set<std::string> again;
  for (const Start& s : plan.starts) {
    if (s.order != answer.order) continue;
    for (OrderId before : s.after) {
      answer.waits_for.push_back({before, reason_to_wait(answer.orders, plan, answer.order, before)});
      const Order& earlier = answer.orders.list[before.index()];
      if (!own.read || !earlier.write) continue;
      for (const Entry& r : *own.read)
        for (const Entry& w : *earlier.write)
          if (!r.tolerates_writes && overlap(r.resource, w.resource)) again.insert(r.resource.text);
    }
  }
  answer.read_again.assign(again.begin(), again.end());
}

bool is_imports(const Resource& resource) {
  return resource.kind == Resource::Kind::symbol && resource.symbol() == "<imports>";
}

}  // namespace

void describe_scope(ScopeAnswer& answer, const Plan& plan) {
  const Order& own = answer.orders.list[answer.order.index()];
  const std::set<OrderId> apart = kept_apart(plan, answer.order);
  const auto nearness = [&](const Entry& e) {
    std::size_t best = 0;
    if (own.write)
      for (const Entry& w : *own.write) best = std::max(best, shared_directories(w.resource.text, e.resource.text));
    return best;
  };
  std::map<std::pair<std::size_t, std::string>, std::vector<std::string>> owned;  // (farness, entry) -> owners
  for (const Start& s : plan.starts) {
    const Order& other = answer.orders.list[s.order.index()];
    if (apart.contains(s.order) || !other.write) continue;
    for (const Entry& e : *other.write) {
      if (is_imports(e.resource)) continue;  // everybody's to add to
      std::vector<std::string>& owners = owned[{SIZE_MAX - nearness(e), e.resource.text}];
      if (owners.empty() || owners.back() != other.id) owners.push_back(other.id);
    }
  }
  for (const auto& [key, owners] : owned) {
    if (answer.owned.size() == shown_entries) break;
    answer.owned.push_back({key.second, owners});
  }
  answer.owned_more = owned.size() - answer.owned.size();
  answer.not_now = why_not_now(answer, plan);
  describe_waiting(answer, plan);
}

std::string safe_name(std::string_view id) {
  std::string out;
  for (char c : id) {
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                      c == '-' || (c == '.' && !out.empty() && out.back() != '.');
    if (safe)
      out += c;
    else if (c != '.' && !out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && (out.back() == '.' || out.back() == '-')) out.pop_back();
  while (!out.empty() && out.front() == '-') out.erase(0, 1);
  if (out.ends_with(".lock")) out.resize(out.size() - 5);
  return out.empty() ? "work" : out;
}

}  // namespace planner
