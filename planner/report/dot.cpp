// Graphviz DOT: text only ever stands in quoted strings.
#include <fmt/format.h>

#include "planner/report/headlines.h"
#include "planner/report/plan_graph.h"

namespace planner::report {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : parsers::printable(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string name(OrderId id) { return fmt::format("n{}", id.index()); }

std::string line_of(const PlanGraph::Node& node) {
  std::string look;
  if (node.held) look += ", color=red";
  if (node.alone) look += ", peripheries=2";
  return fmt::format("{} [label={}{}];\n", name(node.order), quoted(node.label), look);
}

}  // namespace

std::string dot(const PlanAnswer& answer) {
  const PlanGraph graph = plan_graph(answer);
  std::string out =
      fmt::format("digraph plan {{\n  label={};\n  rankdir=LR;\n  node [shape=box];\n", quoted(headline(answer)));
  for (std::size_t i = 0; i < graph.lanes.size(); ++i) {
    out += fmt::format("  subgraph cluster_{} {{\n    label=\"lane {}\";\n", i + 1, i + 1);
    for (const PlanGraph::Node& node : graph.lanes[i]) out += "    " + line_of(node);
    out += "  }\n";
  }
  for (const PlanGraph::Node& node : graph.others) out += "  " + line_of(node);
  for (const PlanGraph::Edge& edge : graph.edges) {
    const char* look = edge.kind == PlanGraph::Edge::Kind::before     ? ""
                       : edge.kind == PlanGraph::Edge::Kind::decision ? ", dir=none, color=red"
                                                                      : ", dir=none, style=dashed";
    out += fmt::format("  {} -> {} [label={}{}];\n", name(edge.from), name(edge.to), quoted(edge.label), look);
  }
  for (std::size_t i = 0; i < graph.hubs.size(); ++i) {
    const PlanGraph::Hub& hub = graph.hubs[i];
    const std::string more = hub.more == 0 ? "" : fmt::format(", and {} more", hub.more);
    out += fmt::format("  h{} [shape=ellipse, label={}];\n", i + 1, quoted(hub.label + more));
    for (const OrderId user : hub.users)
      out += fmt::format("  h{} -> {} [dir=none, style=dashed];\n", i + 1, name(user));
  }
  return out + "}\n";
}

}  // namespace planner::report
