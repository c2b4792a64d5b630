// A harness that cannot fail proves nothing.
#include "tests/golden/harness.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

namespace golden {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Split, KeepsQuotedWordsTogether) {
  EXPECT_THAT(split("interlock plan  'a b'.md \"\" x\"y z\""), ElementsAre("interlock", "plan", "a b.md", "", "xy z"));
  EXPECT_THAT(split("  "), IsEmpty());
  EXPECT_THAT(split("interlock plan - < orders.md"), ElementsAre("interlock", "plan", "-", "<", "orders.md"));
}

TEST(Split, RefusesWhatOnlyAShellUnderstands) {
  for (const char* line : {"interlock plan | head", "interlock plan > file", "a; b", "a && b", "'open"})
    EXPECT_THROW(split(line), std::invalid_argument) << line;
}

TEST(Diff, IsEmptyForEqualTexts) {
  EXPECT_EQ(diff("", ""), "");
  EXPECT_EQ(diff("a\nb\n", "a\nb\n"), "");
}

TEST(Diff, ShowsThreeLinesAroundEveryChange) {
  EXPECT_EQ(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n"),
            "--- expected\n+++ actual\n"
            "@@ -2 +2 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+10\n");
  EXPECT_EQ(diff("a\n", "a"), "--- expected\n+++ actual\nthe actual text does not end with a newline\n");
}

TEST(Elision, StandsForAnyNumberOfLines) {
  EXPECT_TRUE(matches_elided({"a", "...", "c"}, {"a", "b", "b", "c"}));
  EXPECT_TRUE(matches_elided({"a", "...", "c"}, {"a", "c"}));
  EXPECT_TRUE(matches_elided({"...", "b", "...", "c"}, {"a", "b", "c", "b", "c"}));
  EXPECT_TRUE(matches_elided({"..."}, {}));
  EXPECT_FALSE(matches_elided({"a", "...", "c"}, {"a", "c", "d"}));
  EXPECT_FALSE(matches_elided({"a"}, {"a", "b"}));
  EXPECT_FALSE(matches_elided({"a", "b"}, {"a"}));
}

TEST(Scratch, RunsWithoutAShellAndReportsEverything) {
  const Scratch scratch;
  write_file(scratch.path() + "/in.txt", "input\n");
  const Finished finished = scratch.run({"sh", "-c", "cat; pwd; echo wrong >&2; exit 3", "<", "in.txt"});
  EXPECT_EQ(finished.out, "input\n$SCRATCH\n");
  EXPECT_EQ(finished.err, "wrong\n");
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_EQ(scratch.run({"sh", "-c", "echo a; echo b >&2; echo c"}, {"", true}).out, "a\nb\nc\n");
  EXPECT_EQ(scratch.run({"echo", "$SAMPLES/x", "$SCRATCH/y", "*"}).out, "samples/x $SCRATCH/y *\n");
  EXPECT_EQ(scratch.run({"sh", "-c", "kill -9 $$"}).exit_code, 137);
  EXPECT_EQ(scratch.run({"no-such-program"}).exit_code, 127);
}

TEST(Scratch, SeesNoRepositoryAndNoUser) {
  const Scratch scratch;
  EXPECT_EQ(scratch.run({"git", "rev-parse", "--show-toplevel"}).exit_code, 128);
  EXPECT_EQ(scratch.run({"git", "config", "--global", "--list"}).out, "");
}

TEST(Scratch, IsGoneAfterwards) {
  std::string path;
  {
    const Scratch scratch;
    path = scratch.path();
    EXPECT_TRUE(std::filesystem::is_directory(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace golden
