#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project workspace = {
    {"Cargo.toml", "[workspace]\nmembers = [\"shop\", \"shop-money\"]\n"},
    {"shop/Cargo.toml", "[package]\nname = \"shop\"\n"},
    {"shop/src/lib.rs",
     "pub mod cart;\nmod codes;\n#[path = \"odd/name.rs\"]\nmod renamed;\npub use crate::cart::Cart as Basket;\n"
     "pub fn top() {}\n#[macro_use]\nmod macros;\n"},
    {"shop/src/cart.rs",
     "pub mod items;\npub struct Cart {}\nimpl Cart {\n    pub fn new() -> Self { Cart {} }\n}\npub fn empty() {}\n"
     "pub enum State { Open, Paid }\n"},
    {"shop/src/cart/items.rs", "use super::Cart;\nimpl Cart {\n    pub fn add(&self) {}\n}\npub fn count() {}\n"},
    {"shop/src/codes/mod.rs", "pub fn code() {}\n"},
    {"shop/src/odd/name.rs", "pub fn odd() {}\n"},
    {"shop/src/macros.rs", "macro_rules! say { () => {} }\n"},
    {"shop/src/lonely.rs", "pub fn lonely() {}\n"},
    {"shop-money/Cargo.toml", "[package]\nname = \"shop-money\" # dashes\n\n[lib]\npath = \"money.rs\"\n"},
    {"shop-money/money.rs", "pub fn sum() {}\npub mod coins { pub fn mint() {} }\n"},
};

struct Case {
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class RustLinks : public testing::TestWithParam<Case> {};

/// In src/codes/mod.rs, without modules as such.
TEST_P(RustLinks, AreAsExpected) {
  Project project = workspace;
  project["shop/src/codes/mod.rs"] = GetParam().text;
  const std::string links = links_of(project, "shop/src/codes/mod.rs");
  std::string kept;
  for (std::size_t at = 0; at < links.size(); at = links.find('\n', at) + 1) {
    const std::string line = links.substr(at, links.find('\n', at) + 1 - at);
    if (line.find(':') != std::string::npos) kept += line;
  }
  EXPECT_EQ(kept, GetParam().links);
}

INSTANTIATE_TEST_SUITE_P(
    Uses, RustLinks,
    testing::Values(
        Case{"use crate::cart::empty;\nfn f() { empty() }\n", "2 empty -> shop/src/cart.rs:empty I\n"},
        Case{"use crate::cart::{self, items::count as n};\nfn f() { n(); cart::empty() }\n",
             "2 n -> shop/src/cart/items.rs:count I\n2 empty -> shop/src/cart.rs:empty I\n"},
        Case{"use super::cart::*;\nfn f() { empty() }\n", "2 empty -> shop/src/cart.rs:empty I\n"},
        Case{"use crate::Basket;\nfn f() { Basket::new(); }\n",  // re-exported under another name
             "2 Basket -> shop/src/cart.rs:Cart I\n2 new -> shop/src/cart.rs:Cart.new I\n"},
        Case{"use crate::cart::Cart;\nfn f(c: &Cart) { c.add() }\n",  // of an impl in another file
             "2 Cart -> shop/src/cart.rs:Cart I\n2 add -> shop/src/cart/items.rs:Cart.add I\n"},
        Case{"use crate::cart::State::Paid;\nfn f() -> X { Paid }\n", "2 Paid -> shop/src/cart.rs:State.Paid I\n"},
        Case{"use crate::renamed::odd;\nfn f() { odd() }\n", "2 odd -> shop/src/odd/name.rs:odd I\n"},  // #[path]
        Case{"use shop_money::{sum, coins::mint};\nfn f() { sum(); mint() }\n",  // another crate of the workspace
             "2 sum -> shop-money/money.rs:sum I\n2 mint -> shop-money/money.rs:coins.mint I\n"}));

INSTANTIATE_TEST_SUITE_P(
    Paths, RustLinks,
    testing::Values(Case{"fn f() { crate::cart::empty() }\n", "1 empty -> shop/src/cart.rs:empty P\n"},
                    Case{"fn f() { super::top() }\n", "1 top -> shop/src/lib.rs:top P\n"},
                    Case{"mod inside {\n  fn f() { super::super::top() }\n}\n", "2 top -> shop/src/lib.rs:top P\n"},
                    Case{"fn f() { shop_money::coins::mint() }\n",
                         "1 coins -> shop-money/money.rs:coins P\n1 mint -> shop-money/money.rs:coins.mint P\n"},
                    Case{"fn f() { say!() }\n", "1 say -> shop/src/macros.rs:say P\n"}));

INSTANTIATE_TEST_SUITE_P(
    NoLinks, RustLinks,
    testing::Values(Case{"fn f() { empty() }\n", ""},                               // not imported
                    Case{"use crate::lonely::lonely;\nfn f() { lonely() }\n", ""},  // no `mod` declares it
                    Case{"use crate::items::count;\nfn f() { count() }\n", ""},
                    Case{"use std::cart::empty;\nfn f() { empty() }\n", ""},
                    Case{"use crate::cart::empty;\nfn f(empty: fn()) { empty() }\n", ""},
                    Case{"use crate::cart::nothing;\nfn f() { nothing() }\n", ""},
                    Case{"fn f() { super::super::top() }\n", ""},  // above the crate
                    Case{"use crate::crate_loop::a;\npub use self::b as a;\npub use self::a as b;\nfn f() { a() }\n",
                         ""}));

TEST(RustLinks, ModulesAsSuchAreLinksBetweenFiles) {
  EXPECT_EQ(links_of(workspace, "shop/src/lib.rs"),
            "1 * -> shop/src/cart.rs I\n2 * -> shop/src/codes/mod.rs I\n8 * -> shop/src/macros.rs I\n"
            "4 * -> shop/src/odd/name.rs I\n");
}

}  // namespace
