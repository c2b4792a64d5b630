#include "graph/problem.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "graph/by_key.h"

namespace graph {
namespace {

using Link = std::pair<Index, Index>;  ///< (before, after)

void unique(std::vector<Link>& links) {
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());
}

/// Rows of the second components by the first.
Rows<Index> rows(std::size_t count, const std::vector<Link>& sorted) {
  Rows<Index> result;
  result.first.assign(count + 1, 0);
  result.items.reserve(sorted.size());
  for (const auto& [from, to] : sorted) {
    ++result.first[from + 1];
    result.items.push_back(to);
  }
  for (std::size_t i = 0; i < count; ++i) result.first[i + 1] += result.first[i];
  return result;
}

void set_links(Problem& problem, std::vector<Link> links) {
  unique(links);
  problem.after = rows(problem.nodes(), links);
  for (auto& [from, to] : links) std::swap(from, to);
  std::sort(links.begin(), links.end());
  problem.before = rows(problem.nodes(), links);
}

void set_accesses(Problem& problem) {
  problem.accesses.first.assign(problem.tasks() + 1, 0);
  problem.accesses.items.resize(problem.members.items.size());
  for (const Member& member : problem.members.items) ++problem.accesses.first[member.task + 1];
  for (std::size_t t = 0; t < problem.tasks(); ++t) problem.accesses.first[t + 1] += problem.accesses.first[t];
  std::vector<Index> at(problem.accesses.first.begin(), problem.accesses.first.end() - 1);
  for (std::size_t e = 0; e < problem.members.size(); ++e) {
    for (const Member& member : problem.members[e]) {
      problem.accesses.items[at[member.task]++] = {static_cast<Index>(e), member.writes};
    }
  }
}

struct PoolUse {
  Index task, pool;
  Time units;
};

/// REQUIRES: `uses` by pool.
void set_uses(Problem& problem, const std::vector<PoolUse>& uses) {
  problem.uses.first.assign(problem.tasks() + 1, 0);
  problem.uses.items.resize(uses.size());
  for (const PoolUse& use : uses) ++problem.uses.first[use.task + 1];
  for (std::size_t t = 0; t < problem.tasks(); ++t) problem.uses.first[t + 1] += problem.uses.first[t];
  std::vector<Index> at(problem.uses.first.begin(), problem.uses.first.end() - 1);
  for (const PoolUse& use : uses) problem.uses.items[at[use.task]++] = {use.pool, use.units};
}

/// Sorted, and two exclusions with the same members kept once, so the order of the input does not matter.
void set_members(Problem& problem, Rows<Member> raw) {
  std::vector<Time> leader;  // the first writer
  for (std::size_t e = 0; e < raw.size(); ++e) {
    const auto first = raw.items.begin() + raw.first[e], last = first + static_cast<std::ptrdiff_t>(raw[e].size());
    if (!std::is_sorted(first, last)) std::sort(first, last);
    leader.push_back(first->task);
  }
  const auto less = [&](Index a, Index b) {
    const auto x = raw[a], y = raw[b];
    return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
  };
  std::vector<Index> order = by_key(leader);
  for (auto first = order.begin(); first != order.end();) {
    auto last = first + 1;
    while (last != order.end() && leader[*last] == leader[*first]) ++last;
    if (last - first > 1) std::sort(first, last, less);
    first = last;
  }
  problem.members.items.reserve(raw.items.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && !less(order[i - 1], order[i])) continue;
    const auto row = raw[order[i]];
    problem.members.items.insert(problem.members.items.end(), row.begin(), row.end());
    problem.members.close();
  }
}

struct Pools {
  std::vector<Pool> pool;
  std::vector<int> name;
};

Pools binding_pools(const Instance& instance, View view, const std::vector<char>& solo) {
  Pools result;
  std::vector<Pool> all = instance.pools;
  if (view == View::schedule && instance.agents) {
    std::vector<char> unmanned(instance.size(), 0);
    for (const TaskId t : instance.unmanned) unmanned[t.index()] = 1;
    Pool agents{*instance.agents, {}};
    for (std::size_t t = 0; t < instance.size(); ++t) {
      if (!unmanned[t]) agents.users.emplace_back(t);
    }
    all.push_back(std::move(agents));
  }
  for (std::size_t p = 0; p < all.size(); ++p) {
    Pool pool{all[p].capacity, {}};
    Time demand = 0;
    for (std::size_t i = 0; i < all[p].users.size(); ++i) {
      if (solo[all[p].users[i].index()]) continue;
      pool.users.push_back(all[p].users[i]);
      pool.units.push_back(all[p].units.empty() ? 1 : all[p].units[i]);
      demand += pool.units.back();
    }
    if (demand <= pool.capacity) continue;
    result.name.push_back(p < instance.pools.size() ? static_cast<int>(p) : -1);
    result.pool.push_back(std::move(pool));
  }
  return result;
}

/// Alone tasks that nothing orders, started ones excepted.
std::vector<char> solo_tasks(const Instance& instance, const std::vector<char>& started) {
  std::vector<char> solo(instance.size(), 0);
  for (const TaskId t : instance.alone) solo[t.index()] = !started[t.index()];
  for (const Arc& arc : instance.arcs) solo[arc.before.index()] = solo[arc.after.index()] = 0;
  for (const Exclusion& exclusion : instance.exclusions) {
    if (!exclusion.readers_first || exclusion.writers.empty() || exclusion.readers.empty()) continue;
    for (const TaskId t : exclusion.writers) solo[t.index()] = 0;
    for (const TaskId t : exclusion.readers) solo[t.index()] = 0;
  }
  return solo;
}

}  // namespace

Prepared prepare(const Instance& instance, View view, bool keep_solo) {
  const std::size_t size = instance.size();
  std::vector<char> started(size, 0), alone(size, 0);
  for (const TaskId t : instance.started) started[t.index()] = 1;
  const std::vector<char> solo = keep_solo ? std::vector<char>(size, 0) : solo_tasks(instance, started);
  Prepared result;
  Problem& problem = result.problem;
  if (view == View::schedule && size > 0) {
    result.unit = instance.duration[0];
    for (const Time duration : instance.duration) {
      if (duration % result.unit != 0) result.unit = std::gcd(result.unit, duration);
    }
  }
  std::vector<Index> local(size, 0);
  for (std::size_t t = 0; t < size; ++t) {
    if (solo[t]) {
      result.solo.emplace_back(t);
      continue;
    }
    local[t] = static_cast<Index>(problem.tasks());
    problem.name.emplace_back(t);
    problem.started.push_back(started[t]);
    problem.duration.push_back(view == View::waves ? 1 : instance.duration[t] / result.unit);
  }

  std::vector<Link> links;
  for (const Arc& arc : instance.arcs) links.emplace_back(local[arc.before.index()], local[arc.after.index()]);
  Rows<Member> raw;
  std::size_t users = 0;
  for (const Exclusion& exclusion : instance.exclusions) users += exclusion.writers.size() + exclusion.readers.size();
  raw.items.reserve(users + instance.alone.size());
  std::vector<Index> late;
  for (const Exclusion& exclusion : instance.exclusions) {
    const std::size_t start = raw.items.size();
    late.clear();
    for (const TaskId t : exclusion.writers) {
      if (solo[t.index()]) continue;
      raw.items.push_back({local[t.index()], true});
      if (!started[t.index()]) late.push_back(local[t.index()]);
    }
    if (raw.items.size() == start) continue;
    const std::size_t writers = raw.items.size();
    for (const TaskId t : exclusion.readers) {
      if (!solo[t.index()]) raw.items.push_back({local[t.index()], false});
    }
    const std::size_t readers = raw.items.size() - writers;
    if (exclusion.readers_first && readers > 0 && !late.empty()) {
      const bool pair = readers == 1 || late.size() == 1;
      const auto milestone = static_cast<Index>(problem.nodes());
      if (!pair) problem.duration.push_back(0);
      for (std::size_t i = writers; i < raw.items.size(); ++i) {
        if (!pair) links.emplace_back(raw.items[i].task, milestone);
        for (std::size_t j = 0; pair && j < late.size(); ++j) links.emplace_back(raw.items[i].task, late[j]);
      }
      for (std::size_t j = 0; !pair && j < late.size(); ++j) links.emplace_back(milestone, late[j]);
    }
    if (raw.items.size() - start < 2) {
      raw.items.resize(start);
    } else {
      raw.close();
    }
  }
  for (const TaskId t : instance.alone) alone[t.index()] = 1;
  const std::size_t start = raw.items.size();
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    if (alone[problem.name[t].index()]) raw.items.push_back({static_cast<Index>(t), true});
  }
  if (raw.items.size() > start && problem.tasks() > 1) {
    for (std::size_t t = 0; t < problem.tasks(); ++t) {
      if (!alone[problem.name[t].index()]) raw.items.push_back({static_cast<Index>(t), false});
    }
    raw.close();
  } else {
    raw.items.resize(start);
  }
  set_links(problem, std::move(links));
  set_members(problem, std::move(raw));
  set_accesses(problem);

  const Pools pools = binding_pools(instance, view, solo);
  std::vector<PoolUse> uses;
  for (std::size_t p = 0; p < pools.pool.size(); ++p) {
    problem.capacity.push_back(pools.pool[p].capacity);
    problem.pool_name.push_back(pools.name[p]);
    for (std::size_t i = 0; i < pools.pool[p].users.size(); ++i) {
      uses.push_back({local[pools.pool[p].users[i].index()], static_cast<Index>(p), pools.pool[p].units[i]});
    }
  }
  set_uses(problem, uses);
  return result;
}

std::vector<std::vector<Index>> parts(const Problem& problem) {
  std::vector<Index> parent(problem.nodes());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](Index at) {
    while (parent[at] != at) at = parent[at] = parent[parent[at]];
    return at;
  };
  const auto join = [&](Index a, Index b) {
    a = root(a), b = root(b);
    parent[std::max(a, b)] = std::min(a, b);
  };
  for (std::size_t node = 0; node < problem.nodes(); ++node) {
    for (const Index to : problem.after[node]) join(static_cast<Index>(node), to);
  }
  for (std::size_t e = 0; e < problem.members.size(); ++e) {
    for (const Member& member : problem.members[e]) join(problem.members[e][0].task, member.task);
  }
  std::vector<Index> user(problem.capacity.size(), static_cast<Index>(problem.nodes()));
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    for (const Use& use : problem.uses[t]) {
      if (user[use.pool] == problem.nodes()) user[use.pool] = static_cast<Index>(t);
      join(user[use.pool], static_cast<Index>(t));
    }
  }
  std::vector<std::vector<Index>> result;
  std::vector<std::size_t> place(problem.nodes());
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    const Index leader = root(static_cast<Index>(t));
    if (leader == t) {
      place[t] = result.size();
      result.emplace_back();
    }
    result[place[leader]].push_back(static_cast<Index>(t));
  }
  return result;
}

Problem part(const Problem& whole, std::span<const Index> tasks) {
  if (tasks.size() == whole.tasks()) return whole;
  Problem result;
  constexpr Index absent = ~Index{0};
  std::vector<std::pair<Index, Index>> milestones;  // (node of the whole, node here), found through their readers
  const auto local = [&](Index node) -> Index {
    if (node < whole.tasks()) {
      return static_cast<Index>(std::lower_bound(tasks.begin(), tasks.end(), node) - tasks.begin());
    }
    const auto found = std::lower_bound(milestones.begin(), milestones.end(), std::pair(node, Index{0}));
    return found != milestones.end() && found->first == node ? found->second : absent;
  };
  std::vector<Index> exclusions, pools;
  for (const Index t : tasks) {
    result.name.push_back(whole.name[t]);
    result.started.push_back(whole.started[t]);
    result.duration.push_back(whole.duration[t]);
    for (const Index to : whole.after[t]) {
      if (to >= whole.tasks()) milestones.emplace_back(to, 0);
    }
    for (const Access& access : whole.accesses[t]) exclusions.push_back(access.exclusion);
    for (const Use& use : whole.uses[t]) pools.push_back(use.pool);
  }
  const auto tidy = [](auto& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  tidy(milestones), tidy(exclusions), tidy(pools);
  for (auto& [node, here] : milestones) {
    here = static_cast<Index>(result.nodes());
    result.duration.push_back(0);
  }
  std::vector<Link> links;
  for (const Index t : tasks) {
    for (const Index to : whole.after[t]) links.emplace_back(local(t), local(to));
  }
  for (const auto& [node, here] : milestones) {
    for (const Index to : whole.after[node]) links.emplace_back(here, local(to));
  }
  set_links(result, std::move(links));
  for (const Index e : exclusions) {
    for (const Member& member : whole.members[e]) result.members.items.push_back({local(member.task), member.writes});
    result.members.close();
  }
  set_accesses(result);
  for (const Index t : tasks) {
    for (const Use& use : whole.uses[t]) {
      const auto pool = std::lower_bound(pools.begin(), pools.end(), use.pool) - pools.begin();
      result.uses.items.push_back({static_cast<Index>(pool), use.units});
    }
    result.uses.close();
  }
  for (const Index p : pools) {
    result.capacity.push_back(whole.capacity[p]);
    result.pool_name.push_back(whole.pool_name[p]);
  }
  return result;
}

Problem with_links(const Problem& problem, std::span<const Link> more) {
  Problem result = problem;
  std::vector<Link> links(more.begin(), more.end());
  for (std::size_t node = 0; node < problem.nodes(); ++node) {
    for (const Index to : problem.after[node]) links.emplace_back(static_cast<Index>(node), to);
  }
  set_links(result, std::move(links));
  return result;
}

std::vector<Index> node_order(const Problem& problem) {
  std::vector<Index> waiting(problem.nodes()), order;
  order.reserve(problem.nodes());
  for (std::size_t node = 0; node < problem.nodes(); ++node) {
    waiting[node] = static_cast<Index>(problem.before[node].size());
    if (waiting[node] == 0) order.push_back(static_cast<Index>(node));
  }
  for (std::size_t head = 0; head < order.size(); ++head) {
    for (const Index to : problem.after[order[head]]) {
      if (--waiting[to] == 0) order.push_back(to);
    }
  }
  return order;
}

std::vector<TaskId> named(const Problem& problem, std::span<const Index> tasks) {
  std::vector<TaskId> result;
  result.reserve(tasks.size());
  for (const Index t : tasks) result.push_back(problem.name[t]);
  if (!std::is_sorted(result.begin(), result.end())) std::sort(result.begin(), result.end());
  return result;
}

}  // namespace graph
