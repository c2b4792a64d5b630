#include "planner/report/plan_graph.h"

#include <gtest/gtest.h>

#include "tests/planner/report/small_plans.h"

namespace planner::report {
namespace {

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t out = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++out;
  return out;
}

TEST(PlanGraph, HasEveryPlannedOrderOnceAndEdgesBetweenThem) {
  const PlanAnswer plan = undecided();
  const PlanGraph graph = plan_graph(plan);
  std::size_t nodes = graph.others.size();
  for (const auto& lane : graph.lanes) nodes += lane.size();
  EXPECT_EQ(nodes, plan.plan->starts.size() + plan.plan->unplanned.size());
  EXPECT_EQ(graph.lanes.size(), plan.plan->lanes.size());
  bool decision = false;
  for (const auto& edge : graph.edges) decision = decision || edge.kind == PlanGraph::Edge::Kind::decision;
  EXPECT_TRUE(decision);
}

TEST(PlanGraph, HostileTextStaysInItsLabel) {
  const PlanAnswer plan = hostile();
  const std::string drawn = dot(plan);
  // Without what stands in quotes, only the language is left.
  std::string bare;
  bool inside = false;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    if (inside && drawn[i] == '\\') {
      ++i;
      continue;
    }
    if (drawn[i] == '"') inside = !inside;
    if (!inside) bare += drawn[i];
  }
  EXPECT_FALSE(inside);
  EXPECT_EQ(bare.find_first_not_of("abcdefghijklmnopqrstuvwxyzRL0123456789 \n{}[]=,;->_\""), std::string::npos) << bare;
  EXPECT_EQ(count(bare, "{"), count(bare, "}"));
  const std::string chart = mermaid(plan);
  EXPECT_EQ(chart.find('<'), std::string::npos) << chart;
  EXPECT_EQ(chart.find("`"), std::string::npos);
  EXPECT_EQ(count(chart, "\"") % 2, 0U);
}

}  // namespace
}  // namespace planner::report
