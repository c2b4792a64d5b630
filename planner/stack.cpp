#include "planner/stack.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "planner/proof.h"

namespace planner {
namespace {

using parsers::Status;

bool contains(const PlanOptions& options, OrderId outer, OrderId inner) {
  return outer == inner || options.contained.contains({inner, outer});
}

/// What one pending order has to do with the orders in review.
struct Ties {
  std::set<OrderId> bases;
  std::set<OrderId> obstacles;  ///< in dispute over what a branch does not hold
};

class StackFinder {
 public:
  StackFinder(const Orders& orders, const PlanOptions& options) : orders_(orders), options_(options) {}

  void meet(const Clash& clash) {
    if (clash.hint) return;
    const std::optional<std::pair<OrderId, OrderId>> pair = successor(clash.a, clash.b);
    if (!pair) return;
    const auto& [pending, review] = *pair;
    switch (clash.kind) {
      case ConflictKind::dependency:
        if (clash.first == review) ties_[pending].bases.insert(review);
        return;
      case ConflictKind::write_write:
      case ConflictKind::read_write:
      case ConflictKind::mutual_read_write:
        ties_[pending].bases.insert(review);
        return;
      case ConflictKind::orphaned_work:
      case ConflictKind::duplicate_work:
      case ConflictKind::resource:
        ties_[pending].obstacles.insert(review);
        return;
      default:
        return;
    }
  }

  void meet(const Hub& hub) {
    std::vector<OrderId> review_writers, reviews;
    for (const auto* users : {&hub.writers, &hub.readers})
      for (OrderId id : *users)
        if (at(id).status == Status::review) {
          reviews.push_back(id);
          if (users == &hub.writers) review_writers.push_back(id);
        }
    if (reviews.empty()) return;
    const bool branch_holds_it = hub.kind != ConflictKind::resource;
    const auto tie = [&](OrderId pending, const std::vector<OrderId>& to) {
      if (at(pending).status != Status::pending) return;
      Ties& ties = ties_[pending];
      for (OrderId review : to) (branch_holds_it ? ties.bases : ties.obstacles).insert(review);
    };
    for (OrderId id : hub.writers) tie(id, reviews);
    for (OrderId id : hub.readers) tie(id, review_writers);
  }

  Stacking decide(const std::set<OrderId>& not_these) {
    Stacking out;
    out.on.resize(orders_.list.size());
    out.bases.resize(orders_.list.size());
    for (const auto& [pending, ties] : ties_) {
      if (ties.bases.empty()) continue;
      if (not_these.contains(pending)) {
        refuse(out, pending, ties, "in the plan it comes behind work that does not stand on the same branch");
        continue;
      }
      if (std::any_of(ties.bases.begin(), ties.bases.end(), [&](OrderId id) { return ties.obstacles.contains(id); })) {
        refuse(out, pending, ties, "they dispute something that no branch holds");
        continue;
      }
      const auto top = std::find_if(ties.bases.begin(), ties.bases.end(), [&](OrderId outer) {
        return std::all_of(ties.bases.begin(), ties.bases.end(),
                           [&](OrderId inner) { return contains(options_, outer, inner); });
      });
      if (top == ties.bases.end()) {
        refuse(out, pending, ties, "no branch of these is known to contain the others");
        continue;
      }
      out.on[pending.index()] = *top;
      out.bases[pending.index()].assign(ties.bases.begin(), ties.bases.end());
    }
    return out;
  }

 private:
  const Order& at(OrderId id) const { return orders_.list[id.index()]; }

  /// (pending, in review), whichever of the two is which.
  std::optional<std::pair<OrderId, OrderId>> successor(OrderId a, OrderId b) const {
    if (at(a).status == Status::pending && at(b).status == Status::review) return std::pair(a, b);
    if (at(b).status == Status::pending && at(a).status == Status::review) return std::pair(b, a);
    return std::nullopt;
  }

  void refuse(Stacking& out, OrderId pending, const Ties& ties, std::string_view why) const {
    std::vector<std::string> names;
    Finding finding{
        "not-stacked", FindingSeverity::note, Certainty::unproven, at(pending).id, "", at(pending).where, {}};
    for (OrderId id : ties.bases) {
      names.push_back(at(id).id);
      finding.related.push_back({at(id).where, at(id).id});
    }
    finding.message = fmt::format("{} waits until {} {} landed: {}", at(pending).id, join_names(names),
                                  names.size() == 1 ? "has" : "have", why);
    out.refused.push_back(std::move(finding));
  }

  const Orders& orders_;
  const PlanOptions& options_;
  std::map<OrderId, Ties> ties_;
};

}  // namespace

bool Stacking::covers(OrderId a, OrderId b) const {
  if (bases.empty()) return false;
  const auto builds_on = [&](OrderId x, OrderId y) {
    return std::binary_search(bases[x.index()].begin(), bases[x.index()].end(), y);
  };
  return builds_on(a, b) || builds_on(b, a);
}

Stacking find_stacks(const Orders& orders, const Clashes& clashes, const PlanOptions& options,
                     const std::set<OrderId>& not_these) {
  if (!options.stack) return {};
  StackFinder finder(orders, options);
  for (const Clash& clash : clashes.pairs) finder.meet(clash);
  for (const Hub& hub : clashes.hubs) finder.meet(hub);
  return finder.decide(not_these);
}

StackedStarts stacked_starts(const Orders& orders, const Stacking& stacking, const PlanOptions& options,
                             const std::vector<Start>& starts) {
  StackedStarts out;
  out.from.resize(orders.list.size());
  if (stacking.on.empty()) return out;
  for (const Start& start : starts) {  // by start: predecessors come first
    const std::optional<OrderId> top = stacking.on[start.order.index()];
    if (!top) continue;
    std::vector<OrderId> unlanded;
    for (OrderId before : start.after)
      if (orders.list[before.index()].status != Status::review) unlanded.push_back(before);
    if (unlanded.empty()) {
      out.from[start.order.index()] = top;
      continue;
    }
    const std::optional<OrderId> below = stacking.on[unlanded.front().index()];
    const bool on_the_same = unlanded.size() == 1 && below && contains(options, *below, *top) &&
                             out.from[unlanded.front().index()].has_value();
    if (on_the_same)
      out.from[start.order.index()] = unlanded.front();
    else
      out.torn.insert(start.order);
  }
  return out;
}

}  // namespace planner
