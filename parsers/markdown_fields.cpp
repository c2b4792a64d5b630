#include "parsers/markdown_fields.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "parsers/markdown_table.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view without_quotes(std::string_view text) {
  text = trim(text);
  while (text.size() > 1 && (text.front() == '`' || text.front() == '"' || text.front() == '*')) text.remove_prefix(1);
  while (text.size() > 1 && (text.back() == '`' || text.back() == '"' || text.back() == '*')) text.remove_suffix(1);
  return text;
}

/// Comma separated words, without back-ticks.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",;\n"), text.size());
    const std::string_view word = without_quotes(text.substr(0, end));
    if (!word.empty()) words.push_back(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool read_priority(WorkOrder& order, std::string_view text) {
  std::int64_t priority = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), priority);
  const bool apart = end == text.data() + text.size() || (!is_letter(*end) && *end != '.' && *end != '/');
  if (error != std::errc{} || priority < 1 || !apart) return false;
  if (!order.priority) order.priority = priority;
  return true;
}

}  // namespace

std::optional<Status> status_word(std::string_view text) {
  constexpr std::pair<std::string_view, Status> words[] = {
      {"pending", Status::pending},     {"draft", Status::pending},
      {"ready", Status::pending},       {"ready for dispatch", Status::pending},
      {"open", Status::pending},        {"todo", Status::pending},
      {"not started", Status::pending}, {"dispatch ready", Status::pending},
      {"running", Status::running},     {"in progress", Status::running},
      {"dispatched", Status::running},  {"active", Status::running},
      {"review", Status::review},       {"in review", Status::review},
      {"done", Status::done},           {"complete", Status::done},
      {"completed", Status::done},      {"landed", Status::done},
      {"merged", Status::done},         {"closed", Status::done},
      {"accepted", Status::done},       {"failed", Status::failed},
      {"dropped", Status::dropped},     {"cancelled", Status::dropped},
      {"canceled", Status::dropped},    {"retired", Status::dropped},
  };
  text = trim(text);
  const std::size_t end =
      std::min({text.find(" ("), text.find(" —"), text.find(" - "), text.find_first_of(".,;"), text.size()});
  const std::string word = normal_label(text.substr(0, end));
  for (const auto& [name, status] : words)
    if (word == name) return status;
  return std::nullopt;
}

void read_field(MarkdownReader& reader, WorkOrder& order, const Label& label, std::string_view name,
                std::string_view text) {
  const auto unread = [&] { reader.note(text, order.id, "unread", fmt::format("{}: {}", name, text)); };
  const auto note = [&](bool read) { read ? reader.note(text, order.id, to_string(label.kind)) : unread(); };
  const std::string_view word = without_quotes(text);
  switch (label.kind) {
    case LabelKind::priority:
      return note(read_priority(order, word));
    case LabelKind::estimate: {
      const auto seconds = parse_estimate(word);
      if (seconds && !order.estimate) order.estimate = seconds;
      return note(seconds.has_value());
    }
    case LabelKind::status: {
      const auto status = status_word(word);
      if (status) order.status = *status;
      return note(status.has_value());
    }
    case LabelKind::branch:
    case LabelKind::exploration: {
      const bool one = !word.empty() && word.find_first_of(" \n") == std::string_view::npos && !says_none(word);
      if (one) (label.kind == LabelKind::branch ? order.branch : order.exploration) = std::string(word);
      return note(one);
    }
    case LabelKind::root: {
      const bool one = word.find_first_of(" \n") == std::string_view::npos && !says_none(word);
      if (one) {
        order.root = std::string(word);
        while (order.root.ends_with('/')) order.root.pop_back();
        order.root_where = reader.document().locate(word);
      }
      return note(one);
    }
    case LabelKind::title:
      order.title = std::string(word);
      return note(true);
    case LabelKind::keys:
    case LabelKind::resources:
      if (says_none(text)) return note(true);
      for (std::string_view item : words_of(text)) {
        const bool shared = item.ends_with(" (shared)");
        if (shared) item = without_quotes(item.substr(0, item.size() - 9));
        const bool exclusive = item.ends_with(" (exclusive)");
        if (exclusive) item = without_quotes(item.substr(0, item.size() - 12));
        if (item.find(' ') != std::string_view::npos) {
          reader.note(item, order.id, "unread");
          continue;
        }
        if (label.kind == LabelKind::keys)
          order.keys.push_back({std::string(item), reader.document().locate(item)});
        else
          order.resources.push_back({std::string(item), shared ? Mode::shared : Mode::exclusive, shared || exclusive,
                                     reader.document().locate(item)});
        reader.note(item, order.id, to_string(label.kind));
      }
      return;
    case LabelKind::evidence:
      return reader.note(text, order.id, "mentioned");
    default:
      return unread();
  }
}

bool read_scope_table(MarkdownReader& reader, WorkOrder& order, const MarkdownBlock& block, const Label* under) {
  const MarkdownTable table = read_table(block);
  std::vector<const Label*> columns(table.header.size(), nullptr);
  const std::size_t intents = action_column(table);
  const bool changes = lists_changes(table);
  bool any = false;
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    const Label* label = find_label(table.header[c]);
    const bool files = is_file_column(table.header[c]);
    if (label != nullptr && is_path_set(label->kind) && !label->weak)
      columns[c] = label;
    else if (files && under != nullptr && is_path_set(under->kind))
      columns[c] = under;
    else if (files && changes)
      columns[c] = find_label("files to modify");
    any = any || columns[c] != nullptr;
  }
  if (!any) return false;
  for (const std::vector<std::string_view>& row : table.rows) {
    for (std::size_t c = 0; c < row.size() && c < columns.size(); ++c) {
      if (columns[c] == nullptr) {
        reader.note(row[c], order.id, "unread");
        continue;
      }
      Label label = *columns[c];
      if (label.kind == LabelKind::write && !label.intent && intents < row.size())
        label.intent = intent_word(row[intents]);
      reader.add_paths(order, label, row[c], false);
    }
  }
  return true;
}

}  // namespace parsers
