// Between work orders and claims, on a ledger in memory.
#include "planner/claim_orders.h"

#include <gtest/gtest.h>

#include "tests/support/memory_ledger.h"
#include "tests/support/orders.h"

namespace planner {
namespace {

using parsers::Status;

const char* const orders_text =
    "work_orders:\n"
    "  - {id: A, priority: 1, write: [a.py], read: [r.py], keys: [\"issue:1\"], resources: [gpu, {name: \"port:1\", "
    "mode: shared}]}\n"
    "  - {id: B, priority: 2, write: [a.py]}\n"
    "  - {id: C, priority: 3, write: [c.py], depends_on: [B]}\n"
    "  - {id: D, priority: 4, write: [d.py]}\n"
    "  - {id: E, priority: 5}\n";

struct ClaimOrders : testing::Test {
  Orders orders = test::orders(orders_text, "pools: {gpu: 2}\n");
  support::MemoryLedger ledger;

  std::vector<Hold> holds(std::size_t i, const std::string& prefix = "") const {
    return holds_of(orders.list[i], orders.rules, UnknownScope::serial, prefix);
  }
  void claim(const std::string& order, std::vector<Hold> what) {
    ASSERT_TRUE(ledger.transact(order + std::to_string(ledger.events.size()), [&](const LedgerSnapshot& s) {
      return rule_grant(s, {"ann", order, std::move(what), 60'000}, {}).events;
    }));
  }
  Orders seen() {
    Orders out = orders;
    EXPECT_TRUE(ledger.read([&](const LedgerSnapshot& s) {
      overlay(out, s, law_of(out.rules, parsers::Isolation::shared), UnknownScope::serial, "");
    }));
    return out;
  }
};

TEST_F(ClaimOrders, AnOrderHoldsWhatItDeclares) {
  std::string told;
  for (const Hold& hold : holds(0, "sub/")) told += describe(hold) + "\n";
  EXPECT_EQ(told, "A (work order)\nsub/a.py\nsub/r.py (read)\ngpu (pool)\nport:1 (shared)\nissue:1 (key)\n");
  EXPECT_EQ(holds(0)[3].capacity, 2);
  EXPECT_EQ(holds(4).back().kind, Hold::Kind::alone);  // nobody knows what it writes
  EXPECT_EQ(out_of_ledger(holds(0, "sub/")[1], "sub/"), holds(0)[1]);
}

TEST_F(ClaimOrders, ClaimedOrdersRunCompletedOnesAreDoneAndOthersStandBeside) {
  orders.list[4].write.emplace();
  EXPECT_EQ(seen().list.size(), orders.list.size());
  claim("B", holds(1));
  claim("", {{Hold::Kind::file, resource_from("d*")}});
  claim("", {{Hold::Kind::file, resource_from("elsewhere")}});
  Orders now = seen();
  ASSERT_EQ(now.list.size(), orders.list.size() + 1);
  EXPECT_EQ(now.list[1].status, Status::running);
  EXPECT_EQ(now.list[1].claim, "c1");
  EXPECT_EQ(now.list.back().id, "claim c2");
  EXPECT_EQ(input_digest(now), input_digest(orders));
  ASSERT_TRUE(ledger.transact("done", [](const LedgerSnapshot& s) { return rule_complete(s, "c1", 1, "").events; }));
  now = seen();
  EXPECT_EQ(now.list[1].status, Status::done);
  EXPECT_EQ(input_digest(now), input_digest(orders));
  ledger.pass(60'000);
  EXPECT_EQ(seen().list.size(), orders.list.size());
}

TEST_F(ClaimOrders, WhatAClaimWasExtendedByBelongsToItsOrder) {
  claim("B", holds(1));
  ASSERT_TRUE(ledger.transact("more", [](const LedgerSnapshot& s) {
    return rule_extend(s, "c1", 1, {"", "", {{Hold::Kind::file, resource_from("d.py")}}, 0}, {}).events;
  }));
  const Orders now = seen();
  EXPECT_EQ(now.list[1].write->size(), 2U);
  EXPECT_EQ(input_digest(now), input_digest(orders));
  const CheckedPlan plan = test::plan(now);
  for (const OrderId id : plan->ready) EXPECT_NE(now.list[id.index()].id, "D");
}

TEST_F(ClaimOrders, SaysWhyAnOrderMustNotStart) {
  orders.list[4].write.emplace();
  const CheckedPlan plan = test::plan(orders);
  EXPECT_EQ(why_not(orders, *plan, OrderId(3)), "");
  EXPECT_EQ(why_not(orders, *plan, OrderId(2)), "C depends on B, which is pending");
  orders.list[1].status = Status::running;
  const CheckedPlan running = test::plan(orders);
  EXPECT_EQ(why_not(orders, *running, OrderId(0)), "B is running and has no claim: write-write on a.py");
  EXPECT_EQ(why_not(orders, *running, OrderId(1)), "");
  for (Order& order : orders.list) order.status = Status::done;
  EXPECT_EQ(why_nothing_is_ready(orders, *test::plan(orders)), "nothing is ready, because every order is finished");
}

}  // namespace
}  // namespace planner
