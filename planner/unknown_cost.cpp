#include "planner/unknown_cost.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tuple>

#include "planner/constraints.h"
#include "planner/model.h"
#include "planner/proof.h"
#include "planner/replan.h"

namespace planner {
namespace {

constexpr std::size_t most_tried = 8;
constexpr std::size_t most_orders_tried = 2000;
constexpr std::size_t most_orders = 20'000;

struct Length {
  graph::Time makespan = 0;
  std::size_t waves = 0;
};

class Settler {
 public:
  Settler(const PlannedWith& plan, PlanOptions options) : plan_(plan), options_(std::move(options)) {
    options_.effort.steps /= 20;
  }

  std::optional<Finding> run() {
    const std::vector<Order>& list = plan_.orders.list;
    if (options_.unknown != UnknownScope::serial || list.size() > most_orders) return std::nullopt;
    for (std::size_t i = 0; i < list.size(); ++i)
      if (list[i].open() && !list[i].write) unknown_.emplace_back(i);
    if (unknown_.empty()) return std::nullopt;
    const Length all = without(unknown_);
    const std::size_t count = unknown_.size();
    const Order& first = list[unknown_.front().index()];
    Finding found{"unknown-cost", FindingSeverity::note, Certainty::inferred, first.id, "", first.where, {}};
    const bool proposed = std::all_of(unknown_.begin(), unknown_.end(), [&](OrderId id) { return is_proposed(id); });
    const std::string who = count == 1 ? fmt::format("{} has no accepted scope and runs alone", first.id)
                                       : fmt::format("{} work orders have no accepted scope and run alone", count);
    const graph::Time time = plan_.makespan - all.makespan;
    const auto waves = static_cast<std::int64_t>(plan_.waves) - static_cast<std::int64_t>(all.waves);
    if (time <= 0 && waves <= 0) {
      found.message = fmt::format("{}, which costs nothing: the plan would be no shorter", who);
      return found;
    }
    found.message =
        fmt::format("{}, which costs {}{} of {} and {} of {}", who, proposed ? "" : "up to ",
                    std::max<graph::Time>(time, 0), amount(plan_.makespan, plan_.unit),
                    std::max<std::int64_t>(waves, 0), counted_waves(static_cast<std::int64_t>(plan_.waves)));
    if (count > 1) settle_first(found, all);
    return found;
  }

 private:
  bool is_proposed(OrderId id) const { return !plan_.orders.list[id.index()].proposed.empty(); }

  static std::string counted_waves(std::int64_t count) {
    return fmt::format("{} wave{}", count, count == 1 ? "" : "s");
  }

  /// The plan with these orders settled.
  Length without(const std::vector<OrderId>& settled) const {
    Orders orders = plan_.orders;
    for (const OrderId id : settled) {
      Order& order = orders.list[id.index()];
      order.write = std::move(order.proposed);
      order.proposed.clear();
    }
    const Clashes clashes = find_clashes(orders, plan_.facts, options_.unknown);
    const Constraints constraints = constrain(orders, clashes, plan_.decisions, options_);
    const Model model = build_model(orders, constraints, options_, {});
    return {graph::solve_schedule(model.instance, options_.effort).makespan,
            static_cast<std::size_t>(waves_of(model, options_.effort, nullptr).count)};
  }

  /// What settling one saves, or, where none saves anything alone, what one costs once the others are settled.
  void settle_first(Finding& found, const Length& all) const {
    if (plan_.orders.list.size() > most_orders_tried) return;
    struct Gain {
      graph::Time makespan = 0;
      std::int64_t waves = 0;
      OrderId order;
      bool operator<(const Gain& other) const {  // the greater one, then the lesser id
        return std::tuple(makespan, waves, other.order) < std::tuple(other.makespan, other.waves, order);
      }
    };
    const std::size_t tried = std::min(most_tried, unknown_.size());
    std::vector<Gain> alone, last;
    for (std::size_t i = 0; i < tried; ++i) {
      const Length then = without({unknown_[i]});
      alone.push_back(
          {plan_.makespan - then.makespan, signed_size(plan_.waves) - signed_size(then.waves), unknown_[i]});
    }
    const bool helps =
        std::any_of(alone.begin(), alone.end(), [](const Gain& g) { return g.makespan > 0 || g.waves > 0; });
    for (std::size_t i = 0; i < tried && !helps; ++i) {
      std::vector<OrderId> others = unknown_;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      const Length then = without(others);
      last.push_back({then.makespan - all.makespan, signed_size(then.waves) - signed_size(all.waves), unknown_[i]});
    }
    const Gain best =
        helps ? *std::max_element(alone.begin(), alone.end()) : *std::max_element(last.begin(), last.end());
    if (best.makespan <= 0 && best.waves <= 0) return;
    const Order& order = plan_.orders.list[best.order.index()];
    found.work_order = order.id;
    found.where = order.where;
    const std::string how_much = best.makespan > 0 ? amount(best.makespan, plan_.unit) : counted_waves(best.waves);
    const char* most = is_proposed(best.order) ? "" : "up to ";
    found.message += helps ? fmt::format("; settle {} first, which saves {}{}", order.id, most, how_much)
                           : fmt::format(
                                 "; one alone saves nothing: settle {} first, which would be the dearest to leave "
                                 "({}{})",
                                 order.id, most, how_much);
    if (unknown_.size() > most_tried) found.message += fmt::format(", as the first {} were tried", most_tried);
  }

  static std::int64_t signed_size(std::size_t size) { return static_cast<std::int64_t>(size); }

  const PlannedWith& plan_;
  PlanOptions options_;
  std::vector<OrderId> unknown_;
};

}  // namespace

std::optional<Finding> unknown_cost(const PlannedWith& plan, const PlanOptions& options) {
  return Settler(plan, options).run();
}

}  // namespace planner
