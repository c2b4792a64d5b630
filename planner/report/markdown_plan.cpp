// A plan as a comment on a pull request: what needs an answer and the dispatch in sight, the rest folded away.
#include <algorithm>
#include <fmt/format.h>

#include "planner/report/change_words.h"
#include "planner/report/decision_words.h"
#include "planner/report/markdown_parts.h"
#include "planner/report/report.h"

namespace planner::report {
namespace {

class PlanMarkdown {
 public:
  explicit PlanMarkdown(const PlanAnswer& answer) : orders_(answer.orders), plan_(*answer.plan), answer_(answer) {}

  std::string print() {
    out_ = fmt::format("### Plan: {}\n\n{}\n", planner::to_string(plan_.verdict), escaped(headline(answer_)));
    schedule();
    decisions();
    unknown();
    bottleneck();
    changes();
    now();
    out_ += finding_part(plan_.findings);
    folded();
    out_ += diagnostics_part(answer_.reading);
    out_ += fmt::format("\n{}\n", escaped(origin(plan_)));
    return out_;
  }

 private:
  std::string id(OrderId order) const { return code(name(orders_, order)); }

  void schedule() {
    if (plan_.starts.empty()) return;
    std::vector<std::vector<std::string>> rows;
    for (const Start& start : plan_.starts) {
      const Order& order = orders_.list[start.order.index()];
      rows.push_back({when(start, plan_.unit), start.agent ? std::to_string(*start.agent) : who(start), id(start.order),
                      escaped(order.title),
                      start.from
                          ? fmt::format("{}{}{}", code_list(orders_, start.after), start.after.empty() ? "" : "; ",
                                        escaped("from " + base_of(orders_, start)))
                          : code_list(orders_, start.after)});
    }
    out_ += fmt::format("\n#### Schedule: {}\n\n", dispatch(plan_));
    out_ += table({"when", "agent", "work order", "title", "after"}, rows);
  }

  void decisions() {
    if (plan_.decisions_needed.empty()) return;
    out_ += fmt::format("\n#### Decisions needed: {}\n", plan_.decisions_needed.size());
    std::size_t shown = 0;
    for (const DecisionNeeded& needed : plan_.decisions_needed) {
      if (shown++ == most_rows / 10) break;
      decision(needed);
    }
    if (plan_.decisions_needed.size() > shown)
      out_ += fmt::format("\n... and {} more\n", plan_.decisions_needed.size() + 1 - shown);
  }

  void decision(const DecisionNeeded& needed) {
    out_ += fmt::format("\n**{} and {}**\n\n", id(needed.between[0]), id(needed.between[1]));
    out_ += conflict_items(orders_, disputed(plan_, needed));
    std::vector<std::vector<std::string>> rows;
    for (const Choice& choice : needed.choices) rows.push_back({code(choice.choose), cost(choice, plan_)});
    out_ += "\n" + table({"choice", "costs"}, rows);
    out_ += "\nAnswer it under `decisions:` in an order file, for instance:\n\n";
    out_ += code_block("yaml", "- " + parsers::printable(decision_line(orders_, needed)));
  }

  void unknown() {
    const std::vector<Reasoned> scopes = unknown_scopes(orders_, plan_);
    if (scopes.empty()) return;
    out_ += fmt::format("\n#### Unknown scopes: {}\n\n", scopes.size());
    out_ += reasons(scopes);
  }

  std::string reasons(const std::vector<Reasoned>& list) const {
    std::string out;
    for (std::size_t i = 0; i < std::min(list.size(), most_rows); ++i)
      out += fmt::format("- {} ({}): {}\n", id(list[i].order), code(orders_.list[list[i].order.index()].where),
                         escaped(list[i].reason));
    if (list.size() > most_rows) out += fmt::format("- and {} more\n", list.size() - most_rows);
    return out;
  }

  void bottleneck() {
    if (plan_.starts.empty()) return;
    out_ += fmt::format("\n#### Bottleneck\n\n- {}\n- {}\n", escaped(plan_.makespan_proof.text),
                        escaped(plan_.waves_proof.text));
    if (plan_.shorter) out_ += fmt::format("- {}\n", escaped(plan_.shorter->text));
  }

  void changes() {
    if (!plan_.changes) return;
    const PlanChanges& changes = *plan_.changes;
    out_ += fmt::format("\n#### Changed since the earlier plan\n\n{}\n\n", escaped(change_summary(plan_)));
    std::vector<std::string> lines;
    for (const PlanChanges::Order& order : changes.orders)
      lines.push_back("- " + escaped(change_words(order, plan_.unit)) + "\n");
    for (const PlanChanges::Wait& wait : changes.waits) lines.push_back("- " + escaped(change_words(wait)) + "\n");
    std::string shown;
    for (std::size_t i = 0; i < std::min(lines.size(), most_rows); ++i) shown += lines[i];
    if (lines.size() > most_rows) shown += fmt::format("- and {} more\n", lines.size() - most_rows);
    constexpr std::size_t most_in_sight = 10;
    out_ += lines.size() > most_in_sight ? details(fmt::format("{} changes", lines.size()), shown) : shown;
  }

  void now() {
    if (!plan_.starts.empty())
      out_ += fmt::format("\n**Ready now:** {}\n", plan_.ready.empty() ? "none" : code_list(orders_, plan_.ready));
    if (!plan_.held.empty()) out_ += "\n**Held:**\n\n" + reasons(plan_.held);
    if (!plan_.unplanned.empty()) out_ += "\n**Not planned:**\n\n" + reasons(plan_.unplanned);
  }

  void folded() {
    std::string lanes, waves;
    for (const std::vector<OrderId>& lane : plan_.lanes)
      if (lane.size() > 1) lanes += fmt::format("- {}\n", code_list(orders_, lane, " → "));
    if (const std::vector<OrderId> single = single_lanes(plan_); !single.empty())
      lanes += fmt::format("- a lane of its own each: {}\n", code_list(orders_, single));
    for (const std::vector<OrderId>& wave : plan_.waves) waves += fmt::format("1. {}\n", code_list(orders_, wave));
    if (!lanes.empty()) out_ += "\n" + details("Lanes: one session each, in this order", lanes);
    if (!waves.empty()) out_ += "\n" + details("Waves: all at once, then a barrier", waves);
    if (plan_.options.isolation == parsers::Isolation::worktree && !plan_.merge_order.empty())
      out_ += "\n" + details("Merge order", code_list(orders_, plan_.merge_order) + "\n");
    for (const bool hints : {false, true}) {
      const std::vector<PairConflicts> pairs = by_pair(plan_.conflicts, hints);
      if (!pairs.empty()) out_ += "\n" + details(hints ? "Hints: nothing is enforced" : "Conflicts", all_of(pairs));
    }
    if (!plan_.hubs.empty())
      out_ += "\n" + details(fmt::format("Hubs: resources with more than {} users", hub_users),
                             hub_items(orders_, plan_.hubs));
  }

  std::string all_of(const std::vector<PairConflicts>& pairs) const {
    std::string out;
    for (std::size_t i = 0; i < std::min(pairs.size(), most_rows); ++i) {
      const Conflict& first = *pairs[i].front();
      out += fmt::format("- {} and {}: {}\n", id(first.between[0]),
                         first.with_all ? "all others" : id(first.between[1]), escaped(resolution(orders_, pairs[i])));
      out += conflict_items(orders_, pairs[i]);
    }
    if (pairs.size() > most_rows) out += fmt::format("- and {} more pairs\n", pairs.size() - most_rows);
    return out;
  }

  const Orders& orders_;
  const Plan& plan_;
  const PlanAnswer& answer_;
  std::string out_;
};

}  // namespace

std::string markdown(const PlanAnswer& answer) { return PlanMarkdown(answer).print(); }

}  // namespace planner::report
