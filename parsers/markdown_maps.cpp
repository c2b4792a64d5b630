// Maps of files to sessions ("Session A: a.py, b.py") and of files to agents ("A01: docs under `docs/**`").
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "parsers/markdown_paths.h"
#include "parsers/markdown_reader.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

using Kind = MarkdownBlock::Kind;

struct MapLine {
  HeadingId id;
  std::string_view value;
  bool paths = false;    ///< begins with one
  bool remarks = false;  ///< holds prose beside them
};

std::string_view without_emphasis(std::string_view text) {
  text = trim(text);
  while (text.starts_with('*') || text.starts_with('`')) text.remove_prefix(1);
  while (text.ends_with('*') || text.ends_with('`')) text.remove_suffix(1);
  return trim(text);
}

/// Splits "id: value"; the id may be emphasised.
std::optional<std::pair<std::string_view, std::string_view>> split_at_colon(std::string_view line) {
  line = trim(line);
  const std::size_t colon = line.substr(0, 100).find(':');
  if (colon == std::string_view::npos || colon == 0 || (colon + 1 < line.size() && line[colon + 1] == ':'))
    return std::nullopt;
  std::string_view value = line.substr(colon + 1);
  while (value.starts_with('*')) value.remove_prefix(1);
  return std::pair{without_emphasis(line.substr(0, colon)), trim(value)};
}

/// A line that begins with an id and a colon: "Session B (WO-7): a.py (schemas only)".
std::optional<MapLine> map_line(std::string_view line) {
  const auto parts = split_at_colon(line);
  if (!parts) return std::nullopt;
  auto id = heading_id(parts->first);
  if (!id || (!id->title.empty() && !id->title.starts_with('('))) return std::nullopt;
  const PathList list = read_paths(parts->second, PathForm::leading);
  MapLine found{std::move(*id), parts->second, !list.paths.empty(), !list.prose.empty()};
  found.remarks = found.remarks || !found.id.title.empty();
  return found;
}

/// "a.py - after Session A": what a map says about order stands among the remarks.
void read_remarks(MarkdownReader& reader, WorkOrder& order, std::string_view value) {
  for (const std::string_view remark : read_paths(value, PathForm::list).prose)
    if (const std::string lower = lowered(remark);
        !reader.ids().mentions(remark).empty() && (has_word(lower, "after") || has_word(lower, "before")))
      reader.add_dependencies(order, remark, false);
}

void open_map_line(MarkdownReader& reader, const MapLine& line) {
  if (reader.ids().find(line.id.id) != nullptr) return;
  const std::size_t order = reader.open(line.id.id, line.id.place);
  reader.order(order).aliases = line.id.aliases;
  for (const std::string& alias : line.id.aliases) reader.ids().add(alias, line.id.id);
}

void read_map_line(MarkdownReader& reader, const MapLine& line) {
  const Label owned{"files you own", LabelKind::write, std::nullopt};
  const std::string* known = reader.ids().find(line.id.id);
  WorkOrder* order = known == nullptr ? nullptr : reader.find(*known);
  if (order == nullptr) return;
  if (!line.id.title.empty()) reader.note(line.id.title, order->id, "unread");
  if (!line.paths && !says_none(line.value))
    reader.say(Severity::warning, line.value.empty() ? line.id.place : line.value,
               fmt::format("the files of {} are not known: no path could be read", order->id), "name its paths");
  reader.add_paths(*order, owned, line.value, true);
  read_remarks(reader, *order, line.value);
}

/// A paragraph is a map when one of its lines is plainly part of one; then the others are as well. In code every line
/// has to be one, it may show anything.
bool read_as_map(MarkdownReader& reader, std::string_view text, bool code) {
  std::vector<MapLine> lines;
  std::vector<std::string_view> other;
  bool plain = false;
  for (const std::string_view line : lines_of(text)) {
    if (trim(line).empty()) continue;
    auto found = map_line(line);
    if (!found) {
      if (code) return false;
      other.push_back(trim(line));
      continue;
    }
    if (code && !found->paths) return false;
    plain = plain || (found->paths && (!found->remarks || found->id.counted));
    lines.push_back(std::move(*found));
  }
  if (!plain) return false;
  for (const MapLine& line : lines) open_map_line(reader, line);  // a remark may name a later line's session
  for (const MapLine& line : lines) read_map_line(reader, line);
  for (const std::string_view line : other) {
    reader.note(line, "", "unread");
    reader.say(Severity::warning, line, "this line of the map names no session and was left unread",
               "begin it with the session and a colon");
  }
  return true;
}

bool is_agent_heading(std::string_view text) {
  const std::string name = normal_label(text);
  for (const std::string_view heading : {"agent scopes", "agent scope", "agent ownership", "agents",
                                         "agent assignments", "session scopes", "session ownership", "ownership"})
    if (name == heading) return true;
  return false;
}

struct AgentIds {
  std::string prefix;
  int first = 0;
  int last = 0;
  std::size_t width = 0;
  std::string id(int number) const { return prefix + fmt::format("{:0{}}", number, width); }
};

/// "A01" or "A02–A05".
std::optional<AgentIds> agent_ids(std::string_view text) {
  AgentIds ids;
  std::size_t at = 0;
  const auto number = [&](int& out) {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at - from < 6) ++at;
    std::from_chars(text.data() + from, text.data() + at, out);
    return at - from;
  };
  while (at < text.size() && ((text[at] >= 'A' && text[at] <= 'Z') || (text[at] >= 'a' && text[at] <= 'z') ||
                              (at > 0 && (text[at] == '-' || text[at] == ' '))))
    ++at;
  if (at == 0 || at > 12) return std::nullopt;
  ids.prefix = std::string(text.substr(0, at));
  ids.width = number(ids.first);
  if (ids.width == 0) return std::nullopt;
  ids.last = ids.first;
  if (at == text.size()) return ids;
  const std::string_view rest = trim(text.substr(at));
  for (const std::string_view dash : {"–", "—", "-", "..", "to "}) {
    if (!rest.starts_with(dash)) continue;
    text = trim(rest.substr(dash.size()));
    if (text.starts_with(ids.prefix)) text.remove_prefix(ids.prefix.size());
    at = 0;
    if (number(ids.last) == 0 || at != text.size() || ids.last <= ids.first || ids.last - ids.first > 100)
      return std::nullopt;
    return ids;
  }
  return std::nullopt;
}

/// "week-0X" and "week-<n>" stand for something that only the author knows.
bool has_placeholder(std::string_view path) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '<' || path.substr(i).starts_with("XX") || path.substr(i).starts_with("NN")) return true;
    const bool apart = i + 1 == path.size() || std::string_view("/-_.*").find(path[i + 1]) != std::string_view::npos;
    if (path[i] == 'X' && apart && i > 0 && (path[i - 1] == '-' || path[i - 1] == '_' || path[i - 1] == '0'))
      return true;
  }
  return false;
}

void read_agent(MarkdownReader& reader, const AgentIds& ids, std::string_view written, std::string_view value) {
  const bool range = ids.first != ids.last;
  const std::string id = range ? ids.id(ids.first) + "-" + ids.id(ids.last) : ids.id(ids.first);
  if (reader.find(id) != nullptr) return reader.note(written, "", "unread");
  WorkOrder& order = reader.order(reader.open(id, written));
  const PathList list = read_paths(value, PathForm::sentence);
  const bool vague = std::any_of(list.paths.begin(), list.paths.end(), [](const PathMention& m) {
    return std::any_of(m.paths.begin(), m.paths.end(), has_placeholder);
  });
  if (range)
    reader.say(Severity::warning, written,
               fmt::format("{} stands for {} agents and is read as one work order", id, ids.last - ids.first + 1),
               "give every agent a line of its own");
  if (list.paths.empty() || vague) {
    reader.note(value, id, "unread");
    if (!says_none(value))
      reader.say(Severity::warning, vague ? list.paths.front().place : value,
                 fmt::format("the files of {} are not known: {}", id,
                             vague ? "the path has a placeholder" : "no path could be read"),
                 "name its paths");
    else
      order.write.emplace();
    return;
  }
  const Label owned{"files you own", LabelKind::write, std::nullopt};
  reader.add_paths(order, owned, value, true);
}

class MapReader {
 public:
  explicit MapReader(MarkdownReader& reader) : x_reader(reader) {}

  void read() {
    std::size_t section = 0;
    for (std::size_t i = 0; i < x_reader.block_count(); ++i) {
      while (section < x_reader.sections.size() && x_reader.sections[section].last <= i) ++section;
      if (section < x_reader.sections.size() && x_reader.sections[section].first <= i) continue;
      const MarkdownBlock& block = x_reader.block(i);
      if (block.kind == Kind::heading) x_agents = is_agent_heading(block.text), begin_shared(block);
      if (block.kind == Kind::text && !x_reader.consumed[i]) x_reader.consumed[i] = text(block);
    }
    // In a fence a map may be an example; it counts where nothing else says what the orders are.
    if (!x_reader.orders().empty()) return;
    for (std::size_t i = 0; i < x_reader.block_count(); ++i)
      if (x_reader.block(i).kind == Kind::fence && x_reader.block(i).info.empty() && x_reader.block(i).depth == 0)
        x_reader.consumed[i] = read_as_map(x_reader, x_reader.block(i).text, true);
  }

 private:
  void begin_shared(const MarkdownBlock& block) {
    const std::string name = normal_label(block.text);
    x_shared = name == "coordinator only" || name == "integrator only" || name == "lead only";
    if (x_shared)
      x_reader.say(Severity::warning, block.text,
                   "who may write these files is not a work order's scope; the list was left unread",
                   "add them to Do NOT touch of the orders");
  }

  bool text(const MarkdownBlock& block) {
    if (x_shared) {
      x_reader.note(block.text, "", "unread");
      return true;
    }
    if (x_agents && block.opens_item) {
      const auto parts = split_at_colon(block.text);
      const auto ids = parts ? agent_ids(parts->first) : std::nullopt;
      if (ids) {
        read_agent(x_reader, *ids, parts->first, parts->second);
        return true;
      }
    }
    return read_as_map(x_reader, block.text, false);
  }

  MarkdownReader& x_reader;
  bool x_agents = false;  ///< under "## Agent scopes"
  bool x_shared = false;  ///< under "## Coordinator-only"
};

}  // namespace

void read_maps(MarkdownReader& reader) { MapReader(reader).read(); }

}  // namespace parsers
