#include "planner/report/change_words.h"

#include <algorithm>
#include <fmt/format.h>

#include "planner/proof.h"

namespace planner::report {
namespace {

using Kind = PlanChanges::Order::Kind;

/// "step 3", "45 min".
std::string moment(graph::Time time, Unit unit) {
  return unit == Unit::order ? fmt::format("step {}", time + 1) : amount(time, unit);
}

}  // namespace

std::string change_summary(const Plan& plan) {
  const PlanChanges& changes = *plan.changes;
  std::string out;
  const auto add = [&](std::size_t n, std::string_view what) {
    if (n > 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", n, what);
  };
  const auto orders = [&](Kind kind) {
    return static_cast<std::size_t>(std::count_if(changes.orders.begin(), changes.orders.end(),
                                                  [&](const auto& order) { return order.kind == kind; }));
  };
  const auto gained = static_cast<std::size_t>(
      std::count_if(changes.waits.begin(), changes.waits.end(), [](const auto& wait) { return wait.gained; }));
  add(orders(Kind::added), "added");
  add(orders(Kind::removed), "removed");
  add(orders(Kind::earlier), "earlier");
  add(orders(Kind::later), "later");
  add(orders(Kind::agent), "with another agent");
  add(gained, gained == 1 ? "wait gained" : "waits gained");
  add(changes.waits.size() - gained, changes.waits.size() - gained == 1 ? "wait lost" : "waits lost");
  if (out.empty()) out = "nothing";
  if (changes.turned > 0)
    out += fmt::format("; {} pair{} the other way round{}", changes.turned, changes.turned == 1 ? " goes" : "s go",
                       changes.least ? ", and no plan as short turns fewer" : "");
  else if (changes.least)
    out += "; no pair goes the other way round";
  if (changes.elapsed && *changes.elapsed > 0)
    out += fmt::format("; the earlier plan has come to {}", moment(*changes.elapsed, plan.unit));
  return out;
}

std::string change_words(const PlanChanges::Order& order, Unit unit) {
  switch (order.kind) {
    case Kind::added:
      return fmt::format("{} is added, at {}: {}", order.id, moment(*order.is, unit), order.reason);
    case Kind::removed:
      return fmt::format("{} is no longer planned: {}", order.id, order.reason);
    case Kind::earlier:
    case Kind::later:
      return fmt::format("{} starts {}, at {}: {}", order.id, order.kind == Kind::later ? "later" : "earlier",
                         moment(*order.is, unit), order.reason);
    case Kind::agent:
      return fmt::format("{} goes from agent {} to agent {}: {}", order.id, *order.agent_was, *order.agent_is,
                         order.reason);
  }
  return {};
}

std::string change_words(const PlanChanges::Wait& wait) {
  return fmt::format("{} {} {}: {}", wait.id, wait.gained ? "waits now for" : "waits no longer for", wait.after,
                     wait.reason);
}

}  // namespace planner::report
