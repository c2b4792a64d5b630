// What was read, what is odd about it, and whether the hand-made waves hold.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "planner/report/text_parts.h"

namespace planner::report {
namespace {

/// Columns: place, work order, what it was read as, the text.
void readings(Page& page, const Reading& reading) {
  page.section("Read as", Page::Rank::rest);
  constexpr std::size_t widest[] = {48, 24, 16};
  std::vector<std::array<std::string, 3>> rows;
  std::size_t wide[3] = {};
  for (const parsers::Reading& r : reading.readings) {
    const std::size_t file = r.where.file.value;
    const std::string source = file < reading.sources.size() ? reading.sources[file].name : std::string("?");
    rows.push_back({safe(Place{source, r.where.line}), r.order.empty() ? "-" : safe(r.order), safe(r.as)});
    for (std::size_t i = 0; i < 3; ++i) wide[i] = std::max(wide[i], std::min(widest[i], cells(rows.back()[i])));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const parsers::Reading& r = reading.readings[i];
    const std::string as = page.pen(r.as == "unread" ? Ink::yellow : Ink::plain, padded(rows[i][2], wide[2]));
    page.verbatim(
        fmt::format("  {}  {}  {}  {}", padded(rows[i][0], wide[0]), padded(rows[i][1], wide[1]), as, safe(r.text)),
        Page::Item::begins);
  }
}

}  // namespace

std::string text(const CheckAnswer& answer, TextStyle style, bool verbose) {
  Page page(style);
  const bool error = std::any_of(answer.findings.begin(), answer.findings.end(),
                                 [](const Finding& f) { return f.severity == FindingSeverity::error; });
  page.verdict(safe(headline(answer)), error ? Ink::red : answer.findings.empty() ? Ink::green : Ink::yellow);
  changed_section(page, answer.changed_since_plan);
  if (answer.hand_made) {
    const HandMadePlan& made = *answer.hand_made;
    page.section("Hand-made waves", Page::Rank::lead, made.valid ? Ink::bold : Ink::red);
    page.line(hand_made_verdict(made));
    if (!made.unplaced.empty()) page.line("in no wave: " + safe(listed(made.unplaced)));
  }
  finding_section(page, answer.findings);
  diagnostics_section(page, answer.reading);
  if (verbose) readings(page, answer.reading);
  return page.print();
}

}  // namespace planner::report
