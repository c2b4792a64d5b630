#include "planner/infer.h"

#include <gtest/gtest.h>

#include "planner/predict.h"
#include "tests/support/memory_code.h"
#include "tests/support/orders.h"

namespace planner {
namespace {

const std::map<std::string, std::string>& shop() {
  static const std::map<std::string, std::string> texts{
      {"shop/__init__.py", ""},
      {"shop/price.py", "def net(x):\n    return x\n\n\ndef gross(x):\n    return x * 2\n"},
      {"shop/cart.py",
       "from shop.price import net\n\n\nclass Cart:\n    def total(self):\n        return net(self.sum)\n\n    def "
       "clear(self):\n"
       "        self.sum = 0\n"},
      {"shop/till.py", "from shop import price\n\n\ndef pay(cart):\n    return price.gross(cart)\n"},
      {"shop/bill.py", "from shop.price import net\n\n\ndef bill(cart):\n    return net(cart)\n"},
      {"shop/stock.py", "def net(x):\n    return x\n\n\ndef count():\n    return net(3)\n"},
      {"tests/test_price.py", "from shop.price import gross, net\n\n\ndef test_net():\n    assert net(1) == 1\n"},
  };
  return texts;
}

struct Told {
  std::string conflicts;
  std::vector<std::string> notes;
};

Told told(const std::string& a, const std::string& b, bool enforce = false) {
  const std::string yaml = "work_orders:\n  - {id: A, " + a + "}\n  - {id: B, " + b + "}\n";
  support::MemoryCode code(shop());
  const std::vector<parsers::Source> sources{{"orders.yaml", yaml}};
  const auto documents = parsers::read_canonical(sources[0], parsers::FileId{0});
  const Bound bound = resolve({documents.value}, {}, {nullptr, {}, &code}, sources);
  EXPECT_FALSE(parsers::has_errors(bound.diagnostics)) << parsers::describe(bound.diagnostics, sources);
  Linker linker(code);
  Facts facts;
  facts.inferred = infer_clashes(bound.orders, code, linker, enforce);
  const CheckedPlan plan = make_plan(bound.orders, facts, {});
  Told out{test::conflicts(bound.orders, plan->conflicts), {}};
  for (const Conflict& c : plan->conflicts)
    for (const Evidence& e : c.evidence)
      out.notes.push_back(e.sides[0].source.file + ":" + std::to_string(e.sides[0].source.line) + " " + e.note);
  return out;
}

TEST(Infer, WhoCallsWhatAnotherWritesReadsIt) {
  struct Case {
    const char *a, *b;
    const char* hints;
    const char* enforced;
  };
  const Case table[] = {
      {"write: [shop/cart.py]", "write: [shop/price.py]", "hidden-read A B hint\n", "read-write A B first:A\n"},
      {"write: [shop/price.py]", "write: [shop/till.py]", "hidden-read A B hint\n", "read-write A B first:B\n"},
      {"write: ['shop/cart.py::Cart.total']", "write: ['shop/price.py::net']", "hidden-read A B hint\n",
       "read-write A B first:A\n"},
      // Another symbol of the file, on either side, is nothing to it.
      {"write: ['shop/cart.py::Cart.clear']", "write: ['shop/price.py::net']", "", ""},
      {"write: ['shop/cart.py::Cart.total']", "write: ['shop/price.py::gross']", "", ""},
      // Its own function of the same name.
      {"write: [shop/stock.py]", "write: ['shop/price.py::net']", "", ""},
      {"write: [shop/cart.py]", "write: [{path: shop/price.py, intent: delete}]", "orphaned-work A B hint\n",
       "orphaned-work A B decide\n"},
      {"write: [shop/cart.py]", "write: [{path: 'shop/price.py::net', intent: rename, to: 'shop/price.py::clean'}]",
       "orphaned-work A B hint\n", "orphaned-work A B decide\n"},
      {"write: [shop/cart.py]", "write: [{path: 'shop/price.py::gross', intent: delete}]", "", ""},
      {"write: [shop/cart.py], read: [shop/price.py]", "write: [shop/price.py]", "read-write A B first:A\n",
       "read-write A B first:A\n"},
      {"write: [shop/cart.py], depends_on: [B]", "write: [shop/price.py]", "dependency A B first:B\n",
       "dependency A B first:B\n"},
      // Both rely on a helper that few use.
      {"write: ['shop/till.py']", "write: ['tests/test_price.py']", "", ""},
      {"write: ['shop/cart.py']", "write: ['shop/bill.py']", "", ""},
  };
  for (const Case& c : table) {
    EXPECT_EQ(told(c.a, c.b).conflicts, c.hints) << c.a << " | " << c.b;
    EXPECT_EQ(told(c.a, c.b, true).conflicts, c.enforced) << c.a << " | " << c.b;
  }
}

TEST(Infer, EvidenceNamesBothPlacesAndTheImport) {
  const Told said = told("write: ['shop/cart.py::Cart.total']", "write: ['shop/price.py::net']");
  ASSERT_EQ(said.notes.size(), 1u);
  EXPECT_EQ(said.notes[0],
            "shop/cart.py:6 shop/cart.py::Cart.total calls shop/price.py::net, and B writes it "
            "(I: shop/price.py:1, imported in line 1)");
}

TEST(Predict, NamesWhoMostLikelyHasToChangeToo) {
  const auto notes = [](const std::string& scope) {
    const std::string yaml = "work_orders:\n  - {id: A, " + scope + "}\n";
    support::MemoryCode code(shop());
    const std::vector<parsers::Source> sources{{"orders.yaml", yaml}};
    const auto documents = parsers::read_canonical(sources[0], parsers::FileId{0});
    const Bound bound = resolve({documents.value}, {}, {nullptr, {}, &code}, sources);
    Linker linker(code);
    ChangeHistory history;
    for (int i = 0; i < 8; ++i)
      history.add({{PastChange::Kind::written, "shop/bill.py", ""}, {PastChange::Kind::written, "shop/stock.py", ""}});
    std::string out;
    for (const Finding& f : likely_writes(bound.orders, code, linker, history)) out += f.message + "\n";
    return out;
  };
  EXPECT_EQ(notes("write: [shop/price.py]"),
            "tests/test_price.py most likely changes with shop/price.py: it uses gross, net, and is its test\n");
  EXPECT_EQ(notes("write: [shop/bill.py]"),
            "shop/stock.py most likely changes with shop/bill.py: 8 of 8 commits to shop/bill.py changed both\n");
  EXPECT_EQ(notes("write: [shop/price.py], permits: ['tests/**']"), "");
  EXPECT_EQ(notes("write: ['shop/price.py::gross']"),
            "shop/till.py most likely changes with shop/price.py: it uses gross, as 2 files do\n"
            "tests/test_price.py most likely changes with shop/price.py: it uses gross, and is its test\n");
  EXPECT_EQ(notes("write: [{path: 'shop/price.py::gross', intent: delete}, tests/]"),
            "shop/till.py most likely changes with shop/price.py: it uses gross, and A deletes it, as 2 files do\n");
}

}  // namespace
}  // namespace planner
