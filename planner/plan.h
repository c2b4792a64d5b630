// The plan: what may start when, who waits for whom, and why nothing better exists.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/answer.h"
#include "planner/conflicts.h"

namespace planner {

/// How hard to search before the best plan found so far will do. Counted in steps, never in seconds: see steps_of.
enum class EffortLevel { fast, normal, thorough };
std::string_view to_string(EffortLevel);

/// Steps that each search may take. Normal: a plan nobody wants to wait for, a second at most where people plan, and
/// enough to prove it there; thorough: minutes; fast: a tenth of a second.
constexpr std::int64_t steps_of(EffortLevel level) {
  return level == EffortLevel::fast ? 500'000 : level == EffortLevel::normal ? 5'000'000 : 500'000'000;
}

struct PlanOptions {
  std::optional<int> agents;  ///< nullopt: as many as it takes
  parsers::Isolation isolation = parsers::Isolation::shared;
  UnknownScope unknown = UnknownScope::serial;
  EffortLevel level = EffortLevel::normal;                ///< as asked for; `effort` is what is done
  graph::Effort effort{steps_of(EffortLevel::normal)};    ///< its `stop` is the clock of the time limit
  std::optional<std::int64_t> time_limit = std::nullopt;  ///< seconds, as asked for
  Inference infer = Inference::hints;
  bool stack = false;  ///< successors of orders in review start from their branches (planner/stack.h)
  std::set<std::pair<OrderId, OrderId>> contained = {};  ///< (inner, outer): outer's branch has all of inner's
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
  std::vector<OrderId> after;   ///< direct predecessors in the reduced order, ascending
  std::optional<OrderId> from;  ///< starts from the branch of this order, which is in review or comes before
};

struct Proof {
  graph::Time value = 0, lower_bound = 0;
  bool optimal = false;
  graph::Reason reason = graph::Reason::none;
  std::vector<OrderId> work_orders;
  std::string text;
};

/// What would shorten a plan most (planner/shorten.h).
struct Shorter {
  enum class Kind { split, decision, agents, pool, none };
  Kind kind = Kind::none;
  std::string what;                           ///< the resource, the number of agents, the pool
  OrderId between[2];                         ///< decision
  std::string choose;                         ///< decision
  graph::Time makespan = 0, lower_bound = 0;  ///< then
  std::string text;
};
std::string_view to_string(Shorter::Kind);

struct Reasoned {
  OrderId order;
  std::string reason;
};

/// What a plan that goes on from an earlier one does differently. Times are compared from the moment the earlier plan
/// has come to: the latest start or end in it of an order that has begun or ended since.
struct PlanChanges {
  struct Order {
    enum class Kind { added, removed, earlier, later, agent };
    std::string id;
    Kind kind = Kind::added;
    std::optional<graph::Time> was, is;      ///< start; `was` as the earlier plan said it
    std::optional<int> agent_was, agent_is;  ///< none: it takes none, or is not planned
    std::string reason;
  };
  struct Wait {
    std::string id, after;
    bool gained = false;  ///< else lost
    std::string reason;
  };
  std::string input_digest;            ///< of the earlier plan
  std::optional<graph::Time> elapsed;  ///< in the unit of the plan; nullopt: the units cannot be compared
  std::size_t turned = 0;              ///< pairs that exclude each other and go the other way round
  bool least = true;                   ///< proved: no plan as short turns fewer
  std::vector<Order> orders;           ///< by id
  std::vector<Wait> waits;             ///< by id, then by what it waits for
};
std::string_view to_string(PlanChanges::Order::Kind);

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
  std::optional<Shorter> shorter;  ///< nullopt: not known
  std::vector<Finding> findings;
  std::optional<PlanChanges> changes;  ///< when it goes on from an earlier plan
  bool cut_short = false;  ///< the time limit passed before the steps were used up: another run may say more
};

struct EarlierPlan;

/// A plan that planner/check has accepted, starting again from the orders. Only make_plan builds one.
class CheckedPlan {
 public:
  const Plan& operator*() const { return plan_; }
  const Plan* operator->() const { return &plan_; }

 private:
  explicit CheckedPlan(Plan plan) : plan_(std::move(plan)) {}
  friend CheckedPlan make_plan(const Orders&, const Facts&, const PlanOptions&, const EarlierPlan*);
  Plan plan_;
};

/// Throws std::logic_error when the check rejects the plan: that is a bug, and no plan leaves the program then.
/// With an earlier plan (planner/replan.h) it changes that as little as it can: first feasible, then as short as a
/// fresh plan, then the fewest pairs the other way round.
CheckedPlan make_plan(const Orders&, const Facts&, const PlanOptions&, const EarlierPlan* = nullptr);

/// SHA-256 in hex of everything a plan depends on but the base: scopes, dependencies, status, decisions, configuration.
/// Independent of the order of files and of lines.
std::string input_digest(const Orders&);

/// Eight hex digits over the scopes of both orders: what a decision about them was based on.
std::string pair_digest(const Order&, const Order&);

}  // namespace planner
