// coordinate-agents: a task graph (subtasks with dependsOn), an intent map (writeIntent of each), or both in one
// object.
#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "parsers/format_reader.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"

namespace parsers {
namespace {

const Node* subtasks_of(const Node& node) {
  const Node* list = node.find("subtasks");
  return list != nullptr && list->kind == Node::Kind::sequence ? list : nullptr;
}

/// The objects with subtasks: the document itself, or members of it, at most two levels down.
void collect(const Node& node, int depth, std::vector<const Node*>& out) {
  if (subtasks_of(node) != nullptr) {
    out.push_back(&node);
    return;
  }
  if (depth == 0) return;
  for (const Node::Member& member : node.members) collect(member.value, depth - 1, out);
  for (const Node& item : node.items) collect(item, depth - 1, out);
}

}  // namespace

Recognition recognise_coordinate_agents(const Source& source) {
  const std::string_view text = front_of(source);
  if (!trim(text.substr(0, 4096)).starts_with('{') || text.find("\"subtasks\"") == std::string_view::npos) return {};
  const bool graph =
      text.find("\"parentTask\"") != std::string_view::npos && text.find("\"dependsOn\"") != std::string_view::npos;
  const bool map = text.find("\"writeIntent\"") != std::string_view::npos;
  if (!graph && !map) return {};
  return {Recognition::Degree::by_content, graph && map ? "a task graph with its intent map"
                                           : graph      ? "a task graph"
                                                        : "an intent map"};
}

Parsed<WorkOrders> read_coordinate_agents(const Source& source, FileId file) {
  FormatReader reader(source, file);
  Parsed<Node> parsed = read_json_kindly(source, file);
  for (Diagnostic& d : parsed.diagnostics) reader.diagnostics().push_back(std::move(d));
  std::vector<const Node*> graphs;
  collect(parsed.value, 2, graphs);
  // The map may stand in the same object, in another member, or in another file: then join_documents brings it home.
  std::unordered_map<std::string, const Node*> intents;
  bool has_graph = false;
  for (const Node* graph : graphs) {
    const Node* policy = graph->find("parentTaskId");
    const Node* parent = graph->find("parentTask");
    const std::string_view name = parent != nullptr   ? text_at(*parent, "id")
                                  : policy != nullptr ? std::string_view(policy->text)
                                                      : "";
    if (!name.empty()) reader.value().family = std::string(name);
    for (const Node& sub : subtasks_of(*graph)->items) {
      if (const Node* intent = sub.find("writeIntent"); intent != nullptr && intent->kind == Node::Kind::sequence)
        intents.emplace(text_at(sub, "id"), intent);
      has_graph = has_graph || sub.find("dependsOn") != nullptr || sub.find("spec") != nullptr ||
                  sub.find("implementer") != nullptr;
    }
  }
  std::unordered_map<std::string, bool> seen;
  for (const Node* graph : graphs)
    for (const Node& sub : subtasks_of(*graph)->items) {
      const bool in_graph =
          sub.find("dependsOn") != nullptr || sub.find("spec") != nullptr || sub.find("implementer") != nullptr;
      if (has_graph && !in_graph) continue;
      const std::string id(text_at(sub, "id"));
      const Location where = sub.find("id") != nullptr ? sub.find("id")->where : sub.where;
      if (id.empty() || !seen.emplace(id, true).second) {
        reader.lose(where, id.empty() ? "a subtask without an id" : fmt::format("subtask \"{}\" is there twice", id),
                    "left out");
        continue;
      }
      WorkOrder& order = reader.open(
          id, std::string(text_at(sub, "title").empty() ? text_at(sub, "spec") : text_at(sub, "title")), where);
      reader.note(where, "title", order.title);
      if (const auto status = foreign_status(text_at(sub, "status"))) order.status = *status;
      if (const Node* list = sub.find("dependsOn"); list != nullptr)
        for (const Node& d : list->items) reader.depend(d.text, d.where);
      if (const auto intent = intents.find(id); intent != intents.end()) {
        if (intent->second->items.empty()) reader.write("", intent->second->where);
        for (const Node& path : intent->second->items) reader.write(path.text, path.where);
      }
      if (const Node* spec = sub.find("spec"); spec != nullptr) reader.prose(spec->text, spec->where);
      reader.close();
    }
  return reader.finish();
}

}  // namespace parsers
