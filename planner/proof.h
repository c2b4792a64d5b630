// Why no plan can be better, in words.
#pragma once

#include "graph/answer.h"
#include "planner/model.h"

namespace planner {

Proof prove_waves(const Orders&, const Model&, const Constraints&, const graph::Waves&);
Proof prove_makespan(const Orders&, const Model&, const Constraints&, const graph::Schedule&, const PlanOptions&);

/// The name of a pool of the model's instance.
std::string pool_name(const Orders&, const Model&, int index);

/// "WO-1, WO-2 and WO-3"; at most `most` names, then how many more.
std::string join_names(const std::vector<std::string>& names, std::size_t most = 8);

/// "WO-1 -> WO-2 -> WO-3"; of more than `most` the first, the last and how many.
std::string join_chain(const std::vector<std::string>& names, std::size_t most = 12);

/// "3 steps", "95 min", "40 s".
std::string amount(graph::Time, Unit);

}  // namespace planner
