// Lanes: connected components of tasks and resources by union-find, Tarjan (1975). A resource joins all its users to
// its first writer, so nothing is expanded to pairs. O((tasks + arcs + accesses) * inverse Ackermann).
#include <numeric>
#include <utility>

#include "graph/answer.h"

namespace graph {
namespace {

class Forest {
 public:
  explicit Forest(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t root(std::uint32_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  void join(TaskId a, TaskId b) {
    std::uint32_t low = root(a.value), high = root(b.value);
    if (low > high) std::swap(low, high);
    parent_[high] = low;  // the smallest id leads
  }

 private:
  std::vector<std::uint32_t> parent_;
};

}  // namespace

std::vector<std::vector<TaskId>> lanes(const Instance& instance) {
  std::vector<char> alone(instance.size(), 0);
  for (const TaskId t : instance.alone) alone[t.index()] = 1;
  Forest forest(instance.size());
  for (const Arc& arc : instance.arcs) {
    if (!alone[arc.before.index()] && !alone[arc.after.index()]) forest.join(arc.before, arc.after);
  }
  for (const Exclusion& exclusion : instance.exclusions) {
    const TaskId* hub = nullptr;
    for (const TaskId& t : exclusion.writers) {
      if (alone[t.index()]) continue;
      if (hub == nullptr) hub = &t;
      forest.join(*hub, t);
    }
    if (hub == nullptr) continue;  // readers share
    for (const TaskId t : exclusion.readers) {
      if (!alone[t.index()]) forest.join(*hub, t);
    }
  }
  std::vector<std::vector<TaskId>> result;
  std::vector<std::size_t> lane(instance.size());
  for (std::size_t t = 0; t < instance.size(); ++t) {
    const std::uint32_t root = forest.root(static_cast<std::uint32_t>(t));
    if (root == t) {
      lane[t] = result.size();
      result.emplace_back();
    }
    result[lane[root]].emplace_back(t);
  }
  return result;
}

}  // namespace graph
