#include "planner/io/disk_sources.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> names(const std::vector<parsers::Source>& sources) {
  std::vector<std::string> out;
  for (const parsers::Source& source : sources) out.push_back(source.name);
  return out;
}

TEST(DiskSources, DirectoriesStandForTheirOrderFilesEachOnce) {
  const support::TemporaryDirectory directory;
  for (const char* name : {"o/b.md", "o/a.yaml", "o/sub/c.json", "o/notes.txt", "o/.hidden.md"})
    support::write(directory / name, name);
  DiskSources sources(directory.path());
  const auto read = sources.read({directory / "o/b.md", directory / "o", directory / "o/../o/b.md"});
  ASSERT_TRUE(read);
  EXPECT_THAT(names(*read), ElementsAre(directory / "o/b.md", directory / "o/a.yaml", directory / "o/sub/c.json"));
  EXPECT_EQ(read->at(1).text, "o/a.yaml");
}

TEST(DiskSources, WhatCannotBeReadIsBadInput) {
  const support::TemporaryDirectory directory;
  DiskSources sources(directory.path());
  EXPECT_EQ(sources.read({directory / "none.md"}).error().kind, Error::Kind::input);
  EXPECT_THAT(sources.read({directory.path()}).error().what, HasSubstr("holds no .md"));
}

TEST(DiskSources, StandardInputIsReadOnce) {
  const support::TemporaryDirectory directory;
  support::write(directory / "in", "text");
  const int input = ::open((directory / "in").c_str(), O_RDONLY);
  DiskSources sources(directory.path(), input);
  const auto read = sources.read({"-", "-"});
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->at(0).name, "<stdin>");
  EXPECT_EQ(read->at(0).text, "text");
  ::close(input);
}

TEST(DiskSources, ConfigurationMayBeMissing) {
  const support::TemporaryDirectory directory;
  DiskSources sources(directory.path());
  EXPECT_EQ(sources.config().value(), std::nullopt);
  support::write(directory / "interlock.yaml", "policy: strict\n");
  EXPECT_EQ(sources.config().value()->text, "policy: strict\n");
}

}  // namespace
}  // namespace planner::io
