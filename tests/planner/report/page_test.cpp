#include "planner/report/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace planner::report {
namespace {

using testing::ElementsAre;

TEST(Wrap, BreaksAtSpacesAndHangs) {
  const std::string word(30, 'x');
  EXPECT_THAT(wrap(word + " " + word + " " + word, 2, 4), ElementsAre("  " + word + " " + word, "    " + word));
}

TEST(Wrap, KeepsLongWordsWhole) {
  const std::string path(100, 'p');
  EXPECT_THAT(wrap("at " + path + " now", 2, 4), ElementsAre("  at", "    " + path, "    now"));
}

TEST(Wrap, CountsCharactersNotBytesNorColours) {
  EXPECT_EQ(cells("caf\xC3\xA9"), 4U);
  EXPECT_EQ(cells("\x1b[31mred\x1b[0m"), 3U);
  std::string accents;
  for (int i = 0; i < 78; ++i) accents += "\xC3\xA9";
  EXPECT_THAT(wrap(accents, 2, 2), ElementsAre("  " + accents));
}

TEST(Wrap, NothingIsNoLine) { EXPECT_TRUE(wrap("", 2, 4).empty()); }

TEST(Page, BriefCutsTheLongestLeadingSectionFirst) {
  Page page({false, true});
  page.verdict("verdict", Ink::bold);
  page.section("Long", Page::Rank::lead);
  for (int i = 0; i < 100; ++i) page.line("long");
  page.section("Rest", Page::Rank::rest);
  for (int i = 0; i < 100; ++i) page.line("rest");
  page.section("Short", Page::Rank::lead);
  for (int i = 0; i < 5; ++i) page.line("short");
  const std::string out = page.print();
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 40);
  EXPECT_THAT(out, testing::HasSubstr("Long (first 29 of 100 lines)\n"));
  EXPECT_THAT(out, testing::HasSubstr("\nShort\n"));
  EXPECT_THAT(out, testing::Not(testing::HasSubstr("Rest")));
  EXPECT_THAT(out, testing::EndsWith("... 173 more lines: run without --brief\n"));
}

TEST(Page, BriefStopsBetweenItems) {
  Page page({false, true});
  page.verdict("verdict", Ink::bold);
  page.section("Pairs", Page::Rank::lead);
  for (int i = 0; i < 20; ++i) {
    page.line("pair");
    page.line(std::string(60, 'x') + " " + std::string(60, 'y'), 4, 6);
  }
  page.section("Much in one", Page::Rank::lead);
  for (int i = 0; i < 60; ++i) page.line("more", i == 0 ? 2 : 4, 4);
  const std::string out = page.print();
  EXPECT_THAT(out, testing::HasSubstr("Pairs (first 33 of 60 lines)\n"));
  EXPECT_THAT(out, testing::HasSubstr("y\n\nMuch in one (60 lines)\n"));
  EXPECT_LE(std::count(out.begin(), out.end(), '\n'), 40);
}

}  // namespace
}  // namespace planner::report
