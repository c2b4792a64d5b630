#include "planner/lint.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <set>
#include <utf8proc.h>

#include "planner/symbol_cover.h"

namespace planner {
namespace {

using parsers::Intent;
using Kind = Resource::Kind;

Finding finding(std::string rule, FindingSeverity severity, Certainty certainty, const Order& order, const Entry& entry,
                std::string message) {
  return {std::move(rule), severity, certainty, order.id, std::move(message), entry.where, {}};
}

/// What an order says against itself.
void lint_order(const Order& order, std::vector<Finding>& out) {
  if (!order.write) return;
  for (const Entry& w : *order.write)
    for (const Entry& d : order.do_not_touch)
      if (const auto witness = overlap(w.resource, d.resource)) {
        Finding f = finding(
            "contradiction", FindingSeverity::warning, Certainty::declared, order, w,
            fmt::format("{} writes {} and must not touch {}: both cover {}", order.id, w.written, d.written, *witness));
        f.related.push_back({d.where, fmt::format("do not touch: {}", d.written)});
        out.push_back(std::move(f));
      }
}

/// What an order says against the symbols of the code.
void lint_symbols(const Order& order, std::vector<Finding>& out) {
  if (!order.write) return;
  for (const Entry& e : *order.write)
    if (e.intent == Intent::create && e.cover && e.cover->proven && !e.cover->created &&
        !e.cover->name.starts_with('<'))
      out.push_back(finding("already-there", FindingSeverity::warning, Certainty::proved, order, e,
                            fmt::format("{} is to create what the code has already: {}", order.id, e.resource.text)));
}

/// What an order says against the tracked files.
void lint_tree(const Order& order, const Tree& tree, std::vector<Finding>& out) {
  const auto matches = [&](const Resource& r) {
    if (r.kind == Kind::path || r.kind == Kind::symbol) return tree.has_file(r.path());
    if (r.kind == Kind::directory) return tree.has_directory(std::string_view(r.text).substr(0, r.text.size() - 1));
    const parsers::PathPattern pattern(r.text);
    return std::any_of(tree.entries().begin(), tree.entries().end(),
                       [&](const TreeEntry& e) { return pattern.matches(e.path); });
  };
  const auto say = [&](const Entry& e, std::string rule, FindingSeverity severity, std::string_view what) {
    out.push_back(finding(std::move(rule), severity, Certainty::proved, order, e,
                          fmt::format("{} {}: {}", order.id, what, e.resource.text)));
  };
  if (order.write)
    for (const Entry& e : *order.write) {
      if (e.resource.kind == Kind::path && e.intent == Intent::create && tree.has_file(e.resource.text))
        say(e, "already-there", FindingSeverity::warning, "is to create what is tracked already");
      if ((e.intent == Intent::remove || e.intent == Intent::rename) && !matches(e.resource))
        say(e, "not-there", FindingSeverity::warning,
            e.intent == Intent::remove ? "is to delete what is not tracked" : "is to rename what is not tracked");
      if (e.intent_declared && e.intent == Intent::modify && !matches(e.resource))
        say(e, "not-there", FindingSeverity::note, "is to modify what is not tracked");
      if (!e.intent_declared && (e.resource.kind == Kind::pattern || e.resource.kind == Kind::directory) &&
          !matches(e.resource))
        say(e, "matches-nothing", FindingSeverity::note, "writes a set that covers no tracked file yet");
    }
  if (order.read)
    for (const Entry& e : *order.read)
      if (!matches(e.resource)) say(e, "not-there", FindingSeverity::note, "reads what is not tracked");
}

/// Names that differ in bytes only by case or normalisation, at least one of which an open order writes.
void lint_names(const Orders& orders, const Tree* tree, std::vector<Finding>& out) {
  std::map<std::string, std::map<std::string, std::pair<const Order*, const Entry*>>> spellings;
  for (const Order& order : orders.list)
    if (order.open() && order.write)
      for (const Entry& e : *order.write)
        if (e.resource.kind == Kind::path || e.resource.kind == Kind::symbol)
          spellings[folded_name(e.resource.path())].try_emplace(std::string(e.resource.path()), &order, &e);
  if (tree && !spellings.empty())
    for (const TreeEntry& e : tree->entries()) {
      const auto known = spellings.find(folded_name(e.path));
      if (known != spellings.end()) known->second.try_emplace(e.path, nullptr, nullptr);
    }
  for (const auto& [folded, names] : spellings) {
    if (names.size() < 2) continue;
    const auto first = std::find_if(names.begin(), names.end(), [](const auto& n) { return n.second.first; });
    std::string other;
    Finding f = finding("case-collision", FindingSeverity::warning, Certainty::declared, *first->second.first,
                        *first->second.second, "");
    for (const auto& [name, use] : names) {
      if (name == first->first) continue;
      other += (other.empty() ? "" : ", ") + name;
      f.related.push_back(use.first ? Related{use.second->where, fmt::format("{} writes {}", use.first->id, name)}
                                    : Related{{name, 0}, "tracked"});
    }
    f.message = fmt::format("{} and {} are one file where case or Unicode form does not count", first->first, other);
    out.push_back(std::move(f));
  }
}

/// Names that some file system refuses or changes.
void lint_portability(const Order& order, std::vector<Finding>& out) {
  static const std::set<std::string, std::less<>> reserved{"con",  "prn",  "aux",  "nul",  "com1",
                                                           "com2", "com3", "lpt1", "lpt2", "lpt3"};
  if (!order.write) return;
  for (const Entry& e : *order.write) {
    if (e.resource.kind != Kind::path) continue;
    const std::string_view path = e.resource.text;
    for (std::size_t from = 0; from < path.size();) {
      const std::size_t end = std::min(path.find('/', from), path.size());
      const std::string_view part = path.substr(from, end - from);
      if (reserved.contains(folded_name(part.substr(0, part.find('.')))) || part.ends_with('.') ||
          part.ends_with(' ') || part.find_first_of(":<>\"|") != std::string_view::npos) {
        out.push_back(finding("not-portable", FindingSeverity::note, Certainty::declared, order, e,
                              fmt::format("{} cannot exist on every system (\"{}\")", e.resource.text, part)));
        break;
      }
      from = end + 1;
    }
  }
}

}  // namespace

std::string folded_name(std::string_view path) {
  utf8proc_uint8_t* folded = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(path.data()), static_cast<utf8proc_ssize_t>(path.size()),
                   &folded, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  std::string out = length < 0 ? std::string(path)
                               : std::string(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(length));
  std::free(folded);
  return out;
}

std::vector<Finding> lint(const Orders& orders, const Tree* tree) {
  std::vector<Finding> out;
  for (const Order& order : orders.list) {
    if (!order.open() || !order.declared) continue;
    lint_order(order, out);
    lint_symbols(order, out);
    if (tree) lint_tree(order, *tree, out);
    lint_portability(order, out);
  }
  sort_findings(out);
  return out;
}

std::vector<Finding> name_collisions(const Orders& orders, const Tree* tree) {
  std::vector<Finding> out;
  lint_names(orders, tree, out);
  return out;
}

std::optional<HandMadePlan> check_waves(const Orders& orders, const Plan& plan, std::vector<Finding>& findings) {
  if (orders.waves.empty()) return std::nullopt;
  HandMadePlan answer{orders.waves.size(), plan.waves.size(), plan.waves_proof.optimal, true, {}};
  std::map<std::string_view, OrderId> ids;
  for (std::size_t i = 0; i < orders.list.size(); ++i) ids.emplace(orders.list[i].id, OrderId(i));
  std::vector<std::optional<std::size_t>> wave(orders.list.size());
  const auto place = [&](std::size_t w) { return orders.waves[w].where; };
  const auto say = [&](std::string rule, FindingSeverity severity, const std::string& id, Place where,
                       std::string message, std::vector<Related> related) {
    findings.push_back(
        {std::move(rule), severity, Certainty::declared, id, std::move(message), std::move(where), std::move(related)});
    if (severity == FindingSeverity::error) answer.valid = false;
  };
  for (std::size_t w = 0; w < orders.waves.size(); ++w)
    for (const std::string& id : orders.waves[w].orders) {
      const auto known = ids.find(id);
      if (known == ids.end())
        say("wave-unknown", FindingSeverity::warning, id, place(w),
            fmt::format("{} names {}, which is no work order", orders.waves[w].name, id), {});
      else if (wave[known->second.index()])
        say("wave-twice", FindingSeverity::error, id, place(w), fmt::format("{} stands in two waves", id), {});
      else
        wave[known->second.index()] = w;
    }
  for (std::size_t i = 0; i < orders.list.size(); ++i)
    if (orders.list[i].open() && orders.list[i].declared && !wave[i]) answer.unplaced.push_back(orders.list[i].id);

  const auto id_of = [&](OrderId id) -> const std::string& { return orders.list[id.index()].id; };
  // What was only read out of sentences accuses nobody of an error.
  const auto severity_of = [](Certainty certainty) {
    return certainty == Certainty::inferred ? FindingSeverity::warning : FindingSeverity::error;
  };
  const auto same_wave = [&](OrderId a, OrderId b, ConflictKind kind, Certainty certainty, const std::string& resource,
                             std::vector<Related> related) {
    const auto w = *wave[a.index()];
    say("wave-conflict", severity_of(certainty), id_of(a), place(w),
        fmt::format("{} has {} and {} at once: {} on {}", orders.waves[w].name, id_of(a), id_of(b), to_string(kind),
                    resource),
        std::move(related));
  };
  for (const Conflict& c : plan.conflicts) {
    if (c.resolution == Resolution::hint || c.resolution == Resolution::merge_first) continue;
    const Evidence& e = c.evidence.front();
    if (c.with_all) {
      const auto& own = wave[c.between[0].index()];
      if (own && orders.waves[*own].orders.size() > 1)
        say("wave-conflict", FindingSeverity::error, id_of(c.between[0]), place(*own),
            fmt::format("{} has to run alone and stands in {} with others: {}", id_of(c.between[0]),
                        orders.waves[*own].name, to_string(c.kind)),
            {{e.sides[0].source, e.sides[0].entry}});
      continue;
    }
    const auto &a = wave[c.between[0].index()], &b = wave[c.between[1].index()];
    if (!a || !b) continue;
    const std::vector<Related> related{
        {e.sides[0].source, fmt::format("{}: {}", id_of(c.between[0]), e.sides[0].entry)},
        {e.sides[1].source, fmt::format("{}: {}", id_of(c.between[1]), e.sides[1].entry)}};
    if (*a == *b) {
      same_wave(c.between[0], c.between[1], c.kind, c.certainty, e.resource, related);
    } else if (c.resolution == Resolution::first && *wave[c.first.index()] > std::min(*a, *b)) {
      const OrderId later = c.first == c.between[0] ? c.between[1] : c.between[0];
      say("wave-order", severity_of(c.certainty), id_of(later), place(*wave[later.index()]),
          fmt::format("{} goes in {} although {} has to come first ({} on {})", id_of(later),
                      orders.waves[*wave[later.index()]].name, id_of(c.first), to_string(c.kind), e.resource),
          related);
    }
  }
  for (const Hub& hub : plan.hubs) {
    std::map<std::size_t, OrderId> writer_in, user_in;
    const auto visit = [&](OrderId id, bool writes) {
      const auto& w = wave[id.index()];
      if (!w) return;
      const auto& rivals = writes ? user_in : writer_in;
      if (const auto rival = rivals.find(*w); rival != rivals.end())
        same_wave(rival->second, id, hub.kind, Certainty::declared, hub.resource, {});
      if (writes) writer_in.emplace(*w, id);
      user_in.emplace(*w, id);
    };
    for (OrderId id : hub.writers) visit(id, true);
    for (OrderId id : hub.readers) visit(id, false);
  }
  return answer;
}

}  // namespace planner
