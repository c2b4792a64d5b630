#include "planner/report/words.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

#include "planner/proof.h"

namespace planner::report {
namespace {

std::string_view verb_of(parsers::Intent intent) {
  switch (intent) {
    case parsers::Intent::create:
      return "creates";
    case parsers::Intent::remove:
      return "deletes";
    case parsers::Intent::rename:
      return "renames";
    case parsers::Intent::append:
      return "appends to";
    case parsers::Intent::modify:
      break;
  }
  return "writes";
}

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

const Start* start_of(const Plan& plan, OrderId id) {
  const auto at =
      std::find_if(plan.starts.begin(), plan.starts.end(), [&](const Start& start) { return start.order == id; });
  return at == plan.starts.end() ? nullptr : &*at;
}

std::string listed(const std::vector<std::string>& names, std::size_t most) { return join_names(names, most); }

Advice advice(std::string_view message) {
  constexpr std::string_view recovery = "; bring it back with: ";
  if (const std::size_t at = message.find(recovery); at != std::string_view::npos)
    return {message.substr(0, at), message.substr(at + 2, recovery.size() - 4), message.substr(at + recovery.size())};
  const std::size_t trailer = message.ends_with(" -- reason") ? message.rfind(" Scope-Add: ") : std::string_view::npos;
  const std::size_t remedy = message.substr(0, trailer).rfind("; ");
  if (trailer == std::string_view::npos || remedy == std::string_view::npos) return {message, {}, {}};
  return {message.substr(0, remedy), message.substr(remedy + 2, trailer - remedy - 2), message.substr(trailer + 1)};
}

std::string described(const Judged& judged) {
  const std::string base = judged.base.empty() ? "nothing" : judged.base.substr(0, 10);
  const std::string head = judged.head.empty() ? " and the work tree" : judged.head.substr(0, 10);
  return fmt::format(
      "{}: {}..{} ({})",
      judged.work_orders.empty() ? "no work order" : listed(judged.work_orders, judged.work_orders.size()), base, head,
      counted(judged.files, "file"));
}

bool is_fleet(const VerifyAnswer& answer) {
  std::set<std::string_view> ids;
  for (const Judged& judged : answer.judged) ids.insert(judged.work_orders.begin(), judged.work_orders.end());
  return ids.size() > 1 || !answer.not_judged.empty();
}

Fleet fleet_of(const VerifyAnswer& answer) {
  std::set<std::string> all, bad, silent;
  for (const Judged& judged : answer.judged) all.insert(judged.work_orders.begin(), judged.work_orders.end());
  for (const Finding& finding : answer.findings) {
    if (finding.rule == "silent-completion") silent.insert(finding.work_order);
    if (finding.rule != "silent-completion" && finding.severity != FindingSeverity::note)
      bad.insert(finding.work_order);
  }
  Fleet out;
  for (const std::string& id : all)
    (bad.contains(id) ? out.not_declared : silent.contains(id) ? out.silent : out.as_declared).push_back(id);
  return out;
}

std::vector<FindingGroup> by_work_order(const VerifyAnswer& answer) {
  // Orders share a heading where every piece of work of the one was judged as the other's, too.
  std::map<std::string, std::vector<std::string>, std::less<>> together;
  for (const Judged& judged : answer.judged) {
    const std::vector<std::string>& all = judged.work_orders;
    for (const std::string& id : all) {
      const auto [at, first] = together.emplace(id, all);
      if (!first && at->second != all) at->second = {id};
    }
  }
  std::map<std::vector<std::string>, FindingGroup> groups;
  for (const Finding& finding : answer.findings) {
    std::vector<std::string> ids;
    if (const auto at = together.find(finding.work_order); at != together.end())
      ids = at->second;
    else if (!finding.work_order.empty())
      ids = {finding.work_order};
    FindingGroup& group = groups[ids];
    group.work_orders = std::move(ids);
    group.findings.push_back(&finding);
  }
  std::vector<FindingGroup> out;
  for (auto& [ids, group] : groups) {
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

std::string base_of(const Orders& orders, const Start& start) {
  const Order& below = orders.list[start.from->index()];
  return fmt::format("the branch of {}", below.id) + (below.branch.empty() ? "" : fmt::format(" ({})", below.branch));
}

std::string about(const Orders& orders, const Start& start) {
  const Order& order = orders.list[start.order.index()];
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  if (order.status == parsers::Status::running)
    add(order.claim.empty() ? "running" : fmt::format("running under {} ({})", order.claim, order.agent));
  if (!order.title.empty() && order.title != order.id) add(order.title);
  if (start.from) add("from " + base_of(orders, start));
  if (!start.after.empty()) add("after " + listed(names(orders, start.after)));
  return out;
}

std::string dispatch(const Plan& plan) {
  std::set<int> used;
  for (const Start& start : plan.starts)
    if (start.agent) used.insert(*start.agent);
  const std::string on = amount(plan.makespan, plan.unit) + " on ";
  if (!plan.options.agents) return fmt::format("{}{} (as many as it takes)", on, counted(used.size(), "agent"));
  return fmt::format("{}{} of {}", on, used.size(), counted(static_cast<std::size_t>(*plan.options.agents), "agent"));
}

Deed deed(const Order& order, const Side& side, const std::string& resource) {
  Deed out{"", side.entry == resource || side.entry == order.id ? std::string() : side.entry};
  const auto stands_in = [&](const std::vector<Entry>& list) {
    return std::find_if(list.begin(), list.end(),
                        [&](const Entry& e) { return e.where == side.source && e.written == side.entry; });
  };
  if (order.write)
    if (const auto at = stands_in(*order.write); at != order.write->end())
      return {std::string(verb_of(at->intent)), std::move(out.entry)};
  if (order.read && stands_in(*order.read) != order.read->end()) return {"reads", std::move(out.entry)};
  if (stands_in(order.permits) != order.permits.end()) return {"may write", std::move(out.entry)};
  const auto named = [&](const std::vector<ResourceUse>& list) {
    return std::find_if(list.begin(), list.end(),
                        [&](const ResourceUse& use) { return use.where == side.source && use.name == resource; });
  };
  if (const auto use = named(order.resources); use != order.resources.end())
    return {use->mode == parsers::Mode::shared ? "shares" : "uses", ""};
  if (named(order.keys) != order.keys.end()) return {"carries", ""};
  for (const auto& [written, verb] : {std::pair("depends_on ", "depends on"), std::pair("before ", "goes before")})
    if (std::string_view(side.entry).starts_with(written)) {
      std::string target = side.entry.substr(std::string_view(written).size());
      return {verb, target == resource || target == "path:" + resource ? std::string() : std::move(target)};
    }
  if (out.entry.empty() || side.entry == order.id) return {"is declared", ""};
  return out;
}

std::string done(const Deed& deed, std::string_view entry) {
  if (deed.verb.empty()) return std::string(entry);
  if (deed.verb == "is declared") return "is declared here";
  return fmt::format("{} {}", deed.verb, deed.entry.empty() ? "it" : entry);
}

std::string_view deed(const Hub& hub, bool writer) {
  if (hub.kind == ConflictKind::resource) return writer ? "uses it" : "shares it";
  return writer ? "writes it" : "reads it";
}

std::string related_words(const Related& related) {
  const std::string& message = related.message;
  const std::size_t half = message.size() / 2;
  const bool twice = message.size() > 2 && message.size() % 2 == 0 && message.compare(half - 1, 2, ": ") == 0 &&
                     message.compare(0, half - 1, message, half + 1) == 0;
  return twice ? message.substr(0, half - 1) + " is declared here" : message;
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

std::string resolution(const Orders& orders, const PairConflicts& pair) {
  const Conflict* merged = nullptr;
  for (const Conflict* conflict : pair)
    if (conflict->resolution == Resolution::merge_first) merged = conflict;
  for (const Resolution strongest : {Resolution::decide, Resolution::first, Resolution::never_at_once})
    for (const Conflict* conflict : pair) {
      if (conflict->resolution != strongest) continue;
      const bool also = strongest == Resolution::never_at_once && merged;
      return resolution(orders, *conflict) + (also ? "; " + resolution(orders, *merged) : "");
    }
  return resolution(orders, *pair.front());
}

std::vector<OrderId> single_lanes(const Plan& plan) {
  std::vector<OrderId> out;
  for (const std::vector<OrderId>& lane : plan.lanes)
    if (lane.size() == 1) out.push_back(lane.front());
  return out;
}

std::string origin(const Plan& plan) {
  const std::string base = plan.base.empty() ? std::string("no repository") : "base " + plan.base.substr(0, 12);
  return fmt::format("{}, input {}", base, plan.input_digest.substr(0, 12));
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
                       hub.readers_first ? " (first)" : "");
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

std::string severities(const std::vector<Finding>& findings) {
  const auto count = [&](FindingSeverity severity) {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.severity == severity; }));
  };
  const std::size_t errors = count(FindingSeverity::error), warnings = count(FindingSeverity::warning);
  const std::size_t notes = findings.size() - errors - warnings;
  std::string out =
      fmt::format("{} error{}, {} warning{}", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
  if (notes > 0) out += ", " + counted(notes, "note");
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

std::string_view to_string(Inference infer) {
  switch (infer) {
    case Inference::off:
      return "off";
    case Inference::enforce:
      return "enforce";
    case Inference::hints:
      break;
  }
  return "hints";
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
