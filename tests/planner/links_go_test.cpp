#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project module = {
    {"go.mod", "// comment\nmodule example.org/shop\n\ngo 1.19\n"},
    {"cart/cart.go",
     "// Package cart.\npackage cart\n\ntype Cart struct{ Total int }\n\nfunc New() *Cart { return nil }\n\nfunc "
     "hidden() {}\n"},
    {"cart/items.go", "package cart\n\nconst Limit = 3\n\nfunc (c *Cart) Add() {}\n"},
    {"cart/items_windows.go", "package cart\n\nfunc Beep() {}\n"},
    {"cart/items_linux.go", "package cart\n\nfunc Beep() {}\n"},
    {"cart/cart_test.go", "package cart\n\nfunc fixture() {}\n"},
    {"cart/gen.go", "//go:build ignore\n\npackage main\n\nfunc Generate() {}\n"},
    {"go-money/money.go", "package money\n\nfunc Sum() {}\n"},
};

std::string links_with(const std::string& text, const std::string& path = "main.go") {
  Project project = module;
  project[path] = text;
  return links_of(project, path);
}

struct Case {
  const char* path;
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class GoLinks : public testing::TestWithParam<Case> {};

TEST_P(GoLinks, AreAsExpected) {
  std::string links = links_with(GetParam().text, GetParam().path), kept;
  // What the import as such uses is every file of the package; it has a test of its own.
  for (std::size_t at = 0; at < links.size(); at = links.find('\n', at) + 1) {
    const std::string line = links.substr(at, links.find('\n', at) + 1 - at);
    if (line.find(':') != std::string::npos) kept += line;
  }
  EXPECT_EQ(kept, GetParam().links);
}

INSTANTIATE_TEST_SUITE_P(
    Imports, GoLinks,
    testing::Values(
        Case{"main.go", "package main\nimport \"example.org/shop/cart\"\nvar x = cart.New()\n",
             "3 New -> cart/cart.go:New I\n"},
        Case{"main.go", "package main\nimport c \"example.org/shop/cart\"\nvar x = c.Limit\n",
             "3 Limit -> cart/items.go:Limit I\n"},
        Case{"main.go", "package main\nimport . \"example.org/shop/cart\"\nvar x = New()\n",
             "3 New -> cart/cart.go:New I\n"},
        Case{"main.go", "package main\nimport \"example.org/shop/cart\"\nfunc f(c *cart.Cart) { c.Add() }\n",
             "3 Cart -> cart/cart.go:Cart I\n3 Add -> cart/items.go:Cart.Add I\n"},  // a method in another file
        Case{"main.go", "package main\nimport \"example.org/shop/cart\"\nfunc f(c *cart.Cart) { c.Total = 1 }\n",
             "3 Cart -> cart/cart.go:Cart I\n3 Total -> cart/cart.go:Cart.Total I\n"},
        Case{"main.go",
             "package main\ntype t struct{ Total int }\nfunc f(u int) { type v struct{ u int }; g(u) }\n"
             "var w struct{ x int }\nvar y = x\n",
             ""},  // fields of types without a name, or in functions
        Case{"main.go", "package main\nimport \"example.org/shop/cart\"\nfunc f() { cart.Beep() }\n",
             "3 Beep -> cart/items_linux.go:Beep I\n3 Beep -> cart/items_windows.go:Beep I\n"},  // either system
        Case{"main.go", "package main\nimport \"example.org/shop/go-money\"\nfunc f() { money.Sum() }\n",
             "3 Sum -> go-money/money.go:Sum P\n"}));  // the package has another name than its directory

INSTANTIATE_TEST_SUITE_P(
    Packages, GoLinks,
    testing::Values(
        Case{"cart/more.go", "package cart\nfunc f() { hidden() }\n", "2 hidden -> cart/cart.go:hidden P\n"},
        Case{"cart/more.go", "package cart\nfunc f(c Cart) { c.Add() }\n",
             "2 Cart -> cart/cart.go:Cart P\n2 Add -> cart/items.go:Cart.Add P\n"},
        Case{"cart/more_test.go", "package cart\nfunc f() { fixture() }\n",
             "2 fixture -> cart/cart_test.go:fixture P\n"},
        Case{"cart/out_test.go", "package cart_test\nimport \"example.org/shop/cart\"\nvar x = cart.New()\n",
             "3 New -> cart/cart.go:New I\n"}));

INSTANTIATE_TEST_SUITE_P(
    NoLinks, GoLinks,
    testing::Values(
        Case{"main.go", "package main\nimport \"example.org/shop/cart\"\nfunc f() { cart.hidden() }\n", ""},
        Case{"main.go",
             "package main\nimport \"example.org/shop/cart\"\nfunc f() { cart.fixture(); cart.Generate() }\n", ""},
        Case{"main.go", "package main\nimport \"example.org/shopping/cart\"\nvar x = cart.New()\n", ""},
        Case{"main.go", "package main\nimport \"cart\"\nvar x = cart.New()\n", ""},
        Case{"main.go", "package main\nvar x = New()\n", ""},
        Case{"cart/more.go", "package cart\nfunc f() { fixture() }\n", ""},  // only tests see tests
        Case{"cart/more.go", "package other\nfunc f() { hidden() }\n", ""},  // another package in the directory
        Case{"cart/out_test.go", "package cart_test\nfunc f() { hidden() }\n", ""},
        Case{"cart/more.go", "package cart\nfunc f(hidden func()) { hidden() }\n", ""},
        Case{"main.go", "package main\nimport \"example.org/shop/cart\"\nfunc f(cart T) { cart.New() }\n", ""}));

TEST(GoLinks, AnImportUsesThePackageWithoutItsTests) {
  EXPECT_EQ(links_with("package main\nimport _ \"example.org/shop/cart\"\n"),
            "2 * -> cart/cart.go I\n2 * -> cart/items.go I\n2 * -> cart/items_linux.go I\n"
            "2 * -> cart/items_windows.go I\n");
}

TEST(GoLinks, VendoredAndStandardPackagesAndModulesInDirectories) {
  const Project project = {
      {"go.mod", "module a.org/x\n"},
      {"vendor/b.org/y/y.go", "package y\nfunc Y() {}\n"},
      {"tools/go.mod", "module \"a.org/x/tools\"\n"},
      {"tools/cut/cut.go", "/* package not\n*/ package cut\nfunc Cut() {}\n"},
      {"use.go", "package x\nimport (\n \"b.org/y\"\n \"a.org/x/tools/cut\"\n)\nfunc f() { y.Y(); cut.Cut() }\n"},
  };
  EXPECT_EQ(links_of(project, "use.go"),
            "6 y -> vendor/b.org/y/y.go I\n6 Y -> vendor/b.org/y/y.go:Y I\n6 cut -> tools/cut/cut.go I\n"
            "6 Cut -> tools/cut/cut.go:Cut I\n4 * -> tools/cut/cut.go I\n3 * -> vendor/b.org/y/y.go I\n");
  const Project standard = {{"src/go.mod", "module std\n"},
                            {"src/fmt/print.go", "package fmt\nfunc Print() {}\n"},
                            {"src/os/os.go", "package os\nimport \"fmt\"\nfunc f() { fmt.Print() }\n"}};
  EXPECT_EQ(links_of(standard, "src/os/os.go"),
            "3 fmt -> src/fmt/print.go I\n3 Print -> src/fmt/print.go:Print I\n2 * -> src/fmt/print.go I\n");
}

}  // namespace
