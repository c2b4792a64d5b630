#include "planner/report/markdown_parts.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace planner::report {
namespace {

std::string side(const Order& order, const Side& side, const std::string& resource) {
  const Deed deed = report::deed(order, side, resource);
  return fmt::format("{} {}{} ({})", code(order.id), deed.verb.empty() ? "as " : "", done(deed, code(deed.entry)),
                     code(side.source));
}

}  // namespace

std::string table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
  std::string out = fmt::format("| {} |\n|", fmt::join(head, " | "));
  for (std::size_t i = 0; i < head.size(); ++i) out += "---|";
  out += "\n";
  for (std::size_t i = 0; i < std::min(rows.size(), most_rows); ++i)
    out += fmt::format("| {} |\n", fmt::join(rows[i], " | "));
  if (rows.size() > most_rows) out += fmt::format("\n... and {} more\n", rows.size() - most_rows);
  return out;
}

std::string details(std::string_view title, const std::string& body) {
  return fmt::format("<details><summary>{}</summary>\n\n{}\n</details>\n", title, body);
}

std::string code_list(const Orders& orders, const std::vector<OrderId>& ids, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), most_rows); ++i)
    out += std::string(i == 0 ? "" : separator) + code(name(orders, ids[i]));
  if (ids.size() > most_rows) out += fmt::format("{}and {} more", separator, ids.size() - most_rows);
  return out;
}

std::string conflict_items(const Orders& orders, const PairConflicts& pair) {
  std::string out;
  for (const Conflict* conflict : pair)
    for (const Evidence& e : conflict->evidence) {
      out += fmt::format("  - {}{}", to_string(conflict->kind), doubt(conflict->certainty));
      if (!e.resource.empty() && e.resource != "*") out += ": " + code(e.resource);
      if (!e.witness.empty() && e.witness != e.resource) out += fmt::format(", both cover {}", code(e.witness));
      if (!e.note.empty()) out += fmt::format(" ({})", escaped(e.note));
      out += ": " + side(orders.list[conflict->between[0].index()], e.sides[0], e.resource);
      if (!conflict->with_all)
        out += ", " + side(orders.list[conflict->between[1].index()], e.sides[1], e.resource);
      else if (!e.sides[1].source.file.empty())
        out += fmt::format(", a barrier ({})", code(e.sides[1].source));
      out += "\n";
    }
  return out;
}

std::string hub_items(const Orders& orders, const std::vector<Hub>& hubs) {
  std::string out;
  for (const Hub& hub : hubs) {
    out += fmt::format("- {}: {}; {}", to_string(hub.kind), code(hub.resource), escaped(users(orders, hub)));
    if (!hub.source.empty()) out += fmt::format("; first at {}", code(hub.source.front()));
    out += "\n";
  }
  return out;
}

std::string finding_table(const std::vector<const Finding*>& findings) {
  std::vector<std::vector<std::string>> rows;
  for (const Finding* f : findings) {
    const Advice said = advice(f->message);
    std::string message = escaped(said.sentence) + doubt(f->certainty);
    if (!said.remedy.empty()) message += fmt::format("<br>{}: {}", escaped(said.remedy), code(said.trailer));
    for (const Related& related : f->related) {
      message += "<br>";
      if (!related.where.file.empty()) message += code(related.where) + " ";
      message += escaped(related_words(related));
    }
    rows.push_back(
        {std::string(to_string(f->severity)), code(f->rule), code(f->work_order), code(f->where), std::move(message)});
  }
  return table({"severity", "rule", "work order", "place", "what"}, rows);
}

std::string finding_part(const std::vector<Finding>& findings) {
  if (findings.empty()) return {};
  std::vector<const Finding*> list;
  for (const Finding& f : findings) list.push_back(&f);
  return fmt::format("\n#### Findings: {}\n\n{}", severities(findings), finding_table(list));
}

std::string changed_part(const std::vector<std::string>& changed_since_plan) {
  if (changed_since_plan.empty()) return {};
  std::string out = "\n#### Changed since the plan was approved\n\n";
  for (const std::string& line : changed_since_plan) out += "- " + escaped(line) + "\n";
  return out;
}

std::string diagnostics_part(const Reading& reading) {
  const std::string line = diagnostics_line(reading);
  return line.empty() ? line : "\n" + line + "\n";
}

}  // namespace planner::report
