// The plan: what may start when, who waits for whom, and why nothing better exists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/answer.h"
#include "planner/conflicts.h"

namespace planner {

/// Steps of a plan nobody wants to wait for: a second at most where people plan, and enough to prove it there.
inline constexpr graph::Effort default_effort{5'000'000};

struct PlanOptions {
  std::optional<int> agents;  ///< nullopt: as many as it takes
  parsers::Isolation isolation = parsers::Isolation::shared;
  UnknownScope unknown = UnknownScope::serial;
  graph::Effort effort = default_effort;
  Inference infer = Inference::hints;
};

/// From best to worst; a plan has the worst that applies.
enum class Verdict { clean, sequenced, unknown, decision_needed };
std::string_view to_string(Verdict);

enum class Unit { order, minute, second };

/// One answer to an open decision and the makespan of the plan it leads to.
struct Choice {
  std::string choose;                   ///< "first:ID", "drop:ID", "together"
  std::optional<graph::Time> makespan;  ///< nullopt: one of too many open decisions, not computed
};

struct DecisionNeeded {
  OrderId between[2];
  ConflictKind kind = ConflictKind::orphaned_work;
  std::string digest;  ///< of both scopes: an answer that carries it is void once they change
  std::vector<Choice> choices;
};

struct Start {
  OrderId order;
  std::optional<int> agent;  ///< from 1; none for orders in review
  graph::Time start = 0, end = 0;
  std::vector<OrderId> after;  ///< direct predecessors in the reduced order, ascending
};

struct Proof {
  graph::Time value = 0, lower_bound = 0;
  bool optimal = false;
  graph::Reason reason = graph::Reason::none;
  std::vector<OrderId> work_orders;
  std::string text;
};

struct Reasoned {
  OrderId order;
  std::string reason;
};

struct Plan {
  Verdict verdict = Verdict::clean;
  PlanOptions options;
  std::string base;
  std::string input_digest;
  std::vector<Conflict> conflicts;  ///< ordered by (between, kind)
  std::vector<Hub> hubs;
  std::vector<DecisionNeeded> decisions_needed;
  std::vector<std::vector<OrderId>> lanes;
  std::vector<std::vector<OrderId>> waves;
  Unit unit = Unit::order;
  graph::Time makespan = 0;
  std::vector<Start> starts;  ///< ordered by (start, order)
  std::vector<OrderId> merge_order;
  std::vector<OrderId> ready;
  std::vector<Reasoned> held;
  std::vector<Reasoned> unplanned;
  Proof waves_proof, makespan_proof;
  std::vector<Finding> findings;
};

/// A plan that planner/check has accepted, starting again from the orders. Only make_plan builds one.
class CheckedPlan {
 public:
  const Plan& operator*() const { return plan_; }
  const Plan* operator->() const { return &plan_; }

 private:
  explicit CheckedPlan(Plan plan) : plan_(std::move(plan)) {}
  friend CheckedPlan make_plan(const Orders&, const Facts&, const PlanOptions&);
  Plan plan_;
};

/// Throws std::logic_error when the check rejects the plan: that is a bug, and no plan leaves the program then.
CheckedPlan make_plan(const Orders&, const Facts&, const PlanOptions&);

/// SHA-256 in hex of everything a plan depends on but the base: scopes, dependencies, status, decisions, configuration.
/// Independent of the order of files and of lines.
std::string input_digest(const Orders&);

/// Eight hex digits over the scopes of both orders: what a decision about them was based on.
std::string pair_digest(const Order&, const Order&);

}  // namespace planner
