#include "planner/draft.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "parsers/format.h"
#include "planner/named_files.h"
#include "planner/path_words.h"
#include "planner/resolve.h"
#include "tests/support/memory_code.h"

namespace planner {
namespace {

const std::map<std::string, std::string>& shop() {
  static const std::map<std::string, std::string> texts{
      {"Makefile", "all:\n"},
      {"README.md", "# Shop\n"},
      {"shop/__init__.py", ""},
      {"shop/cart.py",
       "from shop.price import net\n\n\nclass Cart:\n    def total(self):\n        return net(self.sum)\n"},
      {"shop/price.py", "def net(x):\n    return x\n\n\ndef load_rates():\n    return {}\n"},
      {"shop/report.py", "def total(rows):\n    return len(rows)\n"},
      {"shop/web/app.py", "def main():\n    pass\n"},
      {"tests/app.py", "def main():\n    pass\n"},
      {"tests/test_cart.py", "from shop.cart import Cart\n\n\ndef test_total():\n    assert Cart().total()\n"},
  };
  return texts;
}

Tree tree() {
  std::vector<TreeEntry> entries;
  for (const auto& [path, text] : shop()) entries.push_back({path, 0100644, ""});
  return Tree(std::move(entries));
}

Orders orders_of(const std::string& text, const Tree* tracked) {
  const std::vector<parsers::Source> sources{{"issues.md", text}};
  const auto read = parsers::read_work_orders_as("text", sources[0], parsers::FileId{0});
  return resolve({read.value}, {}, {tracked, {}, nullptr}, sources).orders;
}

std::string lines(const std::vector<DraftLine>& list) {
  std::string out;
  for (const DraftLine& l : list)
    out += fmt::format("{} {}{} {}:{}{}{}\n", to_string(l.basis),
                       l.entry.intent_declared ? std::string(parsers::to_string(l.entry.intent)) + " " : "",
                       l.entry.resource.text, l.entry.where.file, l.entry.where.line, l.because.empty() ? "" : ": ",
                       l.because);
  return out;
}

struct Told {
  std::string write, read;
};

Told drafted(const std::string& text, std::size_t most_inferred = 0, const ChangeHistory& history = {}) {
  const Tree tracked = tree();
  support::MemoryCode code(shop());
  const Orders orders = orders_of(text, &tracked);
  const auto all = draft_scopes(orders, {{"issues.md", text}}, {&tracked, &code, &history}, most_inferred);
  return all.empty() ? Told{} : Told{lines(all.front().write), lines(all.front().read)};
}

TEST(Draft, PathsInTheTextAreNamed) {
  EXPECT_EQ(drafted("Cart\n\nFix rounding in shop/cart.py.\n").write, "named shop/cart.py issues.md:3\n");
  EXPECT_EQ(drafted("Delete shop/price.py\n").write, "named delete shop/price.py issues.md:1\n");
}

TEST(Draft, WhatIsOnlyReferredToIsRead) {
  const Told told = drafted("Update shop/cart.py.\nSee shop/price.py for the rates.\n");
  EXPECT_EQ(told.write, "named shop/cart.py issues.md:1\n");
  EXPECT_EQ(told.read, "named shop/price.py issues.md:2\n");
}

TEST(Draft, WhatIsNotThereIsCreatedWhereTheTextSaysSo) {
  EXPECT_EQ(drafted("Create shop/tax.py\n").write,
            "named create shop/tax.py issues.md:1: nothing of that name is tracked\n");
  EXPECT_EQ(drafted("It fails in other.py\n").write, "");
}

TEST(Draft, BareNamesAndModulesAreResolved) {
  EXPECT_EQ(drafted("Fix cart.py\n").write, "resolved shop/cart.py issues.md:1: the one file that cart.py means\n");
  EXPECT_EQ(drafted("shop.price is slow\n").write,
            "resolved shop/price.py issues.md:1: the one file that shop.price means\n");
  EXPECT_EQ(drafted("Fix app.py\n").write,
            "resolved shop/web/app.py issues.md:1: one of 2 files that app.py means\n"
            "resolved tests/app.py issues.md:1: one of 2 files that app.py means\n");
  EXPECT_EQ(drafted("x\n```\n  File \"/opt/venv/shop/web/app.py\", line 3\n```\n").write,
            "resolved shop/web/app.py issues.md:3: a block of code names opt/venv/shop/web/app.py\n");
}

TEST(Draft, SymbolsAreResolvedWhereTheyAreDefined) {
  EXPECT_EQ(drafted("load_rates is slow\n").write,
            "resolved shop/price.py::load_rates issues.md:1: load_rates is defined in line 5 of it and nowhere else\n");
  EXPECT_EQ(drafted("`Cart.total` is wrong\n").write,
            "resolved shop/cart.py::Cart.total issues.md:1: Cart.total is defined in line 5 of it and nowhere else\n");
  EXPECT_EQ(drafted("The total is wrong\n").write, "");
}

TEST(Draft, ANameWithItsClassIsNoOther) {
  EXPECT_EQ(drafted("`Cart.total` is off\n").write,
            "resolved shop/cart.py::Cart.total issues.md:1: Cart.total is defined in line 5 of it and nowhere else\n");
}

TEST(Draft, LinksAndHistoryFollowWhatIsNamed) {
  ChangeHistory history;
  for (int i = 0; i < 9; ++i)
    history.add({{PastChange::Kind::written, "shop/cart.py", ""}, {PastChange::Kind::written, "README.md", ""}});
  EXPECT_EQ(drafted("Fix shop/cart.py\n", 5, history).write,
            "named shop/cart.py issues.md:1\n"
            "linked tests/test_cart.py tests/test_cart.py:1: it uses Cart, and is its test\n"
            "co-changed README.md :0: 9 of 9 commits to shop/cart.py changed both\n");
  EXPECT_EQ(drafted("Fix shop/cart.py\n", 1, history).write,
            "named shop/cart.py issues.md:1\n"
            "linked tests/test_cart.py tests/test_cart.py:1: it uses Cart, and is its test\n");
}

TEST(Draft, WordsOfPathsComeLast) {
  EXPECT_EQ(drafted("The price of a cart is wrong\n", 2).write,
            "worded shop/price.py issues.md:1: its path says price, as the text does\n"
            "worded shop/cart.py issues.md:1: its path says cart, as the text does\n");
}

TEST(Draft, WithoutARepositoryOnlyTheTextSpeaks) {
  const std::string text = "Fix `src/a.py`, see `src/b.py`\n";
  const Orders orders = orders_of(text, nullptr);
  const auto all = draft_scopes(orders, {{"issues.md", text}}, {}, 5);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(lines(all.front().write), "named src/a.py issues.md:1\n");
  EXPECT_EQ(lines(all.front().read), "named src/b.py issues.md:1\n");
  EXPECT_EQ(all.front().write.front().entry.certainty, Certainty::unproven);
}

TEST(NameFinder, KnowsTestsFromWork) {
  for (const char* path :
       {"tests/a.py", "src/test_a.py", "a_test.go", "web/a.spec.ts", "src/test/A.java", "CartTest.java"})
    EXPECT_TRUE(is_test_path(path)) << path;
  for (const char* path : {"src/testimony.py", "latest/a.py", "src/contest.go"})
    EXPECT_FALSE(is_test_path(path)) << path;
}

TEST(PathWords, RareWordsAndWholeNamesComeFirst) {
  const Tree tracked({{"core/cart.py", 0, ""},
                      {"core/cart_item_list.py", 0, ""},
                      {"core/a.py", 0, ""},
                      {"core/b.py", 0, ""},
                      {"core/c.py", 0, ""},
                      {"core/d.py", 0, ""},
                      {"docs/e.md", 0, ""},
                      {"docs/f.md", 0, ""},
                      {"docs/g.md", 0, ""}});
  std::string out;
  for (const PathWords::Match& m : PathWords(tracked).like({{"cart", 1}, {"core", 1}}, 5))
    out += tracked.entries()[m.file].path + " ";
  EXPECT_EQ(out, "core/cart.py core/cart_item_list.py ");
}

}  // namespace
}  // namespace planner
