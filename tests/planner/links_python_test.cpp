#include <gtest/gtest.h>

#include "tests/support/link_lines.h"

namespace {

using support::links_of;
using support::Project;

/// A package with most ways to pass a name on.
const Project package = {
    {"pkg/__init__.py", "from .base import Base as Root\nfrom .tools import *\nfrom . import tools\n"},
    {"pkg/base.py", "class Base:\n    limit = 1\n\n    def run(self): pass\n\n\ndef helper(): pass\n"},
    {"pkg/tools.py", "def cut(): pass\n\n\ndef paste(): pass\n"},
};

std::string links_with(const std::string& text, const std::string& path = "use.py") {
  Project project = package;
  project[path] = text;
  return links_of(project, path);
}

struct Case {
  const char* text;
  const char* links;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class PythonLinks : public testing::TestWithParam<Case> {};

TEST_P(PythonLinks, AreAsExpected) { EXPECT_EQ(links_with(GetParam().text), GetParam().links); }

INSTANTIATE_TEST_SUITE_P(
    Imports, PythonLinks,
    testing::Values(
        Case{"from pkg.base import helper\nhelper()\n", "2 helper -> pkg/base.py:helper I\n1 * -> pkg/base.py I\n"},
        Case{"from pkg.base import helper as h\nh()\n", "2 h -> pkg/base.py:helper I\n1 * -> pkg/base.py I\n"},
        Case{"import pkg.base\npkg.base.helper()\n",
             "2 pkg -> pkg/__init__.py I\n2 base -> pkg/base.py I\n2 helper -> pkg/base.py:helper I\n"
             "1 * -> pkg/__init__.py I\n1 * -> pkg/base.py I\n"},
        Case{"import pkg.base as b\nb.helper()\n",
             "2 b -> pkg/base.py I\n2 helper -> pkg/base.py:helper I\n1 * -> pkg/base.py I\n"},
        Case{"from pkg import Root\nRoot.run\n",  // re-exported under another name
             "2 Root -> pkg/base.py:Base I\n2 run -> pkg/base.py:Base.run I\n1 * -> pkg/__init__.py I\n"},
        Case{"from pkg import cut\ncut()\n",  // re-exported with a star
             "2 cut -> pkg/tools.py:cut I\n1 * -> pkg/__init__.py I\n"},
        Case{"from pkg import *\npaste()\n", "2 paste -> pkg/tools.py:paste I\n1 * -> pkg/__init__.py I\n"},
        Case{"from pkg import tools\ntools.cut()\n",  // a submodule, not an attribute
             "2 tools -> pkg/tools.py I\n2 cut -> pkg/tools.py:cut I\n1 * -> pkg/__init__.py I\n"
             "1 * -> pkg/tools.py I\n"},
        Case{"def f():\n    from pkg.tools import cut\n    cut()\n\ndef g():\n    cut()\n",
             "3 cut -> pkg/tools.py:cut I\n2 * -> pkg/tools.py I\n"},
        Case{"try:\n    from pkg.tools import cut\nexcept ImportError:\n    def cut(): pass\ncut()\n",
             "2 * -> pkg/tools.py I\n"}));

INSTANTIATE_TEST_SUITE_P(
    NoLinks, PythonLinks,
    testing::Values(
        Case{"from pkg.base import helper\ndef f(helper): helper()\n", "1 * -> pkg/base.py I\n"},  // a parameter
        Case{"from pkg.base import helper\ndef f():\n    helper = 1\n    helper\n", "1 * -> pkg/base.py I\n"},
        Case{"from pkg.base import helper\n[helper for helper in ()]\n", "1 * -> pkg/base.py I\n"},
        Case{"from other import helper\nhelper()\n", ""},                              // the same name elsewhere
        Case{"import os\nos.helper()\n", ""},                                          // a member of what is not ours
        Case{"helper()\n", ""},                                                        // nobody imports it
        Case{"from pkg.base import helper\nx: 'helper'\n", "1 * -> pkg/base.py I\n"},  // a text
        Case{"from pkg.base import missing\nmissing()\n", "1 * -> pkg/base.py I\n"},
        Case{"from pkg.base import helper\ndef helper(): pass\nhelper()\n", "1 * -> pkg/base.py I\n"}));

INSTANTIATE_TEST_SUITE_P(
    Members, PythonLinks,
    testing::Values(
        Case{"from pkg.base import Base\nclass C(Base):\n    def go(self): self.run(); self.limit; self.gone\n",
             "2 Base -> pkg/base.py:Base I\n3 run -> pkg/base.py:Base.run I\n3 limit -> pkg/base.py:Base.limit I\n"
             "1 * -> pkg/base.py I\n"},
        Case{"from pkg.base import Base\nclass C(Base):\n    def run(self): super().run()\n",
             "2 Base -> pkg/base.py:Base I\n3 run -> pkg/base.py:Base.run I\n1 * -> pkg/base.py I\n"},
        Case{"from pkg.base import Base\ndef f(x): x.run()\n",
             "2 run -> pkg/base.py:Base.run M1\n1 * -> pkg/base.py I\n"},
        Case{"def f(x): x.run()\n", "1 run -> pkg/base.py:Base.run M2\n"},  // nobody imports who defines it
        Case{"from pkg.base import Base\ndef f(x: Base): x.run()\n",
             "2 Base -> pkg/base.py:Base I\n2 run -> pkg/base.py:Base.run M1\n1 * -> pkg/base.py I\n"},
        Case{"import os\ndef f(x: os.Thing): x.run()\n", ""}));  // of a type that is not ours

TEST(PythonLinks, FindSourceRoots) {
  const Project project = {
      {"service/pyproject.toml", ""},
      {"service/src/shop/__init__.py", ""},
      {"service/src/shop/cart.py", "def add(): pass\n"},
      {"service/src/shop/web/view.py", "from ..cart import add\nfrom shop.cart import add as a\nadd(); a()\n"},
      {"service/tests/helpers.py", "def make(): pass\n"},
      {"service/tests/test_cart.py", "from shop.cart import add\nfrom helpers import make\nadd(); make()\n"},
      {"other/json/__init__.py", "def dumps(): pass\n"},
      {"tools/run.py", "import json\njson.dumps()\nfrom shop import cart\ncart.add()\n"},
  };
  EXPECT_EQ(links_of(project, "service/src/shop/web/view.py"),
            "3 add -> service/src/shop/cart.py:add I\n3 a -> service/src/shop/cart.py:add I\n"
            "1 * -> service/src/shop/cart.py I\n");
  EXPECT_EQ(links_of(project, "service/tests/test_cart.py"),
            "3 add -> service/src/shop/cart.py:add I\n3 make -> service/tests/helpers.py:make I\n"
            "1 * -> service/src/shop/cart.py I\n2 * -> service/tests/helpers.py I\n");
  EXPECT_EQ(links_of(project, "tools/run.py"),
            "4 cart -> service/src/shop/cart.py I\n4 add -> service/src/shop/cart.py:add I\n"
            "3 * -> service/src/shop/__init__.py I\n3 * -> service/src/shop/cart.py I\n");
}

}  // namespace
