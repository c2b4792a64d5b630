// Tables that say for every order, or for every file, who writes what and who waits for whom.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "parsers/markdown_fields.h"
#include "parsers/markdown_reader.h"
#include "parsers/markdown_table.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

std::vector<std::string_view> cells_of(std::string_view row) {
  row = trim(row);
  if (row.starts_with('|')) row.remove_prefix(1);
  std::vector<std::string_view> cells;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= row.size(); ++i) {
    if (i < row.size() && row[i] == '\\') {
      ++i;
    } else if (i >= row.size() || row[i] == '|') {
      const std::string_view cell = trim(row.substr(std::min(from, row.size()), i - std::min(from, i)));
      if (i < row.size() || !cell.empty()) cells.push_back(cell);
      from = i + 1;
    }
  }
  return cells;
}

bool is_rule(std::string_view row) {
  return row.find('-') != std::string_view::npos && row.find_first_not_of(" \t|:-") == std::string_view::npos;
}

enum class Column { other, order, files, wave, title, label };

struct Heading {
  Column column = Column::other;
  const Label* label = nullptr;
};

Heading heading_of(std::string_view cell) {
  const std::string name = normal_label(cell);
  if (is_order_column(cell)) return {Column::order, nullptr};
  for (const std::string_view word : {"file", "files", "path", "paths", "files touched", "write set", "writes",
                                      "files to modify", "files modified", "files owned", "owns", "file path"})
    if (name == word) return {Column::files, find_label("files touched")};
  if (name == "wave" || name == "waves" || name == "dispatch wave") return {Column::wave, nullptr};
  if (name == "title" || name == "name") return {Column::title, nullptr};
  for (const std::string_view word : {"after", "needs", "requires", "deps", "prereqs", "waits for", "wait for",
                                      "waits on", "predecessor", "predecessors", "depends upon", "comes after"})
    if (name == word) return {Column::label, find_label("depends on")};
  const Label* label = find_label(cell);
  if (label != nullptr &&
      (label->kind == LabelKind::depends_on || label->kind == LabelKind::before || label->kind == LabelKind::read ||
       label->kind == LabelKind::do_not_touch || label->kind == LabelKind::priority ||
       label->kind == LabelKind::estimate || label->kind == LabelKind::status))
    return {Column::label, label};
  if (label != nullptr && label->kind == LabelKind::write && !label->weak) return {Column::files, label};
  return {};
}

std::string_view basename(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// What every order writes, to know a file when a table names it again: "spell_resolver.py" in a summary is
/// "aidm/core/spell_resolver.py" of the order itself.
class OwnedFiles {
 public:
  bool has(const WorkOrder& order, std::string_view path) {
    Names& names = of(order);
    const bool bare = path.find('/') == std::string_view::npos;
    return names.paths.contains(path) || names.bare.contains(basename(path)) ||
           (bare && names.basenames.contains(path));
  }
  void add(const WorkOrder& order, const std::string& path) { of(order).add(path); }

 private:
  struct Names {
    std::set<std::string, std::less<>> paths;
    std::set<std::string, std::less<>> bare;  ///< written without a directory
    std::set<std::string, std::less<>> basenames;
    void add(const std::string& path) {
      paths.insert(path);
      basenames.emplace(basename(path));
      if (path.find('/') == std::string::npos) bare.insert(path);
    }
  };
  Names& of(const WorkOrder& order) {
    const auto [place, inserted] = x_names.try_emplace(order.id);
    if (inserted && order.write)
      for (const ScopeEntry& entry : *order.write) place->second.add(entry.text);
    return place->second;
  }
  std::map<std::string, Names> x_names;
};

class TableReader {
 public:
  TableReader(MarkdownReader& reader, const MarkdownBlock& block) : x_reader(reader), x_table(read_table(block)) {
    for (const std::string_view cell : x_table.header) x_headings.push_back(heading_of(cell));
    // "| Task | WO | ..." names each order twice; the more particular word wins.
    x_order = column(Column::order);
    for (std::size_t c = 0; c < x_headings.size(); ++c)
      if (x_headings[c].column == Column::order && normal_label(x_table.header[c]).starts_with("wo")) {
        x_order = c;
        break;
      }
  }

  bool concerns_orders() const {
    const bool says = std::any_of(x_headings.begin(), x_headings.end(), [](const Heading& h) {
      return h.column == Column::files || h.column == Column::wave || h.column == Column::label;
    });
    return x_order < x_headings.size() && says && (declares_paths() || x_headings.size() > 1);
  }

  void open_orders() {
    if (!declares_paths()) return;
    for (const auto& row : x_table.rows)
      for (const IdBook::Mention& mention : orders_of(row))
        if (!mention.known && x_reader.ids().find(mention.id) == nullptr) x_reader.open(mention.id, mention.text);
  }

  void read(OwnedFiles& owned) {
    const std::size_t wave = column(Column::wave);
    for (const auto& row : x_table.rows) {
      const std::vector<IdBook::Mention> orders = orders_of(row);
      if (orders.empty()) leave_row(row);
      for (const IdBook::Mention& mention : orders) {
        WorkOrder* order = x_reader.find(mention.id);
        if (wave < row.size()) add_to_wave(row[wave], mention);
        if (order != nullptr)
          fill(*order, row, owned);
        else if (wave >= row.size())
          x_reader.say(Severity::warning, mention.text,
                       fmt::format("{} has no scope in this document; the row was left unread", mention.id), "");
      }
    }
  }

 private:
  bool declares_paths() const { return column(Column::files) < x_headings.size() && x_order < x_headings.size(); }

  std::size_t column(Column wanted) const {
    const auto found =
        std::find_if(x_headings.begin(), x_headings.end(), [&](const Heading& h) { return h.column == wanted; });
    return static_cast<std::size_t>(found - x_headings.begin());
  }

  std::vector<IdBook::Mention> orders_of(const std::vector<std::string_view>& row) const {
    if (x_order >= row.size()) return {};
    std::vector<IdBook::Mention> mentions = x_reader.ids().mentions(row[x_order]);
    if (const std::string_view id = short_id(row[x_order]); mentions.empty() && declares_paths() && !id.empty())
      mentions.push_back({id, std::string(id), false, true});
    return mentions;
  }

  /// "T1", "step-2": what names an order only where a table says that it does.
  static std::string_view short_id(std::string_view cell) {
    while (cell.size() > 1 && (cell.front() == '*' || cell.front() == '`')) cell.remove_prefix(1);
    while (cell.size() > 1 && (cell.back() == '*' || cell.back() == '`')) cell.remove_suffix(1);
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    constexpr std::size_t longest = 24;
    const bool fits = !cell.empty() && cell.size() <= longest && is_letter(cell.front()) && is_digit(cell.back()) &&
                      std::all_of(cell.begin(), cell.end(),
                                  [&](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
    return fits ? cell : std::string_view();
  }

  /// A row that names no order. One that says so is in order, of any other somebody has to hear.
  void leave_row(const std::vector<std::string_view>& row) {
    for (const std::string_view cell : row) x_reader.note(cell, "", "unread");
    if (x_order >= row.size() || !declares_paths() || x_reader.orders().empty()) return;
    const std::string name = normal_label(row[x_order]);
    if (name.empty() || says_none(row[x_order])) return;
    for (const std::string_view nobody : {"nobody", "no one", "unowned", "unassigned", "free", "tbd"})
      if (name == nobody) return;
    x_reader.say(Severity::warning, row[x_order],
                 fmt::format("no work order is named by \"{}\"; the row was left unread", row[x_order]),
                 "write the order's id, or none");
  }

  void fill(WorkOrder& order, const std::vector<std::string_view>& row, OwnedFiles& owned) {
    for (std::size_t c = 0; c < row.size() && c < x_headings.size(); ++c) {
      const Heading& heading = x_headings[c];
      if (c == x_order || heading.column == Column::wave || row[c].empty()) continue;
      if (heading.column == Column::files) {
        merge_paths(order, *heading.label, row[c], owned);
      } else if (heading.column == Column::title) {
        if (order.title.empty()) order.title = without_pipe_escapes(row[c]);
        x_reader.note(row[c], order.id, "title");
      } else if (heading.column != Column::label) {
        x_reader.note(row[c], order.id, "unread");
      } else if (heading.label->kind == LabelKind::depends_on || heading.label->kind == LabelKind::before) {
        x_reader.add_dependencies(order, row[c], heading.label->kind == LabelKind::before);
      } else if (is_path_set(heading.label->kind)) {
        x_reader.add_paths(order, *heading.label, row[c], false);
      } else {
        read_field(x_reader, order, *heading.label, x_table.header[c], row[c]);
      }
    }
  }

  void merge_paths(WorkOrder& order, const Label& label, std::string_view cell, OwnedFiles& owned) {
    const PathList list = read_paths(cell, PathForm::list);
    if (list.empty_on_purpose && !order.write) order.write.emplace();
    for (const PathMention& mention : list.paths) {
      x_reader.note_path(order, LabelKind::write, mention, label.intent);
      const bool known = std::all_of(mention.paths.begin(), mention.paths.end(),
                                     [&](const std::string& path) { return owned.has(order, path); });
      if (known) continue;
      x_reader.add_entry(order, LabelKind::write, mention, label.intent);
      for (const std::string& path : mention.paths) owned.add(order, path);
    }
    x_reader.report_unread(order, label, list);
  }

  void add_to_wave(std::string_view cell, const IdBook::Mention& mention) {
    const std::string name =
        cell.starts_with("Wave") || cell.starts_with("wave") ? std::string(cell) : "Wave " + std::string(cell);
    const auto [place, inserted] = x_waves.try_emplace(name, x_reader.waves().size());
    if (inserted) x_reader.waves().push_back({name, {}, x_reader.document().locate(cell)});
    x_reader.waves()[place->second].orders.push_back({mention.id, x_reader.document().locate(mention.text)});
    x_reader.note(mention.text, mention.id, "wave");
  }

  MarkdownReader& x_reader;
  MarkdownTable x_table;
  std::vector<Heading> x_headings;
  std::size_t x_order = 0;
  std::map<std::string, std::size_t> x_waves;
};

}  // namespace

MarkdownTable read_table(const MarkdownBlock& block) {
  MarkdownTable table;
  std::string_view previous;
  for (const std::string_view line : lines_of(block.text)) {
    if (!table.header.empty()) {
      table.rows.push_back(cells_of(line));
      if (table.rows.back().size() > table.header.size()) table.rows.back().resize(table.header.size());
    } else if (is_rule(line)) {
      table.header = cells_of(previous);
    }
    previous = line;
  }
  return table;
}

bool is_order_column(std::string_view header) {
  const std::string name = normal_label(header);
  for (const std::string_view word :
       {"wo",          "wos",        "work order", "work orders",    "order",         "orders",
        "used by wos", "used by wo", "used by",    "used by orders", "wo id",         "id",
        "task",        "tasks",      "session",    "sessions",       "owner",         "owned by",
        "touched by",  "agent",      "owner wo",   "owning wo",      "work order id", "deliverable"})
    if (name == word) return true;
  return false;
}

bool is_file_column(std::string_view header) {
  const std::string name = normal_label(header);
  return name == "file" || name == "files" || name == "path" || name == "paths";
}

std::size_t action_column(const MarkdownTable& table) {
  const auto found = std::find_if(table.header.begin(), table.header.end(), [](std::string_view cell) {
    const std::string name = normal_label(cell);
    return name == "action" || name == "change" || name == "intent" || name == "operation";
  });
  return static_cast<std::size_t>(found - table.header.begin());
}

bool lists_changes(const MarkdownTable& table) {
  const std::size_t action = action_column(table);
  return action < table.header.size() && !table.rows.empty() &&
         std::any_of(table.header.begin(), table.header.end(), is_file_column) &&
         std::all_of(table.rows.begin(), table.rows.end(), [&](const std::vector<std::string_view>& row) {
           return action < row.size() && intent_word(row[action]);
         });
}

void open_table_orders(MarkdownReader& reader) {
  for (std::size_t i = 0; i < reader.block_count(); ++i) {
    if (reader.block(i).kind != MarkdownBlock::Kind::table) continue;
    TableReader table(reader, reader.block(i));
    reader.consumed[i] = table.concerns_orders();
    if (reader.consumed[i]) table.open_orders();
  }
}

void read_tables(MarkdownReader& reader) {
  OwnedFiles owned;
  for (std::size_t i = 0; i < reader.block_count(); ++i)
    if (reader.block(i).kind == MarkdownBlock::Kind::table && reader.consumed[i])
      TableReader(reader, reader.block(i)).read(owned);
}

}  // namespace parsers
