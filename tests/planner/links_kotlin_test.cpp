#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project project_files = {
    {"src/shop/cart/Cart.kt",
     "@file:JvmName(\"Carts\")\npackage shop.cart // its own\n\nopen class Cart : Base() {\n  fun add(n: Int) {}\n"
     "  companion object {\n    fun of() = Cart()\n    const val LIMIT = 3\n  }\n}\n"
     "fun helper() {}\nprivate fun hidden() {}\nenum class Color { RED, BLUE }\n"},
    {"src/shop/cart/Base.kt", "package shop.cart\n\nopen class Base {\n  fun run() {}\n}\n"},
    {"src/shop/money/Money.java", "package shop.money;\npublic class Money { static void sum() {} }\n"},
    {"src/shop/cart/build.gradle.kts", "fun script() {}\n"},
};

struct Case {
  const char* path;
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class KotlinLinks : public testing::TestWithParam<Case> {};

/// Without the path that all have in front.
TEST_P(KotlinLinks, AreAsExpected) {
  Project project = project_files;
  project[GetParam().path] = GetParam().text;
  std::string links = links_of(project, GetParam().path);
  for (std::size_t at = 0; (at = links.find("src/shop/")) != std::string::npos;) links.erase(at, 9);
  EXPECT_EQ(links, GetParam().links);
}

constexpr const char* elsewhere = "src/shop/Use.kt";
constexpr const char* same = "src/shop/cart/Use.kt";

INSTANTIATE_TEST_SUITE_P(
    Links, KotlinLinks,
    testing::Values(
        Case{elsewhere, "package shop\nimport shop.cart.Cart\nfun f(c: Cart) { c.add(1) }\n",
             "3 Cart -> cart/Cart.kt:Cart I\n3 add -> cart/Cart.kt:Cart.add I\n2 * -> cart/Cart.kt I\n"},
        Case{elsewhere, "package shop\nimport shop.cart.Cart as C\nfun f() = C.of()\n",
             "3 C -> cart/Cart.kt:Cart I\n3 of -> cart/Cart.kt:Cart.Companion.of I\n2 * -> cart/Cart.kt I\n"},
        Case{elsewhere, "package shop\nimport shop.cart.*\nfun f() { helper() }\n",
             "3 helper -> cart/Cart.kt:helper P\n"},
        Case{elsewhere, "package shop\nimport shop.cart.helper\nfun f() { helper() }\n",
             "3 helper -> cart/Cart.kt:helper I\n2 * -> cart/Cart.kt I\n"},
        Case{elsewhere, "package shop\nimport shop.cart.Color\nval c = Color.RED\n",
             "3 Color -> cart/Cart.kt:Color I\n3 RED -> cart/Cart.kt:Color.RED I\n2 * -> cart/Cart.kt I\n"},
        Case{elsewhere, "package shop\nimport shop.cart.Cart\nclass Use : Cart() {\n  fun f() { run() }\n}\n",
             "3 Cart -> cart/Cart.kt:Cart I\n4 run -> cart/Base.kt:Base.run P\n2 * -> cart/Cart.kt I\n"},
        Case{elsewhere, "package shop\nimport shop.money.Money\nfun f() { Money.sum() }\n",
             "3 Money -> money/Money.java:Money I\n3 sum -> money/Money.java:Money.sum I\n2 * -> money/Money.java I\n"},
        Case{same, "package shop.cart\nfun f() = \"${helper()} $helper\"\n", "2 helper -> cart/Cart.kt:helper P\n"},
        Case{"src/shop/cart/Use.java", "package shop.cart;\nclass Use { Cart c; void f() { c.add(1); } }\n",
             "2 Cart -> cart/Cart.kt:Cart P\n2 add -> cart/Cart.kt:Cart.add P\n"}));

INSTANTIATE_TEST_SUITE_P(
    NoLinks, KotlinLinks,
    testing::Values(Case{elsewhere, "package shop\nfun f() { helper() }\n", ""},
                    Case{elsewhere, "package shop\nimport other.helper\nfun f() { helper() }\n", ""},
                    Case{same, "package shop.cart\nfun f() { hidden() }\n", ""},
                    Case{same, "package shop.cart\nfun f() { script() }\n", ""},
                    Case{same, "package shop.cart\nfun f(helper: () -> Unit) { helper() }\n", ""},
                    Case{same, "package shop.cart\nfun f() { g(helper = null) }\n", ""},
                    Case{same, "package shop.cart\nfun f() = listOf(1).map { helper -> helper + 1 }\n", ""},
                    Case{same, "package shop.cart\nfun f() { fun helper() = 1; helper() }\n", ""}));

}  // namespace
