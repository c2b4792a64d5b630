#include "planner/io/project_files.h"

#include <gmock/gmock.h>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using testing::ElementsAre;

TEST(ProjectFiles, OfAWorkTreeAreThoseThatAreNotIgnored) {
  const support::TemporaryRepository repository;
  repository.commit("first", {{"src/a.py", "x\n"}, {".gitignore", "build/\n"}, {".github/w.yml", "x\n"}});
  support::write(repository.top() + "/new.py", "x\n");
  support::write(repository.top() + "/build/out.o", "x\n");
  const auto files = project_files(repository.top() + "/src", 100);
  ASSERT_TRUE(files) << files.error().what;
  EXPECT_EQ(files->top, repository.top());
  EXPECT_THAT(files->paths, ElementsAre(".github/w.yml", ".gitignore", "new.py", "src/a.py"));
  EXPECT_FALSE(files->cut);
  const auto few = project_files(repository.top(), 2);
  EXPECT_THAT(few->paths, ElementsAre(".github/w.yml", ".gitignore"));
  EXPECT_TRUE(few->cut);
}

TEST(ProjectFiles, OfADirectoryAreAllButInstalledParts) {
  const support::TemporaryDirectory directory;
  for (const char* path : {"a/b.py", ".env", "node_modules/x/y.js", "a/node_modules/z.js", "B"})
    support::write(directory / path, "x\n");
  std::filesystem::create_symlink("/etc", directory / "etc");
  std::filesystem::create_symlink("B", directory / "link");
  const auto files = project_files(directory.path(), 100);
  ASSERT_TRUE(files) << files.error().what;
  EXPECT_THAT(files->paths, ElementsAre(".env", "B", "a/b.py"));
  EXPECT_FALSE(project_files(directory / "nowhere", 100));
}

}  // namespace
}  // namespace planner::io
