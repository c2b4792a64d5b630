// superpowers' plans: "### Task 3: title" with "**Files:**", "- Create: `p`", and steps that are ticked off. The scope
// blocks are those of Markdown; what is added is which tasks are done, and what their steps say they change.
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <set>

#include "parsers/format_reader.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_ids.h"
#include "parsers/markdown_words.h"

namespace parsers {
namespace {

bool is_task_heading(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  if (marks < 2 || marks > 4) return false;
  const std::string_view title = trim(line.substr(marks));
  return title.size() > 5 && lowered(title.substr(0, 5)) == "task " &&
         std::isdigit(static_cast<unsigned char>(title[5])) != 0;
}

/// "- Create: `p`", "- Modify: `p:12-40`".
bool is_file_bullet(std::string_view line) {
  const std::string lower = lowered(trim(line));
  for (const std::string_view word : {"- create", "- modify", "- test", "- delete", "* create", "* modify", "* test"})
    if (lower.starts_with(word) && lower.find('`') != std::string::npos) return true;
  return false;
}

/// A task that lists no files is a task all the same: its scope is unknown, or empty where it says so.
void add_scopeless_tasks(const FormatReader& reader, WorkOrders& value, std::vector<Diagnostic>& diagnostics) {
  FenceState fence;
  std::set<std::uint32_t> known;
  for (const WorkOrder& order : value.orders) known.insert(order.where.line);
  const std::vector<std::string_view>& lines = reader.lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (fence.hides(lines[i]) || !is_task_heading(lines[i]) || known.contains(static_cast<std::uint32_t>(i + 1)))
      continue;
    const std::string_view title = trim(lines[i].substr(lines[i].find_first_not_of('#')));
    const auto id = heading_id(title);
    if (!id) continue;
    WorkOrder order;
    order.id = id->id;
    order.title = std::string(id->title);
    order.where = reader.locate(title);
    order.loose = true;
    FenceState inner;
    for (std::size_t j = i + 1; j < lines.size() && !is_task_heading(lines[j]); ++j) {
      if (inner.hides(lines[j])) continue;
      const std::string lower = lowered(trim(lines[j]));
      if (lower.starts_with("- no repository file") || lower.starts_with("- none") ||
          lower.starts_with("**files:** none"))
        order.write.emplace();
    }
    value.readings.push_back({order.where, order.id, "title", order.title});
    std::erase_if(diagnostics, [&](const Diagnostic& d) { return d.where.line == order.where.line; });  // it is one now
    value.orders.push_back(std::move(order));
  }
  std::stable_sort(value.orders.begin(), value.orders.end(),
                   [](const WorkOrder& a, const WorkOrder& b) { return a.where < b.where; });
}

struct TaskText {
  std::size_t steps = 0, done = 0;
  std::vector<std::string_view> prose;
};

}  // namespace

Recognition recognise_superpowers(const Source& source) {
  std::size_t tasks = 0, bullets = 0, labels = 0;
  FenceState fence;
  for (const std::string_view line : lines_of(front_of(source))) {
    if (fence.hides(line)) continue;
    if (is_task_heading(line)) ++tasks;
    if (is_file_bullet(line)) ++bullets;
    if (lowered(trim(line)).starts_with("**files:**")) ++labels;
  }
  if (tasks == 0 || labels == 0 || bullets == 0) return {};
  const bool named =
      source.name.find("superpowers") != std::string::npos || source.name.find("plans/") != std::string::npos;
  return {named ? Recognition::Degree::by_content_and_name : Recognition::Degree::by_content,
          fmt::format("{} heading{} \"Task N\" over \"**Files:**\"", tasks, tasks == 1 ? "" : "s")};
}

Parsed<WorkOrders> read_superpowers(const Source& source, FileId file) {
  Parsed<WorkOrders> parsed = read_markdown(source, file);
  for (Diagnostic& d : parsed.diagnostics) d.severity = std::max(d.severity, Severity::warning);
  FormatReader reader(source, file);
  add_scopeless_tasks(reader, parsed.value, parsed.diagnostics);
  std::vector<TaskText> texts(parsed.value.orders.size());
  std::vector<std::size_t> by_line(parsed.value.orders.size());
  for (std::size_t i = 0; i < by_line.size(); ++i) by_line[i] = i;
  std::sort(by_line.begin(), by_line.end(),
            [&](std::size_t a, std::size_t b) { return parsed.value.orders[a].where < parsed.value.orders[b].where; });
  FenceState fence;
  std::size_t next = 0;
  TaskText* current = nullptr;
  for (std::size_t i = 0; i < reader.lines().size(); ++i) {
    const std::string_view line = reader.lines()[i];
    while (next < by_line.size() && parsed.value.orders[by_line[next]].where.line <= i + 1)
      current = &texts[by_line[next++]];
    if (fence.hides(line) || current == nullptr) continue;
    if (line.starts_with("## ") && !is_task_heading(line)) current = nullptr;
    if (current == nullptr) continue;
    const std::string_view bare = trim(line);
    if (bare.starts_with("- [") && bare.size() > 5 && bare[4] == ']') {
      ++current->steps;
      if (bare[3] == 'x' || bare[3] == 'X') ++current->done;
      current->prose.push_back(bare.substr(5));
    } else if (!bare.empty() && !is_file_bullet(line) && bare[0] != '#' && bare[0] != '|') {
      current->prose.push_back(bare);
    }
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    WorkOrder& order = parsed.value.orders[i];
    order.foreign = true;
    if (texts[i].steps > 0 && texts[i].done == texts[i].steps && order.status == Status::pending) {
      order.status = Status::done;
      parsed.value.readings.push_back(
          {order.where, order.id, "status", fmt::format("done: all {} steps are ticked off", texts[i].steps)});
    } else if (texts[i].done > 0 && order.status == Status::pending) {
      order.status = Status::running;
      parsed.value.readings.push_back(
          {order.where, order.id, "status",
           fmt::format("running: {} of {} steps are ticked off", texts[i].done, texts[i].steps)});
    }
    for (const std::string_view prose : texts[i].prose)
      for (ProsePath& path : read_prose(prose, Ungoverned::mentioned)) {
        ScopeEntry entry;
        entry.text = std::move(path.path);
        entry.where = reader.locate(path.place);
        entry.sure = path.sure;
        (path.sure == Sure::stated ? order.said : order.mentions).push_back(std::move(entry));
      }
  }
  std::stable_sort(parsed.value.readings.begin(), parsed.value.readings.end(),
                   [](const Reading& a, const Reading& b) { return a.where < b.where; });
  return parsed;
}

}  // namespace parsers
