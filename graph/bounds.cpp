#include "graph/bounds.h"

#include <algorithm>
#include <utility>

namespace graph {

Windows windows(const Problem& problem) {
  Windows result{std::vector<Time>(problem.nodes(), 0), problem.duration};
  std::vector<Time>& head = result.head;
  for (std::size_t e = 0; e < problem.members.size(); ++e) {  // what a started task holds, others wait for
    Time writer = 0, any = 0;
    for (const Member& member : problem.members[e]) {
      if (!problem.started[member.task]) continue;
      any = std::max(any, problem.duration[member.task]);
      if (member.writes) writer = std::max(writer, problem.duration[member.task]);
    }
    if (any == 0) continue;
    for (const Member& member : problem.members[e]) {
      if (!problem.started[member.task]) head[member.task] = std::max(head[member.task], member.writes ? any : writer);
    }
  }
  const std::vector<Index> order = node_order(problem);
  for (const Index node : order) {
    for (const Index to : problem.after[node]) {
      if (to >= problem.tasks() || !problem.started[to])
        head[to] = std::max(head[to], head[node] + problem.duration[node]);
    }
  }
  for (auto node = order.rbegin(); node != order.rend(); ++node) {
    Time rest = 0;
    for (const Index to : problem.after[*node]) rest = std::max(rest, result.tail[to]);
    result.tail[*node] = rest + problem.duration[*node];
  }
  return result;
}

Bound chain_bound(const Problem& problem) {
  const std::vector<Time> tail = windows(problem).tail;
  Bound bound;
  const auto better = [&](Index node, Index& best) {
    if (best == ~Index{0} || node < best) best = node;
  };
  for (std::size_t t = 0; t < problem.tasks(); ++t) bound.value = std::max(bound.value, tail[t]);
  if (bound.value == 0) return bound;
  bound.reason = Reason::chain;
  Index at = ~Index{0};
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    if (tail[t] == bound.value) better(static_cast<Index>(t), at);
  }
  while (at != ~Index{0}) {
    bound.tasks.push_back(problem.name[at]);
    const Time rest = tail[at] - problem.duration[at];
    Index next = ~Index{0};
    for (const Index to : problem.after[at]) {
      if (tail[to] != rest || rest == 0) continue;
      if (to < problem.tasks()) {
        better(to, next);
        continue;
      }
      for (const Index writer : problem.after[to]) {
        if (tail[writer] == rest) better(writer, next);
      }
    }
    at = next;
  }
  return bound;
}

Bound exclusion_bound(const Problem& problem) {
  Bound best;
  std::vector<Index> tasks;
  for (std::size_t e = 0; e < problem.members.size(); ++e) {
    constexpr Index none = ~Index{0};
    Index held_writer = none, held_reader = none, reader = none;  // the longest of each sort, the first among equals
    const auto longest = [&](Index& best_so_far, Index t) {
      if (best_so_far == none || problem.duration[t] > problem.duration[best_so_far]) best_so_far = t;
    };
    const auto length = [&](Index t) { return t == none ? 0 : problem.duration[t]; };
    tasks.clear();
    Time value = 0;
    for (const Member& member : problem.members[e]) {
      if (problem.started[member.task]) {
        longest(member.writes ? held_writer : held_reader, member.task);
      } else if (!member.writes) {
        longest(reader, member.task);
      } else {
        tasks.push_back(member.task);
        value += problem.duration[member.task];
      }
    }
    if (length(held_reader) > length(held_writer) + length(reader)) {
      held_writer = none;
      reader = held_reader;
    }
    for (const Index t : {held_writer, reader}) {
      if (t == none) continue;
      tasks.push_back(t);
      value += problem.duration[t];
    }
    if (value < best.value) continue;
    std::vector<TaskId> names = named(problem, tasks);
    if (value > best.value || names < best.tasks) best = {value, Reason::clique, std::move(names), -1};
  }
  return best;
}

Bound load_bound(const Problem& problem) {
  std::vector<std::vector<Index>> users(problem.capacity.size());
  const auto units = [&](Index t, std::size_t p) {
    for (const Use& use : problem.uses[t]) {
      if (use.pool == p) return use.units;
    }
    return Time{0};
  };
  for (std::size_t t = 0; t < problem.tasks(); ++t) {
    for (const Use& use : problem.uses[t]) users[use.pool].push_back(static_cast<Index>(t));
  }
  Bound best;
  for (std::size_t p = 0; p < users.size(); ++p) {
    // Started tasks may exceed the capacity: count the longest that fit together.
    const auto others =
        std::stable_partition(users[p].begin(), users[p].end(), [&](Index t) { return problem.started[t] != 0; });
    std::stable_sort(users[p].begin(), others,
                     [&](Index a, Index b) { return problem.duration[a] > problem.duration[b]; });
    std::vector<Index> counted;
    Time work = 0, running = 0;
    for (const Index t : users[p]) {
      const Time needs = units(t, p);
      if (problem.started[t]) {
        if (running + needs > problem.capacity[p]) continue;
        running += needs;
      }
      counted.push_back(t);
      work += needs * problem.duration[t];
    }
    const Time value = (work + problem.capacity[p] - 1) / problem.capacity[p];
    const int pool = problem.pool_name[p];
    const bool preferred = value == best.value && pool == -1;  // the agents are the plainer reason
    if (value > best.value || preferred) best = {value, Reason::load, named(problem, counted), pool};
  }
  return best;
}

Bound shared_load_bound(const Problem& problem) {
  Bound best;
  std::size_t shared = 0;
  std::vector<Time> work(problem.capacity.size(), 0);
  for (std::size_t e = 0; e < problem.members.size() && !work.empty(); ++e) {
    std::fill(work.begin(), work.end(), 0);
    Time writers = 0;
    for (const Member& member : problem.members[e]) {
      if (problem.started[member.task]) continue;
      if (member.writes) writers += problem.duration[member.task];
      if (member.writes) continue;
      for (const Use& use : problem.uses[member.task]) work[use.pool] += use.units * problem.duration[member.task];
    }
    for (std::size_t p = 0; p < work.size(); ++p) {
      const Time value = writers + (work[p] + problem.capacity[p] - 1) / problem.capacity[p];
      if (value <= best.value) continue;
      best = {value, Reason::search, {}, -1};
      shared = e;
    }
  }
  if (best.reason == Reason::none) return best;
  for (const Member& member : problem.members[shared]) best.tasks.push_back(problem.name[member.task]);
  std::sort(best.tasks.begin(), best.tasks.end());
  return best;
}

Bound lower_bound(const Problem& problem, const Neighbours* conflicts, Budget& budget) {
  if (problem.tasks() == 0) return {};
  const Bound chain = chain_bound(problem), load = load_bound(problem);
  Bound shared = shared_load_bound(problem);
  Bound clique = exclusion_bound(problem);
  const Time others = std::max(chain.value, load.value);
  const std::span<const Time> weight(problem.duration);
  if (conflicts != nullptr) {
    const Clique found = heaviest_clique(*conflicts, weight, std::max(clique.value, others), budget);
    if (!found.tasks.empty()) clique = {found.weight, Reason::clique, named(problem, found.tasks), -1};
  }
  if (clique.value >= std::max(others, shared.value) && clique.tasks.size() > 1) return clique;
  if (conflicts != nullptr && !conflicts->items.empty()) {
    if (const auto pairs = incompatible_pairs(problem, *conflicts, 2'000'000)) {
      const Clique found = heaviest_clique(*pairs, weight, std::max({others, clique.value, shared.value}) + 1, budget);
      if (!found.tasks.empty()) return {found.weight, Reason::clique, named(problem, found.tasks), -1};
    }
  }
  if (shared.value > std::max(others, clique.value)) return shared;
  return chain.value >= load.value ? chain : load;
}

}  // namespace graph
