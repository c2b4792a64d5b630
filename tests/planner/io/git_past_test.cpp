#include "planner/io/git_past.h"

#include <gmock/gmock.h>

namespace planner::io {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string a(40, 'a'), b(40, 'b'), none(40, '0');

std::string nul_separated(const std::vector<std::string>& fields) {
  std::string out;
  for (const std::string& field : fields) out += field + '\0';
  return out;
}

TEST(GitPast, ReadsTheShapeOfAHistory) {
  const auto commits = parse_past(nul_separated({a, b + " " + none, "10", "20", "Merge x", b, "", "1", "2", ""}));
  ASSERT_EQ(commits.size(), 2U);
  EXPECT_THAT(commits[0].parents, ElementsAre(b, none));
  EXPECT_EQ(commits[0].authored, 10);
  EXPECT_EQ(commits[0].time, 20);
  EXPECT_EQ(commits[0].subject, "Merge x");
  EXPECT_THAT(commits[1].parents, IsEmpty());
}

TEST(GitPast, ReadsManyDifferencesEmptyOnesToo) {
  const auto diffs = parse_raw_diffs(
      nul_separated({a, ":100644 100644 " + a + " " + b + " M", "kept.py", ":100644 100755 " + a + " " + b + " R090",
                     "old.py", "new.py", b, a, ":000000 100644 " + none + " " + b + " A", ":odd"}));
  ASSERT_EQ(diffs.size(), 3U);
  ASSERT_EQ(diffs[0].size(), 3U);
  EXPECT_EQ(diffs[0][0].path, "kept.py");
  EXPECT_EQ(diffs[0][1].path, "new.py");
  EXPECT_EQ(diffs[0][1].kind, Change::Kind::added);
  EXPECT_EQ(diffs[0][1].renamed_from, "old.py");
  EXPECT_EQ(diffs[0][1].new_mode, 0100755U);
  EXPECT_EQ(diffs[0][2].path, "old.py");
  EXPECT_EQ(diffs[0][2].kind, Change::Kind::removed);
  EXPECT_THAT(diffs[1], IsEmpty());
  ASSERT_EQ(diffs[2].size(), 1U);
  EXPECT_EQ(diffs[2][0].path, ":odd");
}

}  // namespace
}  // namespace planner::io
