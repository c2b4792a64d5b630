#include "planner/io/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReadFile, GivesBytesOrTheReason) {
  const support::TemporaryDirectory directory;
  support::write(directory / "a", std::string("x\0\xff\n", 4));
  EXPECT_EQ(read_file(directory / "a").value(), std::string("x\0\xff\n", 4));
  const auto missing = read_file(directory / "none");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, Error::Kind::input);
  EXPECT_THAT(missing.error().what, HasSubstr("No such file"));
  EXPECT_THAT(read_file(directory.path()).error().what, HasSubstr("directory"));
  EXPECT_THAT(read_file(directory / "a", 3).error().what, HasSubstr("larger"));
  EXPECT_EQ(read_file_if_there(directory / "none").value(), std::nullopt);
  EXPECT_EQ(read_file_if_there(directory / "a/b").value(), std::nullopt);
}

TEST(WriteFile, ReplacesAsAWhole) {
  const support::TemporaryDirectory directory;
  const std::string path = directory / "out";
  ASSERT_TRUE(write_file(path, "one"));
  ::chmod(path.c_str(), 0640);
  ASSERT_TRUE(write_file(path, "two"));
  EXPECT_EQ(support::read(path), "two");
  struct stat about {};
  ::stat(path.c_str(), &about);
  EXPECT_EQ(about.st_mode & 0777, 0640U);
  EXPECT_THAT(list_files(directory.path()).value(), ElementsAre(path)) << "nothing is left beside it";
}

TEST(WriteFile, WritesThroughALinkAndToADevice) {
  const support::TemporaryDirectory directory;
  support::write(directory / "real", "old");
  std::filesystem::create_symlink("real", directory / "link");
  ASSERT_TRUE(write_file(directory / "link", "new"));
  EXPECT_EQ(support::read(directory / "real"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(directory / "link"));
  EXPECT_TRUE(write_file("/dev/null", "x"));
  EXPECT_FALSE(write_file(directory / "no/such/place", "x"));
  EXPECT_FALSE(write_file(directory.path(), "x"));
}

TEST(FileBeside, TakesItsPlaceAtTheEndOrNever) {
  const support::TemporaryDirectory directory;
  support::write(directory / "a", "old");
  {
    auto left = FileBeside::open(directory / "a");
    ASSERT_TRUE(left && left->write("half"));
  }
  EXPECT_EQ(read_file(directory / "a").value(), "old");
  auto put = FileBeside::open(directory / "a");
  ASSERT_TRUE(put && put->write("ne") && put->write("w"));
  EXPECT_EQ(read_file(directory / "a").value(), "old");
  ASSERT_TRUE(put->put());
  EXPECT_EQ(read_file(directory / "a").value(), "new");
  EXPECT_EQ(list_files(directory.path()).value().size(), 1U);
  EXPECT_FALSE(FileBeside::open(directory.path()));
}

TEST(ListFiles, IsOrderedAndLeavesOutHiddenAndLoops) {
  const support::TemporaryDirectory directory;
  for (const char* name : {"b", "a/z", "a.md", "a/.hidden", ".git/config"}) support::write(directory / name, "");
  std::filesystem::create_directory_symlink(directory.path(), directory / "a/loop");
  EXPECT_THAT(list_files(directory.path()).value(),
              ElementsAre(directory / "a.md", directory / "a/z", directory / "b"));
}

}  // namespace
}  // namespace planner::io
