// ccpm: .claude/epics/EPIC/N.md (a task), N-analysis.md (streams of one), epic.md (the container of all).
#include <algorithm>
#include <cctype>
#include <charconv>
#include <fmt/format.h>

#include "parsers/format_front_matter.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_labels.h"
#include "parsers/markdown_paths.h"
#include "parsers/markdown_tokens.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "12" of ".claude/epics/x/12.md"; of a copy that carries its whole path in its name, what stands last.
std::string number_of_file(const Source& source) {
  const std::string stem = file_stem(source);
  const std::size_t end = stem.ends_with("-analysis") ? stem.size() - 9 : stem.size();
  std::size_t from = end;
  while (from > 0 && is_digit(stem[from - 1])) --from;
  if (from == end || (from > 0 && stem[from - 1] != '_' && stem[from - 1] != '-')) return stem.substr(0, end);
  return stem.substr(from, end - from);
}

/// 001 before the sync with GitHub and 1 after it are one name where the list of ids says so; zeros are kept.
std::string family_of(const Source& source, const FrontMatter& fields) {
  if (const std::string_view epic = fields.value({"epic"}); !epic.empty()) return std::string(epic);
  const std::string name = source.name;
  const std::size_t at = name.rfind("epics_");  // a copy that carries its path in its name
  if (const std::string directory = directory_name(source); at == std::string::npos) return directory;
  const std::size_t end = name.find('_', at + 6);
  return end == std::string::npos ? directory_name(source) : name.substr(at + 6, end - at - 6);
}

/// "#12", and "12" where "Task" or another id stands in front of it.
std::size_t issue_length(std::string_view line, std::string_view rest) {
  const bool marked = rest.starts_with('#');
  std::size_t i = marked ? 1 : 0;
  const std::size_t from = i;
  while (i < rest.size() && is_digit(rest[i])) ++i;
  if (i == from || i - from > 7) return 0;
  const bool goes_on = i < rest.size() && (std::isalnum(static_cast<unsigned char>(rest[i])) != 0 || rest[i] == '%');
  const bool decimal = i + 1 < rest.size() && rest[i] == '.' && is_digit(rest[i + 1]);
  if (goes_on || decimal) return 0;
  if (marked) return i;
  std::string before = lowered(line.substr(0, static_cast<std::size_t>(rest.data() - line.data())));
  while (!before.empty() &&
         (before.back() == ' ' || before.back() == '*' || before.back() == '(' || before.back() == '`'))
    before.pop_back();
  for (const std::string_view word : {"task", "tasks", "issue", "issues"})
    if (before.ends_with(word)) return i;
  const bool listed =
      before.ends_with(',') || before.ends_with('-') || before.ends_with(" and") || before.ends_with(" to");
  const std::size_t task = std::max(before.rfind("task") + 1, before.rfind("issue") + 1);
  return listed && task != 0 &&
                 before.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789 ,-#", task) == std::string::npos
             ? i
             : 0;
}

/// Pages beside the tasks: status, updates, mappings. They say what was done, not what is to be.
bool is_report(const Source& source) {
  const std::string stem = file_stem(source);
  if (source.name.find("/updates/") != std::string::npos) return true;
  const std::string number = number_of_file(source);
  const bool counted = !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
  const std::vector<std::string> keys = front_matter_keys(source);
  const auto has = [&](std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  return !counted && !has("depends_on") && !has("conflicts_with") && !has("parallel");
}

class CcpmReader {
 public:
  CcpmReader(const Source& source, FileId file) : reader_(source, file), fields_(source, file), source_(source) {
    reader_.value().family = family_of(source, fields_);
    fields_.report(reader_);
  }

  Parsed<WorkOrders> run() {
    const std::string stem = file_stem(source_);
    if (stem.ends_with("-analysis")) {
      read_analysis();
    } else if (stem == "epic" || stem.ends_with("_epic")) {
      reader_.note(reader_.whole(), "container", fields_.value({"name"}));
    } else if (is_report(source_)) {
      reader_.note(reader_.whole(), "unread", "a report about the epic, which declares nothing");
    } else {
      read_task();
    }
    return reader_.finish();
  }

 private:
  static std::string id_of(std::string_view id) { return std::string(bare_id(id)); }

  void read_task() {
    const FrontMatterField* name = fields_.find({"name", "title", "task"});
    WorkOrder& order = reader_.open(number_of_file(source_), name != nullptr ? std::string(name->value) : std::string(),
                                    name != nullptr ? fields_.locate(name->key) : Location{reader_.file(), 1, 1});
    read_metadata();
    if (order.title.empty()) order.title = first_heading();
    reader_.note(order.where, "title", order.title);
    const std::string_view status = fields_.value({"status"});
    if (const auto known = foreign_status(status.empty() ? metadata("status") : status))
      order.status = *known;
    else if (!status.empty())
      reader_.warn(fields_.locate(status), fmt::format("\"{}\" is no status that anybody agreed on", status),
                   "read as pending");
    if (lowered(status) == "blocked") reader_.external("whatever blocks it", fields_.locate(status));
    for (const std::string_view id : fields_.items({"depends_on", "dependencies", "blocked_by"}))
      reader_.depend(id_of(id), fields_.locate(id));
    for (const std::string_view id : fields_.items({"conflicts_with"}))
      reader_.conflicts_with(id_of(id), fields_.locate(id));
    if (const FrontMatterField* mark = fields_.find({"parallel"}); mark != nullptr && !mark->list)
      if (const std::string word = lowered(mark->value);
          word == "true" || word == "yes" || word == "false" || word == "no")
        reader_.parallel(word == "true" || word == "yes", fmt::format("parallel: {}", mark->value),
                         reader_.value().family, fields_.locate(mark->key));
    issue_key(fields_.value({"github", "github_issue", "url"}));
    if (!fields_.find({"github"})) issue_key(metadata("github"));
    read_body();
    reader_.close();
  }

  void issue_key(std::string_view url) {
    const std::size_t at = url.find("/issues/");
    if (at == std::string_view::npos) return;
    const std::string_view number = url.substr(at + 8);
    const std::size_t digits = std::min(number.find_first_not_of("0123456789"), number.size());
    if (digits > 0) reader_.key(fmt::format("issue:{}", number.substr(0, digits)), fields_.locate(url));
  }

  /// "- **Status**: COMPLETED" under "## Metadata", which some write instead of a front matter.
  void read_metadata() {
    bool inside = false;
    for (const MarkdownBlock& block : fields_.document().blocks()) {
      if (block.kind == MarkdownBlock::Kind::heading) inside = normal_label(block.text) == "metadata";
      if (!inside || block.kind != MarkdownBlock::Kind::text) continue;
      for (const std::string_view line : lines_of(block.text)) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon > 60) continue;
        metadata_.emplace_back(normal_label(line.substr(0, colon)), trim(line.substr(colon + 1)));
        if (metadata_.back().first.starts_with("dependenc")) list_prose(metadata_.back().second);
      }
    }
  }
  std::string_view metadata(std::string_view key) const {
    for (const auto& [name, value] : metadata_)
      if (name == key) return value;
    return {};
  }

  std::string first_heading() const {
    for (const MarkdownBlock& block : fields_.document().blocks())
      if (block.kind == MarkdownBlock::Kind::heading) return std::string(block.text);
    return {};
  }

  /// A list of paths under a heading or a label that says that they are what the task changes.
  static bool declares_files(const std::string& label) {
    constexpr std::string_view names[] = {"files to create/modify",
                                          "files to create or modify",
                                          "files to modify",
                                          "files to create",
                                          "files to change",
                                          "files affected",
                                          "affected files",
                                          "key files/locations",
                                          "key files",
                                          "key files and locations",
                                          "files",
                                          "files updated",
                                          "files to update",
                                          "file changes",
                                          "key files/locations affected",
                                          "files modified",
                                          "files created",
                                          "new files",
                                          "modified files",
                                          "files to be modified",
                                          "files to create/update",
                                          "files to delete"};
    return std::find(std::begin(names), std::end(names), label) != std::end(names);
  }

  void read_body() {
    enum class Part { other, files, dependencies, effort } part = Part::other;
    int files_depth = -1;  // of the list item "Key files:", which ends with its level
    for (const MarkdownBlock& block : fields_.document().blocks()) {
      if (block.kind == MarkdownBlock::Kind::heading) {
        const std::string label = normal_label(block.text);
        part = declares_files(label)                                          ? Part::files
               : label == "dependencies"                                      ? Part::dependencies
               : label.starts_with("effort") || label.starts_with("estimate") ? Part::effort
               : label == "metadata"                                          ? Part::effort
                                                                              : Part::other;
        files_depth = -1;
        continue;
      }
      if (block.kind == MarkdownBlock::Kind::table && part == Part::files) list_files(block.text, {});
      if (block.kind != MarkdownBlock::Kind::text) continue;
      if (files_depth >= 0 && block.depth <= files_depth && block.opens_item) files_depth = -1;
      const std::size_t colon = block.text.find(':');
      const std::string label = colon < 60 ? normal_label(block.text.substr(0, colon)) : std::string();
      if (files_depth < 0 && declares_files(label)) {
        files_depth = block.depth;
        list_files(block.text.substr(colon + 1), {});
      } else if ((part == Part::files && block.depth > 0) || files_depth >= 0) {
        list_files(block.text, {});
      } else if (part == Part::effort && label == "hours") {
        reader_.order().estimate = hours_of(block.text.substr(colon + 1));
        if (reader_.order().estimate) reader_.note(fields_.locate(block.text), "estimate", block.text);
      } else if (part == Part::dependencies) {
        list_prose(block.text);
      } else if (part == Part::other || part == Part::files) {
        body_.push_back(block.text);
      }
    }
    for (const std::string_view text : body_) text_prose(text);
  }

  /// "- **Create**: `p`", "- `p` - what for".
  void list_files(std::string_view text, std::optional<Intent> given) {
    for (const std::string_view line : lines_of(text)) {
      const std::string word = normal_label(line.substr(0, std::min(line.find(':'), line.size())));
      std::optional<Intent> intent = given;
      if (word == "create" || word == "new" || line.find("(new)") != std::string_view::npos) intent = Intent::create;
      if (word == "delete" || word == "remove") intent = Intent::remove;
      if (word == "modify" || word == "update") intent = Intent::modify;
      if (word == "read" || word == "reference" || word == "see") continue;
      const MarkdownTokens tokens(line);
      bool first = true;
      for (const MarkdownToken& token : tokens.paths_in(0, line.size())) {
        // Behind a dash stands what the file is for.
        const std::size_t remark = std::min(line.find(" - "), line.find(" \xE2\x80\x94 "));
        if (!first && remark != std::string_view::npos && token.place.data() > line.data() + remark) break;
        first = false;
        for (const std::string& path : expand_braces(token.text))
          reader_.write(path, fields_.locate(token.place), intent);
      }
      if (first && !trim(line).empty()) reader_.note(fields_.locate(line), "unread", line);
    }
  }

  void list_prose(std::string_view text) {
    for (const std::string_view line : lines_of(text)) {
      // "Task 4 (Authentication) must be completed": the label above says that it is waited for.
      const ProseDependencies list = read_prose_dependencies(
          line, [&](std::string_view rest) { return issue_length(line, rest); }, true);
      // Where the front matter has a list, that list is what counts.
      if (!list.found.empty() && fields_.find({"depends_on", "dependencies", "blocked_by"}) == nullptr) {
        for (const ProseDependency& d : list.found)
          if (!d.before) reader_.depend(id_of(d.target), fields_.locate(d.place), Sure::stated);
      } else if (!trim(line).empty()) {
        reader_.note(fields_.locate(line), "unread", line);
      }
    }
  }

  void text_prose(std::string_view text) {
    for (const ProsePath& path : read_prose(text, Ungoverned::mentioned)) {
      const bool declared = reader_.order().write.has_value() && !reader_.order().write->empty() &&
                            reader_.order().write->front().sure == Sure::declared;
      if (path.sure == Sure::stated && !declared)
        reader_.write(path.path, fields_.locate(path.place), path.intent, Sure::stated);
      else
        reader_.mention(path.path, fields_.locate(path.place), path.sure);
    }
  }

  /// "### Stream A: name", "**Files**:", "**Dependencies**: Stream B", "**Can Start**: immediately".
  void read_analysis() {
    const std::string issue = [&] {
      const std::string_view id = fields_.value({"issue"});
      return id.empty() ? number_of_file(source_) : id_of(id);
    }();
    Container container{issue, {}, {reader_.file(), 1, 1}};
    std::string label;
    for (const MarkdownBlock& block : fields_.document().blocks()) {
      if (block.kind == MarkdownBlock::Kind::heading) {
        const std::string lower = lowered(block.text);
        const std::size_t at = lower.find("stream ");
        const bool opens = at != std::string::npos && at < 8 && block.level >= 3;
        if (opens || block.level <= 3) reader_.close();
        label.clear();
        if (!opens) continue;
        const std::string_view name = block.text.substr(at + 7);
        const std::size_t end = std::min(name.find_first_of(": "), name.size());
        const std::string id = fmt::format("{}-{}", issue, name.substr(0, end));
        reader_.open(id, std::string(trim(name.substr(std::min(end + 1, name.size())))), fields_.locate(block.text));
        reader_.note(fields_.locate(block.text), "title", block.text);
        container.members.push_back(id);
        if (lower.find("\xE2\x9C\x85") != std::string::npos || lower.find("complete") != std::string::npos)
          reader_.order().status = lower.find('%') == std::string::npos ? Status::done : Status::running;
        else if (lower.find("in progress") != std::string::npos)
          reader_.order().status = Status::running;
        continue;
      }
      if (!reader_.is_open() || (block.kind != MarkdownBlock::Kind::text && block.kind != MarkdownBlock::Kind::table))
        continue;
      for (const std::string_view line : lines_of(block.text)) {
        std::string_view value = line;
        if (line.starts_with("**"))
          if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
            label = normal_label(line.substr(0, colon));
            value = trim(line.substr(colon + 1));
            if (value.starts_with("**")) value = trim(value.substr(2));
          }
        read_stream(label, value, issue);
      }
    }
    reader_.close();
    if (!container.members.empty()) reader_.value().containers.push_back(std::move(container));
  }

  void read_stream(const std::string& label, std::string_view value, const std::string& issue) {
    if (value.empty()) return;
    if (declares_files(label) || label == "scope files") {
      list_files(value, label == "files to create" ? std::optional(Intent::create) : std::nullopt);
    } else if (label.starts_with("dependenc") || label == "depends on" || label == "can start") {
      const std::string lower = lowered(value);
      for (std::size_t at = lower.find("stream"); at != std::string::npos; at = lower.find("stream", at + 6)) {
        std::size_t i = at + 6;
        if (lower.substr(i).starts_with("s ")) ++i;
        // "Streams A and B", "Stream A, B".
        while (i < value.size() && value[i] == ' ') ++i;
        while (i < value.size() && std::isupper(static_cast<unsigned char>(value[i])) != 0 &&
               (i + 1 == value.size() || std::isalnum(static_cast<unsigned char>(value[i + 1])) == 0)) {
          reader_.depend(fmt::format("{}-{}", issue, value.substr(i, 1)), fields_.locate(value.substr(i)),
                         label == "can start" ? Sure::stated : Sure::declared);
          ++i;
          const std::string_view rest = value.substr(i);
          if (rest.starts_with(" and "))
            i += 5;
          else if (rest.starts_with(" & "))
            i += 3;
          else if (rest.starts_with(", "))
            i += 2;
          else
            break;
        }
      }
      reader_.note(fields_.locate(value), "unread", value);
    } else if (label == "estimated hours" || label == "hours") {
      reader_.order().estimate = hours_of(value);
    } else {
      text_prose(value);
    }
  }

  FormatReader reader_;
  FrontMatter fields_;
  const Source& source_;
  std::vector<std::pair<std::string, std::string_view>> metadata_;
  std::vector<std::string_view> body_;
};

}  // namespace

Recognition recognise_ccpm(const Source& source) {
  const std::vector<std::string> keys = front_matter_keys(source);
  const auto has = [&](std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  const bool placed =
      source.name.find("epics/") != std::string::npos || source.name.find("epics_") != std::string::npos;
  const std::string stem = file_stem(source);
  const bool own = has("github") || has("conflicts_with") || has("parallel") || has("created");
  if (has("parallel") && (has("depends_on") || has("conflicts_with")) && !has("allowed_paths"))
    return {Recognition::Degree::by_content_and_name, "a front matter with parallel, depends_on and conflicts_with"};
  if (has("conflicts_with") && has("depends_on") && has("status") && !has("allowed_paths") && !has("affected_paths"))
    return {Recognition::Degree::by_content, "a front matter with depends_on and conflicts_with"};
  if (stem.ends_with("-analysis") && has("issue"))
    return {Recognition::Degree::by_content_and_name, "an analysis of one issue, stream by stream"};
  if (placed && ((has("name") && own) || has("started") || has("branch")))
    return {Recognition::Degree::by_content_and_name, "a file of an epic"};
  if (placed && front_of(source).find("- **Task ID**:") != std::string_view::npos)
    return {Recognition::Degree::by_content, "a task of an epic, with its metadata as a list"};
  const bool claude = source.name.find(".claude/epics/") != std::string::npos ||
                      source.name.find(".claude_epics_") != std::string::npos;
  if (claude && is_report(source)) return {Recognition::Degree::by_content, "a page of an epic"};
  if (claude) return {Recognition::Degree::by_content, "a task of an epic"};
  return {};
}

Parsed<WorkOrders> read_ccpm(const Source& source, FileId file) { return CcpmReader(source, file).run(); }

}  // namespace parsers
