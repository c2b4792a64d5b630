// Tickets as JSON or JSON lines: {id, title, blockedBy, zone or files, wave, status}; Claude Code's task files too.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <fmt/format.h>

#include "parsers/format_json_lines.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"

namespace parsers {
namespace {

const Node* list_of(const Node& node, std::initializer_list<std::string_view> keys) {
  const Node* found = find_first(node, keys);
  return found != nullptr && found->kind == Node::Kind::sequence ? found : nullptr;
}

void read_ticket(FormatReader& reader, const Node& node) {
  const Node* id = find_first(node, {"id", "key"});
  if (node.kind != Node::Kind::mapping || id == nullptr || id->text.empty())
    return reader.lose(node.where, "a ticket without an id", "left out");
  const Node* title = find_first(node, {"title", "subject", "name"});
  WorkOrder& order = reader.open(id->text, title != nullptr ? title->text : std::string(), id->where);
  reader.note(id->where, "title", order.title);
  const std::string_view status = text_at(node, "status");
  if (const auto known = foreign_status(status))
    order.status = *known;
  else if (!status.empty())
    reader.warn(node.find("status")->where, fmt::format("\"{}\" is no status that anybody agreed on", status),
                "read as pending");
  if (const Node* list = list_of(node, {"blockedBy", "blocked_by", "dependsOn", "depends_on"}))
    for (const Node& d : list->items) reader.depend(d.text, d.where);
  if (const Node* list = list_of(node, {"blocks"}))
    for (const Node& d : list->items) reader.before(d.text, d.where, Sure::declared);
  if (const Node* list = list_of(node, {"zone", "files", "paths", "writes"})) {
    if (list->items.empty()) reader.write("", list->where);
    for (const Node& path : list->items) reader.write(path.text, path.where);
  }
  if (const Node* list = list_of(node, {"conflictsWith", "conflicts_with"}))
    for (const Node& d : list->items) reader.conflicts_with(d.text, d.where);
  if (const Node* wave = node.find("wave"); wave != nullptr && wave->kind == Node::Kind::scalar) {
    std::int64_t number = 0;
    if (std::from_chars(wave->text.data(), wave->text.data() + wave->text.size(), number).ec == std::errc{}) {
      HandMadeWave made{fmt::format("wave {}", number), {{id->text, wave->where}}, wave->where, "tickets", number};
      reader.note(wave->where, "wave", wave->text);
      reader.value().waves.push_back(std::move(made));
    } else {
      reader.warn(wave->where, fmt::format("\"{}\" is no number of a wave", wave->text), "left out");
    }
  }
  for (const std::string_view key : {"title", "subject", "description", "details"})
    if (const Node* text = node.find(key); text != nullptr && text->kind == Node::Kind::scalar)
      reader.prose(text->text, text->where);
  reader.close();
}

/// A list of tickets somewhere near the top: "tickets", "tasks", or the document itself.
const Node* tickets_in(const Node& node, int depth) {
  if (node.kind == Node::Kind::sequence) return &node;
  if (const Node* list = list_of(node, {"tickets"})) return list;
  if (depth > 0)
    for (const Node::Member& member : node.members)
      if (const Node* list = tickets_in(member.value, depth - 1);
          list != nullptr && member.value.kind == Node::Kind::mapping)
        return list;
  return nullptr;
}

}  // namespace

Recognition recognise_tickets(const Source& source) {
  const std::string_view text = front_of(source);
  const std::string_view line = first_line(text);
  if (!line.starts_with('{') && !line.starts_with('[')) return {};
  const bool waits = text.find("\"blockedBy\"") != std::string_view::npos;
  const bool scope = text.find("\"zone\"") != std::string_view::npos;
  const bool session =
      text.find("\"subject\"") != std::string_view::npos && text.find("\"activeForm\"") != std::string_view::npos;
  if (waits && scope) return {Recognition::Degree::by_content, "tickets with blockedBy and zone"};
  if (waits && session) return {Recognition::Degree::by_content, "tasks of a session, with subject and blockedBy"};
  return {};
}

Parsed<WorkOrders> read_tickets(const Source& source, FileId file) {
  FormatReader reader(source, file);
  Parsed<Node> whole = read_json_kindly(source, file);
  if (whole.value.kind == Node::Kind::null ||
      (whole.value.kind == Node::Kind::mapping && has_errors(whole.diagnostics))) {
    each_json_line(reader, [&](const Node& node) { read_ticket(reader, node); });
    return reader.finish();
  }
  for (Diagnostic& d : whole.diagnostics) reader.diagnostics().push_back(std::move(d));
  if (const Node* list = tickets_in(whole.value, 2))
    for (const Node& ticket : list->items) read_ticket(reader, ticket);
  else
    read_ticket(reader, whole.value);
  return reader.finish();
}

}  // namespace parsers
