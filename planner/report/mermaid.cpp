// Mermaid flowcharts: whatever is no plain letter of a label is an entity, so that no text can end it.
#include <fmt/format.h>

#include "planner/report/plan_graph.h"

namespace planner::report {
namespace {

bool is_plain(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-' ||
         c == '_' || c == '.' || c == ',' || c == '/' || c >= 0x80;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : parsers::printable(text)) {
    const auto byte = static_cast<unsigned char>(c);
    out += is_plain(byte) ? std::string(1, c) : fmt::format("#{};", byte);
  }
  return out + "\"";
}

std::string name(OrderId id) { return fmt::format("n{}", id.index()); }

std::string line_of(const PlanGraph::Node& node) {
  const std::string label = quoted(node.label);
  return fmt::format("{}{}{}\n", name(node.order), node.alone ? "[[" + label + "]]" : "[" + label + "]",
                     node.held ? ":::held" : "");
}

}  // namespace

std::string mermaid(const PlanAnswer& answer) {
  const PlanGraph graph = plan_graph(answer);
  std::string out = "flowchart LR\n  classDef held stroke:#c00\n";
  for (std::size_t i = 0; i < graph.lanes.size(); ++i) {
    out += fmt::format("  subgraph lane{}[\"lane {}\"]\n", i + 1, i + 1);
    for (const PlanGraph::Node& node : graph.lanes[i]) out += "    " + line_of(node);
    out += "  end\n";
  }
  for (const PlanGraph::Node& node : graph.others) out += "  " + line_of(node);
  for (const PlanGraph::Edge& edge : graph.edges) {
    const char* arrow = edge.kind == PlanGraph::Edge::Kind::before     ? "-->"
                        : edge.kind == PlanGraph::Edge::Kind::decision ? "==="
                                                                       : "-.-";
    out += fmt::format("  {} {}|{}| {}\n", name(edge.from), arrow, quoted(edge.label), name(edge.to));
  }
  for (std::size_t i = 0; i < graph.hubs.size(); ++i) {
    const PlanGraph::Hub& hub = graph.hubs[i];
    const std::string more = hub.more == 0 ? "" : fmt::format(", and {} more", hub.more);
    out += fmt::format("  h{}([{}])\n", i + 1, quoted(hub.label + more));
    for (const OrderId user : hub.users) out += fmt::format("  h{} -.- {}\n", i + 1, name(user));
  }
  return out;
}

}  // namespace planner::report
