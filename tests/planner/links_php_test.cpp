#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project project_files = {
    {"src/Cart.php",
     "<?php\n/* namespace Not\\This; */\nnamespace Shop;\nclass Cart extends Base {\n  const MAX = 1;\n"
     "  public static function make() {}\n  public function add() {}\n}\nfunction total() {}\nfunction cart() {}\n"},
    {"src/Base.php", "<?php namespace Shop;\nclass Base { public function run() {} }\n"},
    {"src/Money/Coin.php", "<?php\nnamespace Shop\\Money;\nclass Coin { static function of() {} }\n"},
    {"lib/plain.php", "<?php\nfunction plain() {}\nclass Plain {}\n"},
    {"two/Both.php", "<?php\nnamespace Two\\A {\nclass Both {}\n}\nnamespace Two\\B {\nclass Other {}\n}\n"},
};

struct Case {
  const char* path;
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class PhpLinks : public testing::TestWithParam<Case> {};

TEST_P(PhpLinks, AreAsExpected) {
  Project project = project_files;
  project[GetParam().path] = GetParam().text;
  EXPECT_EQ(links_of(project, GetParam().path), GetParam().links);
}

constexpr const char* use = "src/Use.php";

INSTANTIATE_TEST_SUITE_P(
    Namespaces, PhpLinks,
    testing::Values(
        Case{use, "<?php\nnamespace App;\nuse Shop\\Cart as C;\nC::make();\nnew C();\n",
             "4 C -> src/Cart.php:Cart I\n4 make -> src/Cart.php:Cart.make I\n5 C -> src/Cart.php:Cart I\n"
             "3 * -> src/Cart.php I\n"},
        Case{use, "<?php\nnamespace App;\nuse function Shop\\total;\ntotal();\n",
             "4 total -> src/Cart.php:total I\n3 * -> src/Cart.php I\n"},
        Case{use, "<?php\nnamespace Shop;\nCart::make();\ntotal();\n",
             "3 Cart -> src/Cart.php:Cart P\n3 make -> src/Cart.php:Cart.make P\n4 total -> src/Cart.php:total P\n"},
        Case{use, "<?php\nnamespace Shop;\nclass Big extends Cart { function f() { $this->run(); } }\n",
             "3 Cart -> src/Cart.php:Cart P\n3 run -> src/Base.php:Base.run P\n"},
        Case{use, "<?php\nnamespace App;\nuse Shop\\Cart;\nfunction f(Cart $c) { $c->add(); }\n",
             "4 Cart -> src/Cart.php:Cart I\n4 add -> src/Cart.php:Cart.add M1\n3 * -> src/Cart.php I\n"}));

INSTANTIATE_TEST_SUITE_P(
    Included, PhpLinks,
    testing::Values(Case{use, "<?php\nrequire_once \"../lib/plain.php\";\nplain();\nnew Plain();\n",
                         "3 plain -> lib/plain.php:plain P\n4 Plain -> lib/plain.php:Plain P\n"
                         "2 * -> lib/plain.php I\n"},
                    Case{use, "<?php\nnamespace App;\nrequire 'lib/plain.php';\nplain();\nnew Plain();\n",
                         "4 plain -> lib/plain.php:plain P\n3 * -> lib/plain.php I\n"}));

INSTANTIATE_TEST_SUITE_P(NoSureLinks, PhpLinks,
                         testing::Values(Case{use, "<?php\nnamespace App;\nnew Cart();\ntotal();\n", ""},
                                         Case{use, "<?php\nnamespace App;\nuse Other\\Cart;\nnew Cart();\n", ""},
                                         Case{use, "<?php\nplain();\nnew Plain();\n", ""},
                                         Case{use, "<?php\nnamespace Two\\A;\nnew Both();\n", ""},
                                         Case{use, "<?php\nnamespace Shop;\n$cart = 1;\necho $cart, $total;\n", ""}));

}  // namespace
