#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project project_files = {
    {"Shop/Cart.cs",
     "namespace Shop {\n  public partial class Cart : Base {\n    public static Cart Make() { return null; }\n  }\n"
     "  enum Color { Red }\n}\n"},
    {"Shop/Cart.More.cs", "namespace Shop;\npublic partial class Cart {\n  public void Add() {}\n}\n"},
    {"Shop/Base.cs", "namespace Shop;\npublic class Base { public void Run() {} }\n"},
    {"Shop/Money/Coin.cs",
     "namespace Shop.Money;\npublic static class Coin { public static int Of() { return 1; } }\n"},
    {"Other/Base.cs", "namespace Other;\nclass Base { public void Walk() {} }\n"},
    {"A/A.csproj", ""},
    {"A/Program.cs", "class Program { public static void Main() {} }\n"},
    {"B/B.csproj", ""},
    {"B/Program.cs", "class Program { public static void Main() {} }\n"},
};

struct Case {
  const char* path;
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class CSharpLinks : public testing::TestWithParam<Case> {};

TEST_P(CSharpLinks, AreAsExpected) {
  Project project = project_files;
  project[GetParam().path] = GetParam().text;
  EXPECT_EQ(links_of(project, GetParam().path), GetParam().links);
}

constexpr const char* use = "App/Use.cs";

INSTANTIATE_TEST_SUITE_P(
    Namespaces, CSharpLinks,
    testing::Values(
        Case{use, "using Shop.Money;\nclass Use { int F() { return Coin.Of(); } }\n",
             "2 Coin -> Shop/Money/Coin.cs:Coin P\n2 Of -> Shop/Money/Coin.cs:Coin.Of P\n"},
        Case{use, "using static Shop.Money.Coin;\nclass Use { int F() { return Of(); } }\n",
             "2 Of -> Shop/Money/Coin.cs:Coin.Of I\n1 * -> Shop/Money/Coin.cs I\n"},
        Case{use, "using C = Shop.Money.Coin;\nclass Use { int F() { return C.Of(); } }\n",
             "2 C -> Shop/Money/Coin.cs I\n2 Of -> Shop/Money/Coin.cs:Coin.Of I\n1 * -> Shop/Money/Coin.cs I\n"},
        Case{use, "namespace Shop.Money;\nclass Use { void F(Base b) { b.Run(); } }\n",
             "2 Base -> Shop/Base.cs:Base P\n2 Run -> Shop/Base.cs:Base.Run P\n"},
        Case{use, "namespace Shop {\nclass Use { int F() { return Money.Coin.Of(); } }\n}\n",
             "2 Coin -> Shop/Money/Coin.cs:Coin P\n2 Of -> Shop/Money/Coin.cs:Coin.Of P\n"},
        Case{"A/Use.cs", "class Use { void F() { Program.Main(); } }\n",
             "1 Program -> A/Program.cs:Program P\n1 Main -> A/Program.cs:Program.Main P\n"}));

INSTANTIATE_TEST_SUITE_P(
    Partial, CSharpLinks,
    testing::Values(Case{use, "using Shop;\nclass Use { void F(Cart c) { c.Add(); c.Run(); } }\n",
                         "2 Cart -> Shop/Cart.More.cs:Cart P\n2 Cart -> Shop/Cart.cs:Shop.Cart P\n"
                         "2 Add -> Shop/Cart.More.cs:Cart.Add P\n2 Run -> Shop/Base.cs:Base.Run P\n"},
                    Case{use, "namespace Shop;\npartial class Cart { void F() { Add(); Make(); } }\n",
                         "2 Add -> Shop/Cart.More.cs:Cart.Add I\n2 Make -> Shop/Cart.cs:Shop.Cart.Make I\n"}));

INSTANTIATE_TEST_SUITE_P(NoSureLinks, CSharpLinks,
                         testing::Values(Case{use, "class Use { void F() { Coin.Of(); } }\n",
                                              "1 Of -> Shop/Money/Coin.cs:Coin.Of M2\n"},
                                         Case{use, "using Shop;\nusing Other;\nclass Use { Base b; }\n", ""},
                                         Case{use, "using Elsewhere;\nclass Use { Base b; }\n", ""},
                                         Case{"C/Use.cs", "class Use { Program p; }\n", ""}));

}  // namespace
