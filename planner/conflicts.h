// From bound orders to conflicts and to the constraints of a plan.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "planner/conflict.h"
#include "planner/meetings.h"
#include "planner/order.h"

namespace planner {

enum class UnknownScope { serial, exclude, parallel };

/// What becomes of conflicts that only the code shows.
enum class Inference { off, hints, enforce };

/// A fact about two orders before anything was decided: who meets whom, how, where. `first`: the order the kind asks
/// for.
struct Clash {
  OrderId a, b;  ///< a < b
  ConflictKind kind = ConflictKind::write_write;
  Certainty certainty = Certainty::declared;
  OrderId first;  ///< read_write: the reader; dependency: what comes before; else a
  Evidence evidence;
  bool hint = false;  ///< inferred and not enforced: whatever its kind, nothing waits for it
};

/// What was looked up in the world before planning. Everything may be empty: then it is unproven.
struct Facts {
  std::string base;                         ///< commit the plan starts from; empty without a repository
  std::set<std::string> union_merged;       ///< paths whose merge attribute is `union`
  std::set<std::string> satisfied_commits;  ///< `commit:` targets that are ancestors of the base
  std::set<std::string> existing_paths;     ///< `path:` targets that exist in the base
  std::vector<Clash> inferred;              ///< what the code shows beyond the declarations
  std::vector<Finding> findings;            ///< what was seen on the way and belongs to the plan
};

/// Everything that was found between the open orders, hubs kept whole.
struct Clashes {
  std::vector<Clash> pairs;  ///< ordered by (a, b, kind, first), then as met
  std::vector<Hub> hubs;
  std::vector<Conflict> alone;                   ///< barriers and, with UnknownScope::serial, unknown scopes
  std::vector<std::vector<OrderId>> pool_users;  ///< one list per Rules::pools
};

/// O(meetings * hub_users + users).
Clashes find_clashes(const Orders&, const Facts&, UnknownScope);

}  // namespace planner
