// The plan as a graph, for DOT and Mermaid to draw: orders in their lanes, who goes before whom, who is never at once.
#pragma once

#include <string>
#include <vector>

#include "planner/answers.h"

namespace planner::report {

struct PlanGraph {
  struct Node {
    OrderId order;
    std::string label;  ///< id and title
    bool held = false;  ///< waits for a decision
    bool alone = false;
  };
  struct Edge {
    OrderId from, to;
    enum class Kind { before, never_at_once, decision } kind = Kind::before;
    std::string label;  ///< why, in a word or two
  };
  struct Hub {
    std::string label;
    std::vector<OrderId> users;  ///< at most 64 of them
    std::size_t more = 0;
  };
  std::vector<std::vector<Node>> lanes;  ///< as the plan has them
  std::vector<Node> others;              ///< not planned
  std::vector<Edge> edges;               ///< one a pair, in the order of the conflicts; hints have none
  std::vector<Hub> hubs;
};

/// O(orders + conflicts).
PlanGraph plan_graph(const PlanAnswer&);

/// Graphviz.
std::string dot(const PlanAnswer&);
/// For Markdown pages that draw it.
std::string mermaid(const PlanAnswer&);

}  // namespace planner::report
