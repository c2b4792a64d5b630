// beads' .beads/issues.jsonl: one issue a line; `blocks` orders work, `parent-child` is hierarchy.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>

#include "parsers/format_json_lines.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool looks_like_issue(std::string_view line) {
  return line.starts_with('{') && line.find("\"id\"") != std::string_view::npos &&
         line.find("\"title\"") != std::string_view::npos &&
         (line.find("\"issue_type\"") != std::string_view::npos ||
          line.find("\"depends_on_id\"") != std::string_view::npos ||
          (line.find("\"status\"") != std::string_view::npos && line.find("\"created_at\"") != std::string_view::npos &&
           line.find("\"number\"") == std::string_view::npos && line.find("\"iid\"") == std::string_view::npos));
}

struct Issue {
  Node node;
  std::string id;
  std::string parent;
  bool epic = false;
  bool parent_of_others = false;
};

class BeadsReader {
 public:
  BeadsReader(const Source& source, FileId file) : reader_(source, file) {}

  Parsed<WorkOrders> run() {
    each_json_line(reader_, [&](const Node& node) { collect(node); });
    for (Issue& issue : issues_)
      if (const auto parent = by_id_.find(issue.parent); parent != by_id_.end())
        issues_[parent->second].parent_of_others = true;
    for (const Issue& issue : issues_)
      if (std::string parent = parent_of(issue); !parent.empty()) children_[std::move(parent)].push_back(issue.id);
    for (const Issue& issue : issues_) {
      // An epic is a container, with members or without; so is whatever has children of its own and is no epic.
      if (issue.epic || issue.parent_of_others)
        contain(issue);
      else
        read(issue);
    }
    return reader_.finish();
  }

 private:
  void collect(const Node& node) {
    if (node.kind != Node::Kind::mapping) return reader_.lose(node.where, "not an issue", "one JSON object a line");
    if (text_at(node, "_type") != "" && text_at(node, "_type") != "issue") {
      reader_.note(node.where, "unread", fmt::format("a record of type {}", text_at(node, "_type")));
      return;
    }
    Issue issue{node, std::string(text_at(node, "id")), {}, false, false};
    if (issue.id.empty()) return reader_.lose(node.where, "an issue without an id", "left out");
    if (text_at(node, "status") == "tombstone" || node.find("deleted_at") != nullptr) {
      tombs_.insert(issue.id);
      reader_.note(node.where, "tombstone", issue.id);
      return;
    }
    issue.epic = text_at(node, "issue_type") == "epic";
    if (const Node* list = node.find("dependencies"); list != nullptr)
      for (const Node& d : list->items)
        if (text_at(d, "type") == "parent-child") issue.parent = std::string(text_at(d, "depends_on_id"));
    if (const auto [known, fresh] = by_id_.emplace(issue.id, issues_.size()); !fresh) {
      reader_.warn(node.where, fmt::format("issue \"{}\" stands in the file twice", issue.id), "the later line counts");
      issues_[known->second] = std::move(issue);
      return;
    }
    issues_.push_back(std::move(issue));
  }

  /// "bd-12.3" is a child of "bd-12" even where no dependency says so.
  std::string parent_of(const Issue& issue) const {
    if (!issue.parent.empty()) return issue.parent;
    const std::size_t dot = issue.id.rfind('.');
    if (dot == std::string::npos) return {};
    std::string parent = issue.id.substr(0, dot);
    const auto known = by_id_.find(parent);
    return known != by_id_.end() && issues_[known->second].epic ? parent : std::string();
  }

  void contain(const Issue& issue) {
    Container container{issue.id, {}, issue.node.where};
    if (const auto status = foreign_status(text_at(issue.node, "status"));
        status != Status::done && status != Status::dropped)
      container.members = children_[issue.id];
    reader_.note(issue.node.where, "container", fmt::format("{}: {}", issue.id, text_at(issue.node, "title")));
    reader_.value().containers.push_back(std::move(container));
  }

  void read(const Issue& issue) {
    const Node& node = issue.node;
    WorkOrder& order = reader_.open(issue.id, std::string(text_at(node, "title")), node.where);
    reader_.note(node.where, "title", order.title);
    const std::string_view status = text_at(node, "status");
    if (const auto known = foreign_status(status))
      order.status = *known;
    else if (!status.empty())
      reader_.warn(node.find("status")->where,
                   fmt::format("\"{}\" has the status \"{}\", which nobody agreed on", issue.id, status),
                   "read as pending");
    int priority = 0;
    const std::string_view written = text_at(node, "priority");
    if (!written.empty() &&
        std::from_chars(written.data(), written.data() + written.size(), priority).ec == std::errc{} && priority >= 0)
      order.priority = priority + 1;  // 0 is the most urgent there
    int minutes = 0;
    const std::string_view estimate = text_at(node, "estimated_minutes");
    if (!estimate.empty() &&
        std::from_chars(estimate.data(), estimate.data() + estimate.size(), minutes).ec == std::errc{} && minutes > 0)
      order.estimate = std::int64_t{60} * minutes;
    if (const std::string_view ref = text_at(node, "external_ref"); ref.starts_with("gh-") && ref.size() > 3)
      reader_.key(fmt::format("issue:{}", ref.substr(3)), node.find("external_ref")->where);

    bool blocked = false;
    if (const Node* list = node.find("dependencies"); list != nullptr)
      for (const Node& d : list->items) blocked = dependency(d) || blocked;
    if (status == "blocked" && !blocked) reader_.external("whatever blocks it", node.find("status")->where);

    // No field names files; the prose may.
    for (const std::string_view key : {"title", "description", "design", "acceptance_criteria", "notes"})
      if (const Node* text = node.find(key); text != nullptr && text->kind == Node::Kind::scalar)
        prose(text->text, text->where);
    reader_.close();
  }

  void prose(std::string_view text, Location where) {
    std::string visible;
    FenceState fence;
    for (const std::string_view line : lines_of(text))
      if (!fence.hides(line)) visible.append(line).push_back('\n');
    reader_.prose(visible, where);
  }

  /// Whether it holds the order back.
  bool dependency(const Node& d) {
    const std::string_view type = text_at(d, "type");
    const std::string_view target = text_at(d, "depends_on_id");
    if (target.empty()) return false;
    // Only these order work; the others ("related", "discovered-from", "parent-child") say where it came from.
    if (!(type.empty() || type == "blocks" || type == "conditional-blocks" || type == "waits-for")) {
      reader_.note(d.where, "unread", fmt::format("{} {}", type, target));
      return false;
    }
    if (tombs_.contains(std::string(target))) return false;
    if (target.starts_with("external:"))
      reader_.external(target.substr(9), d.where);
    else
      reader_.depend(target, d.where);
    return true;
  }

  FormatReader reader_;
  std::vector<Issue> issues_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_map<std::string, std::vector<std::string>> children_;
  std::unordered_set<std::string> tombs_;
};

}  // namespace

Recognition recognise_beads(const Source& source) {
  const std::string_view line = first_line(front_of(source));
  const bool named =
      is_named(source, "issues.jsonl") || is_named(source, "beads.jsonl") || is_named(source, "beads.base.jsonl");
  std::size_t issues = 0;
  for (const std::string_view each : lines_of(front_of(source).substr(0, 65536)))
    if (looks_like_issue(trim(each))) ++issues;
  if (issues == 0 || !line.starts_with('{')) return {};
  return {named ? Recognition::Degree::by_content_and_name : Recognition::Degree::by_content,
          "lines of JSON with id, title and issue_type"};
}

Parsed<WorkOrders> read_beads(const Source& source, FileId file) { return BeadsReader(source, file).run(); }

}  // namespace parsers
