#include "parsers/text_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parsers {
namespace {

using testing::ElementsAre;

/// Words, joined; "`" in front of one in back-ticks, "(" behind one that is called, "#" of a block of code.
std::string names(std::string_view text) {
  std::string out;
  for (const TextName& name : names_in(text)) {
    if (!out.empty()) out += ' ';
    if (name.fenced) out += '#';
    if (name.quoted) out += '`';
    out += name.text;
    if (name.called) out += '(';
  }
  return out;
}

TEST(TextNames, AreWordsPathsAndSymbols) {
  EXPECT_EQ(names("Fix ./src/cart.py:12, then cart.py."), "Fix src/cart.py 12 then cart.py");
  EXPECT_EQ(names("`Cart.total()` and Cart::clear"), "`Cart.total( and Cart::clear");
  EXPECT_EQ(names("see .github/workflows/ci.yml; e.g. a--b and/or x::"),
            "see .github/workflows/ci.yml e.g a b and/or x");
  EXPECT_EQ(names("`git add src/a.py`"), "`git add src/a.py");
  EXPECT_EQ(names(""), "");
}

TEST(TextNames, OfAWebPageOnlyTheFileItShows) {
  EXPECT_EQ(names("https://example.org/o/r/blob/main/src/a.py#L3 and https://example.org/x.py"), "src/a.py and");
}

TEST(TextNames, KnowBlocksOfCode) {
  EXPECT_EQ(names("a\n```\n  File \"/opt/x/flask/app.py\", line 3\n```\nb"), "a #File #opt/x/flask/app.py #line #3 b");
}

TEST(TextNames, TellCodeFromWords) {
  for (const char* code : {"loadCart", "load_cart", "CartError", "a.b", "C::f", "__init__"})
    EXPECT_TRUE(looks_like_code(code)) << code;
  for (const char* word : {"Cart", "cart", "HTTP", "v1.2", "x"}) EXPECT_FALSE(looks_like_code(word)) << word;
}

TEST(TextNames, HaveParts) {
  EXPECT_THAT(parts_of_name("loadCart_item.py"), ElementsAre("load", "cart", "item", "py"));
  EXPECT_THAT(parts_of_name("HTTPServer2"), ElementsAre("http", "server2"));
}

}  // namespace
}  // namespace parsers
