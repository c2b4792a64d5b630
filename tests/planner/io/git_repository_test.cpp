#include "planner/io/git_repository.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using support::TemporaryRepository;
using testing::ElementsAre;
using testing::HasSubstr;

std::unique_ptr<GitRepository> open(const std::string& directory) {
  auto repository = open_repository(directory);
  if (!repository) throw std::runtime_error(repository.error().what);
  return std::move(*repository);
}

TEST(OpenRepository, TellsNoRepositoryFromNoDirectory) {
  const support::TemporaryDirectory directory;
  const auto none = open_repository(directory.path());
  ASSERT_TRUE(none);
  EXPECT_EQ(*none, nullptr);
  EXPECT_EQ(open_repository(directory / "x").error().kind, Error::Kind::input);
  support::write(directory / ".git", "gitdir: /nowhere\n");
  EXPECT_EQ(open_repository(directory.path()).error().kind, Error::Kind::world);
}

TEST(OpenRepository, FindsTheTopFromSubdirectoriesWorktreesAndBareRepositories) {
  const TemporaryRepository user;
  const ObjectId head = user.commit("c", {{"a/b/f", "x"}});
  EXPECT_EQ(open(user / "a/b")->top(), user.top());
  user.git({"worktree", "add", "-q", "-b", "side", user.beside("side")});
  support::write(user.beside("side") + "/d/x", "");
  const auto linked = open(user.beside("side") + "/d");
  EXPECT_EQ(linked->top(), user.beside("side"));
  EXPECT_EQ(linked->layout().common_dir, user / ".git");
  const auto worktrees = linked->worktrees();
  ASSERT_EQ(worktrees.size(), 2U);
  EXPECT_EQ(worktrees[0].path, user.top());
  EXPECT_EQ(worktrees[1].branch, "side");
  EXPECT_EQ(worktrees[1].head, head);
  support::git("/", {"clone", "-q", "--bare", user.top(), user.beside("bare.git")});
  const auto bare = open(user.beside("bare.git"));
  EXPECT_EQ(bare->top(), user.beside("bare.git"));
  EXPECT_FALSE(bare->layout().has_work_tree);
  EXPECT_EQ(bare->commit("main").value(), head);
  EXPECT_TRUE(bare->tree(head).value().has_file("a/b/f"));
}

TEST(OpenRepository, WorksInDirectoriesWithOddNames) {
  const support::TemporaryDirectory directory;
  const std::string odd = directory / "new\nline \"q\" \xff#";
  support::write(odd + "/f", "x");
  support::git(odd, {"init", "-q", "-b", "main"});
  support::git(odd, {"add", "f"});
  support::git(odd, {"commit", "-q", "-m", "c"});
  const auto repository = open(odd);
  EXPECT_EQ(repository->top(), odd);
  EXPECT_TRUE(repository->tree(repository->commit("HEAD").value()).value().has_file("f"));
}

TEST(OpenRepository, ReadsSha256Repositories) {
  const TemporaryRepository user({"--object-format=sha256"});
  const ObjectId one = user.commit("1", {{"f", "x"}}), two = user.commit("2", {{"f", "y"}});
  const auto repository = open(user.top());
  EXPECT_EQ(one.size(), 64U);
  EXPECT_EQ(repository->changes(one, two).value().at(0).path, "f");
  EXPECT_EQ(repository->changes("", one).value().at(0).kind, Change::Kind::added);
  EXPECT_EQ(repository->worktree_changes(user.top(), one).value().changes.at(0).new_blob,
            repository->tree(two).value().find("f")->blob);
}

TEST(OpenRepository, ReadsSubmodulesAndBorrowedObjects) {
  const TemporaryRepository library, user;
  library.commit("l", {{"lib.c", "1"}});
  user.git({"-c", "protocol.file.allow=always", "submodule", "add", "-q", library.top(), "lib"});
  const ObjectId with = user.commit("with submodule");
  const auto inside = open(user / "lib");
  EXPECT_EQ(inside->top(), user / "lib");
  EXPECT_TRUE(inside->tree(inside->commit("HEAD").value()).value().has_file("lib.c"));
  EXPECT_EQ(open(user.top())->tree(with).value().find("lib")->mode, 0160000U);
  support::git("/", {"clone", "-q", "--shared", user.top(), user.beside("shared")});
  EXPECT_TRUE(open(user.beside("shared"))->tree(with).value().has_file(".gitmodules"));
  support::write(user.beside("shared") + "/.git/objects/info/alternates", "../../../repo/.git/objects\n");
  EXPECT_TRUE(open(user.beside("shared"))->tree(with).value().has_file(".gitmodules")) << "a relative path";
}

TEST(CommitOf, RefusesOptionsAndUnknownNames) {
  const TemporaryRepository user;
  const ObjectId first = user.commit("1"), second = user.commit("2");
  user.git({"update-ref", "refs/heads/-x", second});
  user.git({"tag", "v1", first});
  const auto repository = open(user / "");
  EXPECT_EQ(repository->commit("HEAD~1").value(), first);
  EXPECT_EQ(repository->commit("v1").value(), first);
  EXPECT_EQ(repository->commit(second.substr(0, 10)).value(), second);
  EXPECT_EQ(repository->commit("refs/heads/-x").value(), second);
  for (const char* name : {"-x", "--output=/tmp/interlock-never", "", "a\nb"})
    EXPECT_EQ(repository->commit(name).error().kind, Error::Kind::input) << name;
  const auto unknown = repository->commit("nowhere");
  EXPECT_EQ(unknown.error().kind, Error::Kind::world);
  EXPECT_EQ(unknown.error().what, "unknown revision \"nowhere\"");
  EXPECT_THAT(unknown.error().remedy, HasSubstr("fetch"));
}

TEST(CommitOf, ATagDoesNotStandInForABranch) {
  const TemporaryRepository user;
  const ObjectId first = user.commit("1"), second = user.commit("2");
  user.git({"tag", "main", first});
  EXPECT_EQ(open(user.top())->commit("main").value(), second);
}

TEST(Target, IsWhatIsConfiguredElseTheRemotesElseMain) {
  const TemporaryRepository user;
  EXPECT_EQ(open(user.top())->target("").value(), std::nullopt) << "unborn";
  user.commit("1");
  EXPECT_EQ(open(user.top())->target("").value(), "main");
  user.git({"branch", "-m", "trunk"});
  EXPECT_EQ(open(user.top())->target("").value(), std::nullopt) << "the current branch is no target";
  support::git("/", {"clone", "-q", user.top(), user.beside("clone")});
  const std::string clone = user.beside("clone");
  EXPECT_EQ(open(clone)->target("").value(), "trunk") << "what origin/HEAD says";
  user.commit("2");
  support::git(clone, {"fetch", "-q"});
  EXPECT_EQ(open(clone)->target("").value(), "origin/trunk") << "the local branch is behind";
  support::git(clone, {"checkout", "-q", "--detach"});
  support::git(clone, {"branch", "-D", "-q", "trunk"});
  EXPECT_EQ(open(clone)->target("trunk").value(), "origin/trunk") << "as in a clone for a CI job";
  EXPECT_EQ(open(clone)->target("release").value(), "release");
  support::git(clone, {"remote", "remove", "origin"});
  EXPECT_EQ(open(clone)->target("").value(), std::nullopt) << "detached";
  user.git({"branch", "master"});
  EXPECT_EQ(open(user.top())->target("").value(), "master");
}

TEST(Commands, LeaveTheEnvironmentOfTheCallerOut) {
  const TemporaryRepository user, other;
  user.commit("1", {{"f", "x"}});
  ::setenv("GIT_DIR", (other / ".git").c_str(), 1);
  ::setenv("GIT_INDEX_FILE", "/nonexistent", 1);
  const auto repository = open(user.top());
  EXPECT_EQ(repository->top(), user.top());
  EXPECT_TRUE(repository->worktree_changes(user.top(), "").value().changes.at(0).path == "f");
  ::unsetenv("GIT_DIR");
  ::unsetenv("GIT_INDEX_FILE");
}

TEST(Commands, SayWhenGitIsMissing) {
  const TemporaryRepository user;
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nonexistent", 1);
  const auto repository = open_repository(user.top());
  ::setenv("PATH", path.c_str(), 1);
  ASSERT_FALSE(repository);
  EXPECT_EQ(repository.error().kind, Error::Kind::world);
  EXPECT_THAT(repository.error().what, HasSubstr("git is not installed"));
}

TEST(Scratch, LeavesNothingAndSweepsWhatACrashLeft) {
  const TemporaryRepository user;
  const ObjectId head = user.commit("1", {{"f", "x"}});
  const std::string left = user / ".git/interlock/scratch-crashed";
  support::write(left + "/lock", "");
  {
    const auto one = open(user.top()), two = open(user.top());
    ASSERT_TRUE(one->tree(head));
    EXPECT_FALSE(std::filesystem::exists(left));
    ASSERT_TRUE(two->tree(head));
    ASSERT_TRUE(one->tree(head)) << "one that is in use is not swept";
  }
  EXPECT_TRUE(std::filesystem::is_empty(user / ".git/interlock"));
}

TEST(Scratch, FallsBackToTheTemporaryDirectory) {
  const TemporaryRepository user;
  const ObjectId head = user.commit("1", {{"f", "x"}});
  user.write(".git/interlock", "in the way");
  EXPECT_TRUE(open(user.top())->tree(head).value().has_file("f"));
  EXPECT_EQ(support::read(user / ".git/interlock"), "in the way");
}

}  // namespace
}  // namespace planner::io
