#include "planner/explain.h"

#include <gtest/gtest.h>

#include "planner/scope.h"
#include "tests/support/orders.h"

namespace planner {
namespace {

OrderId find(const Orders& orders, const std::string& id) {
  for (std::size_t i = 0; i < orders.list.size(); ++i)
    if (orders.list[i].id == id) return OrderId(i);
  ADD_FAILURE() << id;
  return OrderId();
}

ExplainAnswer explain(const Orders& orders, const std::string& a, const std::string& b) {
  ExplainAnswer answer{orders, test::plan(orders), {}, find(orders, a), find(orders, b), {}, {}, {}, false, {}, {}};
  explain_pair(answer);
  return answer;
}

const std::string yaml =
    "work_orders:\n  - {id: A, write: [x], read: [doc]}\n  - {id: B, write: [x, y]}\n  - {id: C, write: [y], read: "
    "[doc]}\n"
    "  - {id: D, write: [z], read: [{path: x, tolerates_writes: true}]}\n  - {id: E, write: [e], status: done}\n";

TEST(Explain, TellsTheDirectConflict) {
  const ExplainAnswer answer = explain(test::orders(yaml), "A", "B");
  EXPECT_EQ(answer.conflicts.size(), 1U);
  EXPECT_FALSE(answer.may_overlap);
  EXPECT_EQ(answer.reasons.back(), "B waits for A");
}

TEST(Explain, SaysWhyThereIsNone) {
  const Orders orders = test::orders(yaml);
  const ExplainAnswer apart = explain(orders, "A", "D");
  EXPECT_TRUE(apart.may_overlap);
  EXPECT_EQ(apart.reasons[2], "nothing keeps them apart: they may run at once");
  EXPECT_EQ(apart.reasons[3], "D reads x and tolerates that A writes it");
  const ExplainAnswer readers = explain(orders, "C", "A");
  EXPECT_EQ(readers.reasons.back(), "both only read doc");
  EXPECT_EQ(explain(orders, "E", "A").reasons[0], "E is done: it takes no part in the plan");
}

TEST(Explain, ShowsTheWayBetweenTwoThatNeverMeet) {
  const Orders orders = test::orders(
      "work_orders:\n  - {id: A, write: [a]}\n  - {id: B, write: [b], depends_on: [A]}\n  - {id: C, write: [c], "
      "depends_on: [B]}\n");
  const ExplainAnswer answer = explain(orders, "A", "C");
  EXPECT_TRUE(answer.conflicts.empty());
  EXPECT_EQ(answer.chain.size(), 3U);
  EXPECT_FALSE(answer.may_overlap);
  EXPECT_EQ(answer.reasons.back(), "A comes before C by way of A -> B -> C");
}

TEST(Scope, NamesWhatOthersOwnNearestFirst) {
  ScopeAnswer answer;
  answer.orders = test::orders(
      "work_orders:\n  - {id: A, write: [src/core/a.py], depends_on: [P]}\n  - {id: B, write: [lib/b.py]}\n  - {id: C, "
      "write: [src/core/c.py]}\n"
      "  - {id: D, write: [src/d.py]}\n  - {id: E, write: [src/core/a.py]}\n  - {id: P, write: [p]}\n  - {id: Q, "
      "write: [q], depends_on: [A]}\n"
      "  - {id: R, write: [\"src/core/r.py::<imports>\"]}\n");
  answer.order = find(answer.orders, "A");
  describe_scope(answer, *test::plan(answer.orders));
  std::string owned;
  for (const auto& o : answer.owned) owned += o.entry + " (" + o.owners.front() + ") ";
  EXPECT_EQ(owned, "src/core/c.py (C) src/d.py (D) lib/b.py (B) ");
  ASSERT_EQ(answer.waits_for.size(), 2U);
  EXPECT_EQ(answer.waits_for[0].reason, "write-write on src/core/a.py");
  EXPECT_EQ(answer.waits_for[1].reason, "dependency on P");
}

TEST(Scope, CountsWhatItDoesNotShow) {
  std::string many = "work_orders:\n  - {id: A, write: [a]}\n";
  for (int i = 0; i < 25; ++i) many += "  - {id: B" + std::to_string(i) + ", write: [b" + std::to_string(i) + "]}\n";
  ScopeAnswer answer;
  answer.orders = test::orders(many);
  answer.order = find(answer.orders, "A");
  describe_scope(answer, *test::plan(answer.orders));
  EXPECT_EQ(answer.owned.size(), 20U);
  EXPECT_EQ(answer.owned_more, 5U);
}

TEST(SafeName, FitsBranchesAndDirectories) {
  const std::pair<const char*, const char*> table[] = {{"WO-FIX-03", "WO-FIX-03"},
                                                       {"a b/c", "a-b-c"},
                                                       {"..", "work"},
                                                       {"-x", "x"},
                                                       {"a..b", "a.b"},
                                                       {"x.lock", "x"},
                                                       {"$(rm)", "rm"},
                                                       {"\xC3\xA9", "work"}};
  for (const auto& [id, name] : table) EXPECT_EQ(safe_name(id), name) << id;
}

}  // namespace
}  // namespace planner
