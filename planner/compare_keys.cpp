// What must be there once, and was added twice: keys of data, members of enumerations, routes.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

#include "parsers/data_keys.h"
#include "planner/compare_rules.h"

namespace planner {
namespace {

using parsers::DataKey;
using parsers::Definition;

/// Something that a file holds once: its name, and where.
struct Once {
  std::string group;  ///< within which it counts: a mapping, an enumeration, a router
  std::string name;
  std::string words;  ///< for a person: "key \"port\""
  std::uint32_t line;
  friend bool operator<(const Once& a, const Once& b) {
    return std::tie(a.group, a.name, a.line) < std::tie(b.group, b.name, b.line);
  }
};
using OnceList = std::vector<Once>;

std::size_t count(const OnceList& list, const Once& what) {
  return static_cast<std::size_t>(std::count_if(
      list.begin(), list.end(), [&](const Once& o) { return o.group == what.group && o.name == what.name; }));
}

OnceList data_keys(parsers::DataFormat format, std::string_view text) {
  OnceList out;
  // Items of lists have no name: their mappings are told apart by what instance they are, and are not compared.
  std::map<std::string, std::set<std::uint32_t>> instances;
  const std::vector<DataKey> keys = parsers::keys_in(format, text);
  for (const DataKey& key : keys) instances[key.mapping].insert(key.instance);
  for (const DataKey& key : keys)
    if (instances[key.mapping].size() == 1)
      out.push_back({key.mapping, key.key, fmt::format("the key {}", key.mapping + key.key), key.line});
  return out;
}

bool word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
  return text.substr(0, text.find_last_not_of(blank) + 1);
}

/// A number or a quoted text; empty: something that has to be computed.
std::string literal(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
    const std::size_t end = text.find(text.front(), 1);
    return end == std::string_view::npos ? std::string() : std::string(text.substr(0, end + 1));
  }
  std::size_t end = !text.empty() && text.front() == '-' ? 1 : 0;
  const std::size_t begin = end;
  while (end < text.size() && word_char(text[end])) ++end;
  if (end == begin || text[begin] < '0' || text[begin] > '9') return {};
  const std::string_view rest = trimmed(text.substr(end));
  const bool alone = rest.empty() || rest.front() == ',' || rest.front() == ';' || rest.front() == '/' ||
                     rest.front() == '#' || rest.front() == ')';
  return alone ? std::string(text.substr(0, end)) : std::string();
}

/// "GREEN = 3," or "case green = 3;" or "GREEN(3)," or "GREEN,": name and value, either may be empty.
std::pair<std::string, std::string> member(std::string_view line) {
  line = trimmed(line);
  for (const std::string_view lead : {"case ", "const ", "public const "})
    if (line.starts_with(lead)) line = trimmed(line.substr(lead.size()));
  std::size_t end = 0;
  while (end < line.size() && word_char(line[end])) ++end;
  if (end == 0 || (line[0] >= '0' && line[0] <= '9')) return {};
  std::string name(line.substr(0, end));
  const std::string_view rest = trimmed(line.substr(end));
  if (rest.empty() || rest.front() == ',' || rest.front() == ';') return {name, {}};
  if (rest.front() == '=' && !rest.starts_with("==")) return {name, literal(rest.substr(1))};
  if (rest.front() == '(') return {name, literal(rest.substr(1))};
  return {};
}

bool is_enumeration(const Definition& d, const std::vector<std::string_view>& lines) {
  if (d.kind == parsers::SymbolKind::enumeration) return true;
  if (d.kind != parsers::SymbolKind::class_ || d.line == 0 || d.line > lines.size()) return false;
  const std::string_view head = lines[d.line - 1];  // class Colour(str, Enum):
  const std::size_t open = head.find('(');
  return head.find("class ") != std::string_view::npos && open != std::string_view::npos &&
         (head.find("Enum)", open) != std::string_view::npos || head.find("Flag)", open) != std::string_view::npos ||
          head.find("Enum,", open) != std::string_view::npos);
}

/// Members and values; lines inside of methods are none.
OnceList members(const parsers::CodeOutline& outline, std::string_view text) {
  OnceList out;
  const std::vector<std::string_view> lines = lines_of(text);
  for (std::size_t i = 0; i < outline.definitions.size(); ++i) {
    const Definition& d = outline.definitions[i];
    if (!is_enumeration(d, lines)) continue;
    std::vector<bool> inside(lines.size() + 2, false);
    for (std::uint32_t l = d.line + 1; l <= std::min<std::size_t>(d.range.last_line, lines.size()); ++l)
      inside[l] = true;
    for (const Definition& inner : outline.definitions)
      if (inner.container == i && inner.block)
        for (std::uint32_t l = inner.range.first_line; l <= std::min<std::size_t>(inner.range.last_line, lines.size());
             ++l)
          inside[l] = false;
    for (std::uint32_t l = 1; l <= lines.size(); ++l) {
      if (!inside[l]) continue;
      const auto [name, value] = member(lines[l - 1]);
      if (!name.empty()) out.push_back({d.name, name, fmt::format("the member {}.{}", d.name, name), l});
      if (!value.empty())
        out.push_back({d.name + " value", value, fmt::format("the value {} of {}", value, d.name), l});
    }
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// Does this name stand for something that routes are registered with? A client has methods of the same names.
bool is_router(std::string_view receiver) {
  const std::string name = lower(receiver);
  constexpr std::array whole{"app", "api", "r", "e", "g", "v1", "v2", "mux", "server", "srv", "route", "fastify", "bp"};
  if (std::find(whole.begin(), whole.end(), name) != whole.end()) return true;
  constexpr std::array ends{"router", "mux", "group", "routes", "blueprint"};
  return std::any_of(ends.begin(), ends.end(), [&](const char* end) { return name.ends_with(end); });
}

/// "app get /users" of a line that registers a route: a decorator or annotation, or a call with a handler.
std::string route(std::string_view line) {
  constexpr std::size_t longest = 400;
  constexpr std::array verbs{"get",          "post",           "put",         "patch",      "delete",
                             "all",          "route",          "handle",      "handlefunc", "any",
                             "websocket",    "getmapping",     "postmapping", "putmapping", "deletemapping",
                             "patchmapping", "requestmapping", "mapget",      "mappost",    "mapput",
                             "mapdelete",    "httpget",        "httppost",    "httpput",    "httpdelete"};
  if (line.size() > longest) return {};
  const std::size_t open = line.find('(');
  if (open == std::string_view::npos) return {};
  std::size_t quote = line.find_first_not_of(" \t", open + 1);
  if (quote == std::string_view::npos || std::string_view("\"'`").find(line[quote]) == std::string_view::npos)
    return {};
  const std::size_t close = line.find(line[quote], quote + 1);
  if (close == std::string_view::npos) return {};
  const std::string_view path = line.substr(quote + 1, close - quote - 1);
  if (path.find('/') == std::string_view::npos) return {};
  std::size_t begin = open;
  while (begin > 0 && word_char(line[begin - 1])) --begin;
  const std::string verb = lower(line.substr(begin, open - begin));
  if (std::find(verbs.begin(), verbs.end(), verb) == verbs.end()) return {};
  std::string_view receiver;
  std::size_t dot = begin;
  while (dot > 0 && (line[dot - 1] == '.' || line[dot - 1] == ':')) --dot;
  if (dot < begin) {
    std::size_t from = dot;
    while (from > 0 && word_char(line[from - 1])) --from;
    receiver = line.substr(from, dot - from);
  }
  const std::string_view head = trimmed(line);
  const bool decorator = head.starts_with('@') || head.starts_with('[');
  const std::string_view behind = trimmed(line.substr(close + 1));
  const bool with_handler = behind.starts_with(',');
  const bool go_default = receiver == "http" && verb.starts_with("handle");
  if (!decorator && !(with_handler && (is_router(receiver) || go_default))) return {};
  // The methods of a Flask route are part of it.
  const std::size_t methods = behind.find("methods");
  return fmt::format("{} {} {}{}", receiver, verb, path,
                     methods == std::string_view::npos ? std::string() : " " + std::string(behind.substr(methods)));
}

OnceList routes(std::string_view text) {
  OnceList out;
  std::uint32_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (std::string found = route(line); !found.empty())
      out.push_back({"route", found, fmt::format("the route {}", found), number});
  }
  return out;
}

/// What one side added: its lines are new, and nothing of that name was there.
OnceList added(const EditedText& text, const OnceList& before, const OnceList& after) {
  OnceList out;
  for (const Once& once : after) {
    if (count(before, once) > 0) continue;
    const bool new_line = std::any_of(text.hunks.begin(), text.hunks.end(), [&](const LineHunk& h) {
      return once.line >= h.new_first && once.line < h.new_first + h.new_count;
    });
    if (new_line) out.push_back(once);
  }
  return out;
}

template <class Reader>
void find(const FileMeeting& met, const Reader& reader, std::vector<Finding>& out) {
  const EditedText &a = *met.text_a, &b = *met.text_b;
  const OnceList new_b = added(b, reader(b.before, b.old_outline), reader(b.after, b.new_outline));
  if (new_b.empty()) return;
  const OnceList new_a = added(a, reader(a.before, a.old_outline), reader(a.after, a.new_outline));
  if (new_a.empty()) return;
  const OnceList merged = met.merged == nullptr ? OnceList() : reader(*met.merged, met.merged_outline);
  for (const Once& mine : new_a)
    for (const Once& yours : new_b) {
      if (mine.group != yours.group || mine.name != yours.name) continue;
      if (count(merged, mine) < 2) continue;  // git made one of them, or says itself that it cannot
      Finding finding = compare_finding("duplicate-key", Certainty::proved,
                                        fmt::format("{} and {} both add {}", met.a->name, met.b->name, mine.words),
                                        {met.edit_a->path, mine.line});
      finding.related.push_back(on_side(met.b->name, {met.edit_b->path, yours.line}, "adds it here"));
      out.push_back(std::move(finding));
    }
}

}  // namespace

std::vector<Finding> compare_keys(const FileMeeting& met) {
  std::vector<Finding> out;
  if (met.merged == nullptr || !met.text_a->read || !met.text_b->read) return out;
  const auto format = parsers::data_format_of(met.edit_a->path);
  if (format)
    find(
        met, [&](std::string_view text, const parsers::CodeOutline*) { return data_keys(*format, text); }, out);
  if (!met.text_a->language) return out;
  find(
      met,
      [](std::string_view text, const parsers::CodeOutline* outline) {
        return outline == nullptr || !outline->proven() ? OnceList() : members(*outline, text);
      },
      out);
  find(
      met, [](std::string_view text, const parsers::CodeOutline*) { return routes(text); }, out);
  return out;
}

}  // namespace planner
