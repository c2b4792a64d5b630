#include <algorithm>
#include <set>
#include <tuple>

#include "planner/export.h"

namespace planner {
namespace {

/// Who waits for whom by declaration, directly or through others, one order at a time.
class Declared {
 public:
  explicit Declared(const Orders& orders) : before_(orders.list.size()) {
    for (std::size_t i = 0; i < orders.list.size(); ++i) {
      for (const Dependency& d : orders.list[i].depends_on)
        if (d.order) before_[i].push_back(d.order->index());
      for (const Dependency& d : orders.list[i].before)
        if (d.order) before_[d.order->index()].push_back(i);
    }
  }

  bool orders_pair(std::size_t a, std::size_t b) { return reaches(b, a) || reaches(a, b); }
  bool is_before(std::size_t a, std::size_t b) { return reaches(b, a); }
  void add(std::size_t a, std::size_t b) {
    before_[b].push_back(a);
    of_ = before_.size();  // what is remembered may be too little now
  }

 private:
  bool reaches(std::size_t later, std::size_t earlier) {
    if (of_ != later) {
      of_ = later;
      seen_.assign(before_.size(), false);
      std::vector<std::size_t> stack{later};
      while (!stack.empty()) {
        const std::size_t at = stack.back();
        stack.pop_back();
        for (const std::size_t next : before_[at])
          if (!seen_[next]) seen_[next] = true, stack.push_back(next);
      }
    }
    return seen_[earlier];
  }

  std::vector<std::vector<std::size_t>> before_;
  std::size_t of_ = SIZE_MAX;
  std::vector<bool> seen_;
};

}  // namespace

Learned learned_from(const Orders& orders, const Plan& plan) {
  Learned out;
  Declared declared(orders);
  for (const Conflict& c : plan.conflicts) {
    if (c.with_all || c.kind == ConflictKind::dependency || c.resolution == Resolution::hint) continue;
    const bool first = c.resolution == Resolution::first || c.resolution == Resolution::merge_first;
    const OrderId a = first ? c.first : c.between[0], b = a == c.between[0] ? c.between[1] : c.between[0];
    if (declared.orders_pair(a.index(), b.index())) continue;
    (first ? out.reader_first : out.exclusive).emplace_back(a, b);
  }
  std::sort(out.exclusive.begin(), out.exclusive.end());
  std::sort(out.reader_first.begin(), out.reader_first.end());
  for (auto* list : {&out.exclusive, &out.reader_first})
    list->erase(std::unique(list->begin(), list->end()), list->end());
  // Starts come in the order of the schedule, so that what was added before already counts.
  for (const Start& start : plan.starts)
    for (const OrderId on : start.after)
      if (!declared.is_before(on.index(), start.order.index())) {
        out.before_after.emplace_back(on, start.order);
        declared.add(on.index(), start.order.index());
      }
  std::sort(out.before_after.begin(), out.before_after.end());
  return out;
}

std::vector<std::pair<OrderId, OrderId>> waits_by_rank(const Orders& orders, const Learned& learned,
                                                       const std::vector<std::size_t>& ranks) {
  std::vector<std::pair<OrderId, OrderId>> pairs;
  for (const auto& [a, b] : learned.exclusive)
    pairs.push_back(ranks[b.index()] < ranks[a.index()] ? std::pair(b, a) : std::pair(a, b));
  // By rank of the later one, so that a wait through others is known before the direct one is asked for.
  std::sort(pairs.begin(), pairs.end(), [&](const auto& x, const auto& y) {
    return std::tuple(ranks[x.second.index()], ranks[y.first.index()]) <
           std::tuple(ranks[y.second.index()], ranks[x.first.index()]);
  });
  pairs.insert(pairs.begin(), learned.reader_first.begin(), learned.reader_first.end());
  Declared declared(orders);
  std::vector<std::pair<OrderId, OrderId>> out;
  for (const auto& [first, second] : pairs) {
    if (declared.orders_pair(first.index(), second.index())) continue;
    declared.add(first.index(), second.index());
    out.emplace_back(first, second);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string_view own_id(std::string_view id) {
  const std::size_t slash = id.rfind('/');
  return slash == std::string_view::npos ? id : id.substr(slash + 1);
}

}  // namespace planner
