// spec-kit's tasks.md: "- [ ] T001 [P] [US1] Create the model in src/models/user.py", in phases.
#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "parsers/format_phases.h"
#include "parsers/format_reader.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_labels.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "T001", "T-12", "T001a": the length of a task's id at the front of `text`.
std::size_t task_id_length(std::string_view text) {
  if (text.empty() || text[0] != 'T') return 0;
  std::size_t i = text.size() > 1 && text[1] == '-' ? 2 : 1;
  const std::size_t digits = i;
  while (i < text.size() && is_digit(text[i])) ++i;
  if (i - digits < 1 || i - digits > 6) return 0;
  if (i < text.size() && text[i] >= 'a' && text[i] <= 'z') ++i;
  if (i + 1 < text.size() && text[i] == '.' && is_digit(text[i + 1]))
    for (++i; i < text.size() && is_digit(text[i]);) ++i;
  const bool ends = i == text.size() || (std::isalnum(static_cast<unsigned char>(text[i])) == 0 && text[i] != '_');
  return ends ? i : 0;
}

struct TaskLine {
  char box = ' ';
  std::string_view id;
  bool placeholder = false;  ///< "TXXX" of a template
  std::string_view parallel;
  std::string_view story;
  std::string_view description;
  std::size_t indent = 0;
};

std::optional<TaskLine> task_line(std::string_view line) {
  TaskLine task;
  std::size_t i = std::min(line.find_first_not_of(" \t"), line.size());
  task.indent = i;
  if (i + 1 >= line.size() || (line[i] != '-' && line[i] != '*' && line[i] != '+')) return std::nullopt;
  i = line.find_first_not_of(" \t", i + 1);
  if (i == std::string_view::npos || line[i] != '[' || i + 2 >= line.size() || line[i + 2] != ']') return std::nullopt;
  task.box = line[i + 1];
  std::string_view rest = trim(line.substr(i + 3));
  std::string_view bare = rest;
  while (bare.starts_with("*") || bare.starts_with("`") || bare.starts_with("[T")) bare.remove_prefix(1);
  if (const std::size_t length = task_id_length(bare); length != 0) {
    task.id = bare.substr(0, length);
  } else if (bare.starts_with("TXX")) {
    task.id = bare.substr(0, std::min(bare.find_first_not_of("TX"), bare.size()));
    task.placeholder = true;
  } else {
    return std::nullopt;
  }
  rest = bare.substr(task.id.size());
  const auto skip = [&] {
    const std::size_t next = rest.find_first_not_of(" \t*`:]");
    rest.remove_prefix(std::min(next, rest.size()));
  };
  for (skip(); rest.starts_with('['); skip()) {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos || close > 24) break;
    const std::string_view tag = rest.substr(1, close - 1);
    if (tag == "P" || tag == "p" || tag == "P?")
      task.parallel = rest.substr(0, close + 1);
    else if (tag.starts_with("US") || tag.starts_with("Story") || lowered(tag) == "story")
      task.story = tag;
    else if (close + 1 < rest.size() && (rest[close + 1] == '(' || rest[close + 1] == '/'))
      break;  // a link, a path such as "[slug]/page.tsx"
    rest.remove_prefix(close + 1);
  }
  if (rest.starts_with("- ") || rest.starts_with("\xE2\x80\x94 ")) rest.remove_prefix(rest[0] == '-' ? 2 : 4);
  task.description = trim(rest);
  return task;
}

int heading_level(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  return marks >= 1 && marks <= 6 && marks < line.size() && line[marks] == ' ' ? static_cast<int>(marks) : 0;
}

/// "Phase 3: User Story 1 - Login (Priority: P1)".
TaskPhase phase_of(std::string_view heading, Location where) {
  TaskPhase phase;
  phase.where = where;
  std::string_view title = trim(heading);
  const std::string lower = lowered(title);
  if (lower.starts_with("phase")) {
    const std::size_t from = std::min(title.find_first_not_of(' ', 5), title.size());
    const std::size_t end = std::min(title.find_first_not_of("0123456789", from), title.size());
    phase.number = std::string(title.substr(from, end - from));
    const std::size_t colon = title.find_first_of(":-", end);
    if (colon != std::string_view::npos) title = trim(title.substr(colon + 1));
  }
  phase.title = std::string(title);
  const std::string name = lowered(title);
  for (const std::string_view word : {"user story ", "us"})
    if (const std::size_t at = name.find(word);
        at != std::string::npos && (at == 0 || name[at - 1] == ' ' || name[at - 1] == '(')) {
      const std::size_t digits = at + word.size();
      const std::size_t end = std::min(name.find_first_not_of("0123456789", digits), name.size());
      if (end > digits) phase.story = "US" + name.substr(digits, end - digits);
      if (!phase.story.empty()) break;
    }
  return phase;
}

std::optional<std::int64_t> priority_in(std::string_view heading) {
  const std::size_t at = lowered(heading).find("priority: p");
  if (at == std::string::npos || at + 11 >= heading.size() || !is_digit(heading[at + 11])) return std::nullopt;
  return std::max(1, heading[at + 11] - '0');
}

class SpecKitReader {
 public:
  SpecKitReader(const Source& source, FileId file) : reader_(source, file) {
    reader_.value().family = directory_name(source);
  }

  Parsed<WorkOrders> run() {
    collect_ids();
    for (const std::string_view line : reader_.lines()) read_line(line);
    close_task();
    // Phases that no task stands in are headings of prose.
    for (const auto& [sentence, own] : sentences_) {
      if (!read_phase_sentence(sentence, reader_.locate(sentence), own, phases_)) continue;
      reader_.note(reader_.locate(sentence), "phases", sentence);
    }
    add_phase_dependencies(phases_, reader_.value().orders);
    if (placeholders_ > 0)
      reader_.note(reader_.whole(), "unread",
                   fmt::format("{} task lines of a template, without a number", placeholders_));
    return reader_.finish();
  }

 private:
  void collect_ids() {
    FenceState fence;
    for (const std::string_view line : reader_.lines())
      if (!fence.hides(line))
        if (const auto task = task_line(line); task && !task->placeholder) ++uses_[std::string(task->id)];
  }

  void read_line(std::string_view line) {
    if (fence_.hides(line) || hidden_by_comment(line)) return;
    if (const int level = heading_level(line); level != 0) return read_heading(line, level);
    if (const auto task = task_line(line)) return read_task(*task);
    const std::string_view bare = trim(line);
    if (bare.empty()) return;
    const bool nested = line[0] == ' ' || line[0] == '\t';
    if (reader_.is_open() && nested) return read_detail(bare);
    close_task();
    const bool item = bare.starts_with("- ") || bare.starts_with("* ");
    if (dependency_section_ ? item : lowered(bare).starts_with("**dependenc"))
      sentences_.emplace_back(bare.substr(item ? 2 : 0), dependency_section_ ? std::string::npos : current_phase());
  }

  std::size_t current_phase() const { return has_phase_ ? phases_.size() - 1 : std::string::npos; }

  bool hidden_by_comment(std::string_view line) {
    const std::string_view bare = trim(line);
    if (!in_comment_ && bare.starts_with("<!--")) in_comment_ = true;
    if (!in_comment_) return false;
    if (bare.find("-->") != std::string_view::npos) in_comment_ = false;
    return true;
  }

  void read_heading(std::string_view line, int level) {
    close_task();
    const std::string_view title = trim(line.substr(static_cast<std::size_t>(level)));
    const std::string lower = lowered(title);
    section_ = std::string(title) + fmt::format("\n{}", reader_.locate(line).line);
    if (level <= 2) {
      dependency_section_ = lower.find("dependenc") != std::string::npos;
      pending_phase_ = level == 2 ? line : std::string_view();
      has_phase_ = false;
    } else if (lower.starts_with("phase ") && lower.find("dependenc") == std::string::npos) {
      pending_phase_ = line;  // "### Phase 3.1: Setup" below "## Tasks"
      has_phase_ = false;
    }
    if (!dependency_section_ && level == 2 && lower.starts_with("phase")) begin_phase();
  }

  void begin_phase() {
    const std::string_view title =
        trim(pending_phase_.substr(std::min(pending_phase_.find_first_not_of('#'), pending_phase_.size())));
    phases_.push_back(phase_of(title, pending_phase_.empty() ? reader_.whole() : reader_.locate(pending_phase_)));
    priority_ = priority_in(title);
    has_phase_ = true;
    last_parallel_ = false;
  }

  void read_task(const TaskLine& task) {
    close_task();
    if (task.placeholder) {
      ++placeholders_;
      return;
    }
    if (!has_phase_) begin_phase();
    const Location where = reader_.locate(task.id);
    std::string id(task.id);
    const std::size_t nth = ++seen_[id];
    if (nth > 1) {
      reader_.warn(where, fmt::format("task \"{}\" is listed {} times", id, uses_[id]),
                   fmt::format("this one goes by {}~{}; give it a number of its own", id, nth));
      id = fmt::format("{}~{}", id, nth);
    }
    WorkOrder& order = reader_.open(id, std::string(task.description), where);
    order.priority = priority_;
    switch (task.box) {
      case 'x':
      case 'X':
        order.status = Status::done;
        break;
      case '-':
        order.status = Status::dropped;
        break;
      case '~':
      case '/':
      case '>':
        order.status = Status::running;
        break;
      default:
        break;
    }
    reader_.note(where, "title", task.description);
    if (!task.parallel.empty()) reader_.parallel(true, task.parallel, section_, reader_.locate(task.parallel));
    description_ = task.description;
    read_text(task.description);

    TaskPhase& phase = phases_.back();
    if (phase.story.empty() && !task.story.empty() && phase.runs.empty() && task.story.starts_with("US"))
      phase.story = std::string(task.story);
    const bool parallel = !task.parallel.empty();
    if (phase.runs.empty() || !parallel || !last_parallel_) phase.runs.emplace_back();
    phase.runs.back().push_back(reader_.value().orders.size());
    last_parallel_ = parallel;
  }

  void read_text(std::string_view text) {
    reader_.prose(text, std::nullopt, Ungoverned::stated);
    reader_.prose_dependencies(text, std::nullopt, task_id_length,
                               [&](std::string_view id) { return std::string(id); });
  }

  /// Lines below a task belong to it: "- Files: a.py, b.py", "Depends on: T003".
  void read_detail(std::string_view bare) {
    std::string_view text = bare;
    if (text.starts_with("- ") || text.starts_with("* ")) text = trim(text.substr(2));
    const std::size_t colon = text.find(':');
    const std::string label = colon < 40 ? normal_label(text.substr(0, colon)) : std::string();
    const bool files = label == "file" || label == "files" || label == "path" || label == "paths" ||
                       label == "files to create" || label == "files to modify" || label == "target files";
    if (files) {
      for (const ProsePath& path : read_prose(text.substr(colon + 1), Ungoverned::stated))
        reader_.write(path.path, reader_.locate(path.place));
      return;
    }
    reader_.prose(text, std::nullopt, Ungoverned::mentioned);
    reader_.prose_dependencies(text, std::nullopt, task_id_length,
                               [&](std::string_view id) { return std::string(id); });
  }

  void close_task() {
    if (reader_.is_open()) reader_.close();
  }

  FormatReader reader_;
  FenceState fence_;
  std::vector<TaskPhase> phases_;
  std::vector<std::pair<std::string_view, std::size_t>> sentences_;
  std::unordered_map<std::string, std::size_t> uses_, seen_;
  std::string_view pending_phase_, description_;
  std::string section_;
  std::optional<std::int64_t> priority_;
  std::size_t placeholders_ = 0;
  bool has_phase_ = false;
  bool last_parallel_ = false;
  bool dependency_section_ = false;
  bool in_comment_ = false;
};

}  // namespace

Recognition recognise_spec_kit(const Source& source) {
  std::size_t tasks = 0, placeholders = 0;
  FenceState fence;
  for (const std::string_view line : lines_of(front_of(source)))
    if (!fence.hides(line))
      if (const auto task = task_line(line)) ++(task->placeholder ? placeholders : tasks);
  if (tasks == 0) return {};
  const bool named = is_named(source, "tasks.md") || is_named(source, "tasks-template.md");
  if (tasks == 1 && !named) return {};
  return {named ? Recognition::Degree::by_content_and_name : Recognition::Degree::by_content,
          fmt::format("{} task line{} such as \"- [ ] T001 ...\"", tasks, tasks == 1 ? "" : "s")};
}

Parsed<WorkOrders> read_spec_kit(const Source& source, FileId file) { return SpecKitReader(source, file).run(); }

}  // namespace parsers
