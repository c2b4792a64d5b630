// A search core over bounded integers that learns a clause from every conflict.
//
// A literal is a bound on a variable: `lower[bound] >= value`, where variable x has the two bounds 2x (of x) and 2x+1
// (of -x). Its negation is again a literal, so clauses over starts, orders and the makespan need no encoding.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/budget.h"
#include "graph/problem.h"

namespace graph {

struct Literal {
  Index bound;
  Time value;
};
constexpr Literal at_least(Index variable, Time value) { return {2 * variable, value}; }
constexpr Literal at_most(Index variable, Time value) { return {2 * variable + 1, -value}; }
constexpr Literal operator!(Literal literal) { return {literal.bound ^ 1U, 1 - literal.value}; }

class LearningSolver;

/// A constraint that looks at many variables at once; it runs when everything else has settled.
class Propagator {
 public:
  virtual ~Propagator() = default;
  /// False after a conflict.
  virtual bool propagate(LearningSolver&) = 0;
  /// Steps that one run is worth.
  virtual std::size_t cost() const = 0;
  bool dirty = true;
};

class LearningSolver {
 public:
  enum class Outcome { solution, impossible, exhausted };

  explicit LearningSolver(Budget& budget) : budget_(budget) {}

  Index new_variable(Time low, Time high);
  /// If `condition` holds (`always`: it does): to >= from + distance. REQUIRES: no decision made yet.
  static constexpr Literal always{~Index{0}, 0};
  void add_distance(Index from, Index to, Time distance, Literal condition = always);
  void add_propagator(std::unique_ptr<Propagator>, std::span<const Index> variables);
  /// Variables to decide: truth values by activity (first try: `hint`), the others smallest bound first.
  void decide_order(Index variable, bool hint);
  void decide_start(Index variable);
  /// What to try first for a truth value from now on.
  void hint(Index variable, bool value) { hint_[variable] = value; }

  /// Makes a literal true for good; false if that is impossible.
  bool require(Literal);
  /// Searches for an assignment under which the assumption holds, until `conflicts` of them or the steps are used up.
  /// After `impossible` the assumption is refuted for good. After `solution` the low ends of all variables are one.
  Outcome solve(Literal assumption, std::int64_t conflicts);
  /// The low end of a variable in the last solution.
  Time value(Index variable) const { return solution_[variable]; }
  Time root_low(Index variable) const { return root_[2 * variable]; }

  // For propagators.
  Time low(Index variable) const { return lower_[2 * variable]; }
  Time high(Index variable) const { return -lower_[2 * variable + 1]; }
  bool holds(Literal l) const { return lower_[l.bound] >= l.value; }
  /// Concludes a literal from others that hold; false after a conflict.
  bool conclude(Literal, std::span<const Literal> why);

 private:
  enum class Why : std::uint8_t { decision, clause, distance, stored };
  struct Reason {
    Why why = Why::decision;
    Index a = 0, b = 0;  ///< clause; or (source bound, condition's bound); or (first, count) in stored_
    Time distance = 0;
  };
  struct Entry {
    Literal now;
    Time previous;
    Index earlier;  ///< previous entry of the same bound
    Index level;
    Reason reason;
  };
  struct Edge {
    Index from, to, condition;  ///< bounds
    Time distance;
  };
  struct Watch {
    Index clause;
    Time threshold;
    Literal other;
  };
  struct Clause {
    Index first, size, spread;  ///< spread: how many levels its literals came from
  };
  static constexpr Index none = ~Index{0};

  bool fails(Literal l) const { return holds(!l); }
  static Literal condition(Index bound) { return {bound, bound % 2 == 0 ? 1 : 0}; }
  Index level() const { return static_cast<Index>(starts_.size()); }

  bool set(Literal, const Reason&);
  bool propagate();
  bool propagate_distances(Index bound);
  bool propagate_clauses(Index bound);
  void explain(const Reason&, Literal, std::vector<Literal>& why) const;
  Index origin(Literal) const;  ///< the entry that made it true
  void need(Literal);
  bool implied(Index entry, Literal);
  Index learn();
  void backtrack(Index level);
  void watch(Index clause);
  void reduce();
  bool decide();
  void bump(Index variable);
  void heap_up(std::size_t), heap_down(std::size_t), heap_insert(Index);

  Budget& budget_;
  std::vector<Time> lower_, root_;
  std::vector<Index> last_;  ///< latest entry per bound
  std::vector<Entry> trail_;
  std::vector<Index> starts_, stored_starts_;  ///< per level
  std::size_t settled_ = 0;
  std::vector<Literal> stored_, conflict_, scratch_;
  std::vector<std::vector<Edge>> edges_, conditional_;
  std::vector<std::vector<Watch>> watches_;
  std::vector<Clause> clauses_;
  std::vector<Literal> literals_;
  std::vector<std::unique_ptr<Propagator>> propagators_;
  std::vector<std::vector<Index>> listeners_;
  std::vector<Time> needed_, solution_;
  std::vector<Index> touched_;
  std::size_t open_ = 0;
  std::vector<std::uint64_t> activity_;
  std::uint64_t bump_ = 1024;
  std::vector<Index> heap_, place_;
  std::vector<char> is_order_, hint_;
  std::vector<Index> starts_to_decide_;
  bool by_time_ = true;
  bool broken_ = false;
  std::size_t most_learned_ = 4000;
};

}  // namespace graph
