// Lazy clause generation, Ohrimenko, Stuckey and Codish, Propagation via lazy clause generation (2009): every bound
// that propagation moves keeps its reason, a conflict is resolved back to its first unique implication point (Zhang et
// al. 2001) and leaves a clause over bounds. Bounds of one variable subsume each other, so a clause holds at most one
// per side. The search itself is in clause_search.cpp.
#include "graph/clause_learning.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace graph {
namespace {
constexpr Time unneeded = std::numeric_limits<Time>::min();
}  // namespace

Index LearningSolver::new_variable(Time low, Time high) {
  const auto variable = static_cast<Index>(activity_.size());
  for (const Time bound : {low, -high}) {
    lower_.push_back(bound);
    root_.push_back(bound);
    last_.push_back(none);
    needed_.push_back(unneeded);
    edges_.emplace_back();
    conditional_.emplace_back();
    watches_.emplace_back();
  }
  listeners_.emplace_back();
  activity_.push_back(0);
  place_.push_back(none);
  is_order_.push_back(0);
  hint_.push_back(0);
  solution_.push_back(low);
  if (low > high) broken_ = true;
  return variable;
}

void LearningSolver::add_distance(Index from, Index to, Time distance, Literal when) {
  for (const auto& [a, b] : {std::pair(2 * from, 2 * to), std::pair(2 * to + 1, 2 * from + 1)}) {
    const Edge edge{a, b, when.bound, distance};
    edges_[a].push_back(edge);
    if (when.bound != none) {
      conditional_[when.bound].push_back(edge);
    } else if (!set({b, lower_[a] + distance}, {})) {
      broken_ = true;
    }
  }
}

void LearningSolver::add_propagator(std::unique_ptr<Propagator> propagator, std::span<const Index> variables) {
  for (const Index variable : variables) listeners_[variable].push_back(static_cast<Index>(propagators_.size()));
  propagators_.push_back(std::move(propagator));
}

void LearningSolver::decide_order(Index variable, bool hint) {
  is_order_[variable] = 1;
  hint_[variable] = hint;
  heap_insert(variable);
}

void LearningSolver::decide_start(Index variable) { starts_to_decide_.push_back(variable); }

bool LearningSolver::require(Literal literal) {
  backtrack(0);
  if (broken_) return false;
  if (!set(literal, {}) || !propagate()) broken_ = true;
  return !broken_;
}

bool LearningSolver::conclude(Literal literal, std::span<const Literal> why) {
  if (holds(literal)) return true;
  if (level() == 0) return set(literal, {});
  const auto first = static_cast<Index>(stored_.size());
  stored_.insert(stored_.end(), why.begin(), why.end());
  return set(literal, {Why::stored, first, static_cast<Index>(why.size()), 0});
}

bool LearningSolver::set(Literal literal, const Reason& reason) {
  if (holds(literal)) return true;
  if (fails(literal)) {
    conflict_.clear();
    explain(reason, literal, conflict_);
    conflict_.push_back(!literal);
    return false;
  }
  trail_.push_back({literal, lower_[literal.bound], last_[literal.bound], level(), reason});
  last_[literal.bound] = static_cast<Index>(trail_.size() - 1);
  lower_[literal.bound] = literal.value;
  if (level() == 0) root_[literal.bound] = literal.value;
  for (const Index propagator : listeners_[literal.bound / 2]) propagators_[propagator]->dirty = true;
  return true;
}

bool LearningSolver::propagate() {
  while (true) {
    for (; settled_ < trail_.size(); ++settled_) {
      const Index bound = trail_[settled_].now.bound;
      if (!propagate_distances(bound) || !propagate_clauses(bound)) return false;
    }
    const auto dirty = std::find_if(propagators_.begin(), propagators_.end(), [](const auto& p) { return p->dirty; });
    if (dirty == propagators_.end()) return true;
    (*dirty)->dirty = false;
    budget_.spend((*dirty)->cost());
    if (!(*dirty)->propagate(*this)) {
      (*dirty)->dirty = true;
      return false;
    }
  }
}

bool LearningSolver::propagate_distances(Index bound) {
  const auto& edges = edges_[bound];
  const auto& waiting = conditional_[bound];
  budget_.spend(1 + (edges.size() + waiting.size()) / 8);
  for (const Edge& edge : edges) {
    const Time least = lower_[bound] + edge.distance;
    if (edge.condition == none || holds(condition(edge.condition))) {
      if (!set({edge.to, least}, {Why::distance, bound, edge.condition, edge.distance})) return false;
    } else if (least + lower_[edge.to ^ 1U] > 0 && !fails(condition(edge.condition))) {
      const Literal why[] = {{bound, lower_[bound]}, {edge.to ^ 1U, 1 - least}};
      if (!conclude(!condition(edge.condition), why)) return false;
    }
  }
  if (waiting.empty() || !holds(condition(bound))) return true;
  for (const Edge& edge : waiting) {
    if (!set({edge.to, lower_[edge.from] + edge.distance}, {Why::distance, edge.from, bound, edge.distance}))
      return false;
  }
  return true;
}

bool LearningSolver::propagate_clauses(Index bound) {
  std::vector<Watch>& watches = watches_[bound];
  budget_.spend(watches.size() / 8);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    const Watch watch = watches[i];
    if (watch.threshold > lower_[bound] || holds(watch.other)) {
      watches[kept++] = watch;
      continue;
    }
    const Clause& clause = clauses_[watch.clause];
    Literal* const literal = &literals_[clause.first];
    const auto mine = [&](Literal l) { return (l.bound ^ 1U) == bound && 1 - l.value == watch.threshold; };
    if (mine(literal[0])) std::swap(literal[0], literal[1]);
    if (holds(literal[0])) {
      watches[kept++] = {watch.clause, watch.threshold, literal[0]};
      continue;
    }
    Index next = 2;
    while (next < clause.size && fails(literal[next])) ++next;
    if (next < clause.size) {
      std::swap(literal[1], literal[next]);
      watches_[literal[1].bound ^ 1U].push_back({watch.clause, 1 - literal[1].value, literal[0]});
      continue;
    }
    watches[kept++] = watch;
    if (set(literal[0], {Why::clause, watch.clause, 0, 0})) continue;
    while (++i < watches.size()) watches[kept++] = watches[i];
    watches.resize(kept);
    return false;
  }
  watches.resize(kept);
  return true;
}

void LearningSolver::explain(const Reason& reason, Literal literal, std::vector<Literal>& why) const {
  switch (reason.why) {
    case Why::decision:
      break;
    case Why::clause:
      for (Index i = 1; i < clauses_[reason.a].size; ++i) why.push_back(!literals_[clauses_[reason.a].first + i]);
      break;
    case Why::distance:
      why.push_back({reason.a, literal.value - reason.distance});
      if (reason.b != none) why.push_back(condition(reason.b));
      break;
    case Why::stored:
      why.insert(why.end(), stored_.begin() + reason.a, stored_.begin() + reason.a + reason.b);
      break;
  }
}

Index LearningSolver::origin(Literal literal) const {
  Index at = last_[literal.bound];
  while (trail_[at].previous >= literal.value) at = trail_[at].earlier;
  return at;
}

void LearningSolver::need(Literal literal) {
  if (root_[literal.bound] >= literal.value || needed_[literal.bound] >= literal.value) return;
  Time& old = needed_[literal.bound];
  const bool counted = old != unneeded && trail_[origin({literal.bound, old})].level == level();
  if (old == unneeded) touched_.push_back(literal.bound);
  old = literal.value;
  if (!counted && trail_[origin(literal)].level == level()) ++open_;
  bump(literal.bound / 2);
}

/// Whether a needed literal follows by its own reason from needed literals that became true before it.
bool LearningSolver::implied(Index at, Literal literal) {
  const Reason& reason = trail_[at].reason;
  if (reason.why == Why::decision) return false;
  scratch_.clear();
  explain(reason, literal, scratch_);
  return std::all_of(scratch_.begin(), scratch_.end(), [&](Literal l) {
    if (root_[l.bound] >= l.value) return true;
    const Time value = needed_[l.bound];
    return value != unneeded && value >= l.value && origin({l.bound, value}) < at;
  });
}

/// Adds the clause of the conflict and says to which level it leads back; its first literal is then forced.
Index LearningSolver::learn() {
  touched_.clear();
  open_ = 0;
  for (const Literal literal : conflict_) need(literal);
  std::vector<Literal> why;
  std::size_t at = trail_.size() - 1;
  for (;; --at) {
    const Literal now = trail_[at].now;
    const Time value = needed_[now.bound];
    if (value == unneeded || value <= trail_[at].previous) continue;
    if (open_ == 1) break;
    needed_[now.bound] = unneeded;
    --open_;
    why.clear();
    explain(trail_[at].reason, {now.bound, value}, why);
    for (const Literal literal : why) need(literal);
  }
  const Index asserting = trail_[at].now.bound;
  const auto first = static_cast<Index>(literals_.size());
  literals_.push_back(!Literal{asserting, needed_[asserting]});
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  std::vector<Index> levels;
  Index back = 0;
  for (const Index bound : touched_) {
    const Literal literal{bound, needed_[bound]};
    if (literal.value == unneeded || bound == asserting) continue;
    const Index from = origin(literal);
    if (implied(from, literal)) continue;
    literals_.push_back(!literal);
    levels.push_back(trail_[from].level);
    if (trail_[from].level > back) {
      back = trail_[from].level;
      std::swap(literals_[first + 1], literals_.back());
    }
  }
  for (const Index bound : touched_) needed_[bound] = unneeded;
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  const auto size = static_cast<Index>(literals_.size()) - first;
  clauses_.push_back({first, size, static_cast<Index>(levels.size())});
  return back;
}

}  // namespace graph
