#include "planner/io/index_files.h"

#include <chrono>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

std::string written(const std::string& directory, std::string_view kind, std::uint64_t version, std::uint64_t number,
                    const std::vector<std::string_view>& parts) {
  const Result<std::string> path = write_index_file(directory, kind, version, number, parts);
  return path ? *path : std::string();
}

void age(const std::string& path, int hours) {
  fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(hours));
}

TEST(IndexFiles, AreListedByKindVersionAndNumber) {
  const support::TemporaryDirectory top;
  const std::string directory = top / "not/there/yet";
  EXPECT_TRUE(index_files(directory, "names", 7).empty());
  EXPECT_TRUE(index_files("", "names", 7).empty());
  const std::string tenth = written(directory, "names", 7, 0x10, {"ten"});
  const std::string second = written(directory, "names", 7, 2, {"t", "", "wo"});
  const std::string again = written(directory, "names", 7, 2, {"another"});
  written(directory, "outlines", 7, 1, {"other kind"});
  written(directory, "names", 8, 1, {"other version"});
  support::write(directory + "/names-0000000000000007-1.tmp", "no index file");
  const std::vector<IndexFile> files = index_files(directory, "names", 7);
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].number, 2U);
  EXPECT_EQ(files[1].number, 2U);
  EXPECT_EQ(files[2].number, 0x10U);
  EXPECT_EQ(files[2].path, tenth);
  EXPECT_NE(second, again);  // nobody's file is taken
  EXPECT_EQ(support::read(second), "two");
  EXPECT_EQ(support::read(tenth), "ten");
}

TEST(IndexFiles, LeaveNothingHalfWritten) {
  const support::TemporaryDirectory top;
  written(top.path(), "names", 7, 1, {"whole"});
  for (const auto& entry : fs::directory_iterator(top.path())) EXPECT_EQ(entry.path().extension(), ".seg");
  support::write(top / "file", "in the way");
  const Result<std::string> refused = write_index_file(top / "file", "names", 7, 1, {"x"});
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().what.find("cannot keep the code index"), std::string::npos);
  EXPECT_EQ(support::read(top / "file"), "in the way");
}

TEST(IndexFiles, SweepRemovesOtherVersionsOldestFirstAndOnlyWhenTooLarge) {
  const support::TemporaryDirectory top;
  const std::string text(100, 'x');
  const std::string ours = written(top.path(), "names", 7, 1, {text});
  const std::string oldest = written(top.path(), "names", 5, 1, {text});
  const std::string older = written(top.path(), "names", 6, 1, {text});
  age(ours, 300);
  age(oldest, 200);
  age(older, 100);
  sweep_index_files(top.path(), 7, 300);
  EXPECT_TRUE(fs::exists(oldest));
  sweep_index_files(top.path(), 7, 299);
  EXPECT_FALSE(fs::exists(oldest));
  EXPECT_TRUE(fs::exists(older));
  sweep_index_files(top.path(), 7, 0);
  EXPECT_FALSE(fs::exists(older));
  EXPECT_TRUE(fs::exists(ours));
}

TEST(IndexFiles, SweepRemovesWhatKilledWritersLeft) {
  const support::TemporaryDirectory top;
  support::write(top / "names.new-abcdef", "half");
  support::write(top / "names.new-ghijkl", "somebody writes this now");
  support::write(top / "foreign", "not ours");
  age(top / "names.new-abcdef", 25);
  age(top / "foreign", 2500);
  sweep_index_files(top.path(), 7, std::uint64_t{1} << 30);
  EXPECT_FALSE(fs::exists(top / "names.new-abcdef"));
  EXPECT_TRUE(fs::exists(top / "names.new-ghijkl"));
  EXPECT_TRUE(fs::exists(top / "foreign"));
}

}  // namespace
}  // namespace planner::io
