// Many orders at once: what was looked at, and what crossed.
#include <algorithm>
#include <map>
#include <set>

#include "planner/verify.h"

namespace planner {
namespace {

/// A path that more than this many orders changed is said of each of them by its own findings.
constexpr std::size_t most_crossing_one_path = 64;

bool declares(const Order& order, const std::string& path) {
  return order.write && std::any_of(order.write->begin(), order.write->end(),
                                    [&](const Entry& entry) { return covers(entry.resource, path); });
}

/// The orders of the work whose path it is: those that declare it, else all of them.
std::vector<OrderId> owners(const Orders& orders, const Work& work, const std::string& path) {
  if (work.orders.size() < 2) return work.orders;
  std::vector<OrderId> out;
  for (const OrderId id : work.orders)
    if (declares(orders.list[id.index()], path)) out.push_back(id);
  return out.empty() ? work.orders : out;
}

}  // namespace

std::vector<Judged> judged_work(const Orders& orders, const std::vector<Work>& works,
                                const std::vector<Finding>& findings) {
  std::map<std::string, FindingSeverity> worst;
  for (const Finding& finding : findings) {
    const auto [known, fresh] = worst.emplace(finding.work_order, finding.severity);
    if (!fresh) known->second = std::min(known->second, finding.severity);
  }
  std::vector<Judged> out;
  for (const Work& work : works) {
    Judged one{{}, work.name, work.base, work.head, work.changes.size(), {}};
    for (const OrderId id : work.orders) one.work_orders.push_back(orders.list[id.index()].id);
    const auto consider = [&](const std::string& id) {
      const auto found = worst.find(id);
      if (found != worst.end()) one.verdict = std::min(one.verdict.value_or(FindingSeverity::note), found->second);
    };
    for (const std::string& id : one.work_orders) consider(id);
    if (one.work_orders.empty()) consider("");
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<Crossing> crossings(const Orders& orders, const std::vector<Work>& works) {
  // By path: who changed it, in which piece of work. Orders of one piece worked on it together.
  std::map<std::string, std::map<OrderId, std::set<std::size_t>>> changed;
  for (std::size_t i = 0; i < works.size(); ++i)
    for (const Change& change : works[i].changes)
      for (const OrderId id : owners(orders, works[i], change.path)) changed[change.path][id].insert(i);
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> pairs;
  for (const auto& [path, by] : changed) {
    if (by.size() < 2 || by.size() > most_crossing_one_path) continue;
    for (auto a = by.begin(); a != by.end(); ++a)
      for (auto b = std::next(a); b != by.end(); ++b) {
        if (a->second == b->second && a->second.size() == 1) continue;
        std::pair ids(orders.list[a->first.index()].id, orders.list[b->first.index()].id);
        if (ids.second < ids.first) std::swap(ids.first, ids.second);
        pairs[ids].push_back(path);
      }
  }
  std::vector<Crossing> out;
  for (auto& [ids, paths] : pairs) out.push_back({{ids.first, ids.second}, std::move(paths)});
  return out;
}

}  // namespace planner
