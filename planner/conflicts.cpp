// Classification of meetings, DESIGN section "Conflicts": every kind that applies to a pair is found, nothing is
// resolved.
#include "planner/conflicts.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

#include "planner/mentions.h"

namespace planner {
namespace {

using parsers::Intent;
using Role = Use::Role;

class Classifier {
 public:
  Classifier(const Orders& orders, const Facts& facts)
      : orders_(orders), facts_(facts), append_(orders.rules.append), regenerate_(orders.rules.regenerate) {}

  Clashes take() {
    out_.pairs.insert(out_.pairs.end(), facts_.inferred.begin(), facts_.inferred.end());
    std::stable_sort(out_.pairs.begin(), out_.pairs.end(), [](const Clash& x, const Clash& y) {
      return std::tie(x.a, x.b, x.kind, x.first) < std::tie(y.a, y.b, y.kind, y.first);
    });
    return std::move(out_);
  }

  void take_in(Clash clash) { out_.pairs.push_back(std::move(clash)); }

  void meeting(const Meeting& m) {
    const std::size_t users = m.users.size() + m.others.size();
    if (m.others.empty() ? users > hub_users : m.users.size() * m.others.size() > hub_users * hub_users)
      return m.others.empty() ? parts_of_hub(m) : hub(m);
    if (m.others.empty()) {
      for (std::size_t i = 0; i < m.users.size(); ++i)
        for (std::size_t j = i + 1; j < m.users.size(); ++j) pair(m, m.users[i], m.users[j]);
    } else {
      for (const Use& x : m.users)
        for (const Use& y : m.others) pair(m, x, y);
    }
  }

  void named_things() {
    std::map<std::string_view, std::vector<std::pair<OrderId, const ResourceUse*>>> things, keys;
    out_.pool_users.resize(orders_.rules.pools.size());
    each_open([&](OrderId id, const Order& order) {
      for (const ResourceUse& use : order.resources) {
        if (use.pool)
          pool(id, use.name);
        else
          things[use.name].emplace_back(id, &use);
      }
      for (const ResourceUse& key : order.keys) keys[key.name].emplace_back(id, &key);
    });
    for (const auto& [name, users] : things) named_thing(std::string(name), users);
    for (const auto& [name, users] : keys) key(std::string(name), users);
  }

  void dependencies() {
    each_open([&](OrderId id, const Order& order) {
      for (const Dependency& d : order.depends_on) {
        if (d.order) dependency(*d.order, id, d, id);
        if (d.kind == parsers::Dependency::Kind::path) path_dependency(id, d);
      }
      for (const Dependency& d : order.before)
        if (d.order) dependency(id, *d.order, d, id);
    });
  }

  void alone(UnknownScope unknown) {
    each_open([&](OrderId id, const Order& order) {
      if (!order.write) {
        if (unknown != UnknownScope::serial) return;
        Evidence evidence{"*", "", {{"", order.where}, {"", {}}}, "no write set is declared, so it may write anything"};
        if (!order.proposed.empty()) evidence.note = "its write set is only proposed, and nobody has accepted it";
        out_.alone.push_back(
            {ConflictKind::unknown_scope, Certainty::unproven, {id, id}, true, Resolution::alone, id, {evidence}});
        return;
      }
      Conflict barrier{ConflictKind::barrier, Certainty::declared, {id, id}, true, Resolution::alone, id, {}};
      const Rules& rules = orders_.rules;
      for (const Entry& entry : *order.write)
        for (std::size_t i = 0; i < rules.barrier.size(); ++i)
          if (auto witness = overlap(entry.resource, rules.barrier[i])) {
            barrier.evidence.push_back(
                {rules.barrier[i].text,
                 *witness,
                 {{entry.written, entry.where}, {"barrier: " + rules.barrier[i].text, rules.barrier_where[i]}},
                 ""});
            break;
          }
      if (!barrier.evidence.empty()) out_.alone.push_back(std::move(barrier));
    });
  }

 private:
  template <class Visit>
  void each_open(Visit visit) const {
    for (std::size_t i = 0; i < orders_.list.size(); ++i)
      if (orders_.list[i].open()) visit(OrderId(i), orders_.list[i]);
  }
  const Order& at(OrderId id) const { return orders_.list[id.index()]; }

  void add(ConflictKind kind, Certainty certainty, OrderId x, OrderId y, OrderId first, Evidence evidence) {
    if (y < x) {
      std::swap(x, y);
      std::swap(evidence.sides[0], evidence.sides[1]);
    }
    out_.pairs.push_back({x, y, kind, certainty, first, std::move(evidence), false});
  }

  bool same_exploration(OrderId x, OrderId y) const {
    return !at(x).exploration.empty() && at(x).exploration == at(y).exploration;
  }

  static bool removes(const Use& use) {
    return use.role == Role::write && (use.entry->intent == Intent::remove || use.entry->intent == Intent::rename);
  }

  static bool both_symbols(const Use& x, const Use& y) {
    return x.entry->resource.kind == Resource::Kind::symbol && y.entry->resource.kind == Resource::Kind::symbol;
  }

  /// Both symbols stand in one text, so that it is known whether they meet.
  static bool both_proven(const Use& x, const Use& y) {
    return both_symbols(x, y) && x.entry->cover && y.entry->cover && x.entry->cover->proven && y.entry->cover->proven;
  }

  /// Two symbols of one file, neither within the other.
  static bool apart(const Use& x, const Use& y) {
    if (!both_symbols(x, y)) return false;
    if (both_proven(x, y)) return !reads_what_changes(*x.entry->cover, *y.entry->cover);
    const Resource &rx = x.entry->resource, &ry = y.entry->resource;
    return !encloses(rx.symbol(), ry.symbol()) && !encloses(ry.symbol(), rx.symbol());
  }

  /// Does `remover` take away what `other` uses? A removed symbol takes nothing from who names the whole file.
  static bool orphans(const Use& remover, const Use& other) {
    return removes(remover) && !apart(remover, other) &&
           (remover.entry->resource.kind != Resource::Kind::symbol ||
            other.entry->resource.kind == Resource::Kind::symbol);
  }

  /// Everything both could touch lies in the class: true for one file; for two wide entries only if the class names
  /// one.
  static bool in_class(const Coverage& coverage, const std::vector<Resource>& members, const Meeting& m, const Use& x,
                       const Use& y) {
    const auto wide = [](const Use& use) {
      return use.entry->resource.kind == Resource::Kind::directory ||
             use.entry->resource.kind == Resource::Kind::pattern;
    };
    if (!wide(x) || !wide(y)) return coverage.covers(m.witness);
    return std::any_of(members.begin(), members.end(), [&](const Resource& r) {
      return r == x.entry->resource || r == y.entry->resource ||
             (r.kind == Resource::Kind::directory &&
              (x.entry->resource.text.starts_with(r.text) || y.entry->resource.text.starts_with(r.text)));
    });
  }

  bool appends(const Use& use, bool class_member) const {
    return use.entry->intent == Intent::append || (class_member && use.entry->intent == Intent::modify);
  }

  void pair(const Meeting& m, const Use& x, const Use& y) {
    if (x.order == y.order) return;
    const bool write_x = x.role == Role::write, write_y = y.role == Role::write;
    if (!write_x && !write_y) return;
    Evidence evidence{
        m.resource, m.witness, {{x.entry->written, x.entry->where}, {y.entry->written, y.entry->where}}, ""};
    Certainty certainty = std::max(x.entry->certainty, y.entry->certainty);
    if (both_proven(x, y)) {
      if (!symbols_meet(m, x, y, evidence, certainty)) return;
    } else if (apart(x, y)) {
      certainty = Certainty::unproven;
      evidence.note = unlooked(x, y);
    } else if (both_symbols(x, y)) {
      evidence.resource = narrower(x, y).text;
    }
    if (x.role == Role::permit || y.role == Role::permit) {
      evidence.note =
          fmt::format("{} may write it without reserving it", at(x.role == Role::permit ? x.order : y.order).id);
      return add(ConflictKind::permit, certainty, x.order, y.order, std::min(x.order, y.order), std::move(evidence));
    }
    if (in_class(regenerate_, orders_.rules.regenerate, m, x, y)) {
      evidence.note = "regenerate it after merging";
      return add(ConflictKind::regenerate, certainty, x.order, y.order, std::min(x.order, y.order),
                 std::move(evidence));
    }
    if (write_x && write_y) return both_write(m, x, y, certainty, std::move(evidence));
    const Use &reader = write_x ? y : x, &writer = write_x ? x : y;
    if (orphans(writer, reader)) {
      Evidence orphan = evidence;
      orphan.note = fmt::format("{} {}s what {} reads", at(writer.order).id, to_string(writer.entry->intent),
                                at(reader.order).id);
      add(ConflictKind::orphaned_work, certainty, x.order, y.order, std::min(x.order, y.order), std::move(orphan));
    }
    if (reader.entry->tolerates_writes) return;
    if (writer.entry->intent == Intent::create && writer.entry->resource == reader.entry->resource)
      evidence.note =
          fmt::format("{} creates it; if {} needs it, declare a dependency", at(writer.order).id, at(reader.order).id);
    add(ConflictKind::read_write, certainty, x.order, y.order, reader.order, std::move(evidence));
  }

  static const Resource& narrower(const Use& x, const Use& y) {
    const Resource &rx = x.entry->resource, &ry = y.entry->resource;
    return rx.text.size() >= ry.text.size() ? rx : ry;
  }

  static std::string unlooked(const Use& x, const Use& y) {
    for (const Use* use : {&x, &y})
      if (use->entry->cover && !use->entry->cover->proven)
        return fmt::format("{} counts as its whole file: {}", use->entry->resource.text, use->entry->cover->why);
    return "without a code index a symbol counts as its whole file";
  }

  /// Of two symbols whose places in the text are known: whether they meet, and in what. What merely lies side by side
  /// is hinted at here.
  bool symbols_meet(const Meeting& m, const Use& x, const Use& y, Evidence& evidence, Certainty& certainty) {
    const SymbolCover &cx = *x.entry->cover, &cy = *y.entry->cover;
    if (x.role == Role::read || y.role == Role::read) {
      const bool met = x.role == Role::read ? reads_what_changes(cx, cy) : reads_what_changes(cy, cx);
      if (met) evidence.resource = narrower(x, y).text;
      return met;
    }
    if (const auto place = shared_place(cx, cy)) {
      evidence.resource = fmt::format("{}::{}", m.witness, *place);
      if (*place != cx.name && *place != cy.name) certainty = Certainty::proved;
      return true;
    }
    if (x.role != Role::write || y.role != Role::write) return false;
    const OrderId lower = std::min(x.order, y.order);
    if (adjacent(cx, cy)) {
      Evidence beside = evidence;
      beside.note = fmt::format("{} and {} stand side by side", cx.name, cy.name);
      add(ConflictKind::adjacent_edit, Certainty::proved, x.order, y.order, lower, std::move(beside));
    }
    evidence.resource = fmt::format("{}::<imports>", m.witness);
    evidence.note = "both may add imports";
    add(ConflictKind::append, Certainty::inferred, x.order, y.order, lower, std::move(evidence));
    return false;
  }

  void both_write(const Meeting& m, const Use& x, const Use& y, Certainty certainty, Evidence evidence) {
    const OrderId lower = std::min(x.order, y.order);
    const bool member = in_class(append_, orders_.rules.append, m, x, y);
    if (appends(x, member) && appends(y, member)) {
      if (facts_.union_merged.contains(m.witness)) {
        evidence.note = "both append, and git merges the file by union";
        return add(ConflictKind::append, certainty, x.order, y.order, lower, std::move(evidence));
      }
      if (facts_.base.empty()) certainty = Certainty::unproven;
      evidence.note = facts_.base.empty()
                          ? "both append; whether git merges the file by union cannot be looked up without a repository"
                          : "both append, but git does not merge the file by union (gitattributes: merge=union)";
    }
    // Two deletions agree; of two renames, or a rename and a deletion, the second finds nothing.
    const bool both_delete = x.entry->intent == Intent::remove && y.entry->intent == Intent::remove;
    if (!both_delete && (orphans(x, y) || orphans(y, x))) {
      const Use &remover = orphans(x, y) ? x : y, &other = orphans(x, y) ? y : x;
      Evidence orphan = evidence;
      orphan.note = fmt::format("{} {}s what {} writes", at(remover.order).id, to_string(remover.entry->intent),
                                at(other.order).id);
      add(ConflictKind::orphaned_work, certainty, x.order, y.order, lower, std::move(orphan));
    }
    const bool same = x.entry->resource == y.entry->resource;
    if (same && x.entry->intent == Intent::create && y.entry->intent == Intent::create &&
        !same_exploration(x.order, y.order)) {
      Evidence duplicate = evidence;
      duplicate.note = "both create it";
      add(ConflictKind::duplicate_work, certainty, x.order, y.order, lower, std::move(duplicate));
    }
    add(ConflictKind::write_write, certainty, x.order, y.order, lower, std::move(evidence));
  }

  // Many users of one file, some of whom name symbols of it: who means the file meets everybody, who means a symbol
  // only those who share a block or gap.
  void parts_of_hub(const Meeting& m) {
    if (regenerate_.covers(m.witness) || append_.covers(m.witness)) return hub(m);
    Meeting whole{m.resource, m.witness, {}, {}};
    std::vector<Use> symbols, readers;
    for (const Use& use : m.users) {
      const SymbolCover* cover = use.entry->cover.get();
      (cover && cover->proven && !cover->scattered ? symbols : whole.users).push_back(use);
    }
    for (const Use& use : whole.users)
      if (use.role == Role::read) readers.push_back(use);
    if (symbols.empty() || readers.size() * symbols.size() > hub_users * hub_users) return hub(m);
    std::map<std::int32_t, std::vector<Use>> by_piece;  // ordinal of a block or gap
    for (const Use& use : symbols)
      for (const Stretch& place : use.entry->cover->places)
        for (std::int32_t piece = place.first; piece <= place.last; ++piece) by_piece[piece].push_back(use);
    std::set<std::pair<const Entry*, const Entry*>> met;
    for (const auto& [piece, users] : by_piece) {
      if (users.size() > hub_users) {
        hub({m.resource, m.witness, users, {}});
        continue;
      }
      for (std::size_t i = 0; i < users.size(); ++i)
        for (std::size_t j = i + 1; j < users.size(); ++j)
          if (met.insert(std::minmax(users[i].entry, users[j].entry)).second) pair(m, users[i], users[j]);
    }
    for (const Use& reader : readers)
      for (const Use& use : symbols) pair(m, reader, use);
    if (whole.users.size() > 1) hub(whole);
    special_pairs(whole, whole.users, symbols);
    add_hub(m.resource, whole.users, symbols, false);
  }

  // Too many users for pairs. Writers of the resource exclude each other; what merely overlaps it is one side only.
  // Removals and duplicate creations inside a hub still need their decisions, one per remover and user (or creator).
  void hub(const Meeting& m) {
    const bool regenerated = m.others.empty() && regenerate_.covers(m.witness);
    if (regenerated) return;
    if (m.others.empty()) {
      if (append_.covers(m.witness) && facts_.union_merged.contains(m.witness)) return;
      special_pairs(m, m.users, m.users);
      return add_hub(m.resource, m.users, {}, true);
    }
    special_pairs(m, m.users, m.others);
    for (bool swapped : {false, true}) {
      const std::vector<Use>&writers = swapped ? m.others : m.users, &rest = swapped ? m.users : m.others;
      add_hub(m.resource, writers, rest, false);
    }
  }

  void special_pairs(const Meeting& m, const std::vector<Use>& users, const std::vector<Use>& others) {
    const Use* creator = nullptr;
    for (const Use& use : users) {
      if (removes(use))
        for (const Use& other : others)
          if (!removes(other) || use.order < other.order) pair(m, use, other);
      if (use.role != Role::write || use.entry->intent != Intent::create) continue;
      if (!creator)
        creator = &use;
      else
        pair(m, *creator, use);
    }
    if (&users != &others)
      for (const Use& other : others)
        if (removes(other))
          for (const Use& use : users)
            if (!removes(use)) pair(m, use, other);
  }

  /// `rest`: users of an overlapping resource; they exclude the writers, but not each other.
  void add_hub(const std::string& resource, const std::vector<Use>& users, const std::vector<Use>& rest,
               bool own_readers) {
    Hub hub;
    hub.resource = resource;
    std::map<OrderId, std::pair<bool, Place>> roles;  // writes?, place
    const auto take = [&](const Use& use, bool writes) {
      const auto [known, fresh] = roles.try_emplace(use.order, writes, use.entry->where);
      if (!fresh && writes && !known->second.first) known->second = {true, use.entry->where};
    };
    bool rest_writes = false;
    for (const Use& use : users) {
      if (use.role == Role::write)
        take(use, true);
      else if (use.role == Role::read && own_readers && !use.entry->tolerates_writes)
        take(use, false);
    }
    for (const Use& use : rest) {
      if (use.role == Role::permit || (use.role == Role::read && use.entry->tolerates_writes)) continue;
      rest_writes = rest_writes || use.role == Role::write;
      take(use, false);
    }
    for (const auto& [order, role] : roles)
      if (role.first) hub.writers.push_back(order), hub.source.push_back(role.second);
    for (const auto& [order, role] : roles)
      if (!role.first) hub.readers.push_back(order), hub.source.push_back(role.second);
    if (hub.writers.empty() || hub.writers.size() + hub.readers.size() < 2) return;
    hub.kind = hub.writers.size() > 1 || rest_writes ? ConflictKind::write_write : ConflictKind::read_write;
    hub.readers_first = !hub.readers.empty() && !rest_writes;
    out_.hubs.push_back(std::move(hub));
  }

  void pool(OrderId id, const std::string& name) {
    const auto& pools = orders_.rules.pools;
    for (std::size_t i = 0; i < pools.size(); ++i)
      if (pools[i].name == name && (out_.pool_users[i].empty() || out_.pool_users[i].back() != id))
        out_.pool_users[i].push_back(id);
  }

  void named_thing(const std::string& name, const std::vector<std::pair<OrderId, const ResourceUse*>>& users) {
    const auto exclusive = [](const ResourceUse* use) { return use->mode == parsers::Mode::exclusive; };
    if (users.size() > hub_users) {
      Hub hub{ConflictKind::resource, name, {}, {}, {}, false};
      for (const auto& [order, use] : users)
        if (exclusive(use)) hub.writers.push_back(order), hub.source.push_back(use->where);
      for (const auto& [order, use] : users)
        if (!exclusive(use)) hub.readers.push_back(order), hub.source.push_back(use->where);
      if (!hub.writers.empty()) out_.hubs.push_back(std::move(hub));
      return;
    }
    for (std::size_t i = 0; i < users.size(); ++i)
      for (std::size_t j = i + 1; j < users.size(); ++j) {
        const auto& [x, use_x] = users[i];
        const auto& [y, use_y] = users[j];
        if (x == y || (!exclusive(use_x) && !exclusive(use_y))) continue;
        const auto shown = [](const ResourceUse* use) {
          return use->mode == parsers::Mode::shared ? use->name + " (shared)" : use->name;
        };
        add(ConflictKind::resource, Certainty::declared, x, y, std::min(x, y),
            {name, name, {{shown(use_x), use_x->where}, {shown(use_y), use_y->where}}, ""});
      }
  }

  void key(const std::string& name, const std::vector<std::pair<OrderId, const ResourceUse*>>& users) {
    const auto duplicate = [&](const auto& x, const auto& y) {
      if (x.first == y.first || same_exploration(x.first, y.first)) return false;
      add(ConflictKind::duplicate_work, Certainty::declared, x.first, y.first, std::min(x.first, y.first),
          {name, name, {{name, x.second->where}, {name, y.second->where}}, "both carry this key: it is the same work"});
      return true;
    };
    const bool many = users.size() > hub_users;
    bool any = false;
    for (std::size_t i = 0; i < users.size(); ++i)
      for (std::size_t j = i + 1; j < users.size() && (!many || i == 0); ++j)
        any = duplicate(users[i], users[j]) || any;
    if (!many || !any) return;
    // A decision for each against the first; that no two are ever at once takes no pairs.
    Hub hub{ConflictKind::duplicate_work, name, {}, {}, {}, false};
    for (const auto& [order, use] : users)
      if (hub.writers.empty() || hub.writers.back() != order)
        hub.writers.push_back(order), hub.source.push_back(use->where);
    out_.hubs.push_back(std::move(hub));
  }

  void dependency(OrderId before, OrderId after, const Dependency& written, OrderId writer) {
    if (!at(before).open() || !at(after).open() || before == after) return;
    const OrderId other = writer == before ? after : before;
    add(ConflictKind::dependency, written.certainty, writer, other, before,
        {written.target,
         written.target,
         {{fmt::format("{} {}", writer == after ? "depends_on" : "before", written.target), written.where},
          {at(other).id, at(other).where}},
         ""});
  }

  void path_dependency(OrderId after, const Dependency& written) {
    const Resource wanted = resource_from(written.target);
    each_open([&](OrderId id, const Order& order) {
      if (id == after || !order.write) return;
      for (const Entry& entry : *order.write)
        if (auto witness = overlap(entry.resource, wanted))
          return add(ConflictKind::dependency, Certainty::declared, after, id, id,
                     {written.target,
                      *witness,
                      {{"depends_on path:" + written.target, written.where}, {entry.written, entry.where}},
                      ""});
    });
  }

  const Orders& orders_;
  const Facts& facts_;
  Coverage append_, regenerate_;
  Clashes out_;
};

}  // namespace

std::string_view to_string(ConflictKind kind) {
  switch (kind) {
    case ConflictKind::orphaned_work:
      return "orphaned-work";
    case ConflictKind::duplicate_work:
      return "duplicate-work";
    case ConflictKind::dependency:
      return "dependency";
    case ConflictKind::write_write:
      return "write-write";
    case ConflictKind::mutual_read_write:
      return "mutual-read-write";
    case ConflictKind::read_write:
      return "read-write";
    case ConflictKind::resource:
      return "resource";
    case ConflictKind::barrier:
      return "barrier";
    case ConflictKind::unknown_scope:
      return "unknown-scope";
    case ConflictKind::adjacent_edit:
      return "adjacent-edit";
    case ConflictKind::append:
      return "append";
    case ConflictKind::regenerate:
      return "regenerate";
    case ConflictKind::permit:
      return "permit";
    case ConflictKind::hidden_read:
      return "hidden-read";
    case ConflictKind::shared_helper:
      return "shared-helper";
    case ConflictKind::co_change:
      return "co-change";
  }
  return "";
}

Clashes find_clashes(const Orders& orders, const Facts& facts, UnknownScope unknown) {
  Classifier classifier(orders, facts);
  for (const Meeting& meeting : find_meetings(orders)) classifier.meeting(meeting);
  classifier.named_things();
  classifier.dependencies();
  classifier.alone(unknown);
  for (Clash& clash : find_mentions(orders)) classifier.take_in(std::move(clash));
  return classifier.take();
}

}  // namespace planner
