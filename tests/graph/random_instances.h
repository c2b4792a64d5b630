// Small instances at random, and a judge so slow and plain that it needs no proof: everything pair by pair, time by
// time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "graph/answer.h"

namespace graph::testing {

/// SplitMix64; the same numbers everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return next() % n; }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
  }

 private:
  std::uint64_t state_;
};

inline bool contains(const std::vector<TaskId>& list, TaskId t) {
  return std::find(list.begin(), list.end(), t) != list.end();
}

struct Mix {
  std::size_t tasks = 6;
  Time longest = 4;
  bool alone = true;
};

inline Instance random_instance(Random& random, const Mix& mix) {
  Instance instance;
  const std::size_t n = 1 + random.below(mix.tasks);
  for (std::size_t t = 0; t < n; ++t)
    instance.duration.push_back(1 + static_cast<Time>(random.below(static_cast<std::size_t>(mix.longest))));
  if (random.chance(20)) {
    for (Time& duration : instance.duration) duration *= 3;
  }
  std::vector<TaskId> line;  // every order constraint follows it, so there is no cycle
  for (std::size_t t = 0; t < n; ++t) line.emplace_back(t);
  random.shuffle(line);
  const std::size_t started = random.chance(30) ? random.below(n + 1) / 2 : 0;
  instance.started.assign(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(started));
  const std::size_t arcs = random.chance(50) ? random.below(n + 1) : 0;
  for (std::size_t i = 0; i < arcs && n > 1; ++i) {
    const std::size_t a = random.below(n - 1), b = a + 1 + random.below(n - 1 - a);
    if (b >= started) instance.arcs.push_back({line[a], line[b]});
  }
  const std::size_t exclusions = random.below(5);
  for (std::size_t i = 0; i < exclusions; ++i) {
    Exclusion exclusion;
    exclusion.readers_first = random.chance(30);
    const std::size_t turn = random.below(n + 1);
    for (std::size_t at = 0; at < n; ++at) {
      if (random.chance(50)) continue;
      const bool reads = exclusion.readers_first ? at < turn : random.chance(40);
      (reads ? exclusion.readers : exclusion.writers).push_back(line[at]);
    }
    instance.exclusions.push_back(exclusion);
  }
  for (std::size_t pools = random.chance(30) ? 1 + random.below(2) : 0; pools > 0; --pools) {
    Pool pool;
    pool.capacity = 1 + static_cast<int>(random.below(3));
    const bool one_each = random.chance(50);
    for (const TaskId t : line) {
      if (random.chance(30)) continue;
      pool.users.push_back(t);
      if (!one_each) pool.units.push_back(1 + static_cast<int>(random.below(static_cast<std::size_t>(pool.capacity))));
    }
    instance.pools.push_back(pool);
  }
  for (const TaskId t : line) {
    if (mix.alone && random.chance(8)) instance.alone.push_back(t);
    if (random.chance(10)) instance.unmanned.push_back(t);
  }
  if (random.chance(40)) instance.agents = 1 + static_cast<int>(random.below(3));
  return instance;
}

/// The same instance as waves see it.
inline Instance as_waves(Instance instance) {
  for (Time& d : instance.duration) d = 1;
  instance.agents.reset();
  return instance;
}

/// Judges starts where -1 means not placed.
class Slow {
 public:
  explicit Slow(const Instance& instance) : instance_(instance), n_(instance.size()) {
    before_.assign(n_ * n_, 0), exclude_.assign(n_ * n_, 0);
    for (const Arc& arc : instance.arcs) before_[arc.before.index() * n_ + arc.after.index()] = 1;
    for (const Exclusion& e : instance.exclusions) {
      for (const TaskId w : e.writers) {
        for (const TaskId v : e.writers) exclude(w, v);
        for (const TaskId r : e.readers) {
          exclude(w, r);
          if (e.readers_first && !started(w)) before_[r.index() * n_ + w.index()] = 1;
        }
      }
    }
    for (const TaskId a : instance.alone) {
      for (std::size_t t = 0; t < n_; ++t) exclude(a, TaskId{t});
    }
  }
  bool started(TaskId t) const { return contains(instance_.started, t); }
  bool manned(TaskId t) const { return !contains(instance_.unmanned, t); }
  bool excludes(TaskId a, TaskId b) const {
    return exclude_[a.index() * n_ + b.index()] && !(started(a) && started(b));
  }
  bool before(TaskId a, TaskId b) const { return before_[a.index() * n_ + b.index()]; }
  bool reaches(TaskId a, TaskId b) const {
    if (before(a, b)) return true;
    for (std::size_t t = 0; t < n_; ++t) {
      if (before(a, TaskId{t}) && reaches(TaskId{t}, b)) return true;
    }
    return false;
  }
  bool valid(const std::vector<Time>& start) const {
    Time end = 0;
    for (std::size_t t = 0; t < n_; ++t) {
      if (start[t] < -1 || (started(TaskId{t}) && start[t] > 0)) return false;
      if (start[t] >= 0) end = std::max(end, start[t] + instance_.duration[t]);
    }
    for (std::size_t a = 0; a < n_; ++a) {
      for (std::size_t b = 0; b < n_; ++b) {
        if (a == b || start[a] < 0 || start[b] < 0) continue;
        const bool both = started(TaskId{a}) && started(TaskId{b});
        if (before(TaskId{a}, TaskId{b}) && !both && start[a] + instance_.duration[a] > start[b]) return false;
        const bool overlap = start[a] < start[b] + instance_.duration[b] && start[b] < start[a] + instance_.duration[a];
        if (excludes(TaskId{a}, TaskId{b}) && overlap) return false;
      }
    }
    for (Time now = 0; now < end; ++now) {
      for (const Pool& pool : instance_.pools) {
        if (!fits(start, now, pool)) return false;
      }
      if (!instance_.agents) continue;
      Pool agents{*instance_.agents, {}};
      for (std::size_t t = 0; t < n_; ++t) {
        if (manned(TaskId{t})) agents.users.emplace_back(t);
      }
      if (!fits(start, now, agents)) return false;
    }
    return true;
  }

 private:
  void exclude(TaskId a, TaskId b) {
    if (a == b) return;
    exclude_[a.index() * n_ + b.index()] = exclude_[b.index() * n_ + a.index()] = 1;
  }
  bool fits(const std::vector<Time>& start, Time now, const Pool& pool) const {
    int used = 0;
    bool only_started = true;
    for (std::size_t i = 0; i < pool.users.size(); ++i) {
      const std::size_t t = pool.users[i].index();
      if (start[t] < 0 || start[t] > now || now >= start[t] + instance_.duration[t]) continue;
      used += pool.units.empty() ? 1 : pool.units[i];
      only_started = only_started && started(pool.users[i]);
    }
    return used <= pool.capacity || only_started;
  }
  const Instance& instance_;
  std::size_t n_;
  std::vector<char> before_, exclude_;
};

/// The least makespan, and among those the lexicographically least starts, by trying every order.
struct Best {
  Time makespan = 0;
  std::vector<Time> start;
};

class Exhaust {
 public:
  explicit Exhaust(const Instance& instance) : instance_(instance), slow_(instance), start_(instance.size(), -1) {
    for (const TaskId t : instance.started) start_[t.index()] = 0;
    best_.makespan = max_total_duration;
    go(0);
  }
  const Best& best() const { return best_; }

 private:
  void go(Time end) {
    if (end > best_.makespan) return;
    bool complete = true;
    for (std::size_t t = 0; t < instance_.size(); ++t) {
      if (start_[t] >= 0) continue;
      complete = false;
      Time at = 0;
      bool ready = true;
      for (std::size_t u = 0; u < instance_.size(); ++u) {
        if (slow_.before(TaskId{u}, TaskId{t})) ready = ready && start_[u] >= 0;
      }
      if (!ready) continue;
      for (;; ++at) {
        start_[t] = at;
        if (slow_.valid(start_)) break;
      }
      go(std::max(end, at + instance_.duration[t]));
      start_[t] = -1;
    }
    if (!complete) return;
    for (const TaskId t : instance_.started) end = std::max(end, instance_.duration[t.index()]);
    if (end < best_.makespan || (end == best_.makespan && start_ < best_.start)) best_ = {end, start_};
  }
  const Instance& instance_;
  Slow slow_;
  std::vector<Time> start_;
  Best best_;
};

}  // namespace graph::testing
