// Git's files read without git, and what its hooks are about.
#include "planner/io/checkout.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <string>

#include "planner/io/git_hooks.h"
#include "planner/io/placed_file.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

Checkout found(const std::string& directory, const std::string& git_dir = {}) {
  const auto checkout = find_checkout(directory, git_dir);
  if (!checkout || !*checkout) throw std::runtime_error("no checkout at " + directory);
  return **checkout;
}

TEST(FindCheckout, AgreesWithGit) {
  const support::TemporaryRepository repository;
  repository.commit("one", {{"sub/a.txt", "1"}});
  repository.git({"worktree", "add", "-q", "-b", "topic", repository.beside("tree")});
  repository.git({"worktree", "add", "-q", "--detach", repository / "inner"});
  for (const std::string& at :
       {repository.top(), repository / "sub", repository.beside("tree"), repository / "inner"}) {
    const Checkout checkout = found(at);
    const auto says = [&](const char* what) { return support::git(at, {"rev-parse", "--path-format=absolute", what}); };
    EXPECT_EQ(checkout.top, says("--show-toplevel"));
    EXPECT_EQ(checkout.git_dir, says("--git-dir"));
    EXPECT_EQ(checkout.common_dir, says("--git-common-dir"));
  }
  EXPECT_EQ(found(repository.top()).branch, "main");
  EXPECT_EQ(found(repository.beside("tree")).branch, "topic");
  EXPECT_EQ(found(repository / "inner").branch, "");
  const auto others = other_work_trees(found(repository.beside("tree")));
  ASSERT_EQ(others.size(), 2u);
  EXPECT_EQ(others[0].top, repository.top());
  EXPECT_EQ(others[0].branch, "main");
  EXPECT_EQ(others[1].top, repository / "inner");
  fs::remove_all(repository / "inner");
  EXPECT_EQ(other_work_trees(found(repository.top())).size(), 1u);
}

TEST(FindCheckout, HonoursWhatGitSaysToItsHooks) {
  const support::TemporaryRepository repository;
  repository.git({"commit", "-q", "--allow-empty", "-m", "x"});
  repository.git({"worktree", "add", "-q", "-b", "topic", repository.beside("tree")});
  EXPECT_EQ(found(repository.top(), ".git").git_dir, repository / ".git");
  EXPECT_EQ(found(repository.beside("tree"), repository / ".git/worktrees/tree").branch, "topic");
  EXPECT_FALSE(find_checkout(repository.top(), "nowhere"));
}

TEST(FindCheckout, FindsNoneOrSaysWhy) {
  const support::TemporaryDirectory directory;
  const auto none = find_checkout(directory.path());
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->has_value());
  EXPECT_FALSE(find_checkout(directory / "missing"));
  support::write(directory / "x/.git", "gitdir: ../nowhere\n");
  EXPECT_FALSE(find_checkout(directory / "x"));
  fs::create_directories(directory / "y/.git/objects");  // no HEAD: git goes on above it
  const auto above = find_checkout(directory / "y");
  ASSERT_TRUE(above);
  EXPECT_FALSE(above->has_value());
}

TEST(StagedPaths, AreWhatIsBeingCommitted) {
  const support::TemporaryRepository repository;
  repository.write("a.txt", "1");
  repository.git({"add", "a.txt"});
  EXPECT_EQ(*staged_paths(found(repository.top()), ""), std::vector<std::string>{"a.txt"});
  repository.commit("one", {{"b.txt", "1"}, {"c.txt", "1"}});
  repository.write("b.txt", "2");
  repository.write("new\nline", "2");
  repository.git({"add", "-A"});
  repository.write("c.txt", "2");  // not staged
  EXPECT_EQ(*staged_paths(found(repository.top()), ""), (std::vector<std::string>{"b.txt", "new\nline"}));
  EXPECT_EQ(*tracked_paths(found(repository.top())),
            (std::vector<std::string>{"a.txt", "b.txt", "c.txt", "new\nline"}));
  // Another index, as git commit PATH makes one.
  fs::copy_file(repository / ".git/index", repository.beside("index"));
  repository.git({"reset", "-q"});
  EXPECT_EQ(staged_paths(found(repository.top()), repository.beside("index"))->size(), 2u);
  EXPECT_TRUE(staged_paths(found(repository.top()), "")->empty());
}

TEST(StagedPaths, OfAMergeDifferFromBothSides) {
  const support::TemporaryRepository repository;
  repository.commit("base", {{"a", "1\n"}, {"b", "1\n"}, {"c", "1\n"}});
  repository.git({"checkout", "-q", "-b", "topic"});
  repository.commit("topic", {{"a", "2\n"}, {"b", "topic\n"}});
  repository.git({"checkout", "-q", "main"});
  repository.commit("main", {{"c", "2\n"}, {"b", "main\n"}});
  EXPECT_THROW(repository.git({"merge", "-q", "topic"}), std::runtime_error);
  repository.write("b", "both\n");
  repository.git({"add", "-A"});
  EXPECT_EQ(*staged_paths(found(repository.top()), ""), std::vector<std::string>{"b"});
}

TEST(DroppedCommits, AreNamedWithTheirOrders) {
  const support::TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"a", "1"}});
  const std::string one = repository.commit("one\n\nWork-Order: WO-1\nWork-Order: WO-2", {{"a", "2"}});
  const std::string two = repository.commit("two", {{"a", "3"}});
  const Checkout checkout = found(repository.top());
  const auto dropped = dropped_commits(checkout, two, base);
  ASSERT_TRUE(dropped);
  ASSERT_EQ(dropped->size(), 2u);
  EXPECT_EQ((*dropped)[0].id, two);
  EXPECT_TRUE((*dropped)[0].work_orders.empty());
  EXPECT_EQ((*dropped)[1].id, one);
  EXPECT_EQ((*dropped)[1].work_orders, (std::vector<std::string>{"WO-1", "WO-2"}));
  EXPECT_TRUE(dropped_commits(checkout, base, two)->empty());
  EXPECT_FALSE(dropped_commits(checkout, two, std::string(40, '1')));
  EXPECT_FALSE(dropped_commits(checkout, "--output=x", base));
  EXPECT_EQ(*value_of_ref(checkout, "refs/heads/main"), two);
  EXPECT_EQ(*value_of_ref(checkout, "refs/heads/none"), "");
}

TEST(HookLines, AreFields) {
  EXPECT_EQ(hook_lines("a b c\n\nd e"), (std::vector<std::vector<std::string>>{{"a", "b", "c"}, {"d", "e"}}));
  EXPECT_TRUE(is_zero("0000"));
  EXPECT_FALSE(is_zero("0001"));
  EXPECT_FALSE(is_zero(""));
}

TEST(PlacedFile, IsNeverWrittenThroughALink) {
  const support::TemporaryDirectory directory;
  const std::string top = directory / "top";
  support::write(directory / "outside/settings.json", "{}");
  fs::create_directories(top);
  fs::create_directory_symlink(directory / "outside", top + "/.claude");
  EXPECT_FALSE(read_placed(top, top + "/.claude/settings.json"));
  EXPECT_FALSE(write_placed(top, top + "/.claude/settings.json", "x", false));
  fs::remove(top + "/.claude");
  fs::create_directory(top + "/.claude");
  fs::create_symlink(directory / "outside/settings.json", top + "/.claude/settings.json");
  EXPECT_FALSE(read_placed(top, top + "/.claude/settings.json"));
  EXPECT_FALSE(write_placed(top, top + "/.claude/settings.json", "x", false));
  EXPECT_EQ(support::read(directory / "outside/settings.json"), "{}");
}

TEST(PlacedFile, ComesAndGoesWithItsDirectories) {
  const support::TemporaryDirectory directory;
  const std::string path = directory / "a/b/c.sh";
  EXPECT_EQ(*read_placed(directory.path(), path), std::nullopt);
  ASSERT_TRUE(write_placed(directory.path(), path, "x", true));
  EXPECT_EQ(*read_placed(directory.path(), path), "x");
  EXPECT_NE(fs::status(path).permissions() & fs::perms::owner_exec, fs::perms::none);
  support::write(directory / "a/other", "kept");
  ASSERT_TRUE(write_placed(directory.path(), path, std::nullopt, true));
  EXPECT_FALSE(fs::exists(directory / "a/b"));
  EXPECT_TRUE(fs::exists(directory / "a/other"));
}

TEST(HooksDirectory, IsWhereGitLooks) {
  const support::TemporaryRepository repository;
  const Checkout checkout = found(repository.top());
  EXPECT_EQ(*hooks_directory(checkout.top, checkout.common_dir), repository / ".git/hooks");
  repository.git({"config", "core.hooksPath", "tools/hooks"});
  EXPECT_EQ(*hooks_directory(checkout.top, checkout.common_dir), repository / "tools/hooks");
  repository.git({"config", "core.hooksPath", repository.beside("all")});
  EXPECT_EQ(*hooks_directory(checkout.top, checkout.common_dir), repository.beside("all"));
}

}  // namespace
}  // namespace planner::io
