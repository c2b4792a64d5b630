#include "parsers/format.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "parsers/document_kind.h"
#include "parsers/document_text.h"
#include "parsers/format_reader.h"
#include "parsers/format_readers.h"
#include "parsers/markdown_document.h"
#include "parsers/markdown_labels.h"

namespace parsers {
namespace {

using Degree = Recognition::Degree;

constexpr std::array table{
    Format{"beads", "issues.jsonl of beads", recognise_beads, read_beads},
    Format{"ccpm", "task files and stream analyses of ccpm's epics", recognise_ccpm, read_ccpm},
    Format{"coordinate-agents", "task graph and intent map", recognise_coordinate_agents, read_coordinate_agents},
    Format{"github", "gh issue list --json number,title,body,labels,state", recognise_github, read_github},
    Format{"gitlab", "issues of GitLab's API", recognise_gitlab, read_gitlab},
    Format{"gsd", "PLAN.md of get-shit-done", recognise_gsd, read_gsd},
    Format{"linear", "issues of Linear's API", recognise_linear, read_linear},
    Format{"ownership", "tables and lists of who owns which files", recognise_ownership, read_ownership},
    Format{"scope-file", "front matter with allowed_paths or affected_paths", recognise_scope_file, read_scope_file},
    Format{"spec-kit", "tasks.md of spec-kit", recognise_spec_kit, read_spec_kit},
    Format{"superpowers", "plans of superpowers", recognise_superpowers, read_superpowers},
    Format{"taskmaster", "tasks.json of Task Master", recognise_task_master, read_task_master},
    Format{"text", "issues as plain text, by headings or ids; only when asked for", recognise_text, read_text},
    Format{"tickets", "tickets with blockedBy and zone, as JSON or JSON lines", recognise_tickets, read_tickets},
};

struct Choice {
  const Format* format = nullptr;
  Recognition why;
};

Choice choose(const Source& source) {
  Choice best;
  if (is_own_document(source)) return best;
  for (const Format& format : table) {
    Recognition found = format.recognise(source);
    if (found.degree > best.why.degree) best = {&format, std::move(found)};
  }
  return best;
}

Parsed<WorkOrders> tagged(Parsed<WorkOrders> parsed, const Format& format, FileId file, const std::string& why) {
  parsed.value.format = format.name;
  parsed.value.readings.insert(parsed.value.readings.begin(),
                               Reading{{file, 0, 0}, "", "format", fmt::format("{}: {}", format.name, why)});
  parsed.diagnostics.insert(
      parsed.diagnostics.begin(),
      Diagnostic{Severity::note, {file, 0, 0}, fmt::format("read as {}: {}", format.name, why), ""});
  return parsed;
}

}  // namespace

bool is_own_document(const Source& source) {
  const std::string_view text = front_of(source);
  if (kind_of(source) != DocumentKind::markdown) {
    for (const std::string_view line : lines_of(text)) {
      const std::string_view bare = trim(line);
      for (const std::string_view key : {"work_orders", "decisions"})
        if (line.starts_with(fmt::format("{}:", key)) || bare.find(fmt::format("\"{}\"", key)) < 3) return true;
      if (bare.starts_with('{') && bare.find("\"work_orders\"") < 4) return true;
    }
    return false;
  }
  FenceState fence;
  for (const std::string_view line : lines_of(text)) {
    if (fence.hides(line)) continue;
    std::string_view bare = trim(line);
    while (!bare.empty() && std::string_view("#-*+ ").find(bare.front()) != std::string_view::npos)
      bare.remove_prefix(1);
    if (bare.size() < 9 || std::string_view("wWsS").find(bare.front()) == std::string_view::npos) continue;
    const std::string label =
        normal_label(bare.substr(0, std::min(bare.find(':'), std::min<std::size_t>(bare.size(), 40))));
    if (label == "write set" || label == "session scope") return true;
  }
  return false;
}

std::span<const Format> formats() { return table; }

const Format* find_format(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Format& f) { return f.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names{"auto"};
  for (const Format& format : table) names.push_back(format.name);
  for (const std::string_view own : {"markdown", "yaml"}) names.push_back(own);
  std::sort(names.begin() + 1, names.end());
  return names;
}

Parsed<WorkOrders> read_work_orders_as(std::string_view from, const Source& source, FileId file) {
  if (std::optional<Diagnostic> refused = refuse_nul(source, file)) return {{}, {std::move(*refused)}};
  if (from == "markdown") return read_markdown(source, file);
  if (from == "yaml") return read_canonical(source, file);
  if (const Format* asked = find_format(from)) return tagged(asked->read(source, file), *asked, file, "as asked");
  const Choice choice = choose(source);
  if (choice.format == nullptr) return read_work_orders(source, file);
  const auto said_something = [](const WorkOrders& value) { return !value.orders.empty() || !value.waves.empty(); };
  if (choice.why.degree == Degree::by_shape) {
    Parsed<WorkOrders> own = read_work_orders(source, file);
    if (said_something(own.value)) return own;
  }
  Parsed<WorkOrders> foreign = tagged(choice.format->read(source, file), *choice.format, file, choice.why.why);
  const bool about_others = !foreign.value.containers.empty() || !foreign.value.finished.empty();
  if (said_something(foreign.value) || about_others) return foreign;
  // What it was taken for has no order in it: somebody else's page that only looks like one, unless we find none
  // either.
  Parsed<WorkOrders> own = read_work_orders(source, file);
  if (!said_something(own.value)) return foreign;
  own.diagnostics.insert(own.diagnostics.begin(),
                         Diagnostic{Severity::note,
                                    {file, 0, 0},
                                    fmt::format("read as a document of our own: as {} ({}) it holds no order",
                                                choice.format->name, choice.why.why),
                                    ""});
  return own;
}

}  // namespace parsers
