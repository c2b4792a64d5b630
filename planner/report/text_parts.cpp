#include "planner/report/text_parts.h"

#include <algorithm>
#include <fmt/format.h>

namespace planner::report {
namespace {

void side_line(Page& page, const Order& order, const Side& side, const std::string& resource) {
  const Deed deed = report::deed(order, side, resource);
  page.line(fmt::format("{}: {}{} {}", safe(side.source), safe(order.id), deed.verb.empty() ? ":" : "",
                        done(deed, safe(deed.entry))),
            6, 8);
}

}  // namespace

std::string safe(std::string_view text) { return parsers::printable(text); }

std::string safe(const Place& place) { return safe(shown(place)); }

void conflict_lines(Page& page, const Orders& orders, const PairConflicts& pair) {
  for (const Conflict* conflict : pair)
    for (const Evidence& e : conflict->evidence) {
      std::string text = fmt::format("{}{}", to_string(conflict->kind), doubt(conflict->certainty));
      if (!e.resource.empty() && e.resource != "*") text += ": " + safe(e.resource);
      if (!e.witness.empty() && e.witness != e.resource) text += fmt::format(", both cover {}", safe(e.witness));
      if (!e.note.empty()) text += fmt::format(" ({})", safe(e.note));
      page.line(text, 4, 6);
      side_line(page, orders.list[conflict->between[0].index()], e.sides[0], e.resource);
      if (!conflict->with_all)
        side_line(page, orders.list[conflict->between[1].index()], e.sides[1], e.resource);
      else if (!e.sides[1].source.file.empty())
        page.line(fmt::format("{}: a barrier", safe(e.sides[1].source)), 6, 8);
    }
}

void hub_lines(Page& page, const Orders& orders, const Hub& hub) {
  constexpr std::size_t most = 3;
  page.line(fmt::format("{}: {}; {}", to_string(hub.kind), safe(hub.resource), safe(users(orders, hub))));
  for (std::size_t i = 0; i < std::min(most, hub.source.size()); ++i) {
    const bool writer = i < hub.writers.size();
    const OrderId user = writer ? hub.writers[i] : hub.readers[i - hub.writers.size()];
    page.line(fmt::format("{}: {} {}", safe(hub.source[i]), safe(name(orders, user)), deed(hub, writer)), 4, 6);
  }
  if (hub.source.size() > most) page.line(fmt::format("... {} more", hub.source.size() - most), 4, 6);
}

Ink ink_of(FindingSeverity severity) {
  switch (severity) {
    case FindingSeverity::error:
      return Ink::red;
    case FindingSeverity::warning:
      return Ink::yellow;
    case FindingSeverity::note:
      break;
  }
  return Ink::plain;
}

void finding_lines(Page& page, const Finding& finding) {
  const Advice said = advice(finding.message);
  std::string text = finding.where.file.empty() ? std::string() : safe(finding.where) + ": ";
  text += page.pen(ink_of(finding.severity), to_string(finding.severity));
  text += fmt::format(": {} [{}]{}", safe(said.sentence), safe(finding.rule), doubt(finding.certainty));
  page.line(text);
  if (!said.remedy.empty()) {
    page.line(safe(said.remedy) + ":", 4, 6);
    page.verbatim("      " + safe(said.trailer));
  }
  for (const Related& related : finding.related) {
    const std::string place = related.where.file.empty() ? std::string() : safe(related.where) + ": ";
    page.line(place + safe(related_words(related)), 4, 6);
  }
}

void finding_section(Page& page, const std::vector<Finding>& findings) {
  if (findings.empty()) return;
  const bool notes_only = std::all_of(findings.begin(), findings.end(),
                                      [](const Finding& f) { return f.severity == FindingSeverity::note; });
  const Ink ink = notes_only ? Ink::bold : ink_of(findings.front().severity);
  page.section(fmt::format("Findings: {}", severities(findings)), notes_only ? Page::Rank::rest : Page::Rank::lead,
               ink);
  for (const Finding& finding : findings) finding_lines(page, finding);
}

void changed_section(Page& page, const std::vector<std::string>& changed_since_plan) {
  if (changed_since_plan.empty()) return;
  page.section("Changed since the plan was approved", Page::Rank::lead, Ink::yellow);
  for (const std::string& line : changed_since_plan) page.line(safe(line));
}

void diagnostics_section(Page& page, const Reading& reading) {
  const std::string line = diagnostics_line(reading);
  if (!line.empty()) page.section(line, Page::Rank::rest, Ink::yellow);
}

}  // namespace planner::report
