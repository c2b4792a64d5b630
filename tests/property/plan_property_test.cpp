// Random work orders with everything in them: every plan passes its own check (make_plan throws otherwise), does not
// depend on the order of the input, and no broken copy of it is accepted.
#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "planner/check.h"
#include "tests/support/orders.h"

namespace {

using planner::CheckedPlan;
using planner::Orders;
using planner::Plan;

using Random = std::mt19937;

std::string pick(Random& random, std::initializer_list<const char*> choices) {
  return *(choices.begin() + random() % choices.size());
}

std::string random_entry(Random& random, bool write) {
  const std::string path = pick(random, {"a", "b", "c/d", "c/e", "c/", "**", "c/*", "[ab]", "f::X", "f::X.y", "f::Z",
                                         "f", "log.md", ".ci/w", "lock"});
  const std::string quoted = '"' + path + '"';
  if (!write) return random() % 4 ? quoted : "{path: " + quoted + ", tolerates_writes: true}";
  switch (random() % 9) {
    case 0:
      return "{path: " + quoted + ", intent: delete}";
    case 1:
      return path.find_first_of("*[") == std::string::npos && path.back() != '/' && path.find("::") == std::string::npos
                 ? "{path: " + quoted + ", intent: rename, to: g}"
                 : quoted;
    case 2:
      return "{path: " + quoted + ", intent: create}";
    case 3:
      return "{path: " + quoted + ", intent: append}";
    default:
      return quoted;
  }
}

std::string random_list(Random& random, std::size_t most, bool write) {
  std::string out;
  for (auto n = random() % (most + 1); n > 0; --n) out += (out.empty() ? "" : ", ") + random_entry(random, write);
  return "[" + out + "]";
}

std::vector<std::string> random_orders(Random& random) {
  std::vector<std::string> out;
  const std::size_t n = random() % 8 + 1;
  const auto other = [&](std::size_t i) { return std::string(1, static_cast<char>('A' + (i + 1 + random() % n) % n)); };
  for (std::size_t i = 0; i < n; ++i) {
    std::string order = "  - {id: " + std::string(1, static_cast<char>('A' + i));
    if (random() % 8) order += ", write: " + random_list(random, 2, true);
    if (random() % 2) order += ", read: " + random_list(random, 2, false);
    if (random() % 4 == 0 && n > 1 && other(i)[0] != static_cast<char>('A' + i)) {
      const std::string o = other(i);
      if (o[0] != static_cast<char>('A' + i)) order += ", depends_on: [" + o + "]";
    }
    if (random() % 8 == 0) order += ", depends_on: [\"path:c/d\"]";
    if (random() % 6 == 0) order += ", resources: [" + pick(random, {"gpu", "db", "{name: db, mode: shared}"}) + "]";
    if (random() % 10 == 0) order += ", keys: [k]";
    if (random() % 10 == 0) order += ", exploration: e";
    if (random() % 5 == 0) order += ", priority: " + std::to_string(random() % 3 + 1);
    if (random() % 3 == 0) order += ", estimate: " + pick(random, {"5m", "90s", "1h", "10m"});
    if (random() % 8 == 0) order += ", status: " + pick(random, {"running", "review", "done", "failed"});
    if (std::count(order.begin(), order.end(), ':') && order.find("depends_on") != order.rfind("depends_on"))
      order = order.substr(0, order.rfind(", depends_on"));
    out.push_back(order + "}\n");
  }
  return out;
}

std::string document(const std::vector<std::string>& orders, const std::string& decisions) {
  std::string out = "work_orders:\n";
  for (const std::string& order : orders) out += order;
  return out + decisions;
}

const std::string config = "classes: {append: [log.md], regenerate: [lock], barrier: [\".ci/**\"]}\npools: {gpu: 1}\n";

std::string summary(const Orders& orders, const Plan& plan) {
  std::string out = std::string(to_string(plan.verdict)) + "\n" + test::conflicts(orders, plan.conflicts) +
                    test::groups(orders, plan.lanes) + "\n" + test::groups(orders, plan.waves) + "\n";
  for (const planner::Start& s : plan.starts)
    out += test::name(orders, s.order) + " " + std::to_string(s.start) + "-" + std::to_string(s.end) + " " +
           std::to_string(s.agent.value_or(0)) + " after " + test::groups(orders, {s.after}) + "\n";
  return out + test::groups(orders, {plan.ready}) + "\n" + plan.input_digest + plan.waves_proof.text +
         plan.makespan_proof.text;
}

TEST(PlanProperty, StackingIsSoundAndNeverCostsTime) {
  Random random(5);
  std::size_t stacked = 0;
  for (int round = 0; round < 700; ++round) {
    std::vector<std::string> lines = random_orders(random);
    for (std::string& line : lines)
      if (random() % 3 == 0 && line.find("status") == std::string::npos)
        line.replace(line.rfind('}'), 1, ", status: review}");
    const std::string text = document(lines, "");
    SCOPED_TRACE(text);
    const Orders orders = test::orders(text, config);
    planner::PlanOptions options;
    if (random() % 3 == 0) options.agents = static_cast<int>(random() % 3 + 1);
    if (random() % 3 == 0) options.isolation = parsers::Isolation::worktree;
    const CheckedPlan waiting = planner::make_plan(orders, {}, options);
    options.stack = true;
    for (std::size_t a = 0; a < orders.list.size(); ++a)
      for (std::size_t b = a + 1; b < orders.list.size(); ++b)
        if (random() % 3 == 0) options.contained.emplace(planner::OrderId(a), planner::OrderId(b));
    std::optional<CheckedPlan> plan;
    ASSERT_NO_THROW(plan = planner::make_plan(orders, {}, options));  // it throws when its check rejects it
    EXPECT_LE((*plan)->makespan, waiting->makespan);
    for (const planner::Start& start : (*plan)->starts) stacked += start.from ? 1 : 0;

    // Without the branch it stands on, nobody may pass an order in review.
    for (std::size_t i = 0; i < (*plan)->starts.size(); ++i) {
      planner::Plan broken = **plan;
      if (!broken.starts[i].from || options.isolation == parsers::Isolation::worktree) continue;
      const auto base = std::find_if(broken.starts.begin(), broken.starts.end(),
                                     [&](const planner::Start& s) { return s.order == *broken.starts[i].from; });
      const bool meanwhile = base->end > broken.starts[i].start;  // else it comes after it anyway
      if (!meanwhile) continue;
      broken.starts[i].from = std::nullopt;
      EXPECT_TRUE(planner::check(orders, {}, broken)) << test::name(orders, broken.starts[i].order);
    }
  }
  EXPECT_GT(stacked, 100U);
}

TEST(PlanProperty, EveryPlanIsAcceptedAndIndependentOfInputOrder) {
  Random random(3);
  for (int round = 0; round < 1500; ++round) {
    std::vector<std::string> lines = random_orders(random);
    std::string decisions;
    if (lines.size() > 1 && random() % 3 == 0)
      decisions = "decisions:\n  - {between: [A, B], choose: \"" +
                  pick(random, {"first:A", "first:B", "drop:A", "together"}) + "\"}\n";
    const std::string text = document(lines, decisions);
    SCOPED_TRACE(text);
    const Orders orders = test::orders(text, config);
    planner::PlanOptions options;
    if (random() % 3 == 0) options.agents = static_cast<int>(random() % 3 + 1);
    if (random() % 3 == 0) options.isolation = parsers::Isolation::worktree;
    options.unknown = static_cast<planner::UnknownScope>(random() % 3);
    std::optional<CheckedPlan> made;
    ASSERT_NO_THROW(made = planner::make_plan(orders, {}, options));  // it throws when its check rejects it
    const CheckedPlan& plan = *made;
    EXPECT_LE(plan->waves_proof.lower_bound, plan->waves_proof.value);
    EXPECT_TRUE(plan->waves_proof.optimal) << plan->waves_proof.text;
    EXPECT_TRUE(plan->makespan_proof.optimal) << plan->makespan_proof.text;

    std::shuffle(lines.begin(), lines.end(), random);
    const Orders shuffled = test::orders(document(lines, decisions), config);
    EXPECT_EQ(summary(orders, *plan), summary(shuffled, *planner::make_plan(shuffled, {}, options)));
  }
}

/// Breaks a copy in one way that is certain to violate a rule; false: this plan offers no such place.
bool mutate(Plan& plan, const Orders& orders, Random& random) {
  const auto start = [&](planner::OrderId id) -> planner::Start& {
    return *std::find_if(plan.starts.begin(), plan.starts.end(), [&](const auto& s) { return s.order == id; });
  };
  const auto under_way = [&](planner::OrderId id) {
    return orders.list[id.index()].status != parsers::Status::pending;
  };
  std::vector<const planner::Conflict*> binding;
  for (const planner::Conflict& c : plan.conflicts)
    if (!c.with_all && c.resolution != planner::Resolution::hint && c.resolution != planner::Resolution::merge_first &&
        !(under_way(c.between[0]) && under_way(c.between[1])))
      binding.push_back(&c);
  switch (random() % 7) {
    case 0: {  // two that exclude each other start together
      if (binding.empty()) return false;
      const planner::Conflict& c = *binding[random() % binding.size()];
      planner::Start &a = start(c.between[0]), &b = start(c.between[1]);
      planner::Start& moved = under_way(b.order) ? a : b;
      const planner::Start& kept = under_way(b.order) ? b : a;
      moved.end += kept.start - moved.start;
      moved.start = kept.start;
      return true;
    }
    case 1: {  // or stand in one wave
      if (binding.empty()) return false;
      const planner::Conflict& c = *binding[random() % binding.size()];
      for (auto& wave : plan.waves) std::erase(wave, c.between[1]);
      for (auto& wave : plan.waves)
        if (std::find(wave.begin(), wave.end(), c.between[0]) != wave.end()) wave.push_back(c.between[1]);
      return true;
    }
    case 2:
      if (plan.starts.empty()) return false;
      plan.starts.erase(plan.starts.begin() + static_cast<std::ptrdiff_t>(random() % plan.starts.size()));
      return true;
    case 3:
      ++plan.waves_proof.lower_bound;
      return true;
    case 4:
      if (plan.waves.empty()) return false;
      plan.waves[random() % plan.waves.size()].clear();
      return true;
    case 5:
      ++plan.makespan_proof.value;
      return true;
    default:
      if (plan.lanes.empty()) return false;
      plan.lanes.pop_back();
      return true;
  }
}

TEST(PlanProperty, NoBrokenPlanIsAccepted) {
  Random random(5);
  int rejected = 0;
  while (rejected < 4000) {
    const Orders orders = test::orders(document(random_orders(random), ""), config);
    const CheckedPlan plan = test::plan(orders);
    for (int tries = 0; tries < 12; ++tries) {
      Plan broken = *plan;
      if (!mutate(broken, orders, random)) continue;
      EXPECT_TRUE(planner::check(orders, {}, broken)) << summary(orders, broken);
      ++rejected;
    }
  }
}

}  // namespace
