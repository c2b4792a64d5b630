// Why two work orders must not run at once, or not in this order, with the evidence on both sides.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/finding.h"
#include "planner/order.h"

namespace planner {

/// In the order in which answers list the kinds of one pair.
enum class ConflictKind {
  orphaned_work,
  duplicate_work,
  dependency,
  write_write,
  mutual_read_write,
  read_write,
  resource,
  barrier,
  unknown_scope,
  adjacent_edit,
  append,
  regenerate,
  permit,
  hidden_read,
  shared_helper,
  co_change,
};
std::string_view to_string(ConflictKind);

/// What the plan does about it.
enum class Resolution { never_at_once, first, merge_first, decide, alone, hint };

/// One side of a piece of evidence: the entry as its author wrote it, and where.
struct Side {
  std::string entry;
  Place source;
};

struct Evidence {
  std::string resource;  ///< what is in dispute: the narrower of the two resources
  std::string witness;   ///< a path both entries cover, a key, a name
  Side sides[2];         ///< in the order of Conflict::between
  std::string note;
};

struct Conflict {
  ConflictKind kind = ConflictKind::write_write;
  Certainty certainty = Certainty::declared;
  OrderId between[2];     ///< ascending; only the first counts when `with_all`
  bool with_all = false;  ///< between [ID, "*"]: against every other order
  Resolution resolution = Resolution::never_at_once;
  OrderId first;  ///< with first and merge_first
  std::vector<Evidence> evidence;
};

/// A resource with more than `hub_users` users is never expanded to pairs.
inline constexpr std::size_t hub_users = 64;

struct Hub {
  ConflictKind kind = ConflictKind::write_write;
  std::string resource;
  std::vector<OrderId> writers;
  std::vector<OrderId> readers;
  std::vector<Place> source;  ///< one place a user, writers first
  bool readers_first = false;
};

}  // namespace planner
