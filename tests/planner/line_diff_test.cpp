#include "planner/line_diff.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace planner {
namespace {

/// The new text again, from the old one and the hunks.
std::string applied(std::string_view before, std::string_view after, const std::vector<LineHunk>& hunks) {
  const auto a = lines_in(before), b = lines_in(after);
  std::string out;
  std::size_t at = 0;
  for (const LineHunk& hunk : hunks) {
    for (; at + 1 < hunk.old_first; ++at) out += std::string(a.at(at)) + "\n";
    at += hunk.old_count;
    for (std::size_t i = 0; i < hunk.new_count; ++i) out += std::string(b.at(hunk.new_first - 1 + i)) + "\n";
  }
  for (; at < a.size(); ++at) out += std::string(a[at]) + "\n";
  return out;
}

std::size_t edits(const std::vector<LineHunk>& hunks) {
  std::size_t out = 0;
  for (const LineHunk& hunk : hunks) out += hunk.old_count + hunk.new_count;
  return out;
}

/// Longest common subsequence by the book.
std::size_t fewest_edits(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<std::vector<std::size_t>> row(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j)
      row[i][j] = a[i - 1] == b[j - 1] ? row[i - 1][j - 1] + 1 : std::max(row[i - 1][j], row[i][j - 1]);
  return a.size() + b.size() - 2 * row[a.size()][b.size()];
}

TEST(LineDiff, NamesTheLinesOfBothSides) {
  EXPECT_EQ(line_diff("a\nb\nc\n", "a\nx\ny\nc\n"), (std::vector<LineHunk>{{2, 1, 2, 2}}));
  EXPECT_EQ(line_diff("a\nb\n", "a\nb\nc\n"), (std::vector<LineHunk>{{3, 0, 3, 1}}));
  EXPECT_EQ(line_diff("a\nb\nc\n", "b\n"), (std::vector<LineHunk>{{1, 1, 1, 0}, {3, 1, 2, 0}}));
  EXPECT_EQ(line_diff("", "a"), (std::vector<LineHunk>{{1, 0, 1, 1}}));
  EXPECT_EQ(line_diff("a\r\nb", "a\nb\n"), std::vector<LineHunk>{});
}

TEST(LineDiff, IsAShortestEditOnRandomTexts) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string texts[2];
    for (std::string& text : texts)
      for (auto i = random() % 24; i > 0; --i) text += std::string(1, static_cast<char>('a' + random() % 4)) + "\n";
    const auto hunks = line_diff(texts[0], texts[1]);
    ASSERT_TRUE(hunks);
    EXPECT_EQ(applied(texts[0], texts[1], *hunks), texts[1]) << texts[0];
    EXPECT_EQ(edits(*hunks), fewest_edits(lines_in(texts[0]), lines_in(texts[1]))) << texts[0] << "---\n" << texts[1];
  }
}

TEST(LineDiff, GivesUpWhereAlmostEverythingChanged) {
  std::string before, after;
  for (int i = 0; i < 100; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(line_diff(before, after, 100), std::nullopt);
  EXPECT_EQ(line_diff(before, after, 200).value().size(), 1U);
}

TEST(LineDiff, EndsOfLinesAreNoWords) {
  EXPECT_TRUE(line_ends_only("a\nb\n", "a\r\nb\r\n"));
  EXPECT_TRUE(line_ends_only("a\nb\n", "a\nb"));
  EXPECT_FALSE(line_ends_only("a\nb\n", "a\nb\n"));
  EXPECT_FALSE(line_ends_only("a\nb\n", "a\nb \n"));
  EXPECT_FALSE(line_ends_only("a\nb\n", "a\nb\n\n"));
}

}  // namespace
}  // namespace planner
