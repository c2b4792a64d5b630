// What was read, what is odd about it, and whether the hand-made waves hold.
#include <algorithm>
#include <fmt/format.h>

#include "planner/report/text_parts.h"

namespace planner::report {
namespace {

void readings(Page& page, const Reading& reading) {
  page.section("Read as", Page::Rank::rest);
  std::size_t wide = 0;
  for (const parsers::Reading& r : reading.readings) wide = std::max(wide, cells(r.as));
  wide = std::min<std::size_t>(wide, 16);
  for (const parsers::Reading& r : reading.readings) {
    const std::size_t file = r.where.file.value;
    const std::string source = file < reading.sources.size() ? reading.sources[file].name : std::string("?");
    const std::string as = page.pen(r.as == "unread" ? Ink::yellow : Ink::plain, padded(safe(r.as), wide));
    page.verbatim(fmt::format("  {}: {}  {}", safe(Place{source, r.where.line}), as, safe(r.text)));
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
