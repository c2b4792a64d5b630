#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

#include "planner/infer.h"

namespace planner {
namespace {

constexpr std::size_t most_orders = 500;
constexpr std::size_t most_files = 5;
constexpr std::int64_t likely = 300;  // permille
constexpr std::size_t often = 3;

struct Written {
  OrderId order;
  const Entry* entry;
};

}  // namespace

std::vector<Clash> co_change_clashes(const Orders& orders, const ChangeHistory& history) {
  std::map<std::string_view, std::vector<Written>> writers;
  std::map<OrderId, std::vector<std::string>> files;
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& order = orders.list[i];
    if (!order.open() || !order.write) continue;
    for (const Entry& entry : *order.write) {
      const std::string_view path = entry.resource.path();
      const bool file = entry.resource.kind == Resource::Kind::path || entry.resource.kind == Resource::Kind::symbol;
      if (!file || !history.knows(path)) continue;
      writers[path].push_back({OrderId(i), &entry});
      files[OrderId(i)].emplace_back(path);
    }
  }
  if (files.size() > most_orders) return {};
  std::map<std::pair<OrderId, OrderId>, std::pair<std::int64_t, Clash>> best;
  for (const auto& [order, given] : files)
    for (const CoChange& c : history.likely_with(given, most_files)) {
      const auto others = writers.find(c.path);
      if (others == writers.end() || c.permille < likely || c.together < often) continue;
      const auto own = std::find_if(writers[c.with].begin(), writers[c.with].end(),
                                    [&order = order](const Written& w) { return w.order == order; });
      for (const Written& other : others->second) {
        if (other.order == order) continue;
        Clash clash{order, other.order, ConflictKind::co_change, Certainty::inferred, order, {}, true};
        clash.evidence = {c.path,
                          "",
                          {{own->entry->written, own->entry->where}, {other.entry->written, other.entry->where}},
                          fmt::format("{} changed with it in {} of {} commits", c.with, c.together, c.of)};
        if (clash.b < clash.a) {
          std::swap(clash.a, clash.b);
          std::swap(clash.evidence.sides[0], clash.evidence.sides[1]);
        }
        auto& kept = best[{clash.a, clash.b}];
        if (kept.first < c.permille) kept = {c.permille, std::move(clash)};
      }
    }
  std::vector<Clash> out;
  for (auto& [pair, found] : best) out.push_back(std::move(found.second));
  return out;
}

}  // namespace planner
