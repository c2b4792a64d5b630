#include "planner/constraints.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

#include "graph/precedence.h"

namespace planner {
namespace {

using parsers::Status;

std::string_view in_words(Status status) { return status == Status::review ? "in review" : to_string(status); }

bool started(const Order& order) { return order.status == Status::running || order.status == Status::review; }

/// Which orders can be reached over hard arcs, forwards or backwards. The search from one source is remembered while
/// the same source is asked, and goes no farther in topological order than the farthest target it was told of.
class Reach {
 public:
  /// REQUIRES: no cycle. `position`: of every order in a topological order.
  Reach(const std::vector<Precedence>& arcs, const std::vector<std::size_t>& position, bool backwards)
      : next_(position.size()), position_(position), seen_(position.size(), 0), backwards_(backwards) {
    for (const Precedence& arc : arcs) {
      if (backwards)
        next_[arc.after.index()].push_back(arc.before);
      else
        next_[arc.before.index()].push_back(arc.after);
    }
  }
  /// Whether there is a way to each of the targets.
  std::vector<bool> operator()(OrderId from, const std::vector<OrderId>& targets) {
    std::vector<bool> reached(targets.size(), false);
    if (next_[from.index()].empty()) return reached;
    std::size_t farthest = at(from);
    for (OrderId target : targets) farthest = std::max(farthest, at(target));
    ++stamp_;
    std::vector<OrderId> stack{from};
    while (!stack.empty()) {
      const OrderId here = stack.back();
      stack.pop_back();
      for (OrderId next : next_[here.index()])
        if (at(next) <= farthest && seen_[next.index()] != stamp_) seen_[next.index()] = stamp_, stack.push_back(next);
    }
    for (std::size_t i = 0; i < targets.size(); ++i) reached[i] = seen_[targets[i].index()] == stamp_;
    return reached;
  }

 private:
  std::size_t at(OrderId id) const {
    return backwards_ ? position_.size() - position_[id.index()] : position_[id.index()];
  }
  std::vector<std::vector<OrderId>> next_;
  const std::vector<std::size_t>& position_;
  std::vector<std::uint32_t> seen_;
  std::uint32_t stamp_ = 0;
  bool backwards_;
};

template <class T>
void make_set(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::vector<graph::Arc> as_arcs(const std::vector<Precedence>& precedences) {
  std::vector<graph::Arc> arcs;
  arcs.reserve(precedences.size());
  for (const Precedence& p : precedences)
    arcs.push_back({graph::TaskId(p.before.index()), graph::TaskId(p.after.index())});
  return arcs;
}

class Constrainer {
 public:
  Constrainer(const Orders& orders, const Clashes& clashes, std::span<const Decision> decisions,
              const PlanOptions& options, const Stacking& stacking)
      : orders_(orders), clashes_(clashes), options_(options), n_(orders.list.size()) {
    out_.stacking = stacking;
    for (const Decision& d : decisions) decisions_[{d.between[0], d.between[1]}] = &d;
  }

  Constraints run() {
    leave_out();
    hard_arcs();
    break_cycles();
    leave_out_hopeless();
    settle_pairs();
    settle_reader_first();
    settle_alone();
    finish();
    return std::move(out_);
  }

 private:
  const Order& at(OrderId id) const { return orders_.list[id.index()]; }
  bool in(OrderId id) const { return out_.planned[id.index()]; }
  bool running(OrderId id) const { return started(at(id)); }

  void drop(OrderId id, std::string reason) {
    if (!out_.planned[id.index()]) return;
    out_.planned[id.index()] = false;
    out_.unplanned.push_back({id, std::move(reason)});
  }

  /// Whoever waits for an order that is left out is left out too; what already runs goes on.
  void drop_dependents() {
    std::vector<std::vector<OrderId>> dependents(n_);
    for (const Precedence& arc : out_.dependencies) dependents[arc.before.index()].push_back(arc.after);
    std::vector<OrderId> left;
    for (const Reasoned& r : out_.unplanned) left.push_back(r.order);
    for (std::size_t i = 0; i < left.size(); ++i)
      for (OrderId after : dependents[left[i].index()])
        if (in(after) && !running(after) && depends(after, left[i])) {
          drop(after, fmt::format("depends on {}, which is left out", at(left[i]).id));
          left.push_back(after);
        }
  }

  /// Where it is written that one order comes before another.
  Place place_of_arc(OrderId before, OrderId after) const {
    for (const Clash& clash : clashes_.pairs)
      if (clash.kind == ConflictKind::dependency && clash.first == before && clash.a == std::min(before, after) &&
          clash.b == std::max(before, after))
        for (const Side& side : clash.evidence.sides)
          if (side.entry.starts_with("depends_on") || side.entry.starts_with("before")) return side.source;
    const Decision* decided = decision(std::min(before, after), std::max(before, after));
    return decided ? decided->where : at(before).where;
  }

  /// An arc of a decision is void when one side is gone; a declared dependency is not.
  bool depends(OrderId after, OrderId before) const {
    const auto names = [](const std::vector<Dependency>& list, OrderId id) {
      return std::any_of(list.begin(), list.end(), [&](const Dependency& d) { return d.order == id; });
    };
    return names(at(after).depends_on, before) || names(at(before).before, after);
  }

  void leave_out() {
    out_.planned.assign(n_, false);
    for (std::size_t i = 0; i < n_; ++i) out_.planned[i] = orders_.list[i].open();
    for (const auto& [pair, decision] : decisions_)
      if (decision->choice == parsers::Decision::Choice::drop && at(decision->chosen).open())
        drop(decision->chosen,
             fmt::format("dropped by the decision between {} and {}", at(pair.first).id, at(pair.second).id));
  }

  /// Only now, so that no cycle hides behind an order that is left out anyway.
  void leave_out_hopeless() {
    for (std::size_t i = 0; i < n_; ++i) {
      const Order& order = orders_.list[i];
      if (order.status != Status::pending) continue;
      if (!order.write && options_.unknown == UnknownScope::exclude)
        drop(OrderId(i), "its write set is not declared (--unknown exclude)");
      const auto dead = [&](const Order& other) {
        return other.status == Status::failed || other.status == Status::dropped;
      };
      for (const Dependency& d : order.depends_on)
        if (d.order && dead(at(*d.order)))
          drop(OrderId(i), fmt::format("depends on {}, which is {}", at(*d.order).id, to_string(at(*d.order).status)));
    }
    for (const Order& order : orders_.list)
      if (order.status == Status::failed || order.status == Status::dropped)
        for (const Dependency& d : order.before)
          if (d.order && at(*d.order).status == Status::pending)
            drop(*d.order, fmt::format("depends on {}, which is {}", order.id, to_string(order.status)));
    drop_dependents();
    std::erase_if(out_.dependencies, [&](const Precedence& arc) { return !in(arc.before) || !in(arc.after); });
    out_.arcs = out_.dependencies;
  }

  void hard_arcs() {
    for (const Clash& clash : clashes_.pairs)
      if (clash.kind == ConflictKind::dependency)
        out_.dependencies.push_back({clash.first, clash.first == clash.a ? clash.b : clash.a});
    for (const auto& [pair, decision] : decisions_)
      if (decision->choice == parsers::Decision::Choice::first && at(pair.first).open() && at(pair.second).open())
        out_.dependencies.push_back({decision->chosen, decision->chosen == pair.first ? pair.second : pair.first});
    make_set(out_.dependencies);
    drop_dependents();
    std::erase_if(out_.dependencies, [&](const Precedence& arc) {
      if (!in(arc.before) || !in(arc.after)) return true;
      if (!running(arc.after) || running(arc.before)) return running(arc.after);
      out_.findings.push_back(
          {"started-too-early",
           FindingSeverity::warning,
           Certainty::declared,
           at(arc.after).id,
           fmt::format("{} is {} although {} has to come first and is {}", at(arc.after).id,
                       in_words(at(arc.after).status), at(arc.before).id, in_words(at(arc.before).status)),
           at(arc.after).where,
           {{at(arc.before).where, at(arc.before).id}}});
      return true;
    });
  }

  void break_cycles() {
    const std::vector<graph::Arc> arcs = as_arcs(out_.dependencies);
    const std::vector<std::uint32_t> component = graph::strong_components(n_, arcs);
    std::map<std::uint32_t, std::vector<OrderId>> members;
    for (std::size_t i = 0; i < n_; ++i)
      if (out_.planned[i]) members[component[i]].push_back(OrderId(i));
    for (const auto& [c, cycle_members] : members) {
      if (cycle_members.size() < 2) continue;
      std::vector<graph::Arc> inside;
      for (const graph::Arc& arc : arcs)
        if (component[arc.before.index()] == c && component[arc.after.index()] == c) inside.push_back(arc);
      const auto order = graph::topological_order(n_, inside);
      std::vector<std::string> names;
      Finding finding{"dependency-cycle",
                      FindingSeverity::error,
                      Certainty::declared,
                      at(cycle_members.front()).id,
                      "",
                      at(cycle_members.front()).where,
                      {}};
      const std::vector<graph::TaskId>& tasks = std::get<graph::Cycle>(order).tasks;
      for (std::size_t k = 0; k < tasks.size(); ++k) {
        const OrderId before(tasks[k].index()), after(tasks[(k + 1) % tasks.size()].index());
        names.push_back(at(before).id);
        finding.related.push_back(
            {place_of_arc(before, after), fmt::format("{} before {}", at(before).id, at(after).id)});
      }
      finding.where = finding.related.front().where;
      names.push_back(names.front());
      std::vector<std::string> some = names;
      constexpr std::size_t most_names = 12;
      if (some.size() > most_names) {
        some.resize(most_names);
        some.push_back(fmt::format("... ({} in all)", names.size() - 1));
      }
      const std::string shown = fmt::format("{}", fmt::join(some, " -> "));
      finding.message = fmt::format("no order is possible: {} (each before the next)", shown);
      out_.findings.push_back(std::move(finding));
      for (OrderId id : cycle_members) drop(id, fmt::format("on the dependency cycle {}", shown));
    }
    drop_dependents();
    std::erase_if(out_.dependencies, [&](const Precedence& arc) { return !in(arc.before) || !in(arc.after); });
  }

  const Decision* decision(OrderId a, OrderId b) const {
    const auto known = decisions_.find({a, b});
    return known == decisions_.end() ? nullptr : known->second;
  }

  /// One conflict for every pair and kind, all evidence joined.
  void settle_pairs() {
    const auto ordered = order_of_pairs();
    for (std::size_t i = 0; i < clashes_.pairs.size();) {
      const Clash& c = clashes_.pairs[i];
      Conflict conflict{c.kind, c.certainty, {c.a, c.b}, false, Resolution::never_at_once, c.a, {}};
      const auto same = [&](const Clash& d) {
        return d.a == c.a && d.b == c.b && d.kind == c.kind && d.first == c.first;
      };
      bool hint = true;
      for (; i < clashes_.pairs.size() && same(clashes_.pairs[i]); ++i) {
        hint = hint && clashes_.pairs[i].hint;
        conflict.evidence.push_back(clashes_.pairs[i].evidence);
        conflict.certainty = std::min(conflict.certainty, clashes_.pairs[i].certainty);
      }
      if (!in(c.a) || !in(c.b)) continue;
      const std::optional<OrderId> first = ordered.at({c.a, c.b});
      if (!hint)
        settle(std::move(conflict), c.first, first);
      else if (!first)  // whose order is settled needs no hint
        keep_hint(std::move(conflict));
    }
  }

  /// Pairs that clash, and who of them is first by dependencies, directly or through others.
  std::map<std::pair<OrderId, OrderId>, std::optional<OrderId>> order_of_pairs() const {
    std::map<std::pair<OrderId, OrderId>, std::optional<OrderId>> ordered;
    for (const Clash& c : clashes_.pairs)
      if (in(c.a) && in(c.b)) ordered.try_emplace({c.a, c.b});
    std::vector<std::size_t> position(n_, 0);
    const auto sorted = graph::topological_order(n_, as_arcs(out_.dependencies));
    const std::vector<graph::TaskId>& tasks = std::get<graph::TopologicalOrder>(sorted).tasks;
    for (std::size_t i = 0; i < tasks.size(); ++i) position[tasks[i].index()] = i;
    Reach forwards(out_.dependencies, position, false), backwards(out_.dependencies, position, true);
    std::vector<OrderId> partners;
    for (auto at = ordered.begin(); at != ordered.end();) {
      const OrderId source = at->first.first;
      const auto begin = at;
      partners.clear();
      for (; at != ordered.end() && at->first.first == source; ++at) partners.push_back(at->first.second);
      const std::vector<bool> later = forwards(source, partners), earlier = backwards(source, partners);
      std::size_t i = 0;
      for (auto pair = begin; pair != at; ++pair, ++i) {
        if (later[i])
          pair->second = source;
        else if (earlier[i])
          pair->second = pair->first.second;
      }
    }
    return ordered;
  }

  void keep_hint(Conflict conflict) {
    conflict.resolution = Resolution::hint;
    conflict.first = conflict.between[0];
    out_.conflicts.push_back(std::move(conflict));
  }

  void settle(Conflict conflict, OrderId asked_first, std::optional<OrderId> ordered) {
    const OrderId a = conflict.between[0], b = conflict.between[1];
    const Decision* decided = decision(a, b);
    const auto keep = [&](Resolution resolution, OrderId first) {
      conflict.resolution = resolution;
      conflict.first = first;
      out_.conflicts.push_back(std::move(conflict));
    };
    switch (conflict.kind) {
      case ConflictKind::adjacent_edit:
      case ConflictKind::append:
      case ConflictKind::regenerate:
      case ConflictKind::permit:
      case ConflictKind::hidden_read:
      case ConflictKind::shared_helper:
      case ConflictKind::co_change:
        return keep(Resolution::hint, a);
      case ConflictKind::dependency: {
        const OrderId second = asked_first == a ? b : a;
        if (!running(second)) return keep(Resolution::first, asked_first);
        for (Evidence& e : conflict.evidence) e.note = fmt::format("{} is under way already", at(second).id);
        return keep(Resolution::hint, a);
      }
      case ConflictKind::read_write: {
        const OrderId reader = asked_first, writer = reader == a ? b : a;
        if (ordered == writer) return;  // the reader wants what the writer makes
      } break;
      default:
        break;
    }
    if (decided && decided->choice == parsers::Decision::Choice::together) {
      for (Evidence& e : conflict.evidence) e.note = "decided: together";
      return keep(Resolution::hint, a);
    }
    if (running(a) && running(b)) {
      out_.findings.push_back({"running-conflict",
                               FindingSeverity::warning,
                               conflict.certainty,
                               at(a).id,
                               fmt::format("{} and {} are both under way and conflict: {} on {}", at(a).id, at(b).id,
                                           to_string(conflict.kind), conflict.evidence.front().resource),
                               conflict.evidence.front().sides[0].source,
                               {{conflict.evidence.front().sides[1].source, at(b).id}}});
      return keep(Resolution::never_at_once, a);
    }
    if (ordered) {  // an arc as well as an exclusion: the pair belongs to cliques
      if (conflict.kind != ConflictKind::read_write) out_.exclusions.push_back({a, b});
      return keep(Resolution::first, *ordered);
    }
    if (conflict.kind == ConflictKind::read_write) return reader_first(std::move(conflict), asked_first);
    out_.exclusions.push_back({a, b});
    if (conflict.kind != ConflictKind::orphaned_work && conflict.kind != ConflictKind::duplicate_work)
      return keep(Resolution::never_at_once, a);
    if (out_.open.empty() || out_.open.back().between[0] != a || out_.open.back().between[1] != b)
      out_.open.push_back({{a, b}, conflict.kind});
    keep(Resolution::decide, a);
  }

  void reader_first(Conflict conflict, OrderId reader) {
    const OrderId writer = reader == conflict.between[0] ? conflict.between[1] : conflict.between[0];
    conflict.first = reader;
    conflict.resolution =
        options_.isolation == parsers::Isolation::shared ? Resolution::first : Resolution::merge_first;
    if (running(writer)) {  // it writes already: the arc turns
      conflict.first = writer;
      for (Evidence& e : conflict.evidence)
        e.note = fmt::format("{} is {} and writes it already; {} reads it again afterwards", at(writer).id,
                             in_words(at(writer).status), at(reader).id);
    }
    soft_.push_back(out_.conflicts.size());
    out_.conflicts.push_back(std::move(conflict));
  }

  /// Reader-first arcs inside a strong component close a cycle: such pairs are never at once, in either order.
  void settle_reader_first() {
    const auto arc_of = [&](const Conflict& c) {
      return Precedence{c.first, c.first == c.between[0] ? c.between[1] : c.between[0]};
    };
    std::vector<Precedence> all = out_.dependencies;
    for (std::size_t i : soft_) all.push_back(arc_of(out_.conflicts[i]));
    make_set(all);
    std::vector<graph::Arc> arcs = as_arcs(all);
    out_.hubs = clashes_.hubs;
    std::size_t vertices = n_;
    for (Hub& hub : out_.hubs) {
      trim(hub);
      if (!hub.readers_first) continue;
      const graph::TaskId middle(vertices++);
      for (OrderId reader : hub.readers) arcs.push_back({graph::TaskId(reader.index()), middle});
      for (OrderId writer : hub.writers)
        if (!running(writer)) arcs.push_back({middle, graph::TaskId(writer.index())});
    }
    const std::vector<std::uint32_t> component = graph::strong_components(vertices, arcs);
    const std::set<std::pair<OrderId, OrderId>> excluded = [&] {
      std::set<std::pair<OrderId, OrderId>> pairs;
      for (const Precedence& pair : out_.exclusions) pairs.emplace(pair.before, pair.after);
      return pairs;
    }();
    for (std::size_t i : soft_) {
      Conflict& conflict = out_.conflicts[i];
      const Precedence arc = arc_of(conflict);
      if (component[arc.before.index()] == component[arc.after.index()]) {
        conflict.kind = ConflictKind::mutual_read_write;
        conflict.resolution = Resolution::never_at_once;
        for (Evidence& e : conflict.evidence)
          e.note = "reader-first would close a cycle: whoever goes second reads again";
        out_.exclusions.push_back({conflict.between[0], conflict.between[1]});
      } else if (conflict.resolution == Resolution::first ||
                 excluded.contains({conflict.between[0], conflict.between[1]})) {
        conflict.resolution = Resolution::first;  // never at once anyway: who is merged first runs first
        out_.arcs.push_back(arc);
      } else {
        out_.merge_first.push_back(arc);
      }
    }
    std::size_t middle = n_;
    std::vector<std::size_t> sizes(vertices, 0);
    for (std::uint32_t c : component) ++sizes[c];
    for (Hub& hub : out_.hubs)
      if (hub.readers_first && sizes[component[middle++]] > 1) {
        hub.readers_first = false;
        if (hub.kind == ConflictKind::read_write) hub.kind = ConflictKind::mutual_read_write;
      }
    std::erase_if(out_.hubs,
                  [](const Hub& hub) { return hub.writers.empty() || hub.writers.size() + hub.readers.size() < 2; });
    join_mutual();
  }

  /// Both directions of one pair are one mutual conflict.
  void join_mutual() {
    std::map<std::pair<OrderId, OrderId>, std::size_t> first;
    std::set<std::size_t> joined;
    for (std::size_t i : soft_) {
      Conflict& conflict = out_.conflicts[i];
      if (conflict.kind != ConflictKind::mutual_read_write) continue;
      const auto [known, fresh] = first.try_emplace({conflict.between[0], conflict.between[1]}, i);
      if (fresh) continue;
      auto& evidence = out_.conflicts[known->second].evidence;
      evidence.insert(evidence.end(), conflict.evidence.begin(), conflict.evidence.end());
      joined.insert(i);
    }
    std::size_t i = 0;
    std::erase_if(out_.conflicts, [&](const Conflict&) { return joined.contains(i++); });
  }

  /// Who starts from a branch waits for nothing that is on it; it is only merged behind it.
  void waive_stacked() {
    const Stacking& stacking = out_.stacking;
    if (stacking.bases.empty()) return;
    const auto covered = [&](const Precedence& p) { return stacking.covers(p.before, p.after); };
    std::erase_if(out_.arcs, covered);
    std::erase_if(out_.exclusions, covered);
    for (std::size_t i = 0; i < n_; ++i)
      for (OrderId base : stacking.bases[i])
        if (in(OrderId(i)) && in(base)) out_.merge_first.push_back({base, OrderId(i)});
    for (Conflict& conflict : out_.conflicts) {
      if (conflict.with_all || conflict.resolution == Resolution::hint ||
          !stacking.covers(conflict.between[0], conflict.between[1]))
        continue;
      conflict.first = running(conflict.between[0]) ? conflict.between[0] : conflict.between[1];
      conflict.resolution = Resolution::merge_first;
      const OrderId second = conflict.first == conflict.between[0] ? conflict.between[1] : conflict.between[0];
      for (Evidence& e : conflict.evidence)
        e.note = fmt::format("{} is in review; {} builds on its branch", at(conflict.first).id, at(second).id);
    }
  }

  /// A pair that disputes twice for the same outcome (an arc has turned, for one of them runs already) is listed once.
  void join_repeated() {
    std::vector<Conflict> joined;
    for (Conflict& conflict : out_.conflicts) {
      const bool repeated = !joined.empty() && !conflict.with_all && !joined.back().with_all &&
                            joined.back().between[0] == conflict.between[0] &&
                            joined.back().between[1] == conflict.between[1] && joined.back().kind == conflict.kind &&
                            joined.back().resolution == conflict.resolution && joined.back().first == conflict.first;
      if (!repeated) {
        joined.push_back(std::move(conflict));
        continue;
      }
      joined.back().certainty = std::min(joined.back().certainty, conflict.certainty);
      std::move(conflict.evidence.begin(), conflict.evidence.end(), std::back_inserter(joined.back().evidence));
    }
    out_.conflicts = std::move(joined);
  }

  void trim(Hub& hub) const {
    std::vector<Place> source;
    const auto keep = [&](std::vector<OrderId>& users, std::size_t offset) {
      std::vector<OrderId> kept;
      for (std::size_t i = 0; i < users.size(); ++i)
        if (in(users[i])) kept.push_back(users[i]), source.push_back(hub.source[offset + i]);
      users = std::move(kept);
    };
    const std::size_t writers = hub.writers.size();
    keep(hub.writers, 0);
    keep(hub.readers, writers);
    hub.source = std::move(source);
  }

  void settle_alone() {
    const auto planned = static_cast<std::size_t>(std::count(out_.planned.begin(), out_.planned.end(), true));
    for (const Conflict& conflict : clashes_.alone) {
      if (!in(conflict.between[0]) || planned < 2) continue;
      if (out_.alone.empty() || out_.alone.back() != conflict.between[0]) out_.alone.push_back(conflict.between[0]);
      out_.conflicts.push_back(conflict);
    }
  }

  void finish() {
    for (const auto& [pair, decided] : decisions_)
      if (decided->choice == parsers::Decision::Choice::together && in(pair.first) && in(pair.second))
        out_.together.push_back({pair.first, pair.second});
    // A reader and a writer are never at once, whoever goes first: as a pair they belong to cliques.
    const std::set<Precedence> dependencies(out_.dependencies.begin(), out_.dependencies.end());
    for (const Precedence& arc : out_.arcs)
      if (!dependencies.contains(arc))
        out_.exclusions.push_back({std::min(arc.before, arc.after), std::max(arc.before, arc.after)});
    waive_stacked();
    make_set(out_.alone);
    make_set(out_.arcs);
    make_set(out_.merge_first);
    make_set(out_.exclusions);
    std::stable_sort(out_.conflicts.begin(), out_.conflicts.end(), [](const Conflict& x, const Conflict& y) {
      return std::tie(x.between[0], x.between[1], x.kind, x.first) <
             std::tie(y.between[0], y.between[1], y.kind, y.first);
    });
    join_repeated();
    std::sort(out_.unplanned.begin(), out_.unplanned.end(),
              [](const Reasoned& x, const Reasoned& y) { return x.order < y.order; });
    sort_findings(out_.findings);
  }

  const Orders& orders_;
  const Clashes& clashes_;
  const PlanOptions& options_;
  std::size_t n_;
  std::map<std::pair<OrderId, OrderId>, const Decision*> decisions_;
  std::vector<std::size_t> soft_;  // positions of read-write conflicts in out_.conflicts
  Constraints out_;
};

}  // namespace

Constraints constrain(const Orders& orders, const Clashes& clashes, std::span<const Decision> decisions,
                      const PlanOptions& options, const Stacking& stacking) {
  return Constrainer(orders, clashes, decisions, options, stacking).run();
}

}  // namespace planner
