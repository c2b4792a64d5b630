// The search of the clause learning core: decisions by activity (VSIDS, Moskewicz et al., Chaff, 2001) in integers,
// truth values as in the last solution, Luby restarts, and clauses forgotten by the number of levels they came from
// (Audemard and Simon 2009). Starts are decided smallest first and by activity in turns, as Schutt et al. (2011) do for
// projects.
#include <algorithm>
#include <utility>

#include "graph/clause_learning.h"

namespace graph {
namespace {

/// 1 1 2 1 1 2 4 ...
std::int64_t luby(std::int64_t i) {
  std::int64_t size = 1, power = 1;
  while (size < i + 1) {
    size = 2 * size + 1;
    power *= 2;
  }
  while (size - 1 != i) {
    size = (size - 1) / 2;
    power /= 2;
    i %= size;
  }
  return power;
}

}  // namespace

void LearningSolver::backtrack(Index target) {
  if (level() <= target) return;
  while (trail_.size() > starts_[target]) {
    const Entry& entry = trail_.back();
    const Index variable = entry.now.bound / 2;
    lower_[entry.now.bound] = entry.previous;
    last_[entry.now.bound] = entry.earlier;
    if (is_order_[variable]) heap_insert(variable);
    trail_.pop_back();
  }
  settled_ = trail_.size();
  stored_.resize(stored_starts_[target]);
  starts_.resize(target);
  stored_starts_.resize(target);
  for (auto& propagator : propagators_) propagator->dirty = true;
}

void LearningSolver::watch(Index c) {
  const Clause& clause = clauses_[c];
  if (clause.size < 2) return;
  const Literal a = literals_[clause.first], b = literals_[clause.first + 1];
  watches_[a.bound ^ 1U].push_back({c, 1 - a.value, b});
  watches_[b.bound ^ 1U].push_back({c, 1 - b.value, a});
}

/// Forgets half of the clauses, those from many levels first. REQUIRES: level 0, settled.
void LearningSolver::reduce() {
  if (clauses_.size() < most_learned_) return;
  std::vector<Index> order;
  for (Index c = 0; c < clauses_.size(); ++c) {
    const auto first = literals_.begin() + clauses_[c].first;
    if (std::none_of(first, first + clauses_[c].size, [&](Literal l) { return holds(l); })) order.push_back(c);
  }
  std::sort(order.begin(), order.end(), [&](Index a, Index b) {
    return clauses_[a].spread != clauses_[b].spread ? clauses_[a].spread < clauses_[b].spread : a > b;
  });
  std::size_t keep = order.size() / 2;
  while (keep < order.size() && clauses_[order[keep]].spread <= 2) ++keep;
  order.resize(keep);
  std::sort(order.begin(), order.end());
  std::vector<Clause> clauses;
  std::vector<Literal> literals;
  for (const Index c : order) {
    Clause clause = clauses_[c];
    const auto first = literals_.begin() + clause.first;
    clause.first = static_cast<Index>(literals.size());
    std::copy_if(first, first + clause.size, std::back_inserter(literals), [&](Literal l) { return !fails(l); });
    clause.size = static_cast<Index>(literals.size()) - clause.first;
    clauses.push_back(clause);
  }
  clauses_ = std::move(clauses);
  literals_ = std::move(literals);
  for (auto& list : watches_) list.clear();
  for (Index c = 0; c < clauses_.size(); ++c) watch(c);
  trail_.clear();
  stored_.clear();
  settled_ = 0;
  std::fill(last_.begin(), last_.end(), none);
  most_learned_ += 500;
}

LearningSolver::Outcome LearningSolver::solve(Literal assumption, std::int64_t conflicts) {
  std::int64_t restarts = 0, until_restart = 100 * luby(0);
  backtrack(0);
  if (!broken_ && !propagate()) broken_ = true;
  while (!broken_) {
    if (!propagate()) {
      Index highest = 0;
      for (const Literal literal : conflict_) {
        if (root_[literal.bound] < literal.value) highest = std::max(highest, trail_[origin(literal)].level);
      }
      backtrack(highest);
      if (highest == 0) break;
      if (highest == 1) {
        require(!assumption);
        return Outcome::impossible;
      }
      const Index back = learn();
      const auto learned = static_cast<Index>(clauses_.size() - 1);
      backtrack(back);
      watch(learned);
      if (!set(literals_[clauses_[learned].first], {Why::clause, learned, 0, 0})) break;
      budget_.spend(10);
      bump_ += bump_ / 20;
      --until_restart;
      if (--conflicts < 0 || budget_.spent()) {
        backtrack(0);
        return Outcome::exhausted;
      }
      continue;
    }
    if (until_restart <= 0) {
      backtrack(0);
      if (!propagate()) break;
      reduce();
      until_restart = 100 * luby(++restarts);
      by_time_ = !by_time_;
    }
    if (level() == 0) {
      if (fails(assumption)) return Outcome::impossible;
      starts_.push_back(static_cast<Index>(trail_.size()));
      stored_starts_.push_back(static_cast<Index>(stored_.size()));
      set(assumption, {});
      continue;
    }
    if (budget_.spent()) {
      backtrack(0);
      return Outcome::exhausted;
    }
    if (decide()) continue;
    for (std::size_t x = 0; x < solution_.size(); ++x) {
      solution_[x] = lower_[2 * x];
      hint_[x] = lower_[2 * x] > 0;
    }
    backtrack(0);
    return Outcome::solution;
  }
  broken_ = true;
  return Outcome::impossible;
}

/// Opens a level with the next decision; false if nothing is open.
bool LearningSolver::decide() {
  Index start = none;
  for (const Index x : starts_to_decide_) {
    if (low(x) == high(x)) continue;
    if (start == none || (by_time_ ? low(x) < low(start) : activity_[x] > activity_[start])) start = x;
  }
  while (!heap_.empty() && low(heap_[0]) == high(heap_[0])) {
    const Index gone = heap_[0];
    place_[gone] = none;
    heap_[0] = heap_.back();
    heap_.pop_back();
    if (heap_.empty()) break;
    if (heap_[0] != gone) {
      place_[heap_[0]] = 0;
      heap_down(0);
    }
  }
  Literal decision{};
  const bool order_first = !heap_.empty() && (start == none || (!by_time_ && activity_[heap_[0]] >= activity_[start]));
  if (order_first) {
    decision = hint_[heap_[0]] ? at_least(heap_[0], 1) : at_most(heap_[0], 0);
  } else if (start != none) {
    decision = at_most(start, low(start));
  } else {
    return false;
  }
  starts_.push_back(static_cast<Index>(trail_.size()));
  stored_starts_.push_back(static_cast<Index>(stored_.size()));
  return set(decision, {});
}

void LearningSolver::bump(Index variable) {
  activity_[variable] += bump_;
  if (activity_[variable] > std::uint64_t{1} << 60 || bump_ > std::uint64_t{1} << 58) {
    for (auto& value : activity_) value >>= 40;
    bump_ = std::max<std::uint64_t>(bump_ >> 40, 1024);
  }
  if (place_[variable] != none) heap_up(place_[variable]);
}

void LearningSolver::heap_insert(Index variable) {
  if (place_[variable] != none) return;
  place_[variable] = static_cast<Index>(heap_.size());
  heap_.push_back(variable);
  heap_up(heap_.size() - 1);
}

void LearningSolver::heap_up(std::size_t at) {
  const Index variable = heap_[at];
  const auto before = [&](Index a, Index b) {
    return activity_[a] != activity_[b] ? activity_[a] > activity_[b] : a < b;
  };
  while (at > 0 && before(variable, heap_[(at - 1) / 2])) {
    heap_[at] = heap_[(at - 1) / 2];
    place_[heap_[at]] = static_cast<Index>(at);
    at = (at - 1) / 2;
  }
  heap_[at] = variable;
  place_[variable] = static_cast<Index>(at);
}

void LearningSolver::heap_down(std::size_t at) {
  const Index variable = heap_[at];
  const auto before = [&](Index a, Index b) {
    return activity_[a] != activity_[b] ? activity_[a] > activity_[b] : a < b;
  };
  while (2 * at + 1 < heap_.size()) {
    std::size_t child = 2 * at + 1;
    if (child + 1 < heap_.size() && before(heap_[child + 1], heap_[child])) ++child;
    if (!before(heap_[child], variable)) break;
    heap_[at] = heap_[child];
    place_[heap_[at]] = static_cast<Index>(at);
    at = child;
  }
  heap_[at] = variable;
  place_[variable] = static_cast<Index>(at);
}

}  // namespace graph
