// Whatever was read, as a canonical document.
#include <fmt/format.h>

#include "planner/export.h"
#include "planner/yaml_text.h"

namespace planner {
namespace {

/// Text as a comment ends with its line, whatever is in it.
std::string comment(std::string_view text) {
  std::string out = parsers::printable(text);
  for (const std::string_view end :
       {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"})  // what some take for a line's end
    for (std::size_t at = out.find(end); at != std::string::npos; at = out.find(end)) out.replace(at, end.size(), "?");
  return "# " + out;
}

/// "  # read out of tasks.md:12", for what no field declares.
std::string remark(Certainty certainty, const Place& where) {
  if (certainty != Certainty::inferred) return {};
  return "  " + comment(fmt::format("read out of {}:{}", where.file, where.line));
}

using EntryRemark = std::function<std::string(const Entry&)>;

void add_entries(std::string& out, std::string_view key, const std::vector<Entry>& entries,
                 const EntryRemark& remark_of = {}) {
  if (entries.empty()) {
    out += fmt::format("    {}: []\n", key);
    return;
  }
  out += fmt::format("    {}:\n", key);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& e = entries[i];
    std::string fields;
    if (e.intent == parsers::Intent::rename && i + 1 < entries.size() && entries[i + 1].written == e.written &&
        entries[i + 1].intent == parsers::Intent::create) {
      fields = fmt::format(", intent: rename, to: {}", yaml_quoted(entries[++i].resource.text));
    } else if (e.intent_declared || e.intent != parsers::Intent::modify) {
      fields = fmt::format(", intent: {}", parsers::to_string(e.intent));
    }
    if (!e.after.empty()) fields += fmt::format(", after: {}", yaml_quoted(e.after));
    if (e.tolerates_writes) fields += ", tolerates_writes: true";
    const std::string text = yaml_quoted(e.resource.text);
    out += fields.empty() ? fmt::format("      - {}", text) : fmt::format("      - {{path: {}{}}}", text, fields);
    const std::string said = remark_of ? remark_of(e) : std::string();
    out += (said.empty() ? remark(e.certainty, e.where) : "  " + comment(said)) + "\n";
  }
}

void add_dependencies(std::string& out, std::string_view key, const std::vector<Dependency>& list) {
  if (list.empty()) return;
  out += fmt::format("    {}:\n", key);
  for (const Dependency& d : list) {
    static constexpr const char* prefixes[] = {"", "commit:", "path:", "external:"};
    // What is not among the orders has to be waited for all the same.
    const bool absent = d.kind == parsers::Dependency::Kind::order && !d.order;
    const char* prefix = absent ? "external:" : prefixes[static_cast<std::size_t>(d.kind)];
    out += fmt::format("      - {}{}\n", yaml_quoted(prefix + d.target), remark(d.certainty, d.where));
  }
}

std::string estimate_of(std::int64_t seconds) {
  if (seconds % 3600 == 0) return fmt::format("{}h", seconds / 3600);
  if (seconds % 60 == 0) return fmt::format("{}m", seconds / 60);
  return fmt::format("{}s", seconds);
}

void add_order(std::string& out, const Order& o, const YamlRemarks& remarks) {
  if (const std::string said = remarks.order ? remarks.order(o) : std::string(); !said.empty())
    out += "  " + comment(said) + "\n";
  const EntryRemark of_entry = [&](const Entry& e) { return remarks.entry ? remarks.entry(o, e) : std::string(); };
  out += fmt::format("  - id: {}\n", yaml_quoted(o.id));
  if (!o.title.empty()) out += fmt::format("    title: {}\n", yaml_quoted(o.title));
  if (o.priority) out += fmt::format("    priority: {}\n", *o.priority);
  if (o.estimate) out += fmt::format("    estimate: {}\n", estimate_of(*o.estimate));
  if (o.write) add_entries(out, "write", *o.write, of_entry);
  if (!o.proposed.empty()) add_entries(out, "write", o.proposed, of_entry);
  if (o.read) add_entries(out, "read", *o.read, of_entry);
  add_dependencies(out, "depends_on", o.depends_on);
  std::vector<Dependency> before;
  for (const Dependency& d : o.before)
    if (d.order) before.push_back(d);  // nobody is held up by going before what is not there
  add_dependencies(out, "before", before);
  if (!o.do_not_touch.empty()) add_entries(out, "do_not_touch", o.do_not_touch);
  if (!o.permits.empty()) add_entries(out, "permits", o.permits);
  if (!o.closed) out += "    closed: false\n";
  if (!o.resources.empty()) {
    out += "    resources:\n";
    for (const ResourceUse& use : o.resources)
      out += use.mode == parsers::Mode::shared
                 ? fmt::format("      - {{name: {}, mode: shared}}\n", yaml_quoted(use.name))
                 : fmt::format("      - {}\n", yaml_quoted(use.name));
  }
  if (!o.keys.empty()) {
    out += "    keys:\n";
    for (const ResourceUse& key : o.keys) out += fmt::format("      - {}\n", yaml_quoted(key.name));
  }
  if (!o.exploration.empty()) out += fmt::format("    exploration: {}\n", yaml_quoted(o.exploration));
  if (!o.proposed.empty()) out += "    scope: proposed\n";
  if (!o.branch.empty()) out += fmt::format("    branch: {}\n", yaml_quoted(o.branch));
  if (o.status != parsers::Status::pending) out += fmt::format("    status: {}\n", parsers::to_string(o.status));
}

}  // namespace

std::string export_yaml(const Orders& orders, const YamlRemarks& remarks) {
  std::string out = "work_orders:\n";
  for (const Order& order : orders.list) add_order(out, order, remarks);
  if (orders.decisions.empty()) return out;
  out += "decisions:\n";
  for (const Decision& d : orders.decisions) {
    const auto id = [&](OrderId o) { return orders.list[o.index()].id; };
    const std::string choose = d.choice == parsers::Decision::Choice::together ? "together"
                               : d.choice == parsers::Decision::Choice::first  ? "first:" + id(d.chosen)
                                                                               : "drop:" + id(d.chosen);
    out += fmt::format("  - between: [{}, {}]\n    choose: {}\n", yaml_quoted(id(d.between[0])),
                       yaml_quoted(id(d.between[1])), yaml_quoted(choose));
    if (!d.why.empty()) out += fmt::format("    why: {}\n", yaml_quoted(d.why));
    if (!d.by.empty()) out += fmt::format("    by: {}\n", yaml_quoted(d.by));
    if (!d.digest.empty()) out += fmt::format("    digest: {}\n", yaml_quoted(d.digest));
  }
  return out;
}

}  // namespace planner
