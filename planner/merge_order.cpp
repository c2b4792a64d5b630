#include "planner/merge_order.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace planner {
namespace {

constexpr std::size_t most_exact = 14;
constexpr int most_rounds = 32;

/// One number that compares as MergeCost does.
using Price = std::uint64_t;
Price price(const MergeCost& cost) { return Price{cost.repairs} << 32 | cost.looks; }
MergeCost cost_of(Price price) {
  return {static_cast<std::uint32_t>(price >> 32), static_cast<std::uint32_t>(price & 0xFFFFFFFF)};
}

struct Contended {
  std::vector<std::size_t> others;  // ascending
  bool repair = false;
};

class Ordering {
 public:
  Ordering(std::size_t branches, const std::vector<Contention>& contentions,
           const std::vector<std::pair<std::size_t, std::size_t>>& first)
      : places_(branches), before_(branches), group_(branches) {
    std::vector<std::map<std::string, Contended>> named(branches);
    std::iota(group_.begin(), group_.end(), 0);
    for (const Contention& c : contentions)
      for (const auto& [mine, other] : {std::pair(c.a, c.b), std::pair(c.b, c.a)}) {
        Contended& place = named[mine][c.what];
        place.others.push_back(other);
        place.repair = place.repair || c.repair;
        join(mine, other);
      }
    for (std::size_t i = 0; i < branches; ++i)
      for (auto& [what, place] : named[i]) {
        std::sort(place.others.begin(), place.others.end());
        place.others.erase(std::unique(place.others.begin(), place.others.end()), place.others.end());
        places_[i].push_back(std::move(place));
      }
    for (const auto& [a, b] : first) {
      before_[b].push_back(a);
      join(a, b);
    }
  }

  MergeOrder run() {
    std::map<std::size_t, std::vector<std::size_t>> components;
    for (std::size_t i = 0; i < places_.size(); ++i) components[root(i)].push_back(i);
    MergeOrder out;
    std::vector<std::vector<std::size_t>> lists;
    for (const auto& [root, members] : components) {
      lists.push_back(members.size() <= most_exact ? exactly(members) : roughly(members));
      if (members.size() > most_exact) out.exact = false;
    }
    // Independent of each other: the smallest first branch goes on.
    std::vector<std::size_t> next(lists.size(), 0);
    for (std::size_t left = places_.size(); left > 0; --left) {
      std::size_t best = lists.size();
      for (std::size_t i = 0; i < lists.size(); ++i)
        if (next[i] < lists[i].size() && (best == lists.size() || lists[i][next[i]] < lists[best][next[best]]))
          best = i;
      out.order.push_back(lists[best][next[best]++]);
    }
    std::vector<bool> merged(places_.size(), false);
    for (const std::size_t i : out.order) {
      out.costs.push_back(cost_of(paid(i, [&](std::size_t other) { return merged[other]; })));
      out.total.repairs += out.costs.back().repairs;
      out.total.looks += out.costs.back().looks;
      merged[i] = true;
    }
    return out;
  }

 private:
  std::size_t root(std::size_t i) {
    while (group_[i] != i) i = group_[i] = group_[group_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t x = root(a), y = root(b);
    group_[std::max(x, y)] = std::min(x, y);
  }

  template <class Merged>
  Price paid(std::size_t i, const Merged& merged) const {
    Price sum = 0;
    for (const Contended& place : places_[i])
      if (std::any_of(place.others.begin(), place.others.end(), merged))
        sum += place.repair ? price({1, 0}) : price({0, 1});
    return sum;
  }

  /// Least cost of what is still to come, for every set of branches that are merged already (Held and Karp, 1962).
  std::vector<std::size_t> exactly(const std::vector<std::size_t>& members) const {
    const std::size_t n = members.size();
    std::vector<std::uint32_t> needs(n, 0);
    std::map<std::size_t, std::size_t> position;
    for (std::size_t i = 0; i < n; ++i) position[members[i]] = i;
    struct Mask {
      std::uint32_t others;
      Price price;
    };
    std::vector<std::vector<Mask>> masks(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (const std::size_t other : before_[members[i]]) needs[i] |= 1U << position.at(other);
      for (const Contended& place : places_[members[i]]) {
        Mask mask{0, place.repair ? price({1, 0}) : price({0, 1})};
        for (const std::size_t other : place.others) mask.others |= 1U << position.at(other);
        masks[i].push_back(mask);
      }
    }
    const std::uint32_t all = (1U << n) - 1;
    constexpr Price never = ~Price{0};
    const auto step = [&](std::size_t i, std::uint32_t merged) {
      Price sum = 0;
      for (const Mask& mask : masks[i])
        if ((mask.others & merged) != 0) sum += mask.price;
      return sum;
    };
    const auto open = [&](std::size_t i, std::uint32_t merged) {
      return (merged >> i & 1U) == 0 && (needs[i] & ~merged) == 0;
    };
    std::vector<Price> rest(std::size_t{all} + 1, never);
    rest[all] = 0;
    for (std::uint32_t merged = all; merged-- > 0;)
      for (std::size_t i = 0; i < n; ++i)
        if (open(i, merged) && rest[merged | 1U << i] != never)
          rest[merged] = std::min(rest[merged], step(i, merged) + rest[merged | 1U << i]);
    std::vector<std::size_t> out;
    for (std::uint32_t merged = 0; merged != all;)
      for (std::size_t i = 0; i < n; ++i)
        if (open(i, merged) && rest[merged | 1U << i] != never &&
            step(i, merged) + rest[merged | 1U << i] == rest[merged]) {
          out.push_back(members[i]);
          merged |= 1U << i;
          break;
        }
    return out;
  }

  /// Who shares single places with many pays least at the end.
  std::vector<std::size_t> roughly(const std::vector<std::size_t>& members) const {
    std::map<std::size_t, std::size_t> saved;
    for (const std::size_t i : members)
      for (const Contended& place : places_[i]) saved[i] += place.others.size() - 1;
    std::vector<std::size_t> out, left = members;
    std::vector<bool> merged(places_.size(), false);
    const auto ready = [&](std::size_t i) {
      return std::all_of(before_[i].begin(), before_[i].end(), [&](std::size_t other) { return merged[other]; });
    };
    while (!left.empty()) {
      auto best = left.end();
      for (auto at = left.begin(); at != left.end(); ++at)
        if (ready(*at) && (best == left.end() || saved[*at] < saved[*best])) best = at;
      merged[*best] = true;
      out.push_back(*best);
      left.erase(best);
    }
    Price cost = total(out);
    for (int round = 0; round < most_rounds; ++round) {
      const Price then = cost;
      for (std::size_t from = 0; from < out.size(); ++from)
        for (std::size_t to = 0; to < out.size(); ++to) {
          std::vector<std::size_t> moved = out;
          moved.erase(moved.begin() + static_cast<std::ptrdiff_t>(from));
          moved.insert(moved.begin() + static_cast<std::ptrdiff_t>(to), out[from]);
          if (!allowed(moved)) continue;
          if (const Price less = total(moved); less < cost) {
            cost = less;
            out = std::move(moved);
          }
        }
      if (cost == then) break;
    }
    return out;
  }

  Price total(const std::vector<std::size_t>& order) const {
    std::vector<bool> merged(places_.size(), false);
    Price sum = 0;
    for (const std::size_t i : order) {
      sum += paid(i, [&](std::size_t other) { return merged[other]; });
      merged[i] = true;
    }
    return sum;
  }

  bool allowed(const std::vector<std::size_t>& order) const {
    std::vector<bool> merged(places_.size(), false);
    for (const std::size_t i : order) {
      for (const std::size_t other : before_[i])
        if (!merged[other]) return false;
      merged[i] = true;
    }
    return true;
  }

  std::vector<std::vector<Contended>> places_;    // of each branch
  std::vector<std::vector<std::size_t>> before_;  // of each branch: who has to be merged first
  std::vector<std::size_t> group_;                // union-find
};

}  // namespace

MergeOrder merge_order(std::size_t branches, const std::vector<Contention>& contentions,
                       const std::vector<std::pair<std::size_t, std::size_t>>& first) {
  return Ordering(branches, contentions, first).run();
}

}  // namespace planner
