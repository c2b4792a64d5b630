// Task Master's tasks.json: { "TAG": { "tasks": [...] } }, the older { "tasks": [...] }, and its text files, one a
// task.
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <unordered_map>

#include "parsers/format_reader.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool is_task_list(const Node& node) {
  const Node* tasks = node.find("tasks");
  return tasks != nullptr && tasks->kind == Node::Kind::sequence;
}

std::string without_code(std::string_view text) {
  std::string visible;
  FenceState fence;
  for (const std::string_view line : lines_of(text))
    if (!fence.hides(line)) visible.append(line).push_back('\n');
  return visible;
}

std::optional<std::int64_t> priority_of(std::string_view word) {
  const std::string lower = lowered(word);
  if (lower == "critical" || lower == "urgent") return 1;
  if (lower == "high") return 2;
  if (lower == "medium") return 3;
  if (lower == "low") return 4;
  return std::nullopt;
}

class TaskMasterReader {
 public:
  TaskMasterReader(const Source& source, FileId file) : reader_(source, file), source_(source) {}

  Parsed<WorkOrders> run() {
    Parsed<Node> parsed = read_json_kindly(source_, reader_.file());
    for (Diagnostic& d : parsed.diagnostics) reader_.diagnostics().push_back(std::move(d));
    const Node& root = parsed.value;
    if (is_task_list(root)) {
      read_tag("", *root.find("tasks"));
    } else {
      std::vector<const Node::Member*> tags;
      for (const Node::Member& member : root.members)
        if (is_task_list(member.value)) tags.push_back(&member);
      // Ids are unique in a tag only; "master" is the tag of those who use none.
      for (const Node::Member* tag : tags) {
        const bool plain = tags.size() == 1 || tag->key.text == "master";
        read_tag(plain ? "" : tag->key.text, *tag->value.find("tasks"));
      }
    }
    return reader_.finish();
  }

 private:
  std::string qualified(std::string_view id) const {
    return tag_.empty() ? std::string(id) : fmt::format("{}/{}", tag_, id);
  }

  void read_tag(const std::string& tag, const Node& tasks) {
    tag_ = tag;
    seen_.clear();
    for (const Node& task : tasks.items) read_task(task);
  }

  std::string fresh_id(const Node& task, std::string id) {
    const std::size_t nth = ++seen_[id];
    if (nth == 1) return id;
    const Node* where = task.find("id");
    reader_.warn(where != nullptr ? where->where : task.where, fmt::format("task \"{}\" is there twice", qualified(id)),
                 fmt::format("this one goes by {}~{}; give it an id of its own", qualified(id), nth));
    return fmt::format("{}~{}", id, nth);
  }

  void read_task(const Node& task) {
    const std::string_view written = text_at(task, "id");
    if (task.kind != Node::Kind::mapping || written.empty())
      return reader_.lose(task.where, "a task without an id", "left out");
    const std::string id = fresh_id(task, std::string(written));
    const Node* subtasks = task.find("subtasks");
    if (subtasks == nullptr || subtasks->items.empty()) {
      open(task, id, task);
      dependencies(task, "");
      close(task, nullptr);
      return;
    }
    // The subtasks are the work; the task itself says what they have in common.
    Container container{qualified(id), {}, task.where};
    reader_.note(task.where, "container", fmt::format("{}: {}", qualified(id), text_at(task, "title")));
    std::unordered_map<std::string, std::string> siblings;
    for (const Node& sub : subtasks->items)
      if (const std::string_view own = text_at(sub, "id"); !own.empty()) siblings.emplace(own, sub_id(id, own));
    for (const Node& sub : subtasks->items) {
      const std::string_view own = text_at(sub, "id");
      if (sub.kind != Node::Kind::mapping || own.empty()) {
        reader_.lose(sub.where, "a subtask without an id", "left out");
        continue;
      }
      const std::string sub_name = fresh_id(sub, sub_id(id, own));
      open(sub, sub_name, task);
      if (const Node* list = sub.find("dependencies"); list != nullptr)
        for (const Node& d : list->items) {
          const auto sibling = siblings.find(d.text);
          depend(sibling != siblings.end() ? sibling->second : d.text, d);
        }
      dependencies(task, id);  // what the task waits for, its parts wait for
      container.members.push_back(qualified(sub_name));
      close(sub, &task);
    }
    reader_.value().containers.push_back(std::move(container));
  }

  /// "3" and 2 -> "3.2"; "3.2" stays.
  static std::string sub_id(const std::string& parent, std::string_view own) {
    return own.starts_with(parent + ".") ? std::string(own) : fmt::format("{}.{}", parent, own);
  }

  void open(const Node& task, const std::string& id, const Node& parent) {
    const Node* place = task.find("id");
    WorkOrder& order =
        reader_.open(qualified(id), std::string(text_at(task, "title")), place != nullptr ? place->where : task.where);
    reader_.note(order.where, "title", order.title);
    const std::string_view status =
        text_at(task, "status").empty() ? text_at(parent, "status") : text_at(task, "status");
    if (const auto known = foreign_status(status))
      order.status = *known;
    else if (!status.empty())
      reader_.warn(order.where, fmt::format("\"{}\" has the status \"{}\", which nobody agreed on", order.id, status),
                   "read as pending");
    if (status == "blocked") reader_.external("whatever blocks it", order.where);
    order.priority = priority_of(text_at(task, "priority"));
    if (!order.priority) order.priority = priority_of(text_at(parent, "priority"));
  }

  void dependencies(const Node& task, const std::string& parent) {
    const Node* list = task.find("dependencies");
    if (list == nullptr) return;
    for (const Node& d : list->items)
      if (d.text != parent) depend(d.text, d);
  }

  void depend(std::string_view target, const Node& place) {
    if (place.kind != Node::Kind::scalar || trim(target).empty())
      return reader_.warn(place.where, "a dependency that is no id", "left out");
    reader_.depend(qualified(trim(target)), place.where);
  }

  /// A subtask that names no file to write works on what its task names.
  void close(const Node& task, const Node* parent) {
    prose(task);
    if (parent != nullptr && !reader_.order().write) prose(*parent);
    reader_.close();
  }

  void prose(const Node& task) {
    for (const std::string_view key : {"title", "description", "details", "testStrategy", "acceptanceCriteria"})
      if (const Node* text = task.find(key); text != nullptr && text->kind == Node::Kind::scalar)
        reader_.prose(without_code(text->text), text->where);
  }

  FormatReader reader_;
  const Source& source_;
  std::string tag_;
  std::unordered_map<std::string, std::size_t> seen_;
};

/// "# Task ID: 1", "# Title: ...", "# Status: pending", "# Dependencies: 2, 3", "# Details:" and prose.
Parsed<WorkOrders> read_text_file(const Source& source, FileId file) {
  FormatReader reader(source, file);
  FenceState fence;
  std::string_view id;
  for (const std::string_view line : reader.lines()) {
    if (fence.hides(line)) continue;
    const std::string_view bare = trim(line);
    const std::size_t colon = bare.starts_with("# ") ? bare.find(':') : std::string_view::npos;
    const std::string key = colon == std::string_view::npos ? std::string() : lowered(trim(bare.substr(1, colon - 1)));
    const std::string_view value = colon == std::string_view::npos ? std::string_view() : trim(bare.substr(colon + 1));
    if (key == "task id") {
      reader.close();
      if (value.empty()) {
        reader.lose(reader.locate(bare), "a task without an id", "left out");
        continue;
      }
      id = value;
      reader.open(std::string(id), "", reader.locate(value));
    } else if (!reader.is_open()) {
      continue;
    } else if (key == "title") {
      reader.order().title = std::string(value);
      reader.note(reader.locate(bare), "title", value);
    } else if (key == "status") {
      if (const auto status = foreign_status(value)) reader.order().status = *status;
    } else if (key == "priority") {
      reader.order().priority = priority_of(value);
    } else if (key == "dependencies") {
      if (lowered(value) == "none") continue;
      for (std::size_t at = 0; at < value.size();) {
        const std::size_t end = std::min(value.find(',', at), value.size());
        std::string_view item = trim(value.substr(at, end - at));
        item = item.substr(0, item.find_first_not_of("0123456789.", 0));
        if (!item.empty()) reader.depend(item, reader.locate(item));
        at = end + 1;
      }
    } else {
      reader.prose(colon == std::string_view::npos ? bare : value, std::nullopt);
    }
  }
  return reader.finish();
}

}  // namespace

Recognition recognise_task_master(const Source& source) {
  const std::string_view text = front_of(source);
  const std::string_view bare = trim(text.substr(0, 4096));
  if (bare.starts_with("# Task ID:"))
    return {Recognition::Degree::by_content, "a text file that begins with \"# Task ID:\""};
  if (!bare.starts_with('{') || text.find("\"tasks\"") == std::string_view::npos) return {};
  const bool own =
      text.find("\"testStrategy\"") != std::string_view::npos || text.find("\"subtasks\"") != std::string_view::npos ||
      (text.find("\"dependencies\"") != std::string_view::npos && text.find("\"status\"") != std::string_view::npos &&
       text.find("\"title\"") != std::string_view::npos);
  const bool named = is_named(source, "tasks.json");
  const bool empty = named && text.find("\"metadata\"") != std::string_view::npos;
  if (!own && !empty) return {};
  return {named ? Recognition::Degree::by_content_and_name : Recognition::Degree::by_content,
          "a list of tasks with status and dependencies"};
}

Parsed<WorkOrders> read_task_master(const Source& source, FileId file) {
  if (trim(front_of(source).substr(0, 4096)).starts_with("# Task ID:")) return read_text_file(source, file);
  return TaskMasterReader(source, file).run();
}

}  // namespace parsers
