// beads' lines and Task Master's document: a dependency more in a list that is there, or a list where there is none.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "parsers/document.h"
#include "planner/export.h"

namespace planner {
namespace {

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + '"';
}

/// Where a value that begins at `from` ends. REQUIRES: well-formed JSON, which the reader has seen to.
std::size_t end_of_value(std::string_view text, std::size_t from) {
  int depth = 0;
  for (std::size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
      if (depth == 0) return i + 1;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      if (--depth <= 0) return depth < 0 ? i : i + 1;
    } else if (depth == 0 && (c == ',' || c == '\n')) {
      return i;
    }
  }
  return text.size();
}

/// Puts `items` at the end of the list that begins at `from`, in the style of what is there.
TextEdit add_to_list(std::string_view text, std::size_t from, const std::vector<std::string>& items) {
  const std::size_t close = end_of_value(text, from) - 1;
  const std::size_t last = text.find_last_not_of(" \t\r\n", close - 1);
  const bool empty = last == from;
  const std::size_t line = text.rfind('\n', last);
  const bool one_a_line = text.substr(from, close - from).find('\n') != std::string_view::npos && !empty;
  std::string separator = ", ";
  if (one_a_line) {
    const std::size_t indent = text.find_first_not_of(" \t", line + 1);
    separator = (text[last + 1] == '\r' ? ",\r\n" : ",\n") + std::string(text.substr(line + 1, indent - line - 1));
  } else if (text.substr(from, close - from).find(", ") == std::string_view::npos &&
             text.find("\": ") == std::string_view::npos) {
    separator = ",";
  }
  std::string more;
  for (std::size_t i = 0; i < items.size(); ++i) more += (i == 0 && empty ? "" : separator) + items[i];
  return {last + 1, 0, std::move(more)};
}

/// For each order of the file what it waits for from now on.
std::map<OrderId, std::vector<OrderId>> waits_in(const parsers::Source& source, const Orders& orders,
                                                 const Learned& learned) {
  std::map<OrderId, std::vector<OrderId>> out;
  const auto here = [&](OrderId id) { return orders.list[id.index()].where.file == source.name; };
  for (const auto& [first, second] : learned.before_after)
    if (here(first) && here(second)) out[second].push_back(first);
  return out;
}

std::string listed(const Orders& orders, const std::vector<OrderId>& ids) {
  std::string out;
  for (const OrderId id : ids) out += (out.empty() ? "" : ", ") + orders.list[id.index()].id;
  return out;
}

/// Offset of line `number` (from 1).
std::vector<std::size_t> line_starts(std::string_view text) {
  std::vector<std::size_t> out{0, 0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    out.push_back(at + 1);
  return out;
}

/// Tasks and subtasks by the place of their id.
void collect_tasks(const parsers::Node& node, std::map<std::uint32_t, const parsers::Node*>& out) {
  if (const parsers::Node* id = node.find("id"); id != nullptr) out.emplace(id->where.line, &node);
  for (const parsers::Node::Member& member : node.members) collect_tasks(member.value, out);
  for (const parsers::Node& item : node.items) collect_tasks(item, out);
}

/// "3.2" in the file's own words: text where ids are text, a number where they are numbers, siblings by their own.
std::string task_reference(std::string_view id, std::string_view of, bool quoted) {
  const std::size_t dot = id.rfind('.'), own = of.rfind('.');
  if (dot == std::string_view::npos) return quoted ? json_text(id) : std::string(id);
  const bool sibling = own != std::string_view::npos && id.substr(0, dot) == of.substr(0, own);
  if (!sibling) return json_text(id);
  return quoted ? json_text(id) : std::string(id.substr(dot + 1));
}

}  // namespace

FileExport export_beads(const parsers::Source& source, const Orders& orders, const Learned& learned) {
  FileExport out;
  const std::string_view text = source.text;
  const std::vector<std::size_t> starts = line_starts(text);
  for (const auto& [id, before] : waits_in(source, orders, learned)) {
    const Order& order = orders.list[id.index()];
    const std::size_t from = text.find('{', starts[order.where.line]);
    if (from == std::string_view::npos) continue;
    const std::size_t close = end_of_value(text, from) - 1;
    const std::string_view line = text.substr(from, close + 1 - from);
    const parsers::Source one{"", std::string(line)};
    const parsers::Parsed<parsers::Node> parsed = parsers::read_json(one, {});
    const parsers::Node* stamp = parsed.value.find("updated_at");
    if (stamp == nullptr) stamp = parsed.value.find("created_at");
    std::vector<std::string> items;
    for (const OrderId on : before) {
      std::string item = fmt::format(R"({{"issue_id":{},"depends_on_id":{},"type":"blocks")",
                                     json_text(own_id(order.id)), json_text(own_id(orders.list[on.index()].id)));
      if (stamp != nullptr) item += fmt::format(R"(,"created_at":{})", json_text(stamp->text));
      items.push_back(item + R"(,"created_by":"interlock"})");
    }
    const parsers::Node* list = parsed.value.find("dependencies");
    if (list != nullptr && list->kind == parsers::Node::Kind::sequence) {
      out.edits.push_back(add_to_list(text, from + list->where.column - 1, items));
    } else if (list == nullptr) {
      std::string all;
      for (const std::string& item : items) all += (all.empty() ? "" : ",") + item;
      out.edits.push_back({close, 0, fmt::format(R"(,"dependencies":[{}])", all)});
    } else {
      continue;
    }
    out.said.push_back(fmt::format("{} waits for {}", order.id, listed(orders, before)));
  }
  return out;
}

FileExport export_task_master(const parsers::Source& source, const Orders& orders, const Learned& learned) {
  FileExport out;
  const parsers::Parsed<parsers::Node> parsed = parsers::read_json(source, {});
  if (parsed.value.kind != parsers::Node::Kind::mapping) return out;  // a text file of one task has no list to add to
  std::map<std::uint32_t, const parsers::Node*> tasks;
  collect_tasks(parsed.value, tasks);
  const std::string_view text = source.text;
  const std::vector<std::size_t> starts = line_starts(text);
  for (const auto& [id, before] : waits_in(source, orders, learned)) {
    const Order& order = orders.list[id.index()];
    const auto task = tasks.find(order.where.line);
    if (task == tasks.end()) continue;
    const parsers::Node* list = task->second->find("dependencies");
    const bool quoted = task->second->find("id")->quoted;
    std::vector<std::string> items;
    for (const OrderId on : before)
      items.push_back(task_reference(own_id(orders.list[on.index()].id), own_id(order.id), quoted));
    if (list != nullptr && list->kind == parsers::Node::Kind::sequence) {
      out.edits.push_back(add_to_list(text, starts[list->where.line] + list->where.column - 1, items));
    } else if (list == nullptr) {
      const parsers::Location where = task->second->find("id")->where;
      const std::size_t value = starts[where.line] + where.column - 1;
      const std::size_t line = starts[where.line];
      const std::string indent(text.substr(line, text.find_first_not_of(" \t", line) - line));
      std::string all;
      for (const std::string& item : items) all += (all.empty() ? "" : ", ") + item;
      out.edits.push_back({end_of_value(text, value), 0, fmt::format(",\n{}\"dependencies\": [{}]", indent, all)});
    } else {
      continue;
    }
    out.said.push_back(fmt::format("{} waits for {}", order.id, listed(orders, before)));
  }
  return out;
}

}  // namespace planner
