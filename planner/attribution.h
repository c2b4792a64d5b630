// Whose work is it: orders by branch and by commit trailers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/order.h"
#include "planner/repository.h"
#include "planner/work.h"

namespace planner {

std::optional<OrderId> find_order(const Orders&, std::string_view id);

/// Ordered by id text, each once: the order in which findings name several.
void order_by_name(const Orders&, std::vector<OrderId>&);

/// Orders whose `branch:` is this one (short name, or with refs/heads/ or a remote's name before it).
std::vector<OrderId> orders_on_branch(const Orders&, std::string_view branch);

/// Keys of trailers are compared without regard to case, as git does.
bool has_key(const Trailer&, std::string_view key);
/// "A, B" -> "A", "B".
std::vector<std::string> items_of(const Trailer&);

/// The ids in `Work-Order: A, B` trailers, in the order written, each once.
std::vector<std::string> work_order_trailers(const Commit&);

struct TrailerGroup {
  std::vector<OrderId> orders;       ///< by id text; empty: commits that name none
  std::vector<std::size_t> commits;  ///< positions, ascending
};

/// Commits by the set of orders they name, in the order of their first commit. Commits that name none go with the
/// only set there is, or make a group of their own; merges that name none go nowhere: what they bring is others' work.
std::vector<TrailerGroup> group_by_trailers(const Orders&, const std::vector<Commit>&,
                                            std::vector<std::string>& unknown_orders);

/// What several commits together did to each path, from the changes of each against its first parent, oldest first.
std::vector<Change> combined(const std::vector<std::vector<Change>>&);

}  // namespace planner
