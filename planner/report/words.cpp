#include "planner/report/words.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

#include "planner/proof.h"

namespace planner::report {
namespace {

template <class T>
std::size_t count_of(const std::vector<T>& items, bool (*test)(const T&)) {
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), test));
}

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

std::string answers_wanted(const PlanAnswer& answer) {
  const std::size_t decisions = answer.plan->decisions_needed.size();
  const std::size_t cycles =
      count_of<Finding>(answer.plan->findings, [](const Finding& f) { return f.rule == "dependency-cycle"; });
  std::string out = decisions == 0 ? "no decision needed" : counted(decisions, "decision") + " needed";
  if (cycles > 0)
    out = (decisions == 0 ? "" : out + ", ") + (cycles == 1 ? "a" : std::to_string(cycles)) +
          (cycles == 1 ? " dependency cycle" : " dependency cycles") + " to break";
  if (answer.plan->verdict == Verdict::unknown)
    out += ", " + counted(unknown_scopes(answer.orders, *answer.plan).size(), "write set") + " unknown";
  return out;
}

/// Plain in YAML's flow style and never anything but a string.
bool is_plain(std::string_view text) {
  static constexpr std::string_view words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto ok = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; };
  if (text.empty() || !letter(text[0]) || !std::all_of(text.begin(), text.end(), ok)) return false;
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::find(std::begin(words), std::end(words), lower) == std::end(words);
}

std::string yaml_text(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string yaml_id(std::string_view id) { return is_plain(id) ? std::string(id) : yaml_text(id); }

}  // namespace

const std::string& name(const Orders& orders, OrderId id) { return orders.list[id.index()].id; }

std::vector<std::string> names(const Orders& orders, const std::vector<OrderId>& ids) {
  std::vector<std::string> out;
  out.reserve(ids.size());
  for (OrderId id : ids) out.push_back(name(orders, id));
  return out;
}

std::string counted(std::size_t n, std::string_view one) {
  if (n == 0) return fmt::format("no {}s", one);
  return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
}

std::string shown(const Place& place) {
  return place.line == 0 ? place.file : fmt::format("{}:{}", place.file, place.line);
}

std::string headline(const PlanAnswer& answer) {
  const Plan& plan = *answer.plan;
  const std::size_t all = answer.orders.list.size(), planned = plan.starts.size();
  if (all == 0) return "no work orders: there is nothing to plan";
  std::string out = counted(all, "work order");
  if (planned == 0) return fmt::format("{}, none to plan; {}", out, answers_wanted(answer));
  if (planned < all) out += fmt::format(", {} planned", planned);
  out += fmt::format(": {}, {}, {}", counted(plan.lanes.size(), "lane"), counted(plan.waves.size(), "wave"),
                     amount(plan.makespan, plan.unit));
  if (plan.options.agents)
    out += fmt::format(" on {}", counted(static_cast<std::size_t>(*plan.options.agents), "agent"));
  return fmt::format("{}; {}, {}", out, frictions(answer), answers_wanted(answer));
}

std::string headline(const VerifyAnswer& answer) {
  std::vector<std::string> judged;
  for (const std::string& line : answer.judged) {
    std::string id = line.substr(0, line.find(": "));
    if (std::find(judged.begin(), judged.end(), id) == judged.end()) judged.push_back(std::move(id));
  }
  const std::string who = judged.empty() ? "nothing was judged" : join_names(judged);
  if (answer.findings.empty()) return who + (judged.empty() ? "" : ": clean, what was done is what was declared");
  return fmt::format("{}: {}", who, severities(answer.findings));
}

std::vector<FindingGroup> by_work_order(const std::vector<Finding>& findings) {
  std::map<std::string_view, FindingGroup> groups;
  for (const Finding& finding : findings) {
    FindingGroup& group = groups[finding.work_order];
    group.work_order = finding.work_order;
    group.findings.push_back(&finding);
  }
  std::vector<FindingGroup> out;
  for (auto& [id, group] : groups) {
    std::stable_sort(group.findings.begin(), group.findings.end(),
                     [](const Finding* a, const Finding* b) { return a->severity < b->severity; });
    out.push_back(std::move(group));
  }
  std::stable_sort(out.begin(), out.end(), [](const FindingGroup& a, const FindingGroup& b) {
    return a.findings.front()->severity < b.findings.front()->severity;
  });
  return out;
}

std::string between(const Orders& orders, const Conflict& conflict) {
  return fmt::format("{} and {}", name(orders, conflict.between[0]),
                     conflict.with_all ? "all others" : name(orders, conflict.between[1]));
}

std::string resolution(const Orders& orders, const Conflict& conflict) {
  switch (conflict.resolution) {
    case Resolution::never_at_once:
      return "never at once";
    case Resolution::first:
      return fmt::format("{} goes first", name(orders, conflict.first));
    case Resolution::merge_first:
      return fmt::format("{} is merged first", name(orders, conflict.first));
    case Resolution::decide:
      return "a decision is needed; until then never at once";
    case Resolution::alone:
      return fmt::format("{} runs alone", name(orders, conflict.between[0]));
    case Resolution::hint:
      break;
  }
  return "a hint, nothing is enforced";
}

std::string when(const Start& start, Unit unit) {
  if (unit != Unit::order) return fmt::format("{}-{} {}", start.start, start.end, to_string(unit));
  if (start.end <= start.start + 1) return fmt::format("step {}", start.start + 1);
  return fmt::format("steps {}-{}", start.start + 1, start.end);
}

std::string who(const Start& start) {
  return start.agent ? fmt::format("agent {}", *start.agent) : std::string("in review");
}

std::string about(const Orders& orders, const Start& start) {
  const Order& order = orders.list[start.order.index()];
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  if (order.status == parsers::Status::running) add("running");
  if (!order.title.empty() && order.title != order.id) add(order.title);
  if (!start.after.empty()) add("after " + join_names(names(orders, start.after), 12));
  return out;
}

std::string dispatch(const Plan& plan) {
  std::set<int> used;
  for (const Start& start : plan.starts)
    if (start.agent) used.insert(*start.agent);
  std::string out = amount(plan.makespan, plan.unit);
  const std::string busy = counted(used.size(), "agent");
  if (plan.options.agents)
    return fmt::format("{}, {} of {} busy", out, used.size(),
                       counted(static_cast<std::size_t>(*plan.options.agents), "agent"));
  return fmt::format("{}, {} at most at once", out, busy);
}

std::string cost(const Choice& choice, const Plan& plan) {
  const graph::Time more = choice.makespan - plan.makespan;
  const std::string total = amount(choice.makespan, plan.unit);
  if (more == 0) return total + ", as planned";
  return fmt::format("{}, {} {}", total, more < 0 ? -more : more, more < 0 ? "less" : "more");
}

std::string decision_line(const Orders& orders, const DecisionNeeded& needed) {
  const Choice* best = nullptr;
  for (const Choice& choice : needed.choices)
    if (choice.choose.starts_with("first:") && (!best || choice.makespan < best->makespan)) best = &choice;
  if (!best && !needed.choices.empty()) best = &needed.choices.front();
  return fmt::format("{{between: [{}, {}], choose: {}, digest: {}}}", yaml_id(name(orders, needed.between[0])),
                     yaml_id(name(orders, needed.between[1])), yaml_text(best ? best->choose : "together"),
                     yaml_text(needed.digest));
}

std::vector<PairConflicts> by_pair(const std::vector<Conflict>& conflicts, bool hints) {
  std::vector<PairConflicts> out;
  for (const Conflict& c : conflicts) {
    if ((c.resolution == Resolution::hint) != hints) continue;
    const auto same = [&](const Conflict& d) {
      return c.between[0] == d.between[0] && c.with_all == d.with_all && (c.with_all || c.between[1] == d.between[1]);
    };
    if (out.empty() || !same(*out.back().front())) out.emplace_back();
    out.back().push_back(&c);
  }
  return out;
}

std::string users(const Orders& orders, const Hub& hub) {
  constexpr std::size_t most = 6;
  const auto list = [&](const std::vector<OrderId>& ids) {
    std::vector<std::string> some;
    for (std::size_t i = 0; i < std::min(ids.size(), most); ++i) some.push_back(name(orders, ids[i]));
    if (ids.size() <= most) return join_names(some);
    some.pop_back();
    return fmt::format("{} and {} more", fmt::join(some, ", "), ids.size() - some.size());
  };
  const bool thing = hub.kind == ConflictKind::resource;
  std::string out =
      fmt::format("{}: {}", counted(hub.writers.size(), thing ? "exclusive user" : "writer"), list(hub.writers));
  if (!hub.readers.empty())
    out += fmt::format("; {}: {}{}", counted(hub.readers.size(), thing ? "shared user" : "reader"), list(hub.readers),
                       hub.readers_first ? ", who go first" : "");
  return out;
}

std::vector<Reasoned> unknown_scopes(const Orders& orders, const Plan& plan) {
  std::vector<Reasoned> out;
  const std::string_view fate = [&] {
    switch (plan.options.unknown) {
      case UnknownScope::exclude:
        return "it is left out";
      case UnknownScope::parallel:
        return "it runs beside others as if it wrote nothing";
      case UnknownScope::serial:
        break;
    }
    return "it runs alone";
  }();
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& order = orders.list[i];
    if (!order.open() || order.write) continue;
    out.push_back({OrderId(i), fmt::format("{}; {}",
                                           order.proposed.empty() ? "no write set is declared"
                                                                  : "its write set is proposed, nobody has accepted it",
                                           fate)});
  }
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

std::string severities(const std::vector<Finding>& findings) {
  const std::size_t errors =
      count_of<Finding>(findings, [](const Finding& f) { return f.severity == FindingSeverity::error; });
  const std::size_t warnings =
      count_of<Finding>(findings, [](const Finding& f) { return f.severity == FindingSeverity::warning; });
  const std::size_t notes = findings.size() - errors - warnings;
  std::string out =
      fmt::format("{} error{}, {} warning{}", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
  if (notes > 0) out += ", " + counted(notes, "note");
  return out;
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

std::string doubt(Certainty certainty) {
  if (certainty == Certainty::inferred || certainty == Certainty::unproven)
    return fmt::format(" ({})", planner::to_string(certainty));
  return {};
}

std::string_view to_string(graph::Reason reason) {
  switch (reason) {
    case graph::Reason::none:
      break;
    case graph::Reason::clique:
      return "clique";
    case graph::Reason::chain:
      return "chain";
    case graph::Reason::load:
      return "load";
    case graph::Reason::search:
      return "search";
  }
  return "none";
}

std::string_view to_string(UnknownScope unknown) {
  switch (unknown) {
    case UnknownScope::exclude:
      return "exclude";
    case UnknownScope::parallel:
      return "parallel";
    case UnknownScope::serial:
      break;
  }
  return "serial";
}

std::string_view to_string(Unit unit) {
  switch (unit) {
    case Unit::minute:
      return "min";
    case Unit::second:
      return "s";
    case Unit::order:
      break;
  }
  return "order";
}

}  // namespace planner::report
