#include "planner/check.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace planner {
namespace {

using parsers::Intent;
using parsers::Status;
using Kind = Resource::Kind;
using graph::Time;

constexpr std::size_t pairwise_limit = 300;
constexpr std::size_t most_enumerations = 2000;

struct Slot {
  Time start = 0, end = 0;
  int wave = -1;
  std::optional<int> agent;
};

bool is_wide(const Resource& r) { return r.kind == Kind::directory || r.kind == Kind::pattern; }

/// Paths that a pattern covers, a few for every wildcard, with pieces of the other pattern put in.
std::vector<std::string> samples(std::string_view pattern, std::string_view other) {
  std::vector<std::string> pieces{"", "a", "x.y"};
  for (std::size_t from = 0; from < other.size();) {
    const std::size_t end = std::min(other.find_first_of("/*?[]", from), other.size());
    if (end > from) pieces.emplace_back(other.substr(from, end - from));
    from = end + 1;
  }
  std::vector<std::string> out{""};
  const auto extend = [&](const std::vector<std::string>& options) {
    std::vector<std::string> longer;
    for (const std::string& start : out)
      for (const std::string& option : options)
        if (longer.size() < 200) longer.push_back(start + option);
    out = std::move(longer);
  };
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern.compare(at, 3, "**/") == 0) {
      std::vector<std::string> options{"", "a/"};
      for (const std::string& piece : pieces)
        if (!piece.empty()) options.push_back(piece + "/");
      extend(options);
      at += 2;
    } else if (pattern[at] == '*') {
      extend(pieces);
    } else if (pattern[at] == '?' || pattern[at] == '[') {
      extend({"a", "0", "[", "."});
      if (pattern[at] == '[' && pattern.find(']', at) != std::string_view::npos) at = pattern.find(']', at);
    } else {
      extend({std::string(1, pattern[at])});
    }
  }
  if (pattern.ends_with('/')) extend({"a", "x.y", pieces.back()});
  return out;
}

/// Overlap by enumeration: exact paths are compared or matched, two wide entries are tried on samples of both.
bool enumerate(const Resource& x, const Resource& y) {
  if (x.kind == Kind::named || y.kind == Kind::named) return x == y;
  if (!is_wide(x) && !is_wide(y)) return x.path() == y.path();
  if (!is_wide(x)) return reference_match(y.text, x.path());
  if (!is_wide(y)) return reference_match(x.text, y.path());
  for (const auto& [from, other] : {std::pair(&x, &y), std::pair(&y, &x)})
    for (const std::string& path : samples(from->text, other->text))
      if (!parsers::path_error(path) && path.back() != '/' && reference_match(x.text, path) &&
          reference_match(y.text, path))
        return true;
  return false;
}

class Judge {
 public:
  Judge(const Orders& orders, const Facts& facts, const Plan& plan)
      : orders_(orders), facts_(facts), plan_(plan), slots_(orders.list.size()), from_(orders.list.size()) {
    for (const Clash& c : facts.inferred)
      if (!c.hint) enforced_.insert({c.kind, c.first, c.first == c.a ? c.b : c.a});
  }

  std::optional<std::string> run() {
    if (auto v = places()) return v;
    if (auto v = agents_and_pools()) return v;
    find_order();
    if (auto v = dependencies()) return v;
    if (auto v = planned_.size() <= pairwise_limit ? pairs() : sweep()) return v;
    if (auto v = alone()) return v;
    if (auto v = ready()) return v;
    for (const Proof* proof : {&plan_.waves_proof, &plan_.makespan_proof})
      if (auto v = proved(*proof)) return v;
    return evidence();
  }

 private:
  const Order& at(OrderId id) const { return orders_.list[id.index()]; }
  const std::string& name(OrderId id) const { return at(id).id; }
  Slot& slot(OrderId id) { return *slots_[id.index()]; }
  /// Overlap, asked once for every pair of texts. Enumeration is for the small: what it may try in all is limited.
  bool meet(const Resource& x, const Resource& y) const {
    if (x.text == y.text && x.kind == y.kind) return true;
    if (!is_wide(x) || !is_wide(y)) return enumerate(x, y);
    const auto [known, fresh] = met_.try_emplace(std::minmax(x.text, y.text), false);
    if (fresh && met_.size() <= most_enumerations) known->second = enumerate(x, y);
    return known->second;
  }
  /// Two entries of one file that name parts of its text with nothing in common. Bytes decide, and the names of what is
  /// to be created.
  static bool parted(const Entry& x, const Entry& y, bool reading) {
    if (!x.cover || !y.cover || !x.cover->proven || !y.cover->proven) return false;
    const std::string &nx = x.cover->name, &ny = y.cover->name;
    if (nx == ny || nx.starts_with(ny + ".") || ny.starts_with(nx + ".")) return false;
    const auto pieces = [&](const Entry& e) -> const std::vector<Stretch>& {
      return reading ? e.cover->exact : e.cover->places;
    };
    for (const Stretch& a : pieces(x))
      for (const Stretch& b : pieces(y)) {
        const bool empty = a.begin == a.end || b.begin == b.end;
        const bool inside = empty ? (a.begin < b.begin && b.begin < a.end) || (b.begin < a.begin && a.begin < b.end)
                                  : a.begin < b.end && b.begin < a.end;
        if (inside || (a.name == b.name && a.name.front() == '<')) return false;
      }
    return true;
  }
  bool started(OrderId id) const { return at(id).status != Status::pending; }
  bool overlapping(OrderId a, OrderId b) { return slot(a).start < slot(b).end && slot(b).start < slot(a).end; }
  bool apart(OrderId a, OrderId b) { return !overlapping(a, b) && slot(a).wave != slot(b).wave; }
  bool before(OrderId a, OrderId b) { return slot(a).end <= slot(b).start && slot(a).wave < slot(b).wave; }

  /// `id` builds on what `review` did: it starts from its branch, from one that contains it, or from that of an order
  /// that does and has ended by then. Nothing else excuses it from waiting for an order in review.
  bool stands_on(OrderId id, OrderId review) const {
    if (!plan_.options.stack || at(review).status != Status::review || at(id).status != Status::pending) return false;
    for (OrderId above = id; from_[above.index()];) {
      const OrderId below = *from_[above.index()];
      if (at(below).status == Status::review)
        return below == review || plan_.options.contained.contains({review, below});
      if (at(below).status != Status::pending || !slots_[below.index()] ||
          slots_[below.index()]->end > slots_[above.index()]->start)
        return false;
      above = below;
    }
    return false;
  }
  bool stacked(OrderId a, OrderId b) const { return stands_on(a, b) || stands_on(b, a); }

  /// Every open order has exactly one place: in the schedule, one wave and one lane, or among the unplanned.
  std::optional<std::string> places() {
    std::vector<int> seen(orders_.list.size(), 0);
    for (const Reasoned& r : plan_.unplanned) ++seen[r.order.index()];
    for (const Start& s : plan_.starts) {
      ++seen[s.order.index()];
      slots_[s.order.index()] = Slot{s.start, s.end, -1, s.agent};
      from_[s.order.index()] = s.from;
      planned_.push_back(s.order);
      if (s.start < 0 || s.end <= s.start || s.end > plan_.makespan)
        return fmt::format("{} has no proper time", name(s.order));
      if (started(s.order) && s.start != 0) return fmt::format("{} runs already and must start at 0", name(s.order));
    }
    for (std::size_t i = 0; i < seen.size(); ++i)
      if (seen[i] != (orders_.list[i].open() ? 1 : 0)) {
        const bool decided = seen[i] == 0;
        return fmt::format("{} is {} in the plan", orders_.list[i].id, decided ? "missing" : "twice or not open, but");
      }
    for (std::size_t w = 0; w < plan_.waves.size(); ++w)
      for (OrderId id : plan_.waves[w]) {
        if (!slots_[id.index()] || slot(id).wave != -1) return fmt::format("{} is in two waves or unplanned", name(id));
        slot(id).wave = static_cast<int>(w);
      }
    std::size_t in_lanes = 0;
    for (const auto& lane : plan_.lanes) in_lanes += lane.size();
    if (in_lanes != planned_.size()) return "lanes do not hold every planned order once";
    for (OrderId id : planned_)
      if (slot(id).wave < 0) return fmt::format("{} is in no wave", name(id));
    return std::nullopt;
  }

  std::optional<std::string> agents_and_pools() {
    std::map<int, std::vector<OrderId>> by_agent;
    for (OrderId id : planned_)
      if (slot(id).agent) by_agent[*slot(id).agent].push_back(id);
    for (auto& [agent, ids] : by_agent) {
      std::sort(ids.begin(), ids.end(), [&](OrderId a, OrderId b) { return slot(a).start < slot(b).start; });
      for (std::size_t i = 1; i < ids.size(); ++i)
        if (overlapping(ids[i - 1], ids[i]))
          return fmt::format("agent {} has {} and {} at once", agent, name(ids[i - 1]), name(ids[i]));
    }
    if (plan_.options.agents)
      if (auto v = capacity(
              "agents", *plan_.options.agents, [&](OrderId id) { return at(id).status != Status::review; }, false))
        return v;
    for (const Pool& pool : orders_.rules.pools) {
      const auto uses = [&](OrderId id) {
        return std::any_of(at(id).resources.begin(), at(id).resources.end(),
                           [&](const ResourceUse& u) { return u.pool && u.name == pool.name; });
      };
      if (auto v = capacity(pool.name, pool.capacity, uses, true)) return v;
    }
    return std::nullopt;
  }

  /// Nobody new may start while the capacity is used up by others; what had started before stays.
  template <class Uses>
  std::optional<std::string> capacity(const std::string& what, int capacity, Uses uses, bool waves) {
    std::vector<std::pair<Time, int>> events;
    std::map<int, int> in_wave, new_in_wave;
    int begun = 0;
    for (OrderId id : planned_) {
      if (!uses(id)) continue;
      events.emplace_back(slot(id).start, 1);
      events.emplace_back(slot(id).end, -1);
      begun += started(id) ? 1 : 0;
      ++in_wave[slot(id).wave];
      new_in_wave[slot(id).wave] += started(id) ? 0 : 1;
    }
    std::sort(events.begin(), events.end());
    int load = 0;
    for (const auto& [time, change] : events) {
      load += change;
      const bool only_started = time == 0 && load <= begun;
      if (change > 0 && load > capacity && !only_started)
        return fmt::format("more than {} of {} at time {}", capacity, what, time);
    }
    for (const auto& [wave, users] : in_wave)
      if (waves && users > capacity && new_in_wave[wave] > 0)
        return fmt::format("more than {} of {} in wave {}", capacity, what, wave + 1);
    return std::nullopt;
  }

  const Decision* decision(OrderId a, OrderId b) const {
    const Decision* found = nullptr;
    for (const Decision& d : orders_.decisions)
      if ((d.between[0] == a && d.between[1] == b) || (d.between[0] == b && d.between[1] == a))
        if (d.digest.empty() || (d.digest.size() >= 4 && pair_digest(at(a), at(b)).starts_with(d.digest))) found = &d;
    return found;
  }

  static bool names(const std::vector<Dependency>& list, OrderId id) {
    return std::any_of(list.begin(), list.end(), [&](const Dependency& d) { return d.order == id; });
  }

  /// Dependencies and decisions among planned orders, and who can be reached over them.
  void find_order() {
    for (OrderId id : planned_) {
      for (const Dependency& d : at(id).depends_on) {
        if (d.order && slots_[d.order->index()]) arcs_.insert({*d.order, id});
        if (d.kind == parsers::Dependency::Kind::path)
          for (OrderId other : planned_)
            if (other != id && at(other).write)
              for (const Entry& e : *at(other).write)
                if (meet(e.resource, resource_from(d.target))) arcs_.insert({other, id});
      }
      for (const Dependency& d : at(id).before)
        if (d.order && slots_[d.order->index()]) arcs_.insert({id, *d.order});
    }
    for (const Decision& d : orders_.decisions)
      if (d.choice == parsers::Decision::Choice::first && slots_[d.between[0].index()] &&
          slots_[d.between[1].index()] && decision(d.between[0], d.between[1]) == &d)
        arcs_.insert({d.chosen, d.chosen == d.between[0] ? d.between[1] : d.between[0]});
    std::erase_if(arcs_,
                  [&](const auto& arc) { return started(arc.second); });  // it runs already: nothing is left to order
  }

  std::optional<std::string> dependencies() {
    for (const auto& [first, second] : arcs_)
      if (!stands_on(second, first) && !before(first, second))
        return fmt::format("{} does not come before {}", name(first), name(second));
    return std::nullopt;
  }

  bool reaches(OrderId from, OrderId to, bool reader_first) {
    std::set<OrderId> seen{from};
    std::vector<OrderId> stack{from};
    while (!stack.empty()) {
      const OrderId id = stack.back();
      stack.pop_back();
      if (id == to && seen.size() > 1) return true;
      const auto visit = [&](const std::set<std::pair<OrderId, OrderId>>& arcs) {
        for (auto arc = arcs.lower_bound({id, OrderId()}); arc != arcs.end() && arc->first == id; ++arc)
          if (seen.insert(arc->second).second) stack.push_back(arc->second);
      };
      visit(arcs_);
      if (reader_first) visit(reader_first_);
      if (seen.contains(to)) return true;
    }
    return false;
  }

  bool in_class(const std::vector<Resource>& members, const Resource& x, const Resource& y) const {
    for (const Resource& r : members) {
      if (r == x || r == y) return true;
      for (const Resource* exact : {&x, &y})
        if (!is_wide(*exact) && reference_match(r.text, exact->path())) return true;
      if (is_wide(x) && is_wide(y) && r.kind == Kind::directory &&
          (x.text.starts_with(r.text) || y.text.starts_with(r.text)))
        return true;
    }
    return false;
  }

  bool union_append(const Entry& x, const Entry& y) const {
    const bool member = in_class(orders_.rules.append, x.resource, y.resource);
    const auto appends = [&](const Entry& e) {
      return e.intent == Intent::append || (member && e.intent == Intent::modify);
    };
    const Resource& exact = is_wide(x.resource) ? y.resource : x.resource;
    return appends(x) && appends(y) && facts_.union_merged.contains(std::string(exact.path()));
  }

  /// Never at once because both write, or need the same named thing, or one carries the other's key.
  bool exclusive(OrderId a, OrderId b) const {
    const Order &x = at(a), &y = at(b);
    if (x.write && y.write)
      for (const Entry& ex : *x.write)
        for (const Entry& ey : *y.write)
          if (meet(ex.resource, ey.resource) && !parted(ex, ey, false) &&
              !in_class(orders_.rules.regenerate, ex.resource, ey.resource) && !union_append(ex, ey))
            return true;
    for (const ResourceUse& ux : x.resources)
      for (const ResourceUse& uy : y.resources)
        if (!ux.pool && ux.name == uy.name && !(ux.mode == parsers::Mode::shared && uy.mode == parsers::Mode::shared))
          return true;
    if (x.exploration.empty() || x.exploration != y.exploration)
      for (const ResourceUse& kx : x.keys)
        for (const ResourceUse& ky : y.keys)
          if (kx.name == ky.name) return true;
    return removed(a, b) || removed(b, a) || inferred(ConflictKind::orphaned_work, a, b) ||
           inferred(ConflictKind::orphaned_work, b, a);
  }

  /// The code shows it, and it is to be enforced.
  bool inferred(ConflictKind kind, OrderId first, OrderId second) const {
    return enforced_.contains({kind, first, second});
  }

  /// `a` removes what `b` reads.
  bool removed(OrderId a, OrderId b) const {
    if (!at(a).write || !at(b).read) return false;
    for (const Entry& w : *at(a).write)
      for (const Entry& r : *at(b).read)
        if ((w.intent == Intent::remove || w.intent == Intent::rename) && w.resource.kind != Kind::symbol &&
            meet(w.resource, r.resource) && !in_class(orders_.rules.regenerate, w.resource, r.resource))
          return true;
    return false;
  }

  /// `a` relies on what `b` writes.
  bool relies(OrderId a, OrderId b) const {
    if (inferred(ConflictKind::read_write, a, b)) return true;
    if (!at(a).read || !at(b).write) return false;
    for (const Entry& r : *at(a).read)
      for (const Entry& w : *at(b).write)
        if (!r.tolerates_writes && meet(r.resource, w.resource) && !parted(r, w, true) &&
            !in_class(orders_.rules.regenerate, r.resource, w.resource))
          return true;
    return false;
  }

  std::optional<std::string> pairs() {
    const bool shared = plan_.options.isolation == parsers::Isolation::shared;
    const auto together = [&](OrderId a, OrderId b) {
      const Decision* d = decision(a, b);
      return d && d->choice == parsers::Decision::Choice::together;
    };
    for (OrderId a : planned_)
      for (OrderId b : planned_) {
        if (a == b || together(a, b) || stacked(a, b) || (started(a) && started(b)) || !relies(a, b) ||
            reaches(b, a, false))
          continue;
        if (started(b))
          reader_first_.insert({b, a});
        else
          reader_first_.insert({a, b});
      }
    for (OrderId a : planned_)
      for (OrderId b : planned_) {
        if (!(a < b) || together(a, b)) continue;
        const bool waived = (started(a) && started(b)) || stacked(a, b);
        const bool exclude = exclusive(a, b);
        if (exclude && !waived && !apart(a, b)) return fmt::format("{} and {} must not run at once", name(a), name(b));
      }
    for (const auto& [first, second] : reader_first_) {
      const bool mutual = reaches(second, first, true);
      if (!shared && !mutual) continue;
      if (!apart(first, second))
        return fmt::format("{} and {} must not run at once: one reads what the other writes", name(first),
                           name(second));
      if (!mutual && !before(first, second) && !in_unordered_hub(first, second))
        return fmt::format("{} reads before {} writes, and has to go first", name(first), name(second));
    }
    return std::nullopt;
  }

  /// A cycle through a hub gives up the reader-first order of all of its users, not of single pairs.
  bool in_unordered_hub(OrderId a, OrderId b) const {
    const auto has = [](const std::vector<OrderId>& users, OrderId id) {
      return std::find(users.begin(), users.end(), id) != users.end();
    };
    return std::any_of(plan_.hubs.begin(), plan_.hubs.end(), [&](const Hub& hub) {
      return !hub.readers_first && has(hub.readers, a) && has(hub.writers, b);
    });
  }

  struct FileUser {
    OrderId id;
    bool writes = false;
    bool part = false;  // of the file only: beside other parts
  };

  void add_user(std::map<std::string, std::vector<FileUser>>& files, OrderId id, const Entry& e, bool writes) {
    if (is_wide(e.resource)) return;
    const std::string path(e.resource.path());
    const bool part = e.cover && e.cover->proven && !e.cover->scattered;
    files[path].push_back({id, writes, part});
    if (!part || !writes) return;
    for (const Stretch& s : e.cover->places)
      for (std::int32_t piece = s.first; piece <= s.last; ++piece)
        files[fmt::format("{}\n{}", path, piece)].push_back({id, true, false});
  }

  /// Every file named exactly: its writers one after another, no reader beside a writer (with trees of their own: only
  /// writers); writers of parts beside each other, unless they share a block or gap.
  std::optional<std::string> sweep() {
    std::map<std::string, std::vector<FileUser>> files;
    for (OrderId id : planned_) {
      if (at(id).write)
        for (const Entry& e : *at(id).write) add_user(files, id, e, true);
      if (at(id).read && plan_.options.isolation == parsers::Isolation::shared)
        for (const Entry& e : *at(id).read)
          if (!e.tolerates_writes) add_user(files, id, e, false);
    }
    const std::set<std::pair<OrderId, OrderId>> together = decided_together();
    for (auto& [key, users] : files) {
      const Resource resource{Kind::path, key.substr(0, key.find('\n'))};
      if (in_class(orders_.rules.regenerate, resource, resource) || facts_.union_merged.contains(resource.text))
        continue;
      // What is in review excuses those who build on it and nobody else: it is held against each of the others.
      if (plan_.options.stack) {
        const auto in_review = std::stable_partition(
            users.begin(), users.end(), [&](const FileUser& user) { return at(user.id).status != Status::review; });
        for (auto user = users.begin(); user != in_review; ++user)
          for (auto held = in_review; held != users.end(); ++held)
            if ((user->writes || held->writes) && !(user->part && held->part) && !started(user->id) &&
                overlapping(user->id, held->id) && !stands_on(user->id, held->id) &&
                !together.contains({std::min(user->id, held->id), std::max(user->id, held->id)}))
              return fmt::format("{} and {} use {} at once", name(held->id), name(user->id), resource.text);
        users.erase(in_review, users.end());
      }
      std::sort(users.begin(), users.end(), [&](const FileUser& x, const FileUser& y) {
        return std::tuple(slot(x.id).start, x.id, x.writes) < std::tuple(slot(y.id).start, y.id, y.writes);
      });
      std::optional<OrderId> longest[2][2];  // [writes only][whole files only]: whose end is the latest so far
      for (const FileUser& user : users) {
        const std::optional<OrderId>& rival = longest[user.writes ? 0 : 1][user.part ? 1 : 0];
        if (rival && *rival != user.id && overlapping(*rival, user.id) && !(started(user.id) && started(*rival)) &&
            !together.contains({std::min(user.id, *rival), std::max(user.id, *rival)}))
          return fmt::format("{} and {} use {} at once", name(*rival), name(user.id), resource.text);
        for (int writes = 0; writes <= (user.writes ? 1 : 0); ++writes)
          for (int whole = 0; whole <= (user.part ? 0 : 1); ++whole)
            if (std::optional<OrderId>& l = longest[writes][whole]; !l || slot(*l).end < slot(user.id).end) l = user.id;
      }
    }
    return std::nullopt;
  }

  std::set<std::pair<OrderId, OrderId>> decided_together() const {
    std::set<std::pair<OrderId, OrderId>> out;
    for (const Decision& d : orders_.decisions)
      if (d.choice == parsers::Decision::Choice::together) out.insert({d.between[0], d.between[1]});
    return out;
  }

  bool stands_alone(OrderId id) const {
    if (!at(id).write) return plan_.options.unknown == UnknownScope::serial;
    for (const Entry& e : *at(id).write)
      for (const Resource& r : orders_.rules.barrier)
        if (meet(e.resource, r)) return true;
    return false;
  }

  std::optional<std::string> alone() {
    std::vector<OrderId> by_start = planned_;
    std::sort(by_start.begin(), by_start.end(), [&](OrderId a, OrderId b) { return slot(a).start < slot(b).start; });
    std::optional<OrderId> longest, barrier;
    for (OrderId id : by_start) {
      const std::optional<OrderId>& rival = stands_alone(id) ? longest : barrier;
      if (rival && overlapping(*rival, id) && !(started(id) && started(*rival)))
        return fmt::format("{} and {} run at once, and one of them has to run alone", name(*rival), name(id));
      if (stands_alone(id) && (!barrier || slot(*barrier).end < slot(id).end)) barrier = id;
      if (!longest || slot(*longest).end < slot(id).end) longest = id;
    }
    for (const auto& wave : plan_.waves) {
      const bool mixed =
          wave.size() > 1 && std::any_of(wave.begin(), wave.end(), [&](OrderId id) { return stands_alone(id); });
      if (mixed && !std::all_of(wave.begin(), wave.end(), [&](OrderId id) { return started(id); }))
        return "a wave holds an order that has to run alone";
    }
    return std::nullopt;
  }

  std::optional<std::string> ready() {
    std::vector<bool> called(orders_.list.size(), false);
    for (OrderId id : plan_.ready) called[id.index()] = true;
    for (const auto& [first, second] : arcs_)
      if (called[second.index()] && !stands_on(second, first))
        return fmt::format("{} is called ready before {}", name(second), name(first));
    for (OrderId id : plan_.ready) {
      if (!slots_[id.index()] || started(id)) return fmt::format("{} is called ready and is not pending", name(id));
      if (planned_.size() > pairwise_limit) continue;
      for (OrderId other : planned_) {
        const bool now =
            started(other) || std::find(plan_.ready.begin(), plan_.ready.end(), other) != plan_.ready.end();
        const Decision* d = decision(id, other);
        if (now && other != id && !stacked(id, other) && exclusive(id, other) &&
            !(d && d->choice == parsers::Decision::Choice::together))
          return fmt::format("{} is called ready beside {}", name(id), name(other));
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> proved(const Proof& proof) {
    const bool waves = &proof == &plan_.waves_proof;
    if (proof.value < proof.lower_bound || proof.optimal != (proof.value == proof.lower_bound))
      return "a proof does not fit its value";
    if (waves ? proof.value != static_cast<Time>(plan_.waves.size()) : proof.value != plan_.makespan)
      return "a proof is about another value";
    if (proof.reason != graph::Reason::clique && proof.reason != graph::Reason::chain) return std::nullopt;
    Time sum = 0;
    for (OrderId id : proof.work_orders) sum += waves ? 1 : slot(id).end - slot(id).start;
    if (sum != proof.lower_bound) return "a clique or chain does not add up to its bound";
    return std::nullopt;
  }

  /// Every witness of a conflict is covered by both sides.
  std::optional<std::string> evidence() {
    for (const Conflict& c : plan_.conflicts) {
      if (c.kind != ConflictKind::write_write && c.kind != ConflictKind::read_write &&
          c.kind != ConflictKind::mutual_read_write)
        continue;
      for (const Evidence& e : c.evidence)
        for (int side = 0; side < 2; ++side)
          if (!covers_by_reference(at(c.between[side]), e.witness) && !inferred(c, e))
            return fmt::format("{} does not cover the witness {}", name(c.between[side]), e.witness);
    }
    return std::nullopt;
  }

  /// Evidence that the code gave: its witness need not be declared by both.
  bool inferred(const Conflict& c, const Evidence& e) const {
    return std::any_of(facts_.inferred.begin(), facts_.inferred.end(), [&](const Clash& i) {
      return i.a == c.between[0] && i.b == c.between[1] && i.evidence.resource == e.resource;
    });
  }

  static bool covers_by_reference(const Order& order, std::string_view path) {
    for (const auto* set : {&order.write, &order.read})
      if (*set)
        for (const Entry& e : **set)
          if (is_wide(e.resource) ? reference_match(e.resource.text, path) : e.resource.path() == path) return true;
    return false;
  }

  const Orders& orders_;
  const Facts& facts_;
  const Plan& plan_;
  std::vector<std::optional<Slot>> slots_;
  std::vector<std::optional<OrderId>> from_;
  std::vector<OrderId> planned_;
  std::set<std::pair<OrderId, OrderId>> arcs_, reader_first_;
  std::set<std::tuple<ConflictKind, OrderId, OrderId>> enforced_;
  mutable std::map<std::pair<std::string, std::string>, bool> met_;
};

}  // namespace

std::optional<std::string> check(const Orders& orders, const Facts& facts, const Plan& plan) {
  return Judge(orders, facts, plan).run();
}

}  // namespace planner
