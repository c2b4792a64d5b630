// A plan for the terminal: the verdict, who starts when, what needs an answer, why it cannot be shorter, all the rest.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "planner/proof.h"
#include "planner/report/change_words.h"
#include "planner/report/decision_words.h"
#include "planner/report/text_parts.h"

namespace planner::report {
namespace {

using Rank = Page::Rank;

class PlanText {
 public:
  PlanText(const PlanAnswer& answer, TextStyle style)
      : orders_(answer.orders), plan_(*answer.plan), answer_(answer), page_(style) {}

  std::string print() {
    page_.verdict(safe(headline(answer_)), verdict_ink());
    schedule();
    decisions();
    const bool broken = !plan_.findings.empty() && plan_.findings.front().severity == FindingSeverity::error;
    if (broken) finding_section(page_, plan_.findings);
    unknown();
    bottleneck();
    changes();
    now();
    if (!broken) finding_section(page_, plan_.findings);
    lanes();
    waves();
    merge_order();
    conflicts();
    hubs();
    hints();
    diagnostics_section(page_, answer_.reading);
    page_.section(safe(origin(plan_)), Rank::rest, Ink::plain);
    return page_.print();
  }

 private:
  std::string id(OrderId order) const { return safe(name(orders_, order)); }
  std::string list(const std::vector<OrderId>& ids, std::string_view separator = ", ") const {
    return safe(fmt::format("{}", fmt::join(names(orders_, ids), separator)));
  }

  Ink verdict_ink() const {
    switch (plan_.verdict) {
      case Verdict::clean:
        return Ink::green;
      case Verdict::unknown:
        return Ink::yellow;
      case Verdict::decision_needed:
        return Ink::red;
      case Verdict::sequenced:
        break;
    }
    return Ink::bold;
  }

  void schedule() {
    if (plan_.starts.empty()) return;
    page_.section("Schedule: " + dispatch(plan_), Rank::lead);
    std::size_t wide = 0;
    for (const Start& start : plan_.starts) wide = std::max(wide, cells(id(start.order)));
    wide = std::min<std::size_t>(wide, 24);
    graph::Time open = -1;
    for (const Start& start : plan_.starts) {
      const bool first = start.start != open;
      if (first)
        page_.line(plan_.unit == Unit::order ? fmt::format("step {}", start.start + 1)
                                             : fmt::format("at {}", amount(start.start, plan_.unit)));
      open = start.start;
      std::string row = fmt::format("{}  {}", padded(id(start.order), wide), padded(who(start), 9));
      if (plan_.unit != Unit::order) row += fmt::format("  until {}", padded(std::to_string(start.end), 4));
      const std::size_t text_at = std::min<std::size_t>(4 + cells(row) + 2, 48);
      page_.line(fmt::format("{}  {}", row, safe(about(orders_, start))), 4, text_at,
                 first ? Page::Item::continues : Page::Item::begins);
    }
  }

  void decisions() {
    if (plan_.decisions_needed.empty()) return;
    page_.section(fmt::format("Decisions needed: {}", plan_.decisions_needed.size()), Rank::lead, Ink::red);
    for (const DecisionNeeded& needed : plan_.decisions_needed) decision(needed);
  }

  void decision(const DecisionNeeded& needed) {
    page_.line(fmt::format("{} and {}", id(needed.between[0]), id(needed.between[1])));
    conflict_lines(page_, orders_, disputed(plan_, needed));
    std::size_t wide = 0;
    for (const Choice& choice : needed.choices) wide = std::max(wide, cells(safe(choice.choose)));
    for (const Choice& choice : needed.choices)
      page_.verbatim(fmt::format("    {}  {}", padded(safe(choice.choose), wide), cost(choice, plan_)));
    page_.line("answer it under `decisions:` in an order file, for instance:", 4, 4);
    page_.verbatim("      - " + safe(decision_line(orders_, needed)));
  }

  void unknown() {
    const std::vector<Reasoned> scopes = unknown_scopes(orders_, plan_);
    if (scopes.empty()) return;
    page_.section(fmt::format("Unknown scopes: {}", scopes.size()), Rank::lead, Ink::yellow);
    for (const Reasoned& r : scopes)
      page_.line(fmt::format("{}: {}: {}", safe(orders_.list[r.order.index()].where), id(r.order), r.reason));
  }

  void bottleneck() {
    if (plan_.starts.empty()) return;
    page_.section("Bottleneck", Rank::lead);
    page_.line(safe(plan_.makespan_proof.text));
    page_.line(safe(plan_.waves_proof.text));
    if (plan_.shorter) page_.line(safe(plan_.shorter->text));
  }

  void changes() {
    if (!plan_.changes) return;
    const PlanChanges& changes = *plan_.changes;
    page_.section("Changed since the earlier plan", Rank::lead);
    page_.line(change_summary(plan_));
    for (const PlanChanges::Order& order : changes.orders) page_.line(safe(change_words(order, plan_.unit)));
    for (const PlanChanges::Wait& wait : changes.waits) page_.line(safe(change_words(wait)));
  }

  void now() {
    if (!plan_.starts.empty()) {
      page_.section(plan_.ready.empty() ? "Ready now: none" : "Ready now: " + counted(plan_.ready.size(), "work order"),
                    Rank::lead);
      page_.line(list(plan_.ready), 2, 2);
    }
    reasons("Held", plan_.held, Ink::red);
    reasons("Not planned", plan_.unplanned, Ink::yellow);
  }

  void reasons(std::string_view title, const std::vector<Reasoned>& list, Ink ink) {
    if (list.empty()) return;
    page_.section(fmt::format("{}: {}", title, list.size()), Rank::rest, ink);
    for (const Reasoned& r : list) page_.line(fmt::format("{}: {}", id(r.order), safe(r.reason)));
  }

  // Neighbours that are alone in their lanes share a line: "2-4  WO-1, WO-7, WO-9: a lane each".
  void lanes() {
    if (plan_.lanes.empty()) return;
    page_.section("Lanes: one session each, in this order", Rank::rest);
    std::vector<std::pair<std::string, std::string>> rows;
    std::size_t wide = 2;
    for (std::size_t i = 0; i < plan_.lanes.size();) {
      std::vector<OrderId> alone;
      for (std::size_t j = i; j < plan_.lanes.size() && plan_.lanes[j].size() == 1; ++j)
        alone.push_back(plan_.lanes[j].front());
      if (alone.size() > 1)
        rows.emplace_back(fmt::format("{}-{}", i + 1, i + alone.size()), list(alone) + ": a lane each");
      else
        rows.emplace_back(std::to_string(i + 1), list(plan_.lanes[i], " -> "));
      i += std::max<std::size_t>(1, alone.size());
      wide = std::max(wide, rows.back().first.size());
    }
    for (const auto& [number, orders] : rows) page_.line(fmt::format("{:>{}}  {}", number, wide, orders), 2, wide + 4);
  }

  void waves() {
    if (plan_.waves.empty()) return;
    page_.section("Waves: all at once, then a barrier", Rank::rest);
    for (std::size_t i = 0; i < plan_.waves.size(); ++i)
      page_.line(fmt::format("{:>2}  {}", i + 1, list(plan_.waves[i])), 2, 6);
  }

  void merge_order() {
    if (plan_.options.isolation != parsers::Isolation::worktree || plan_.merge_order.empty()) return;
    page_.section("Merge order", Rank::rest);
    page_.line(list(plan_.merge_order), 2, 2);
  }

  void conflicts() {
    const std::vector<PairConflicts> pairs = by_pair(plan_.conflicts, false);
    if (pairs.empty()) return;
    page_.section("Conflicts", Rank::rest);
    for (const PairConflicts& pair : pairs) {
      page_.line(fmt::format("{}: {}", safe(between(orders_, *pair.front())), safe(resolution(orders_, pair))));
      PairConflicts told;  // the evidence for a decision stands with it, unless there is no other
      std::copy_if(pair.begin(), pair.end(), std::back_inserter(told),
                   [](const Conflict* c) { return c->resolution != Resolution::decide; });
      conflict_lines(page_, orders_, told.empty() ? pair : told);
    }
  }

  void hubs() {
    if (plan_.hubs.empty()) return;
    page_.section(fmt::format("Hubs: resources with more than {} users", hub_users), Rank::rest);
    for (const Hub& hub : plan_.hubs) hub_lines(page_, orders_, hub);
  }

  void hints() {
    const std::vector<PairConflicts> pairs = by_pair(plan_.conflicts, true);
    if (pairs.empty()) return;
    page_.section("Hints: nothing is enforced", Rank::rest);
    for (const PairConflicts& pair : pairs) {
      page_.line(safe(between(orders_, *pair.front())));
      conflict_lines(page_, orders_, pair);
    }
  }

  const Orders& orders_;
  const Plan& plan_;
  const PlanAnswer& answer_;
  Page page_;
};

}  // namespace

std::string text(const PlanAnswer& answer, TextStyle style) { return PlanText(answer, style).print(); }

}  // namespace planner::report
