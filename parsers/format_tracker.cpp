// Issues as trackers export them: gh issue list --json number,title,body,labels,state; GitLab's API; Linear's.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <fmt/format.h>
#include <unordered_map>

#include "parsers/format_json_lines.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// What differs from tracker to tracker.
struct Tracker {
  std::string_view prefix;  ///< "GH-"; empty: ids carry their own
  std::string_view id_key;  ///< "number"
  std::string_view body_key;
};

constexpr Tracker github{"GH-", "number", "body"};
constexpr Tracker gitlab{"GL-", "iid", "description"};
constexpr Tracker linear{"", "identifier", "description"};

/// "#12", "GH-12", "owner/repo#12" is another repository's; "https://host/o/r/issues/12"; "ENG-12" in Linear.
std::size_t reference_length(const Tracker& tracker, std::string_view line, std::string_view at) {
  std::size_t i = 0;
  if (tracker.prefix.empty()) {
    while (i < at.size() && std::isupper(static_cast<unsigned char>(at[i])) != 0) ++i;
    if (i < 2 || i > 10 || i >= at.size() || at[i] != '-') return 0;
    ++i;
  } else if (at.starts_with("http")) {
    const std::size_t end = std::min(at.find_first_of(" \t\r\n)>]\"'"), at.size());
    const std::string_view url = at.substr(0, end);
    const std::size_t issues = url.find("/issues/");
    return issues != std::string_view::npos && issues + 8 < url.size() && is_digit(url[issues + 8]) ? end : 0;
  } else if (at.starts_with('#')) {
    // "owner/repo#12" belongs to another repository.
    if (at.data() != line.data() && (is_word(at.data()[-1]) || at.data()[-1] == '/')) return 0;
    i = 1;
  } else if (at.starts_with(tracker.prefix)) {
    i = tracker.prefix.size();
  } else {
    return 0;
  }
  const std::size_t from = i;
  while (i < at.size() && is_digit(at[i])) ++i;
  return i == from || i - from > 9 || (i < at.size() && is_word(at[i])) ? 0 : i;
}

std::string id_of(const Tracker& tracker, std::string_view reference) {
  if (tracker.prefix.empty()) return std::string(reference);
  const std::size_t issues = reference.find("/issues/");
  const std::size_t from = issues == std::string_view::npos ? reference.find_first_of("0123456789") : issues + 8;
  const std::string_view rest = reference.substr(std::min(from, reference.size()));
  return fmt::format("{}{}", tracker.prefix,
                     rest.substr(0, std::min(rest.find_first_not_of("0123456789"), rest.size())));
}

/// Label names, whether they are texts, objects with a name, or {nodes: [...]}.
std::vector<std::string> labels_of(const Node& issue) {
  std::vector<std::string> out;
  const Node* labels = issue.find("labels");
  if (labels != nullptr && labels->kind == Node::Kind::mapping) labels = labels->find("nodes");
  if (labels == nullptr) return out;
  for (const Node& label : labels->items) {
    std::string_view name = label.kind == Node::Kind::scalar ? std::string_view(label.text) : text_at(label, "name");
    if (name.empty()) name = text_at(label, "title");
    if (!name.empty()) out.push_back(lowered(name));
  }
  return out;
}

std::optional<std::int64_t> priority_of(const std::vector<std::string>& labels) {
  for (const std::string& label : labels) {
    const std::string_view word = std::string_view(label).substr(label.find_last_of(": /") + 1);
    if (word.size() == 2 && word[0] == 'p' && is_digit(word[1])) return word[1] - '0' + 1;
    if (label.find("prio") == std::string::npos) continue;
    if (word == "critical" || word == "urgent" || word == "highest") return 1;
    if (word == "high") return 2;
    if (word == "medium" || word == "normal") return 3;
    if (word == "low" || word == "lowest") return 4;
  }
  return std::nullopt;
}

class TrackerReader {
 public:
  TrackerReader(const Source& source, FileId file, const Tracker& tracker)
      : reader_(source, file), source_(source), tracker_(tracker) {}

  Parsed<WorkOrders> run() {
    Parsed<Node> whole = read_json_kindly(source_, reader_.file());
    std::vector<Node> lines;
    if (whole.value.kind == Node::Kind::null) {
      each_json_line(reader_, [&](const Node& node) { lines.push_back(node); });
      for (const Node& node : lines) issues_.push_back(&node);
    } else {
      for (Diagnostic& d : whole.diagnostics) reader_.diagnostics().push_back(std::move(d));
      find_issues(whole.value, 5);
    }
    for (const Node* issue : issues_)
      if (const std::string id = own_id(*issue); !id.empty()) known_.emplace(id, issue);
    for (const Node* issue : issues_) find_children(*issue);
    std::unordered_map<std::string, bool> seen;
    for (const Node* issue : issues_) {
      const std::string id = own_id(*issue);
      if (id.empty()) {
        reader_.lose(issue->where, fmt::format("an issue without \"{}\"", tracker_.id_key), "left out");
        continue;
      }
      if (!seen.emplace(id, true).second) {
        reader_.lose(issue->where, fmt::format("issue \"{}\" is there twice", id), "the first one counts");
        continue;
      }
      read(*issue, id);
    }
    return reader_.finish();
  }

 private:
  /// A list, {issues: [...]}, {data: {issues: {nodes: [...]}}}, or one issue.
  void find_issues(const Node& node, int depth) {
    if (node.kind == Node::Kind::sequence) {
      for (const Node& item : node.items)
        if (item.find(tracker_.id_key) != nullptr || item.find("title") != nullptr)
          issues_.push_back(&item);
        else if (const Node* inner = item.find("node"); inner != nullptr)
          issues_.push_back(inner);
        else
          reader_.lose(item.where, "not an issue", "left out");
      return;
    }
    if (node.kind != Node::Kind::mapping || depth == 0) return;
    if (node.find(tracker_.id_key) != nullptr && node.find("title") != nullptr) {
      issues_.push_back(&node);
      return;
    }
    for (const std::string_view key : {"data", "team", "project", "repository", "issues", "nodes", "edges", "items"})
      if (const Node* inner = node.find(key)) find_issues(*inner, depth - 1);
  }

  std::string own_id(const Node& issue) const {
    const std::string_view number = text_at(issue, tracker_.id_key);
    return number.empty() ? std::string() : fmt::format("{}{}", tracker_.prefix, number);
  }

  auto reference_in(std::string_view line) const {
    return [this, line](std::string_view at) { return reference_length(tracker_, line, at); };
  }

  /// "- [ ] #12" in an issue's list makes #12 its part.
  void find_children(const Node& issue) {
    const std::string id = own_id(issue);
    std::vector<std::string>& children = children_[id];
    FenceState fence;
    for (const std::string_view line : lines_of(text_at(issue, tracker_.body_key))) {
      const std::string_view bare = trim(line);
      if (fence.hides(line) || bare.size() < 6 || bare[0] != '-' || bare[2] != '[' || bare[4] != ']') continue;
      const std::string_view item = trim(bare.substr(5));
      const std::size_t length = reference_length(tracker_, item, item);
      if (length == 0) continue;
      const std::string child = id_of(tracker_, item.substr(0, length));
      if (child != id) children.push_back(child);
    }
    if (const Node* parent = find_first(issue, {"parent"}); parent != nullptr) {
      const std::string_view name =
          parent->kind == Node::Kind::scalar ? std::string_view(parent->text) : text_at(*parent, tracker_.id_key);
      if (!name.empty())
        children_[tracker_.prefix.empty() ? std::string(name) : fmt::format("{}{}", tracker_.prefix, name)].push_back(
            id);
    }
  }

  Status status_of(const Node& issue) const {
    const Node* state = find_first(issue, {"state", "status"});
    std::string_view word;
    std::string_view type;
    if (state != nullptr) {
      word = state->kind == Node::Kind::scalar ? std::string_view(state->text) : text_at(*state, "name");
      if (state->kind == Node::Kind::mapping) type = text_at(*state, "type");
    }
    const std::string reason =
        lowered(text_at(issue, "stateReason").empty() ? text_at(issue, "state_reason") : text_at(issue, "stateReason"));
    const Status status = foreign_status(type).value_or(foreign_status(word).value_or(Status::pending));
    if (status == Status::done && (reason == "not_planned" || reason == "duplicate")) return Status::dropped;
    if (status != Status::pending) return status;
    for (const std::string& label : labels_of(issue)) {
      const std::string_view name = std::string_view(label).substr(label.find_last_of(":") + 1);
      const std::string bare(trim(name));
      if (bare == "in progress" || bare == "in-progress" || bare == "wip" || bare == "doing") return Status::running;
      if (bare == "in review" || bare == "needs review") return Status::review;
      if (bare == "wontfix" || bare == "duplicate" || bare == "invalid") return Status::dropped;
    }
    return status;
  }

  void read(const Node& issue, const std::string& id) {
    const Node* title = issue.find("title");
    const Location where = issue.find(tracker_.id_key)->where;
    const std::vector<std::string> labels = labels_of(issue);
    const Status status = status_of(issue);
    const std::vector<std::string>& children = children_[id];
    const bool epic = std::any_of(labels.begin(), labels.end(), [](const std::string& l) {
      return l == "epic" || l == "type: epic" || l == "type::epic" || l == "tracking";
    });
    if (!children.empty() || epic) {
      reader_.note(where, "container", fmt::format("{}: {}", id, title != nullptr ? title->text : ""));
      reader_.value().containers.push_back(
          {id, status == Status::done || status == Status::dropped ? std::vector<std::string>{} : children, where});
      return;
    }
    WorkOrder& order = reader_.open(id, title != nullptr ? title->text : std::string(), where);
    reader_.note(where, "title", order.title);
    order.status = status;
    order.priority = priority_of(labels);
    if (const std::string_view level = text_at(issue, "priority");
        tracker_.prefix.empty() && level.size() == 1 && level[0] >= '1' && level[0] <= '4')
      order.priority = level[0] - '0';  // Linear: 1 is urgent, 0 is none
    const std::string_view number = text_at(issue, tracker_.id_key);
    reader_.key(fmt::format("issue:{}", number), where);
    if (std::find(labels.begin(), labels.end(), "blocked") != labels.end()) blocked_ = where;
    relations(issue);
    if (title != nullptr) reader_.prose(title->text, title->where);
    const Node* body = issue.find(tracker_.body_key);
    if (body != nullptr && body->kind == Node::Kind::scalar) read_body(body->text, body->where);
    if (blocked_ && order.depends_on.empty()) reader_.external("whatever blocks it", *blocked_);
    blocked_.reset();
    reader_.close();
  }

  /// "blockedBy": [...] as texts, numbers or issues; Linear's relations; GitLab's links.
  void relations(const Node& issue) {
    for (const std::string_view key : {"blockedBy", "blocked_by", "blockedByIssues"})
      if (const Node* list = issue.find(key))
        each_reference(*list, [&](const std::string& on, Location where) { reader_.depend(on, where); });
    for (const std::string_view key : {"blocks", "blocking"})
      if (const Node* list = issue.find(key))
        each_reference(*list,
                       [&](const std::string& on, Location where) { reader_.before(on, where, Sure::declared); });
    for (const std::string_view key : {"relations", "inverseRelations"}) {
      const Node* list = issue.find(key);
      if (list != nullptr && list->kind == Node::Kind::mapping) list = list->find("nodes");
      if (list == nullptr) continue;
      for (const Node& relation : list->items) {
        if (text_at(relation, "type") != "blocks") continue;
        const Node* other = find_first(relation, {key == "relations" ? "relatedIssue" : "issue"});
        if (other == nullptr) continue;
        const std::string name(text_at(*other, tracker_.id_key));
        if (key == "relations")
          reader_.before(name, other->where, Sure::declared);
        else
          reader_.depend(name, other->where);
      }
    }
  }

  template <class Take>
  void each_reference(const Node& list, Take take) {
    const Node* items = list.kind == Node::Kind::mapping ? list.find("nodes") : &list;
    if (items == nullptr) return;
    for (const Node& item : items->items) {
      std::string_view name =
          item.kind == Node::Kind::scalar ? std::string_view(item.text) : text_at(item, tracker_.id_key);
      if (name.starts_with('#')) name.remove_prefix(1);
      if (name.empty()) continue;
      take(tracker_.prefix.empty() || name.starts_with(tracker_.prefix) ? std::string(name)
                                                                        : fmt::format("{}{}", tracker_.prefix, name),
           item.where);
    }
  }

  void read_body(const std::string& body, Location where) {
    std::string visible;
    FenceState fence;
    bool comment = false;
    for (const std::string_view line : lines_of(body)) {
      if (fence.hides(line)) continue;
      comment = comment || trim(line).starts_with("<!--");
      if (!comment) visible.append(line).push_back('\n');
      if (line.find("-->") != std::string_view::npos) comment = false;
    }
    for (const std::string_view line : lines_of(visible))
      reader_.prose_dependencies(line, where, reference_in(line),
                                 [&](std::string_view r) { return id_of(tracker_, r); });
    reader_.prose(visible, where);
  }

  FormatReader reader_;
  const Source& source_;
  const Tracker& tracker_;
  std::vector<const Node*> issues_;
  std::unordered_map<std::string, const Node*> known_;
  std::unordered_map<std::string, std::vector<std::string>> children_;
  std::optional<Location> blocked_;
};

bool begins_json(std::string_view text) {
  const std::string_view line = first_line(text);
  return line.starts_with('[') || line.starts_with('{');
}

bool holds(std::string_view text, std::initializer_list<std::string_view> keys) {
  return std::all_of(keys.begin(), keys.end(),
                     [&](std::string_view key) { return text.find(key) != std::string_view::npos; });
}

}  // namespace

Recognition recognise_github(const Source& source) {
  const std::string_view text = front_of(source);
  if (!begins_json(text) || !holds(text, {"\"number\"", "\"title\""})) return {};
  if (!holds(text, {"\"body\""}) && !holds(text, {"\"state\""}) && !holds(text, {"\"labels\""})) return {};
  if (holds(text, {"\"identifier\""}) || holds(text, {"\"iid\""})) return {};
  return {Recognition::Degree::by_content, "issues with number, title and body"};
}

Recognition recognise_gitlab(const Source& source) {
  const std::string_view text = front_of(source);
  if (!begins_json(text) || !holds(text, {"\"iid\"", "\"title\""})) return {};
  return {Recognition::Degree::by_content, "issues with iid and title"};
}

Recognition recognise_linear(const Source& source) {
  const std::string_view text = front_of(source);
  if (!begins_json(text) || !holds(text, {"\"identifier\"", "\"title\""})) return {};
  return {Recognition::Degree::by_content, "issues with identifier and title"};
}

Parsed<WorkOrders> read_github(const Source& source, FileId file) { return TrackerReader(source, file, github).run(); }
Parsed<WorkOrders> read_gitlab(const Source& source, FileId file) { return TrackerReader(source, file, gitlab).run(); }
Parsed<WorkOrders> read_linear(const Source& source, FileId file) { return TrackerReader(source, file, linear).run(); }

}  // namespace parsers
