#include "planner/co_change.h"

#include <gtest/gtest.h>

namespace planner {
namespace {

using Kind = PastChange::Kind;

void add(ChangeHistory& history, const std::vector<std::string_view>& paths, int times = 1) {
  std::vector<PastChange> changes;
  for (const std::string_view path : paths) changes.push_back({Kind::written, path, ""});
  for (int i = 0; i < times; ++i) history.add(changes);
}

std::string likely(const ChangeHistory& history, const std::vector<std::string>& given, std::size_t most = 3) {
  std::string out;
  for (const CoChange& c : history.likely_with(given, most))
    out += c.path + " with " + c.with + " " + std::to_string(c.together) + "/" + std::to_string(c.of) + "\n";
  return out;
}

TEST(CoChange, WhatChangedTogetherIsLikely) {
  ChangeHistory history;
  add(history, {"a.py", "tests/test_a.py"}, 19);
  add(history, {"a.py"}, 4);
  add(history, {"b.py", "c.py"}, 5);
  EXPECT_EQ(likely(history, {"a.py"}), "tests/test_a.py with a.py 19/23\n");
  EXPECT_EQ(likely(history, {"b.py"}), "c.py with b.py 5/5\n");
  EXPECT_EQ(likely(history, {"unknown.py"}), "");
  EXPECT_EQ(likely(history, {}), "");
}

TEST(CoChange, OnceTellsLittle) {
  ChangeHistory history;
  add(history, {"a.py", "b.py"});
  add(history, {"a.py"}, 20);
  EXPECT_EQ(likely(history, {"a.py"}), "");
}

TEST(CoChange, RecentCommitsOutweighOldOnes) {
  ChangeHistory history;
  add(history, {"a.py", "old.py"}, 12);
  add(history, {"elsewhere.py"}, 3000);
  add(history, {"a.py", "new.py"}, 8);
  EXPECT_EQ(likely(history, {"a.py"}, 1), "new.py with a.py 8/20\n");
}

TEST(CoChange, CommitsLikeThisOneOutweighOthers) {
  ChangeHistory history;
  add(history, {"a.py", "x.py"}, 10);
  add(history, {"a.py", "b.py", "c.py"}, 6);
  EXPECT_EQ(likely(history, {"a.py", "b.py"}, 1), "c.py with a.py 6/16\n");
}

TEST(CoChange, AFileKeepsItsHistoryUnderANewName) {
  ChangeHistory history;
  add(history, {"a.py", "b.py"}, 6);
  history.add({{Kind::renamed, "lib/a.py", "a.py"}});
  EXPECT_EQ(likely(history, {"lib/a.py"}), "b.py with lib/a.py 6/7\n");
  EXPECT_EQ(likely(history, {"b.py"}), "lib/a.py with b.py 6/6\n");
  EXPECT_FALSE(history.knows("a.py"));
}

TEST(CoChange, WhatIsGoneIsNotProposed) {
  ChangeHistory history;
  add(history, {"a.py", "b.py"}, 6);
  history.add({{Kind::removed, "b.py", ""}});
  EXPECT_EQ(likely(history, {"a.py"}), "");
  add(history, {"a.py", "b.py"});  // another file of that name
  EXPECT_EQ(history.likely_with({"b.py"}, 3).size(), 1u);
}

TEST(CoChange, GiantCommitsTellNothing) {
  ChangeHistory history;
  std::vector<std::string> names;
  for (int i = 0; i < 31; ++i) names.push_back("f" + std::to_string(i));
  add(history, {names.begin(), names.end()}, 10);
  EXPECT_EQ(history.commits(), 0u);
  EXPECT_EQ(likely(history, {"f1"}), "");
}

}  // namespace
}  // namespace planner
