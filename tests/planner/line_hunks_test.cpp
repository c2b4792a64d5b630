#include "planner/line_hunks.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <random>
#include <string>

namespace planner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LineHunks, SayWhatWasReplacedByWhat) {
  EXPECT_THAT(line_hunks("a\nb\nc\n", "a\nb\nc\n"), IsEmpty());
  EXPECT_THAT(line_hunks("", "a\nb\n"), ElementsAre(LineHunk{1, 0, 1, 2}));
  EXPECT_THAT(line_hunks("a\nb\n", ""), ElementsAre(LineHunk{1, 2, 1, 0}));
  EXPECT_THAT(line_hunks("a\nb\nc\n", "a\nX\nc\n"), ElementsAre(LineHunk{2, 1, 2, 1}));
  EXPECT_THAT(line_hunks("a\nb\nc\nd\n", "a\nn\nb\nc\n"), ElementsAre(LineHunk{2, 0, 2, 1}, LineHunk{4, 1, 5, 0}));
  EXPECT_THAT(line_hunks("a\nb", "a\nb\n"), IsEmpty()) << "only the end of the last line differs";
}

std::vector<std::string_view> applied(std::string_view before, std::string_view after,
                                      const std::vector<LineHunk>& hunks) {
  const auto old_lines = lines_of(before), new_lines = lines_of(after);
  std::vector<std::string_view> out;
  std::size_t at = 0;
  for (const LineHunk& hunk : hunks) {
    while (at + 1 < hunk.old_first) out.push_back(old_lines.at(at++));
    for (std::size_t i = 0; i < hunk.new_count; ++i) out.push_back(new_lines.at(hunk.new_first - 1 + i));
    at += hunk.old_count;
  }
  while (at < old_lines.size()) out.push_back(old_lines.at(at++));
  return out;
}

std::size_t common_subsequence(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<std::vector<std::size_t>> best(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j)
      best[i + 1][j + 1] = a[i] == b[j] ? best[i][j] + 1 : std::max(best[i][j + 1], best[i + 1][j]);
  return best[a.size()][b.size()];
}

TEST(LineHunks, AreALeastScriptThatMakesTheNewText) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string before, after;
    const auto line = [&] { return std::string(1, static_cast<char>('a' + random() % 5)) + "\n"; };
    for (std::size_t i = random() % 14; i > 0; --i) before += line();
    for (std::size_t i = random() % 14; i > 0; --i) after += line();
    const auto hunks = line_hunks(before, after);
    ASSERT_EQ(applied(before, after, hunks), lines_of(after)) << before << "--\n" << after;
    std::size_t removed = 0;
    for (const LineHunk& hunk : hunks) removed += hunk.old_count;
    ASSERT_EQ(lines_of(before).size() - removed, common_subsequence(lines_of(before), lines_of(after)));
  }
}

TEST(LineHunks, OfTextsWithNothingInCommonAreOne) {
  std::string before, after;
  for (int i = 0; i < 5'000; ++i) {
    before += "old " + std::to_string(i) + "\n";
    after += "new " + std::to_string(i) + "\n";
  }
  EXPECT_THAT(line_hunks(before, after), ElementsAre(LineHunk{1, 5'000, 1, 5'000}));
}

TEST(LineDiff, GivesUpWhereAlmostEverythingChanged) {
  std::string before, after;
  for (int i = 0; i < 100; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(line_diff(lines_in(before), lines_in(after), 100), std::nullopt);
  EXPECT_EQ(line_diff(lines_in(before), lines_in(after), 200).value().size(), 1U);
}

TEST(LineEnds, AreNoWords) {
  EXPECT_TRUE(line_ends_only("a\nb\n", "a\r\nb\r\n"));
  EXPECT_TRUE(line_ends_only("a\nb\n", "a\nb"));
  EXPECT_FALSE(line_ends_only("a\nb\n", "a\nb\n"));
  EXPECT_FALSE(line_ends_only("a\nb\n", "a\nb \n"));
  EXPECT_FALSE(line_ends_only("a\nb\n", "a\nb\n\n"));
}

}  // namespace
}  // namespace planner
