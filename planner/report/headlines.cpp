#include "planner/report/headlines.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "planner/proof.h"
#include "planner/report/words.h"

namespace planner::report {
namespace {

/// "8 conflicting pairs, 2 dependencies, 1 hub, 1 order runs alone", what there is of it.
std::string frictions(const PlanAnswer& answer) {
  std::size_t conflicting = 0, ordered = 0, alone = 0;
  for (const PairConflicts& pair : by_pair(answer.plan->conflicts, false)) {
    const auto only = [&](auto test) { return std::all_of(pair.begin(), pair.end(), test); };
    if (pair.front()->with_all)
      ++alone;
    else if (only([](const Conflict* c) { return c->kind == ConflictKind::dependency; }))
      ++ordered;
    else
      ++conflicting;
  }
  std::string out;
  const auto add = [&](std::size_t n, std::string text) {
    if (n > 0) out += (out.empty() ? "" : ", ") + std::move(text);
  };
  add(conflicting, counted(conflicting, "conflicting pair"));
  add(ordered, ordered == 1 ? "1 dependency" : fmt::format("{} dependencies", ordered));
  add(answer.plan->hubs.size(), counted(answer.plan->hubs.size(), "hub"));
  add(alone, fmt::format("{} alone", alone));
  return out.empty() ? "no conflicts" : out;
}

/// "7 planned, 1 not planned, 1 done, 1 failed": where the orders are, unless all are planned.
std::string standing(const PlanAnswer& answer) {
  std::string out;
  const auto add = [&](std::size_t n, std::string_view what) {
    if (n > 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", n, what);
  };
  const auto count = [&](parsers::Status status) {
    const auto& list = answer.orders.list;
    return static_cast<std::size_t>(
        std::count_if(list.begin(), list.end(), [&](const Order& order) { return order.status == status; }));
  };
  if (answer.plan->starts.size() == answer.orders.list.size()) return out;
  add(answer.plan->starts.size(), "planned");
  add(answer.plan->unplanned.size(), "not planned");
  for (const parsers::Status status : {parsers::Status::done, parsers::Status::failed, parsers::Status::dropped})
    add(count(status), parsers::to_string(status));
  return out;
}

std::string answers_wanted(const PlanAnswer& answer) {
  const std::size_t decisions = answer.plan->decisions_needed.size();
  const auto& findings = answer.plan->findings;
  const auto cycles =
      std::count_if(findings.begin(), findings.end(), [](const Finding& f) { return f.rule == "dependency-cycle"; });
  std::string out = decisions == 0 ? "no decision needed" : counted(decisions, "decision") + " needed";
  if (cycles > 0)
    out = (decisions == 0 ? "" : out + ", ") + (cycles == 1 ? "a" : std::to_string(cycles)) +
          (cycles == 1 ? " dependency cycle" : " dependency cycles") + " to break";
  if (answer.plan->verdict == Verdict::unknown)
    out += ", " + counted(unknown_scopes(answer.orders, *answer.plan).size(), "write set") + " unknown";
  return out;
}

}  // namespace

std::string headline(const PlanAnswer& answer) {
  const Plan& plan = *answer.plan;
  const std::size_t all = answer.orders.list.size(), planned = plan.starts.size();
  if (all == 0) return "no work orders: there is nothing to plan";
  std::string out = counted(all, "work order");
  if (const std::string where = standing(answer); !where.empty()) out += ", " + where;
  if (planned == 0) return fmt::format("{}; {}", out, answers_wanted(answer));
  out += fmt::format(": {}, {}, {}", counted(plan.lanes.size(), "lane"), counted(plan.waves.size(), "wave"),
                     amount(plan.makespan, plan.unit));
  if (plan.options.agents)
    out += fmt::format(" on {}", counted(static_cast<std::size_t>(*plan.options.agents), "agent"));
  return fmt::format("{}; {}, {}", out, frictions(answer), answers_wanted(answer));
}

std::string headline(const VerifyAnswer& answer) {
  constexpr std::size_t most_named = 3;
  if (answer.judged.empty() && answer.findings.empty() && answer.not_judged.empty()) return "nothing was judged";
  std::set<std::string> judged;
  for (const Judged& one : answer.judged) judged.insert(one.work_orders.begin(), one.work_orders.end());
  std::string who = "no work order";
  if (judged.size() > most_named)
    who = fmt::format("{}, {}", counted(judged.size(), "work order"), counted(answer.judged.size(), "range"));
  else if (!judged.empty())
    who = join_names({judged.begin(), judged.end()});
  else if (answer.judged.empty())
    who = "nothing was judged";
  return fmt::format(
      "{}: {}", who,
      answer.findings.empty() ? "clean, what was done is what was declared" : severities(answer.findings));
}

std::string headline(const CheckAnswer& answer) {
  std::size_t writes = 0, reads = 0, unknown = 0;
  std::set<std::string_view> files;
  for (const Order& order : answer.orders.list) {
    files.insert(order.where.file);
    if (order.write)
      writes += order.write->size();
    else
      ++unknown;
    if (order.read) reads += order.read->size();
  }
  if (answer.orders.list.empty()) return "no work orders were found";
  std::string out = fmt::format("{} in {}: {}, {}", counted(answer.orders.list.size(), "work order"),
                                counted(files.size(), "file"), counted(writes, "write"), counted(reads, "read"));
  if (unknown > 0) out += fmt::format(", {} without a write set", unknown);
  return fmt::format("{}; {}", out,
                     answer.findings.empty() ? "nothing to complain about" : severities(answer.findings));
}

std::string headline(const ExplainAnswer& answer) {
  const std::string both = fmt::format("{} and {}", name(answer.orders, answer.a), name(answer.orders, answer.b));
  if (answer.may_overlap) return both + " may run at once";
  for (const Conflict& c : answer.conflicts)
    if (c.resolution == Resolution::decide) return both + ": a decision is needed; until then never at once";
  const Start *a = start_of(*answer.plan, answer.a), *b = start_of(*answer.plan, answer.b);
  if (!a || !b) return fmt::format("{}: {} is not planned", both, name(answer.orders, a ? answer.b : answer.a));
  if (answer.conflicts.empty() && answer.hubs.empty() && answer.chain.size() > 1)
    return fmt::format("{} do not conflict, but {} waits for {} through others", both,
                       name(answer.orders, answer.chain.back()), name(answer.orders, answer.chain.front()));
  if (a->end > b->start && b->end > a->start) return both + " are under way at once";
  return fmt::format("{}: never at once, {} runs first", both,
                     name(answer.orders, a->start < b->start ? answer.a : answer.b));
}

std::string hand_made_verdict(const HandMadePlan& plan) {
  const std::string these =
      plan.waves == 1 ? "the hand-made wave is" : fmt::format("the {} hand-made waves are", plan.waves);
  std::string out = fmt::format("{} {}", these, plan.valid ? "valid" : "not valid");
  if (plan.needed < plan.waves) out += fmt::format("; {} would do", plan.needed);
  if (plan.needed > plan.waves) out += fmt::format("; {} {}", plan.needed, plan.proved ? "are needed" : "would do");
  if (plan.needed == plan.waves && plan.valid && plan.proved) out += ", and fewer are not possible";
  return out;
}

std::string diagnostics_line(const Reading& reading) {
  const auto count = [&](parsers::Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(reading.diagnostics.begin(), reading.diagnostics.end(),
                      [&](const parsers::Diagnostic& d) { return d.severity == severity; }));
  };
  const std::size_t errors = count(parsers::Severity::error), warnings = count(parsers::Severity::warning),
                    notes = count(parsers::Severity::note);
  std::string out;
  const auto add = [&](std::size_t n, std::string_view one) {
    if (n > 0) out += (out.empty() ? "" : " and ") + counted(n, one);
  };
  add(errors, "error");
  add(warnings, "warning");
  add(notes, "note");
  return out.empty() ? out : out + " about the orders";
}

}  // namespace planner::report
