#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

const Project project_files = {
    {"lib/shop.rb", "require \"shop/cart\"\nmodule Shop\n  LIMIT = 3\nend\nlocal = 1\n"},
    {"lib/shop/cart.rb",
     "module Shop\n  class Cart\n    def initialize(a); end\n    def self.make; end\n    def add; end\n  end\nend\n"},
    {"lib/shop/money.rb", "module Shop\n  class Money\n    def self.sum; end\n  end\n  class Hidden; end\nend\n"},
    {"app/models/user.rb", "class User\n  def self.find; end\nend\nclass Stray; end\n"},
    {"app/models/concerns/http_client.rb", "module HTTPClient\n  def self.get; end\nend\n"},
    {"script/tool.rb", "def helper; end\nclass Tool\n  def run; end\nend\n"},
    {"other/app/models/far.rb", "class Far; end\n"},
};

struct Case {
  const char* path;
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class RubyLinks : public testing::TestWithParam<Case> {};

TEST_P(RubyLinks, AreAsExpected) {
  Project project = project_files;
  project[GetParam().path] = GetParam().text;
  EXPECT_EQ(links_of(project, GetParam().path), GetParam().links);
}

INSTANTIATE_TEST_SUITE_P(
    Required, RubyLinks,
    testing::Values(
        Case{"script/use.rb", "require_relative \"tool\"\nhelper\nTool.new\n",
             "2 helper -> script/tool.rb:helper P\n3 Tool -> script/tool.rb:Tool P\n1 * -> script/tool.rb I\n"},
        Case{"bin/use.rb", "require \"shop\"\nShop::Cart.make\nShop::Cart.new(1)\n",
             "2 Shop -> lib/shop.rb:Shop P\n2 Shop -> lib/shop/cart.rb:Shop P\n"
             "2 Cart -> lib/shop/cart.rb:Shop.Cart P\n2 make -> lib/shop/cart.rb:Shop.Cart.make P\n"
             "3 Shop -> lib/shop.rb:Shop P\n3 Shop -> lib/shop/cart.rb:Shop P\n"
             "3 Cart -> lib/shop/cart.rb:Shop.Cart P\n3 new -> lib/shop/cart.rb:Shop.Cart.initialize P\n"
             "1 * -> lib/shop.rb I\n"},
        Case{"bin/use.rb",
             "require \"shop\"\nmodule Shop\n  class Big < Cart\n    def f = add\n    def g = LIMIT\n  end\nend\n",
             "3 Cart -> lib/shop/cart.rb:Shop.Cart I\n4 add -> lib/shop/cart.rb:Shop.Cart.add P\n"
             "5 LIMIT -> lib/shop.rb:Shop.LIMIT I\n1 * -> lib/shop.rb I\n"}));

INSTANTIATE_TEST_SUITE_P(
    Autoloaded, RubyLinks,
    testing::Values(Case{"app/jobs/use.rb", "User.find\nHTTPClient.get\n",
                         "1 User -> app/models/user.rb:User P\n1 find -> app/models/user.rb:User.find P\n"
                         "2 HTTPClient -> app/models/concerns/http_client.rb:HTTPClient P\n"
                         "2 get -> app/models/concerns/http_client.rb:HTTPClient.get P\n"},
                    Case{"lib/shop/use.rb", "module Shop\n  class Use\n    def f = Money.sum\n  end\nend\n",
                         "3 Money -> lib/shop/money.rb:Shop.Money I\n3 sum -> lib/shop/money.rb:Shop.Money.sum I\n"}));

INSTANTIATE_TEST_SUITE_P(NoSureLinks, RubyLinks,
                         testing::Values(Case{"script/use.rb", "helper\nx = Tool\n", ""},
                                         Case{"app/jobs/use.rb", "Stray\nFar\nCart\n", ""},
                                         Case{"lib/shop/use.rb", "module Shop\n  x = Hidden\nend\n", ""},
                                         Case{"bin/use.rb", "require \"shop\"\nlocal\n", "1 * -> lib/shop.rb I\n"},
                                         Case{"script/use.rb", "require_relative \"tool\"\ndef f(helper) = helper\n",
                                              "1 * -> script/tool.rb I\n"}));

}  // namespace
