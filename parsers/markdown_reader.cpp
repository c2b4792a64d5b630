#include "parsers/markdown_reader.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include "parsers/markdown_dependencies.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

std::vector<ScopeEntry>& set_of(WorkOrder& order, LabelKind kind) {
  switch (kind) {
    case LabelKind::read:
      return order.read ? *order.read : order.read.emplace();
    case LabelKind::do_not_touch:
      return order.do_not_touch;
    case LabelKind::permits:
      return order.permits;
    default:
      return order.write ? *order.write : order.write.emplace();
  }
}

std::string_view set_name(LabelKind kind) {
  if (kind == LabelKind::do_not_touch) return "do-not-touch";
  return to_string(kind);
}

/// Whether `path` is an entry of any set of the order, perhaps without the directory.
bool names_entry(const WorkOrder& order, std::string_view path) {
  constexpr std::size_t most = 1000;  // long lists of long lists would take quadratic time
  path = without_lines(path);
  const auto in = [&](const std::vector<ScopeEntry>& entries) {
    return entries.size() <= most && std::any_of(entries.begin(), entries.end(), [&](const ScopeEntry& e) {
             const std::string_view text = e.text;
             return text == path || e.to == path ||
                    (text.size() > path.size() && text.ends_with(path) && text[text.size() - path.size() - 1] == '/');
           });
  };
  return (order.write && in(*order.write)) || (order.read && in(*order.read)) || in(order.do_not_touch) ||
         in(order.permits);
}

}  // namespace

std::size_t MarkdownReader::open(const std::string& id, std::string_view place) {
  WorkOrder order;
  order.id = id;
  order.where = x_document.locate(place);
  order.loose = true;
  x_result.value.orders.push_back(std::move(order));
  x_by_id.try_emplace(id, x_result.value.orders.size() - 1);
  x_ids.add(id, id);
  return x_result.value.orders.size() - 1;
}

WorkOrder* MarkdownReader::find(const std::string& id) {
  const auto found = x_by_id.find(id);
  return found == x_by_id.end() ? nullptr : &x_result.value.orders[found->second];
}

void MarkdownReader::say(Severity severity, std::string_view place, std::string message, std::string remedy) {
  x_result.diagnostics.push_back({severity, x_document.locate(place), std::move(message), std::move(remedy)});
}

bool MarkdownReader::say_if_confusable(std::string_view name, std::string_view value) {
  const auto has_order = [&] {
    const auto mentions = x_ids.mentions(value.substr(0, 200));
    return std::any_of(mentions.begin(), mentions.end(), [](const IdBook::Mention& m) { return m.certain; });
  };
  const auto disguise = label_in_disguise(name);
  auto misspelt = disguise ? std::nullopt : label_misspelt(name);
  if (misspelt && !value.empty() && !begins_with_path(value) && !says_none(value) && !has_order()) misspelt.reset();
  if (!disguise && !misspelt) return false;
  say(Severity::error, name,
      fmt::format("\"{}\" {} the label \"{}\" but is not", name, disguise ? "looks like" : "is almost",
                  disguise ? *disguise : *misspelt),
      fmt::format("did you mean \"{}\"?", disguise ? *disguise : *misspelt));
  return true;
}

void MarkdownReader::note(std::string_view place, const std::string& order, std::string_view as,
                          std::string_view text) {
  std::string line;  // a reading is one line, however the paragraph was wrapped
  for (const std::string_view part : lines_of(trim(text))) {
    if (!line.empty()) line += ' ';
    line += trim(part);
  }
  if (!line.empty())
    x_result.value.readings.push_back({x_document.locate(place), order, std::string(as), std::move(line)});
}

void MarkdownReader::add_entry(WorkOrder& order, LabelKind kind, const PathMention& mention,
                               std::optional<Intent> intent) {
  for (const std::string& path : mention.paths) {
    ScopeEntry entry;
    entry.text = path;
    const std::optional<Intent> said = mention.intent ? mention.intent : intent;
    if (kind == LabelKind::write && said) {
      entry.intent = *said;
      entry.intent_declared = true;
    }
    entry.to = mention.to;
    entry.where = x_document.locate(mention.place);
    // "Modify: a.rs" and then "Test: a.rs" is one file; "Create" and then "Delete" is a contradiction to keep.
    const auto [known, inserted] =
        x_entries.try_emplace(fmt::format("{}\n{}\n{}", order.id, static_cast<int>(kind), path), entry.intent);
    std::vector<ScopeEntry>& entries = set_of(order, kind);
    if (inserted || (entry.intent_declared && entry.intent != known->second)) entries.push_back(std::move(entry));
  }
}

void MarkdownReader::add_paths(WorkOrder& order, const Label& label, std::string_view value, bool search) {
  const PathList list = read_paths(value, search       ? PathForm::sentence
                                          : label.weak ? PathForm::leading
                                                       : PathForm::list);
  const bool counts_when_empty = !label.intent && !label.name.starts_with("test");
  if (list.empty_on_purpose) {
    if (counts_when_empty && is_path_set(label.kind)) set_of(order, label.kind);
    note(value, order.id, to_string(label.kind));
    return;
  }
  if (list.all_the_rest && label.kind == LabelKind::do_not_touch) return note(value, order.id, "closed");
  for (const PathMention& mention : list.paths) {
    add_entry(order, label.kind, mention, label.intent);
    note_path(order, label.kind, mention, label.intent);
  }
  report_unread(order, label, list);
}

void MarkdownReader::note_path(const WorkOrder& order, LabelKind kind, const PathMention& mention,
                               std::optional<Intent> of_label) {
  const Intent intent = mention.intent.value_or(of_label.value_or(Intent::modify));
  const bool plain = kind != LabelKind::write || intent == Intent::modify;
  note(mention.place, order.id, plain ? to_string(kind) : to_string(intent),
       mention.to.empty() ? std::string(mention.place) : fmt::format("{} -> {}", mention.place, mention.to));
  if (!mention.lines.empty()) note(mention.lines, order.id, "unread");
}

void MarkdownReader::report_unread(const WorkOrder& order, const Label& label, const PathList& list) {
  for (const std::string_view prose : list.prose) note(prose, order.id, "unread");
  // An everyday word without paths is no label, and what was read in any form was not lost.
  const bool is_label = !label.weak || !list.paths.empty();
  for (const std::string_view path : list.left)
    if (is_label && !list.all_the_rest && !names_entry(order, path))
      say(Severity::warning, path,
          fmt::format("left unread in the {} set of {}: \"{}\"", set_name(label.kind), order.id, path),
          "write one path per item, and what is no path of the set elsewhere");
  for (const std::string_view path : list.errors)
    say(Severity::error, path, fmt::format("\"{}\" stands for more than 256 paths", path.substr(0, 80)),
        "write the directory instead");
}

void MarkdownReader::add_dependency(WorkOrder& order, Dependency dependency, bool before) {
  std::vector<Dependency>& list = before ? order.before : order.depends_on;
  const std::string key =
      fmt::format("{}\n{}{}\n{}", order.id, before ? '<' : '>', static_cast<int>(dependency.kind), dependency.target);
  if (x_dependencies.insert(key).second) list.push_back(std::move(dependency));
}

void MarkdownReader::add_dependencies(WorkOrder& order, std::string_view value, bool before) {
  const DependencyList list = read_dependencies(value, x_ids, before);
  for (const DependencyMention& found : list.found) {
    if (found.target == order.id && list.found.size() > 1) continue;  // "WO-1 must land before this order, WO-2"
    add_dependency(order, {found.kind, found.target, x_document.locate(found.place)}, found.before);
    note(found.place, order.id, found.before ? "before" : "depends_on");
  }
  for (const std::string_view text : list.unread)
    note(text, order.id, list.none ? (before ? "before" : "depends_on") : "unread");
  for (const DependencyList::Doubt& doubt : list.doubts)
    say(Severity::warning, doubt.place, doubt.message, doubt.remedy);
  if (list.lost)
    say(Severity::warning, trim(value), fmt::format("no work order could be read from this dependency of {}", order.id),
        "name the order's id, or write external:NAME");
}

Parsed<WorkOrders> MarkdownReader::finish() {
  WorkOrders& value = x_result.value;
  std::stable_sort(value.orders.begin(), value.orders.end(),
                   [](const WorkOrder& a, const WorkOrder& b) { return a.where < b.where; });
  std::stable_sort(value.waves.begin(), value.waves.end(),
                   [](const HandMadeWave& a, const HandMadeWave& b) { return a.where < b.where; });
  std::stable_sort(value.readings.begin(), value.readings.end(),
                   [](const Reading& a, const Reading& b) { return a.where < b.where; });
  std::stable_sort(x_result.diagnostics.begin(), x_result.diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::tie(a.where, a.message) < std::tie(b.where, b.message);
                   });
  return std::move(x_result);
}

}  // namespace parsers
