// Orders that name symbols of one file: who meets whom, in the text of real code.
#include <gtest/gtest.h>

#include "planner/lint.h"
#include "planner/symbol_cover.h"
#include "tests/support/memory_code.h"
#include "tests/support/orders.h"

namespace planner {
namespace {

constexpr const char* shop = R"(import os
from decimal import Decimal

LIMIT = 3
RATE = Decimal("0.2")


class Cart:
    """What somebody wants to buy."""

    kind = "cart"

    def total(self):
        return sum(self.items)

    def clear(self):
        self.items = []

    def count(self):
        return len(self.items)


def ship(cart):
    return cart


def pay(cart):
    return cart


def refund(cart):
    return cart
)";

struct Case {
  const char* name;
  const char* a;  // scope of order A, flow style
  const char* b;
  const char* conflicts;
};

const Case cases[] = {
    {"methods of one class side by side", "write: ['s.py::Cart.total']", "write: ['s.py::Cart.clear']",
     "adjacent-edit A B hint\nappend A B hint\n"},
    {"methods that are not neighbours", "write: ['s.py::Cart.total']", "write: ['s.py::Cart.count']",
     "append A B hint\n"},
    {"the same function", "write: ['s.py::ship']", "write: ['s.py::ship']", "write-write A B never-at-once\n"},
    {"a class and its method", "write: ['s.py::Cart']", "write: ['s.py::Cart.clear']",
     "write-write A B never-at-once\n"},
    {"a last part that is enough", "write: ['s.py::total']", "write: ['s.py::Cart#total']",
     "write-write A B never-at-once\n"},
    {"variables of one gap", "write: ['s.py::LIMIT']", "write: ['s.py::RATE']", "write-write A B never-at-once\n"},
    {"a class and what is beside it", "write: ['s.py::Cart']", "write: ['s.py::pay']", "append A B hint\n"},
    {"a symbol and its file", "write: ['s.py::Cart.total']", "write: [s.py]", "write-write A B never-at-once\n"},
    {"a gap and a variable in it", "write: ['s.py::<module>']", "write: ['s.py::RATE']",
     "write-write A B never-at-once\n"},
    {"a gap inside of a class", "write: ['s.py::<after Cart.clear>']", "write: ['s.py::Cart']",
     "write-write A B never-at-once\n"},
    {"imports against a function", "write: ['s.py::<imports>']", "write: ['s.py::refund']", "append A B hint\n"},
    {"imports twice", "write: ['s.py::<imports>']", "write: ['s.py::<imports>']", "write-write A B never-at-once\n"},
    {"new ones at two places", "write: [{path: 's.py::tax', intent: create, after: ship}]",
     "write: [{path: 's.py::vat', intent: create, after: 's.py::refund'}]", "append A B hint\n"},
    {"new ones at one place", "write: [{path: 's.py::tax', intent: create, after: ship}]",
     "write: [{path: 's.py::vat', intent: create, after: ship}]", "write-write A B never-at-once\n"},
    {"new ones of one name", "write: [{path: 's.py::tax', intent: create, after: ship}]",
     "write: [{path: 's.py::tax', intent: create, after: refund}]",
     "duplicate-work A B decide\nwrite-write A B never-at-once\n"},
    {"a new one without a place takes every gap", "write: [{path: 's.py::tax', intent: create}]",
     "write: ['s.py::LIMIT']", "write-write A B never-at-once\n"},
    {"a new one without a place and a function", "write: [{path: 's.py::tax', intent: create}]",
     "write: ['s.py::ship']", "adjacent-edit A B hint\nappend A B hint\n"},
    {"a new method in a class that another rewrites",
     "write: [{path: 's.py::Cart.tax', intent: create, after: Cart.total}]", "write: ['s.py::Cart']",
     "write-write A B never-at-once\n"},
    {"reading what another writes", "read: ['s.py::Cart.total'], write: []", "write: ['s.py::Cart.total']",
     "read-write A B first:A\n"},
    {"reading beside what another writes", "read: ['s.py::Cart.total'], write: []", "write: ['s.py::Cart.clear']", ""},
    {"reading a class whose method changes", "read: ['s.py::Cart'], write: []", "write: ['s.py::Cart.clear']",
     "read-write A B first:A\n"},
    {"reading one variable of a gap", "read: ['s.py::LIMIT'], write: []", "write: ['s.py::RATE']", ""},
    {"deleting what another writes", "write: [{path: 's.py::Cart', intent: delete}]", "write: ['s.py::Cart.clear']",
     "orphaned-work A B decide\nwrite-write A B never-at-once\n"},
    {"deleting beside what another writes", "write: [{path: 's.py::pay', intent: delete}]", "write: ['s.py::Cart']",
     "append A B hint\n"},
    {"renaming one, calling the other by that name", "write: [{path: 's.py::pay', intent: rename, to: 's.py::charge'}]",
     "write: [{path: 's.py::charge', intent: create, after: Cart}]",
     "duplicate-work A B decide\nwrite-write A B never-at-once\nappend A B hint\n"},
    {"a file of no known language", "write: ['notes.txt::a']", "write: ['notes.txt::b']",
     "write-write A B never-at-once unproven\n"},
    {"a file that is not there yet", "write: [{path: 'new.py::a', intent: create}]",
     "write: [{path: 'new.py::b', intent: create}]", "write-write A B never-at-once unproven\n"},
    {"code that could not be parsed", "write: ['broken.py::f']", "write: ['broken.py::g']",
     "write-write A B never-at-once unproven\n"},
};

class Symbols : public testing::TestWithParam<Case> {};

const std::map<std::string, std::string>& texts() {
  static const std::map<std::string, std::string> all{
      {"s.py", shop}, {"notes.txt", "a and b\n"}, {"broken.py", "def f(:\n  ((\n\ndef g():\n    pass\n"}};
  return all;
}

Bound bind(const std::string& yaml, const std::vector<parsers::Source>& sources, support::MemoryCode& code) {
  const auto documents = parsers::read_canonical(sources[0], parsers::FileId{0});
  EXPECT_FALSE(parsers::has_errors(documents.diagnostics)) << parsers::describe(documents.diagnostics, sources) << yaml;
  return resolve({documents.value}, {}, {nullptr, {}, &code}, sources);
}

TEST_P(Symbols, MeetOrDoNot) {
  SCOPED_TRACE(GetParam().name);
  const std::string yaml =
      std::string("work_orders:\n  - {id: A, ") + GetParam().a + "}\n  - {id: B, " + GetParam().b + "}\n";
  const std::vector<parsers::Source> sources{{"orders.yaml", yaml}};
  support::MemoryCode code(texts());
  const Bound bound = bind(yaml, sources, code);
  ASSERT_FALSE(parsers::has_errors(bound.diagnostics)) << parsers::describe(bound.diagnostics, sources);
  const CheckedPlan plan = make_plan(bound.orders, {}, {});
  EXPECT_EQ(test::conflicts(bound.orders, plan->conflicts), GetParam().conflicts) << yaml;
}

INSTANTIATE_TEST_SUITE_P(Pair, Symbols, testing::ValuesIn(cases));

TEST(SymbolOrders, UnknownOnesAreErrorsThatNameTheNearest) {
  const std::pair<const char*, const char*> table[] = {
      {"'s.py::Cart.totl'", "there is no symbol \"Cart.totl\" in s.py (nearest: Cart.total; "},
      {"'broken.py::h'", "there is no symbol \"h\" in broken.py ("},
      {"'s.py::Basket'", "there is no symbol \"Basket\" in s.py ("},
      {"{path: 's.py::tax', intent: create, after: shop}",
       "there is no symbol \"shop\" in s.py to come after (nearest: ship; "},
  };
  for (const auto& [entry, message] : table) {
    const std::string yaml = std::string("work_orders:\n  - {id: A, write: [") + entry + "]}\n";
    const std::vector<parsers::Source> sources{{"orders.yaml", yaml}};
    support::MemoryCode code(texts());
    const Bound bound = bind(yaml, sources, code);
    ASSERT_TRUE(parsers::has_errors(bound.diagnostics)) << entry;
    const parsers::Diagnostic& d = bound.diagnostics.front();
    EXPECT_TRUE((d.message + " (" + d.remedy).starts_with(message)) << d.message << " (" << d.remedy;
    EXPECT_GT(d.where.column, 0u);
  }
}

TEST(SymbolOrders, WhatIsThereAlreadyNeedsNoCreating) {
  const std::string yaml =
      "work_orders:\n  - {id: A, write: [{path: 's.py::pay', intent: create, after: ship}]}\n"
      "  - {id: B, write: [{path: 's.py::tax', intent: create, after: ship}, 's.py::ship']}\n"
      "  - {id: C, write: [{path: 's.py::<imports>', intent: create}, {path: 'notes.txt::a', intent: create}]}\n";
  const std::vector<parsers::Source> sources{{"orders.yaml", yaml}};
  support::MemoryCode code(texts());
  const std::vector<Finding> findings = lint(bind(yaml, sources, code).orders, nullptr);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message, "A is to create what the code has already: s.py::pay");
  EXPECT_EQ(findings[0].severity, FindingSeverity::warning);
}

TEST(SymbolOrders, WhatIsOverOrComesIntoBeingNeedsNoSymbolYet) {
  const char* table[] = {
      "  - {id: A, write: ['s.py::gone'], status: done}\n",
      "  - {id: A, write: ['s.py::gone'], status: dropped}\n",
      "  - {id: A, write: [{path: 's.py::tax', intent: create, after: ship}]}\n"
      "  - {id: B, write: ['s.py::tax'], depends_on: [A]}\n",
      "  - {id: A, write: [{path: 's.py::pay', intent: rename, to: 's.py::charge'}]}\n"
      "  - {id: B, read: ['s.py::charge'], write: [], depends_on: [A]}\n",
  };
  for (const char* orders : table) {
    const std::string yaml = std::string("work_orders:\n") + orders;
    const std::vector<parsers::Source> sources{{"orders.yaml", yaml}};
    support::MemoryCode code(texts());
    const Bound bound = bind(yaml, sources, code);
    EXPECT_FALSE(parsers::has_errors(bound.diagnostics)) << parsers::describe(bound.diagnostics, sources);
    make_plan(bound.orders, {}, {});
  }
}

// Four hundred orders, each on a function of its own, are no hub; one more on the whole file waits for all of them.
TEST(SymbolOrders, ManyOrdersOnFunctionsOfOneFileRunAtOnce) {
  std::string text, yaml = "work_orders:\n";
  for (int i = 0; i < 400; ++i) {
    text += "def f" + std::to_string(i) + "():\n    pass\n\n\n";
    yaml += "  - {id: W" + std::to_string(1000 + i) + ", write: ['m.py::f" + std::to_string(i) + "']}\n";
  }
  const auto makespan = [&](const std::string& orders) {
    const std::vector<parsers::Source> sources{{"orders.yaml", orders}};
    support::MemoryCode code(std::map<std::string, std::string>{{"m.py", text}});
    const Bound bound = bind(orders, sources, code);
    EXPECT_FALSE(parsers::has_errors(bound.diagnostics));
    const CheckedPlan plan = make_plan(bound.orders, {}, {});
    EXPECT_TRUE(plan->makespan_proof.optimal);
    return plan->makespan;
  };
  EXPECT_EQ(makespan(yaml), 1);
  EXPECT_EQ(makespan(yaml + "  - {id: ALL, write: [m.py]}\n"), 2);
  EXPECT_EQ(makespan(yaml + "  - {id: ALL, write: [m.py]}\n  - {id: X, write: ['m.py::f7']}\n"), 3);
  EXPECT_EQ(makespan(yaml + "  - {id: ALL, read: [m.py], write: []}\n"), 2);
}

}  // namespace
}  // namespace planner
