#include "planner/io/source_directory.h"

#include <atomic>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <sys/stat.h>
#include <thread>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

constexpr std::size_t most = std::size_t{1} << 20;

TEST(SourceDirectory, ReadsRegularFilesInAnyOrder) {
  const support::TemporaryDirectory top;
  support::write(top / "a/b/one.py", "one");
  support::write(top / "a/two.py", "two");
  support::write(top / "c/b/three.py", std::string("th\0ree", 6));
  support::write(top / "empty", "");
  SourceDirectory directory(top.path());
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(directory.read("a/b/one.py", most).bytes, "one");
    EXPECT_EQ(directory.read("c/b/three.py", most).bytes, std::string("th\0ree", 6));
    EXPECT_EQ(directory.read("a/two.py", most).bytes, "two");
    const SourceText empty = directory.read("empty", most);
    EXPECT_EQ(empty.bytes, "");
    EXPECT_EQ(empty.why, "");
    EXPECT_GT(empty.changed, 0);
  }
}

TEST(SourceDirectory, NeverFollowsALink) {
  const support::TemporaryDirectory top;
  support::write(top / "outside/secret.py", "secret");
  support::write(top / "tree/real/secret.py", "ours");
  std::filesystem::create_symlink(top / "outside/secret.py", top / "tree/link.py");
  std::filesystem::create_symlink("real/secret.py", top / "tree/near.py");
  std::filesystem::create_symlink("nowhere", top / "tree/dangling.py");
  std::filesystem::create_directory_symlink(top / "outside", top / "tree/linked");
  std::filesystem::create_directory_symlink("../../outside", top / "tree/real/deep");
  SourceDirectory directory(top / "tree");
  for (const char* path : {"link.py", "near.py", "dangling.py", "linked/secret.py", "real/deep/secret.py"}) {
    const SourceText text = directory.read(path, most);
    EXPECT_EQ(text.bytes, "") << path;
    EXPECT_NE(text.why.find("symbolic link"), std::string::npos) << path << ": " << text.why;
  }
  EXPECT_EQ(directory.read("real/secret.py", most).bytes, "ours");
}

TEST(SourceDirectory, SaysWhyThereIsNothing) {
  const support::TemporaryDirectory top;
  support::write(top / "a/large.py", std::string(100, 'x'));
  ASSERT_EQ(::mkfifo((top / "pipe").c_str(), 0600), 0);
  SourceDirectory directory(top.path());
  const SourceText large = directory.read("a/large.py", 99);
  EXPECT_TRUE(large.too_large);
  EXPECT_EQ(large.bytes, "");
  EXPECT_EQ(directory.read("a/large.py", 100).bytes.size(), 100U);
  EXPECT_EQ(directory.read("pipe", most).why, "is not a regular file");  // and does not wait for a writer
  EXPECT_EQ(directory.read("a", most).why, "is not a regular file");
  for (const char* path : {"none.py", "none/at/all.py", "a/large.py/below"}) {
    const SourceText text = directory.read(path, most);
    EXPECT_FALSE(text.why.empty()) << path;
    EXPECT_FALSE(text.too_large) << path;
  }
  SourceDirectory missing(top / "gone");
  EXPECT_FALSE(missing.read("a", most).why.empty());
}

/// A writer that fills the file again and again, in place: what is read is one of the two fillings, or nothing.
TEST(SourceDirectory, NeverMixesAFileThatChangesWhileItIsRead) {
  const support::TemporaryDirectory top;
  constexpr std::size_t size = 300'000;
  support::write(top / "file", std::string(size, 'a'));
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) support::write(top / "file", std::string(size / (i % 3 + 1), i % 2 == 0 ? 'b' : 'a'));
  });
  SourceDirectory directory(top.path());
  for (int i = 0; i < 300; ++i) {
    const SourceText text = directory.read("file", size);
    if (!text.why.empty()) {
      EXPECT_EQ(text.why, "changes while it is read");
    } else if (!text.bytes.empty()) {
      EXPECT_EQ(text.bytes.find_first_not_of(text.bytes.front()), std::string_view::npos);
    }
  }
  stop = true;
  writer.join();
}

}  // namespace
}  // namespace planner::io
