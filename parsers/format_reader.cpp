#include "parsers/format_reader.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "parsers/document_text.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_fields.h"
#include "parsers/markdown_labels.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

std::string one_line(std::string_view text) {
  std::string line;
  for (const std::string_view part : lines_of(trim(text))) {
    if (!line.empty()) line += ' ';
    line += trim(part);
  }
  return line;
}

/// Commas with nothing behind them, blanked so that every place stays where it is.
std::string without_trailing_commas(const std::string& text, FileId file, std::vector<Diagnostic>& diagnostics) {
  std::string out = text;
  std::size_t comma = std::string::npos;
  Location here{file, 1, 1}, at;
  bool in_string = false;
  for (std::size_t i = 0; i < out.size(); ++i, ++here.column) {
    const char c = out[i];
    if (in_string) {
      if (c == '\\' && i + 1 < out.size()) ++i, ++here.column;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
      comma = std::string::npos;
    } else if (c == ',') {
      if (comma == std::string::npos) comma = i, at = here;
    } else if ((c == ']' || c == '}') && comma != std::string::npos) {
      out[comma] = ' ';
      diagnostics.push_back({Severity::warning, at, "a comma with nothing behind it", "remove the comma"});
      comma = std::string::npos;
    } else if (c == '\n') {
      ++here.line, here.column = 0;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      comma = std::string::npos;
    }
  }
  return out;
}

}  // namespace

FormatReader::FormatReader(const Source& source, FileId file)
    : x_file(file), x_skipped(byte_order_mark_length(source.text)) {
  x_text = std::string_view(source.text).substr(x_skipped);
  x_lines = lines_of(x_text);
  for (std::string_view& line : x_lines)
    if (line.ends_with('\r')) line.remove_suffix(1);
}

Location FormatReader::locate(std::string_view view) const {
  const auto line = std::upper_bound(x_lines.begin(), x_lines.end(), view.data(),
                                     [](const char* at, std::string_view l) { return at < l.data(); }) -
                    1;
  const auto number = static_cast<std::uint32_t>(line - x_lines.begin() + 1);
  const auto column = static_cast<std::size_t>(view.data() - line->data()) + 1 + (number == 1 ? x_skipped : 0);
  return {x_file, number, static_cast<std::uint32_t>(column)};
}

void FormatReader::say(Severity severity, Location where, std::string message, std::string remedy) {
  x_result.diagnostics.push_back({severity, where, std::move(message), std::move(remedy)});
}

void FormatReader::lose(Location where, std::string message, std::string remedy) {
  x_result.value.readings.push_back({where, "", "lost", message});
  warn(where, std::move(message), std::move(remedy));
}

void FormatReader::note(Location where, std::string_view as, std::string_view text) {
  x_result.value.readings.push_back({where, x_is_open ? x_order.id : "", std::string(as), one_line(text)});
}

void FormatReader::note_entry(Location where, std::string_view as, Sure sure, std::string_view text) {
  note(where, sure == Sure::declared ? std::string(as) : fmt::format("{}, {}", as, to_string(sure)), text);
}

WorkOrder& FormatReader::open(std::string id, std::string title, Location where) {
  x_order = {};
  x_order.id = std::move(id);
  x_order.title = one_line(title);
  x_order.where = where;
  x_order.loose = true;
  x_order.foreign = true;
  x_is_open = true;
  x_declares_writes = false;
  x_seen.clear();
  return x_order;
}

void FormatReader::close() {
  if (!x_is_open) return;
  x_is_open = false;
  x_order.closed = x_declares_writes;  // what was only read out of sentences forbids nothing
  // What is written or read is not only mentioned.
  std::erase_if(x_order.mentions, [&](const ScopeEntry& m) {
    return x_seen.contains("write " + m.text) || x_seen.contains("read " + m.text);
  });
  x_result.value.orders.push_back(std::move(x_order));
}

bool FormatReader::fresh(std::string_view kind, std::string_view text) {
  return x_seen.insert(fmt::format("{} {}", kind, text)).second;
}

void FormatReader::write(std::string_view path, Location where, std::optional<Intent> intent, Sure sure) {
  if (!x_order.write) x_order.write.emplace();
  if (sure == Sure::declared) x_declares_writes = true;
  if (path.empty()) return note(where, "write", "none");
  if (!fresh("write", path)) return;
  ScopeEntry entry;
  entry.text = std::string(path);
  entry.intent = intent.value_or(Intent::modify);
  entry.intent_declared = intent.has_value() && sure == Sure::declared;
  entry.where = where;
  entry.sure = sure;
  x_order.write->push_back(std::move(entry));
  note_entry(where, intent && *intent != Intent::modify ? to_string(*intent) : "write", sure, path);
}

void FormatReader::read(std::string_view path, Location where) {
  if (!x_order.read) x_order.read.emplace();
  if (path.empty() || !fresh("read", path)) return;
  ScopeEntry entry;
  entry.text = std::string(path);
  entry.where = where;
  x_order.read->push_back(std::move(entry));
  note(where, "read", path);
}

void FormatReader::do_not_touch(std::string_view path, Location where) {
  if (path.empty() || !fresh("do_not_touch", path)) return;
  ScopeEntry entry;
  entry.text = std::string(path);
  entry.where = where;
  x_order.do_not_touch.push_back(std::move(entry));
  note(where, "do_not_touch", path);
}

void FormatReader::mention(std::string_view path, Location where, Sure sure) {
  const bool said = sure == Sure::stated;
  if (!fresh(said ? "said" : "mention", path)) return;
  ScopeEntry entry;
  entry.text = std::string(path);
  entry.where = where;
  entry.sure = sure;
  (said ? x_order.said : x_order.mentions).push_back(std::move(entry));
  note_entry(where, said ? "write" : "read", sure, path);
}

void FormatReader::depend(std::string_view target, Location where, Sure sure) {
  if (target.empty() || target == x_order.id) return;
  if (!fresh("depends_on", target)) return;
  x_order.depends_on.push_back({Dependency::Kind::order, std::string(target), where, sure});
  note_entry(where, "depends_on", sure, target);
}

void FormatReader::before(std::string_view target, Location where, Sure sure) {
  if (target.empty() || target == x_order.id || !fresh("before", target)) return;
  x_order.before.push_back({Dependency::Kind::order, std::string(target), where, sure});
  note_entry(where, "before", sure, target);
}

void FormatReader::external(std::string_view what, Location where) {
  if (!fresh("external", what)) return;
  x_order.depends_on.push_back({Dependency::Kind::external, std::string(what), where, Sure::declared});
  note(where, "depends_on", fmt::format("external:{}", what));
}

void FormatReader::key(std::string name, Location where) {
  if (!fresh("key", name)) return;
  note(where, "keys", name);
  x_order.keys.push_back({std::move(name), where});
}

void FormatReader::conflicts_with(std::string_view id, Location where) {
  if (id.empty() || !fresh("conflicts_with", id)) return;
  x_order.conflicts_with.push_back({std::string(id), where});
  note(where, "conflicts_with", id);
}

void FormatReader::parallel(bool yes, std::string_view text, std::string among, Location where) {
  x_order.parallel = ParallelMark{yes, std::string(text), std::move(among), where};
  note(where, "parallel", text);
}

void FormatReader::prose(std::string_view text, std::optional<Location> at, Ungoverned ungoverned) {
  for (const ProsePath& path : read_prose(text, ungoverned)) {
    const Location where = at ? *at : locate(path.place);
    if (path.sure == Sure::stated && !x_declares_writes)
      write(path.path, where, path.intent, Sure::stated);
    else
      mention(path.path, where, path.sure);
  }
}

void FormatReader::prose_dependencies(std::string_view text, std::optional<Location> at,
                                      const std::function<std::size_t(std::string_view)>& id_at,
                                      const std::function<std::string(std::string_view)>& id_of) {
  const ProseDependencies list = read_prose_dependencies(text, id_at);
  for (const ProseDependency& d : list.found) {
    const Location where = at ? *at : locate(d.place);
    const std::string id = id_of(d.target);
    if (d.before)
      before(id, where);
    else
      depend(id, where, Sure::stated);
  }
  for (const std::string_view place : list.doubtful)
    if (id_of(place) != x_order.id && fresh("doubtful", place)) note(at ? *at : locate(place), "unread", place);
}

Parsed<WorkOrders> FormatReader::finish() {
  close();
  std::stable_sort(x_result.value.readings.begin(), x_result.value.readings.end(),
                   [](const Reading& a, const Reading& b) { return a.where < b.where; });
  return std::move(x_result);
}

std::optional<Status> foreign_status(std::string_view word) {
  const std::string name = normal_label(word);
  constexpr std::pair<std::string_view, Status> words[] = {
      {"in progress", Status::running}, {"inprogress", Status::running}, {"started", Status::running},
      {"doing", Status::running},       {"hooked", Status::running},     {"pinned", Status::pending},
      {"backlog", Status::pending},     {"blocked", Status::pending},    {"new", Status::pending},
      {"to do", Status::pending},       {"unstarted", Status::pending},  {"triage", Status::pending},
      {"planned", Status::pending},     {"opened", Status::pending},     {"reopened", Status::pending},
      {"deferred", Status::dropped},    {"wontfix", Status::dropped},    {"won't do", Status::dropped},
      {"not planned", Status::dropped}, {"duplicate", Status::dropped},  {"skipped", Status::dropped},
      {"in review", Status::review},    {"finished", Status::done},      {"resolved", Status::done},
      {"shipped", Status::done},        {"fixed", Status::done},         {"verified", Status::done},
  };
  for (const auto& [text, status] : words)
    if (name == text) return status;
  return status_word(word);
}

bool FenceState::hides(std::string_view line) {
  const std::string_view bare = trim(line);
  const char mark = bare.starts_with("```") ? '`' : bare.starts_with("~~~") ? '~' : '\0';
  const std::size_t length = mark == 0 ? 0 : std::min(bare.find_first_not_of(mark), bare.size());
  if (x_mark == 0) {
    // "```code``` in one line" opens nothing.
    if (mark == 0 || (mark == '`' && bare.find('`', length) != std::string_view::npos)) return false;
    x_mark = mark;
    x_length = length;
    return true;
  }
  if (mark == x_mark && length >= x_length && length == bare.size()) x_mark = 0;
  return true;
}

std::string_view text_at(const Node& mapping, std::string_view key) {
  const Node* found = mapping.find(key);
  return found != nullptr && found->kind == Node::Kind::scalar ? std::string_view(found->text) : std::string_view();
}

const Node* find_first(const Node& mapping, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (const Node* found = mapping.find(key); found != nullptr && found->kind != Node::Kind::null) return found;
  return nullptr;
}

Parsed<Node> read_json_kindly(const Source& source, FileId file) {
  Parsed<Node> parsed = read_json(source, file);
  if (parsed.value.kind == Node::Kind::null && has_errors(parsed.diagnostics)) {
    std::vector<Diagnostic> mended;
    const Source again{source.name, without_trailing_commas(source.text, file, mended)};
    if (!mended.empty()) {
      Parsed<Node> second = read_json(again, file);
      if (second.value.kind != Node::Kind::null) {
        parsed = std::move(second);
        parsed.diagnostics.insert(parsed.diagnostics.begin(), mended.begin(), mended.end());
      }
    }
  }
  if (parsed.value.kind != Node::Kind::null)
    for (Diagnostic& d : parsed.diagnostics) d.severity = std::max(d.severity, Severity::warning);
  return parsed;
}

std::optional<std::int64_t> hours_of(std::string_view text) {
  text = trim(text);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view unit = trim(text.substr(digits));
  if (digits == 0 || digits > 6 || !(unit.empty() || unit == "h" || unit == "hours" || unit == "hour" || unit == "hrs"))
    return std::nullopt;
  double hours = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, hours);
  if (error != std::errc{} || end != text.data() + digits || !(hours > 0)) return std::nullopt;
  const auto seconds = static_cast<std::int64_t>(hours * 3600);
  return seconds < 1 ? std::nullopt : std::optional(seconds);
}

std::string_view front_of(const Source& source) {
  return std::string_view(source.text).substr(byte_order_mark_length(source.text), recognition_bytes);
}

bool is_named(const Source& source, std::string_view name) {
  const std::string_view path = source.name;
  if (path == name) return true;
  if (path.size() <= name.size() || !path.ends_with(name)) return false;
  const char before = path[path.size() - name.size() - 1];
  return before == '/' || before == '_' || before == ':' || before == '-';
}

std::string directory_name(const Source& source) {
  const std::string_view path = std::string_view(source.name).substr(source.name.find(':') + 1);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return {};
  const std::size_t before = path.rfind('/', slash - 1);
  return std::string(path.substr(before == std::string_view::npos ? 0 : before + 1,
                                 slash - (before == std::string_view::npos ? 0 : before + 1)));
}

std::string file_stem(const Source& source) {
  const std::string name = source.name.substr(source.name.find_last_of("/:") + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

}  // namespace parsers
