#include "planner/attribution.h"

#include <algorithm>
#include <map>

namespace planner {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Change::Kind kind_between(const Change& change) {
  if (change.old_blob.empty()) return Change::Kind::added;
  if (change.new_blob.empty()) return Change::Kind::removed;
  // The file type are the upper bits of the mode.
  return (change.old_mode >> 12) == (change.new_mode >> 12) ? Change::Kind::modified : Change::Kind::type_changed;
}

}  // namespace

std::optional<OrderId> find_order(const Orders& orders, std::string_view id) {
  for (std::size_t i = 0; i < orders.list.size(); ++i)
    if (orders.list[i].id == id) return OrderId(i);
  return std::nullopt;
}

void order_by_name(const Orders& orders, std::vector<OrderId>& ids) {
  std::sort(ids.begin(), ids.end(),
            [&](OrderId a, OrderId b) { return orders.list[a.index()].id < orders.list[b.index()].id; });
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

std::vector<OrderId> orders_on_branch(const Orders& orders, std::string_view branch) {
  if (branch.starts_with("refs/heads/")) branch.remove_prefix(11);
  if (branch.starts_with("refs/remotes/")) branch.remove_prefix(13);
  std::vector<OrderId> out;
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const std::string& own = orders.list[i].branch;
    if (!own.empty() && (branch == own || branch == "origin/" + own)) out.push_back(OrderId(i));
  }
  order_by_name(orders, out);
  return out;
}

bool has_key(const Trailer& trailer, std::string_view key) {
  return std::equal(trailer.key.begin(), trailer.key.end(), key.begin(), key.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::vector<std::string> items_of(const Trailer& trailer) {
  std::vector<std::string> out;
  for (std::string_view rest = trailer.value; !rest.empty();) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    std::string_view item = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) out.emplace_back(item);
  }
  return out;
}

std::vector<std::string> work_order_trailers(const Commit& commit) {
  std::vector<std::string> out;
  for (const Trailer& trailer : commit.trailers) {
    if (!has_key(trailer, "Work-Order")) continue;
    for (std::string& id : items_of(trailer))
      if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(std::move(id));
  }
  return out;
}

std::vector<TrailerGroup> group_by_trailers(const Orders& orders, const std::vector<Commit>& commits,
                                            std::vector<std::string>& unknown_orders) {
  std::vector<TrailerGroup> groups;
  std::vector<std::size_t> silent;
  const auto group_of = [&](const std::vector<OrderId>& ids) -> TrailerGroup& {
    const auto known =
        std::find_if(groups.begin(), groups.end(), [&](const TrailerGroup& g) { return g.orders == ids; });
    return known != groups.end() ? *known : groups.emplace_back(TrailerGroup{ids, {}});
  };
  for (std::size_t i = 0; i < commits.size(); ++i) {
    std::vector<OrderId> ids;
    for (const std::string& name : work_order_trailers(commits[i])) {
      if (const std::optional<OrderId> id = find_order(orders, name))
        ids.push_back(*id);
      else if (std::find(unknown_orders.begin(), unknown_orders.end(), name) == unknown_orders.end())
        unknown_orders.push_back(name);
    }
    order_by_name(orders, ids);
    if (!ids.empty())
      group_of(ids).commits.push_back(i);
    else
      silent.push_back(i);
  }
  if (groups.size() == 1) {
    groups[0].commits.insert(groups[0].commits.end(), silent.begin(), silent.end());
    std::sort(groups[0].commits.begin(), groups[0].commits.end());
    return groups;
  }
  for (const std::size_t i : silent)
    if (commits[i].parents.size() < 2) group_of({}).commits.push_back(i);
  return groups;
}

std::vector<Change> combined(const std::vector<std::vector<Change>>& steps) {
  std::map<std::string, Change> by_path;
  for (const std::vector<Change>& step : steps)
    for (const Change& change : step) {
      const auto [known, fresh] = by_path.emplace(change.path, change);
      if (fresh) continue;
      known->second.new_mode = change.new_mode;
      known->second.new_blob = change.new_blob;
    }
  std::vector<Change> out;
  for (auto& [path, change] : by_path) {
    if (change.old_blob == change.new_blob && change.old_mode == change.new_mode) continue;
    change.kind = kind_between(change);
    out.push_back(std::move(change));
  }
  return out;
}

}  // namespace planner
