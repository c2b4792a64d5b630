#include "planner/mentions.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>

namespace planner {
namespace {

constexpr std::size_t hints_per_pair = 3;

using Writers = std::map<std::string_view, std::vector<std::pair<OrderId, const Entry*>>>;

/// "a/b/c.py" -> "a/", "a/b/", and the path itself.
template <class Visit>
void each_prefix(std::string_view path, Visit visit) {
  for (std::size_t i = path.find('/'); i != std::string_view::npos; i = path.find('/', i + 1))
    visit(path.substr(0, i + 1));
  if (!path.ends_with('/')) visit(path);
}

/// Who an order waits for, directly or through others; of long chains the nearest, which is enough for a hint.
std::set<OrderId> waits_of(const Orders& orders, OrderId id) {
  constexpr std::size_t most = 4096;
  std::set<OrderId> seen;
  std::vector<OrderId> queue{id};
  for (std::size_t i = 0; i < queue.size() && queue.size() < most; ++i)
    for (const Dependency& d : orders.list[queue[i].index()].depends_on)
      if (d.order && seen.insert(*d.order).second) queue.push_back(*d.order);
  return seen;
}

}  // namespace

std::vector<Clash> find_mentions(const Orders& orders) {
  Writers writers;
  for (std::size_t i = 0; i < orders.list.size(); ++i)
    if (orders.list[i].open() && orders.list[i].write)
      for (const Entry& entry : *orders.list[i].write)
        if (entry.resource.kind != Resource::Kind::pattern)
          writers[entry.resource.path()].emplace_back(OrderId(i), &entry);
  std::vector<Clash> out;
  std::map<std::pair<OrderId, OrderId>, std::size_t> hints;
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& order = orders.list[i];
    if (!order.open() || order.mentions.empty()) continue;
    std::optional<std::set<OrderId>> before;  // looked up when somebody is met
    for (const Entry& mention : order.mentions) {
      if (mention.resource.kind != Resource::Kind::path && mention.resource.kind != Resource::Kind::symbol) continue;
      each_prefix(mention.resource.path(), [&](std::string_view prefix) {
        const auto found = writers.find(prefix);
        if (found == writers.end() || found->second.size() > hub_users) return;
        for (const auto& [writer, entry] : found->second) {
          if (writer == OrderId(i)) continue;
          if (!before) before = waits_of(orders, OrderId(i));
          if (before->contains(writer)) continue;  // it reads what is there by then
          const OrderId a = std::min(writer, OrderId(i)), b = std::max(writer, OrderId(i));
          if (++hints[{a, b}] > hints_per_pair) continue;
          Evidence evidence{mention.resource.text,
                            std::string(mention.resource.path()),
                            {{mention.written, mention.where}, {entry->written, entry->where}},
                            fmt::format("the text of {} names it", order.id)};
          if (a != OrderId(i)) std::swap(evidence.sides[0], evidence.sides[1]);
          out.push_back({a, b, ConflictKind::hidden_read, Certainty::inferred, OrderId(i), std::move(evidence)});
        }
      });
    }
  }
  return out;
}

}  // namespace planner
