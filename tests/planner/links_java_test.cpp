#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project project_files = {
    {"src/main/java/shop/cart/Cart.java",
     "/* package not.this; */\npackage shop.cart;\n\npublic class Cart extends Base {\n  public static final int LIMIT "
     "= 3;\n"
     "  public void add(int n) {}\n  public static Cart of() { return null; }\n  public static class Item { void "
     "cost() {} }\n}\n"
     "class Helper { static void help() {} }\n"},
    {"src/main/java/shop/cart/Base.java", "package shop.cart;\npublic class Base { void run() {} }\n"},
    {"src/main/java/shop/money/Money.java", "package shop.money;\npublic class Money { static void sum() {} }\n"},
    {"src/test/java/shop/cart/Fixture.java", "package shop.cart;\nclass Fixture { static void make() {} }\n"},
};

struct Case {
  const char* path;
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class JavaLinks : public testing::TestWithParam<Case> {};

/// Without the path that all have in front.
TEST_P(JavaLinks, AreAsExpected) {
  Project project = project_files;
  project[GetParam().path] = GetParam().text;
  std::string links = links_of(project, GetParam().path);
  for (std::size_t at = 0; (at = links.find("src/main/java/shop/")) != std::string::npos;) links.erase(at, 19);
  EXPECT_EQ(links, GetParam().links);
}

constexpr const char* elsewhere = "src/main/java/shop/Use.java";
constexpr const char* same = "src/main/java/shop/cart/Use.java";

INSTANTIATE_TEST_SUITE_P(
    Imports, JavaLinks,
    testing::Values(
        Case{elsewhere, "package shop;\nimport shop.cart.Cart;\nclass Use { void f() { Cart.of(); } }\n",
             "3 Cart -> cart/Cart.java:Cart I\n3 of -> cart/Cart.java:Cart.of I\n2 * -> cart/Cart.java I\n"},
        Case{elsewhere, "package shop;\nimport shop.cart.*;\nclass Use { void f(Cart c) { c.add(1); } }\n",
             "3 Cart -> cart/Cart.java:Cart P\n3 add -> cart/Cart.java:Cart.add P\n"},
        Case{elsewhere, "package shop;\nimport static shop.cart.Cart.of;\nclass Use { void f() { of(); } }\n",
             "3 of -> cart/Cart.java:Cart.of I\n2 * -> cart/Cart.java I\n"},
        Case{elsewhere, "package shop;\nimport static shop.cart.Cart.*;\nclass Use { int f() { return LIMIT; } }\n",
             "3 LIMIT -> cart/Cart.java:Cart.LIMIT I\n2 * -> cart/Cart.java I\n"},
        Case{elsewhere, "package shop;\nimport shop.cart.Cart.Item;\nclass Use { void f(Item i) { i.cost(); } }\n",
             "3 Item -> cart/Cart.java:Cart.Item I\n3 cost -> cart/Cart.java:Cart.Item.cost I\n"
             "2 * -> cart/Cart.java I\n"},
        Case{elsewhere, "package shop;\nimport shop.cart.Cart;\nclass Use extends Cart { void f() { run(); } }\n",
             "3 Cart -> cart/Cart.java:Cart I\n3 run -> cart/Base.java:Base.run P\n2 * -> cart/Cart.java I\n"}));

INSTANTIATE_TEST_SUITE_P(
    Packages, JavaLinks,
    testing::Values(Case{same, "package shop.cart;\nclass Use { void f() { Helper.help(); } }\n",
                         "2 Helper -> cart/Cart.java:Helper P\n2 help -> cart/Cart.java:Helper.help P\n"},
                    Case{"src/test/java/shop/cart/UseTest.java",
                         "package shop.cart;\nclass UseTest { Cart c; void f() { c.add(1); } }\n",
                         "2 Cart -> cart/Cart.java:Cart P\n2 add -> cart/Cart.java:Cart.add P\n"}));

INSTANTIATE_TEST_SUITE_P(
    NoSureLinks, JavaLinks,
    testing::Values(
        Case{elsewhere, "package shop;\nclass Use { void f() { Cart.of(); } }\n",
             "2 of -> cart/Cart.java:Cart.of M2\n"},
        Case{elsewhere, "package shop;\nimport other.Cart;\nclass Use { void f() { Cart.of(); } }\n", ""},
        Case{elsewhere, "package shop;\nimport other.cart.*;\nclass Use { Cart c; }\n", ""},
        Case{same, "package shop.cart;\nclass Use<Cart> { void f(Cart c) { c.add(1); } }\n",
             "2 add -> cart/Cart.java:Cart.add M2\n"},
        Case{same, "package shop.cart;\nimport other.Helper;\nclass Use { void f() { Helper.help(); } }\n", ""},
        Case{same, "package shop.cart;\nclass Use { void f(int Helper) { Helper.help(); } }\n", ""},
        Case{elsewhere, "package shop;\nimport static shop.cart.Cart.of;\nclass Use { void f() { LIMIT++; } }\n",
             "2 * -> cart/Cart.java I\n"}));

}  // namespace
