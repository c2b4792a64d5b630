#include "graph/precedence.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <functional>
#include <queue>

namespace graph {
namespace {

using Index = std::uint32_t;

/// Successors of every task as compressed rows, each ascending, duplicates dropped.
struct Successors {
  std::vector<Index> first;
  std::vector<Index> item;

  Successors(std::size_t tasks, std::span<const Arc> arcs) : first(tasks + 1, 0) {
    std::vector<Arc> sorted(arcs.begin(), arcs.end());
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    item.reserve(sorted.size());
    for (const Arc& arc : sorted) {
      ++first[arc.before.index() + 1];
      item.push_back(arc.after.value);
    }
    for (std::size_t i = 0; i < tasks; ++i) first[i + 1] += first[i];
  }
  std::span<const Index> operator[](std::size_t task) const {
    return std::span(item).subspan(first[task], first[task + 1] - first[task]);
  }
};

/// Breadth-first from the smallest task on any cycle until it meets itself.
Cycle shortest_cycle(std::size_t tasks, std::span<const Arc> arcs) {
  const Successors after(tasks, arcs);
  const std::vector<std::uint32_t> component = strong_components(tasks, arcs);
  std::vector<Index> size(tasks, 0);
  for (const Index c : component) ++size[c];
  for (std::size_t root = 0; root < tasks; ++root) {
    const auto next = after[root];
    const bool loops = std::binary_search(next.begin(), next.end(), static_cast<Index>(root));
    if (loops) return {{TaskId{root}}};
    if (size[component[root]] < 2) continue;
    std::vector<Index> parent(tasks, static_cast<Index>(tasks));
    std::vector<Index> queue{static_cast<Index>(root)};
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const Index to : after[queue[head]]) {
        if (to == root) {
          Cycle cycle;
          for (Index at = queue[head]; at != root; at = parent[at]) cycle.tasks.emplace_back(at);
          cycle.tasks.emplace_back(root);
          std::reverse(cycle.tasks.begin(), cycle.tasks.end());
          return cycle;
        }
        if (component[to] != component[root] || parent[to] != tasks) continue;
        parent[to] = queue[head];
        queue.push_back(to);
      }
    }
  }
  return {};
}

}  // namespace

std::variant<TopologicalOrder, Cycle> topological_order(std::size_t tasks, std::span<const Arc> arcs) {
  const Successors after(tasks, arcs);
  std::vector<Index> waiting(tasks, 0);
  for (const Index to : after.item) ++waiting[to];
  std::priority_queue<Index, std::vector<Index>, std::greater<>> free;
  for (std::size_t t = 0; t < tasks; ++t) {
    if (waiting[t] == 0) free.push(static_cast<Index>(t));
  }
  TopologicalOrder order;
  order.tasks.reserve(tasks);
  while (!free.empty()) {
    const Index t = free.top();
    free.pop();
    order.tasks.emplace_back(t);
    for (const Index to : after[t]) {
      if (--waiting[to] == 0) free.push(to);
    }
  }
  if (order.tasks.size() == tasks) return order;
  return shortest_cycle(tasks, arcs);
}

std::vector<std::uint32_t> strong_components(std::size_t tasks, std::span<const Arc> arcs) {
  using Digraph = boost::compressed_sparse_row_graph<boost::directedS>;
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  edges.reserve(arcs.size());
  for (const Arc& arc : arcs) edges.emplace_back(arc.before.index(), arc.after.index());
  const Digraph graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), tasks);
  std::vector<std::size_t> found(tasks);
  boost::strong_components(graph,
                           boost::make_iterator_property_map(found.begin(), boost::get(boost::vertex_index, graph)));
  // Boost numbers components as it leaves them; ours go by their smallest task.
  std::vector<std::uint32_t> component(tasks), name(tasks, static_cast<Index>(tasks));
  Index count = 0;
  for (std::size_t t = 0; t < tasks; ++t) {
    Index& of = name[found[t]];
    if (of == tasks) of = count++;
    component[t] = of;
  }
  return component;
}

/// Aho, Garey and Ullman, The transitive reduction of a directed graph (1972), with ancestor sets as bits, over the
/// tasks that have arcs at all. O(tasks * arcs / 64) time, tasks^2 / 8 bytes; both are limited.
std::vector<Arc> transitive_reduction(std::size_t tasks, std::vector<Arc> arcs) {
  constexpr std::size_t most_tasks = 16'384;
  constexpr std::size_t most_words = std::size_t{1} << 27;
  const auto by_after = [](const Arc& a, const Arc& b) {
    return a.after != b.after ? a.after < b.after : a.before < b.before;
  };
  std::sort(arcs.begin(), arcs.end(), by_after);
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());

  const auto sorted = topological_order(tasks, arcs);
  const auto* order = std::get_if<TopologicalOrder>(&sorted);
  if (order == nullptr) return arcs;
  std::vector<char> touched(tasks, 0);
  for (const Arc& arc : arcs) touched[arc.before.index()] = touched[arc.after.index()] = 1;
  std::vector<Index> position(tasks, 0);
  std::size_t count = 0;
  for (const TaskId t : order->tasks) {
    if (touched[t.index()]) position[t.index()] = static_cast<Index>(count++);
  }
  const std::size_t words = (count + 63) / 64;
  if (count > most_tasks || words * arcs.size() > most_words) return arcs;

  std::vector<std::vector<Index>> before(count);
  for (const Arc& arc : arcs) before[position[arc.after.index()]].push_back(position[arc.before.index()]);
  std::vector<std::uint64_t> ancestors(count * words, 0);
  std::vector<Arc> kept;
  std::vector<TaskId> task(count);
  for (std::size_t t = 0; t < tasks; ++t) {
    if (touched[t]) task[position[t]] = TaskId{t};
  }
  for (std::size_t at = 0; at < count; ++at) {
    std::uint64_t* own = &ancestors[at * words];
    std::sort(before[at].begin(), before[at].end(), std::greater<>());
    for (const Index from : before[at]) {  // nearest first, so whatever implies an arc was met before it
      if (own[from / 64] >> (from % 64) & 1) continue;
      const std::uint64_t* theirs = &ancestors[from * words];
      for (std::size_t w = 0; w < words; ++w) own[w] |= theirs[w];
      own[from / 64] |= std::uint64_t{1} << (from % 64);
      kept.push_back({task[from], task[at]});
    }
  }
  std::sort(kept.begin(), kept.end(), by_after);
  return kept;
}

}  // namespace graph
