// Which entries of which orders meet: overlap, computed once over the distinct resources instead of over pairs of
// orders.
#pragma once

#include <string>
#include <vector>

#include "planner/order.h"

namespace planner {

struct Use {
  enum class Role { write, read, permit };
  OrderId order;
  Role role = Role::write;
  const Entry* entry = nullptr;
};

/// A resource that meets itself (`others` empty: every pair of `users`), or two that overlap (`users` x `others`).
struct Meeting {
  std::string resource;  ///< of the two the narrower
  std::string witness;   ///< a path that both cover
  std::vector<Use> users;
  std::vector<Use> others;
};

/// Meetings between open orders with at least one writer among them, ordered by (resource, witness). The entries
/// pointed to belong to `orders`. Files are found by hashing; directories and patterns look only at what shares their
/// literal prefix: O(entries log entries + wide * candidates).
std::vector<Meeting> find_meetings(const Orders& orders);

}  // namespace planner
