// A genetic algorithm on activity lists (Hartmann, A competitive genetic algorithm for resource-constrained project
// scheduling, 1998) with forward-backward improvement of every child (Tormos and Lova 2001; Valls, Ballestin and
// Quintanilla 2008): push all to the right as late as they can go, then back to the left. One child costs three serial
// generations.
#include "graph/project_search.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "graph/bounds.h"
#include "graph/list_schedule.h"

namespace graph {
namespace {
constexpr std::size_t population_size = 40;
}

ProjectSearch::ProjectSearch(const Problem& problem, std::span<const Time> start)
    : problem_(problem), tail_(windows(problem).tail) {
  if (std::count(problem.started.begin(), problem.started.end(), 1) == 0) {
    mirror_ = problem;
    std::swap(mirror_.after, mirror_.before);
  }
  best_ = settled({start.begin(), start.end()});
  population_.push_back(best_);
}

void ProjectSearch::adopt(std::span<const Time> start) { insert(settled({start.begin(), start.end()})); }

/// Forward-backward improvement until it gains nothing.
ProjectSearch::Member ProjectSearch::settled(std::vector<Time> start) {
  Member result;
  result.start = left_shift(problem_, start);
  result.value = makespan(problem_, result.start);
  while (mirror_.tasks() > 0) {
    std::vector<Time> turned(problem_.tasks());
    const auto turn = [&](const std::vector<Time>& from, Time end) {
      for (std::size_t t = 0; t < turned.size(); ++t) turned[t] = end - from[t] - problem_.duration[t];
    };
    turn(result.start, result.value);
    const std::vector<Time> late = left_shift(mirror_, turned);
    turn(late, makespan(mirror_, late));
    std::vector<Time> early = left_shift(problem_, turned);
    const Time value = makespan(problem_, early);
    const bool better = value < result.value;
    if (value <= result.value) {
      result.start = std::move(early);
      result.value = value;
    }
    if (!better) break;
  }
  result.order.resize(problem_.tasks());
  std::iota(result.order.begin(), result.order.end(), 0U);
  std::stable_sort(result.order.begin(), result.order.end(),
                   [&](Index a, Index b) { return result.start[a] < result.start[b]; });
  return result;
}

void ProjectSearch::insert(Member member) {
  if (member.value < best_.value) {
    best_ = member;
    stale_ = 0;
  }
  for (const Member& known : population_) {
    if (known.value == member.value && known.start == member.start) return;
  }
  if (population_.size() < population_size) {
    population_.push_back(std::move(member));
    return;
  }
  const auto worst = std::max_element(population_.begin(), population_.end(),
                                      [](const Member& a, const Member& b) { return a.value < b.value; });
  if (member.value <= worst->value) *worst = std::move(member);
}

/// Two points: the middle from the father, the rest from the mother; precedence survives.
std::vector<Index> ProjectSearch::cross(const Member& mother, const Member& father) {
  const std::size_t size = problem_.tasks();
  std::size_t first = random_.below(size + 1), second = random_.below(size + 1);
  if (first > second) std::swap(first, second);
  std::vector<char> taken(size, 0);
  std::vector<Index> order;
  const auto take = [&](const std::vector<Index>& from, std::size_t until) {
    for (std::size_t i = 0; order.size() < until; ++i) {
      if (taken[from[i]]) continue;
      taken[from[i]] = 1;
      order.push_back(from[i]);
    }
  };
  take(mother.order, first);
  take(father.order, second);
  take(mother.order, size);
  for (std::size_t i = 0; i + 1 < size; ++i) {
    if (random_.below(20) != 0) continue;
    const auto after = problem_.after[order[i]];
    const auto reaches = [&](Index to) {
      if (to == order[i + 1]) return true;
      const auto next = problem_.after[to];
      return to >= problem_.tasks() && std::find(next.begin(), next.end(), order[i + 1]) != next.end();
    };
    if (std::none_of(after.begin(), after.end(), reaches)) std::swap(order[i], order[i + 1]);
  }
  return order;
}

void ProjectSearch::run(std::int64_t schedules, Time enough, Budget& budget) {
  constexpr std::int64_t patience = 3'000;
  const std::size_t size = problem_.tasks();
  std::vector<Time> key(size);
  for (; schedules > 0 && best_.value > enough && !budget.spent(); --schedules) {
    budget.spend(4 * size + size * (problem_.uses.items.size() + problem_.accesses.items.size()) / (size + 1));
    if (++stale_ > patience) {  // everybody is a cousin by now
      population_.assign(1, best_);
      stale_ = 0;
    }
    if (population_.size() < population_size) {
      for (std::size_t t = 0; t < size; ++t) {
        key[t] = tail_[t] * static_cast<Time>(70 + random_.below(61)) / 100;
      }
      insert(settled(list_schedule(problem_, key)));
      continue;
    }
    const auto pick = [&]() -> const Member& {
      const Member& a = population_[random_.below(population_size)];
      const Member& b = population_[random_.below(population_size)];
      return a.value <= b.value ? a : b;
    };
    const Member& mother = pick();
    const std::vector<Index> order = cross(mother, pick());
    for (std::size_t i = 0; i < size; ++i) key[order[i]] = static_cast<Time>(i);
    insert(settled(key));
  }
}

}  // namespace graph
