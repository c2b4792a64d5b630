// A repository whose configuration runs programs wherever git lets it: none of them may run, and nothing of the
// user's may change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/io/git_repository.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using support::TemporaryRepository;

/// Every question the port knows.
void ask_everything(const std::string& directory, const ObjectId& one, const ObjectId& two) {
  auto repository = open_repository(directory).value();
  EXPECT_TRUE(repository->commit("main"));
  EXPECT_TRUE(repository->commit("HEAD"));
  EXPECT_TRUE(repository->target(""));
  EXPECT_FALSE(repository->worktrees().empty());
  EXPECT_TRUE(repository->tree(two));
  EXPECT_TRUE(repository->file(two, "f.txt"));
  EXPECT_TRUE(repository->merge_bases(one, two));
  EXPECT_TRUE(repository->is_ancestor(one, two));
  EXPECT_TRUE(repository->first_parent(two));
  EXPECT_TRUE(repository->commits(one, two));
  EXPECT_TRUE(repository->commits_with_trailer(two, "Work-Order", "X"));
  EXPECT_TRUE(repository->changes(one, two));
  EXPECT_TRUE(repository->commit_with_blob(two, "f.txt", repository->tree(one)->find("f.txt")->blob));
  const auto work = repository->worktree_changes(directory, one);
  ASSERT_TRUE(work) << work.error().what;
  EXPECT_FALSE(work->changes.empty());
}

struct Hostile {
  TemporaryRepository user;
  std::string marker = user.beside("marker");
  ObjectId one, two;

  Hostile() {
    one = user.commit("1", {{"f.txt", "0\n"},
                            {"old.txt", "a\nb\nc\nd\n"},
                            {".gitattributes", "*.txt filter=evil diff=evil merge=evil\n"}});
    user.git({"mv", "old.txt", "new.txt"});
    two = user.commit("2\n\nWork-Order: X\n", {{"f.txt", "1\n"}, {"new.txt", "a\nb\nc\nd\ne\n"}});
    user.write("f.txt", "2\n");
    user.write("untracked.txt", "");
    support::write(user.beside("evil.sh"), "#!/bin/sh\necho \"$0 $*\" >>'" + marker + "'\ncat\n");
    const std::string evil = user.beside("evil.sh");
    std::filesystem::permissions(evil, std::filesystem::perms::owner_all);
    for (const char* key : {"core.fsmonitor",
                            "core.pager",
                            "core.editor",
                            "core.sshCommand",
                            "core.askPass",
                            "core.gitProxy",
                            "filter.evil.clean",
                            "filter.evil.smudge",
                            "filter.evil.process",
                            "diff.evil.command",
                            "diff.evil.textconv",
                            "diff.external",
                            "merge.evil.driver",
                            "gpg.program",
                            "gpg.ssh.program",
                            "gpg.x509.program",
                            "pager.log",
                            "pager.diff",
                            "trailer.work-order.command",
                            "trailer.work-order.cmd",
                            "credential.helper",
                            "alias.log",
                            "uploadpack.packObjectsHook",
                            "core.alternateRefsCommand",
                            "difftool.evil.cmd",
                            "interactive.diffFilter"})
      user.git({"config", key, evil});
    user.git({"config", "filter.evil.required", "true"});
    user.git({"config", "log.showSignature", "true"});
    user.git({"config", "alias.rev-parse", "!" + evil});
    user.git({"config", "extensions.partialClone", "origin"});
    user.git({"config", "remote.origin.promisor", "true"});
    user.git({"config", "remote.origin.url", "ext::" + evil});
    user.git({"config", "protocol.allow", "always"});
    for (const char* hook : {"pre-commit", "post-index-change", "reference-transaction", "post-checkout",
                             "fsmonitor-watchman", "query-watchman", "post-rewrite", "pre-auto-gc"})
      std::filesystem::copy_file(evil, user / (std::string(".git/hooks/") + hook),
                                 std::filesystem::copy_options::overwrite_existing);
  }
};

TEST(HostileRepository, RunsNothing) {
  const Hostile hostile;
  // The trap works: a plain git falls into it.
  run({{"git", "-C", hostile.user.top(), "status"}, {"PATH=/usr/bin:/bin", "HOME=/nonexistent"}, {}});
  ASSERT_NE(support::read(hostile.marker), "");
  std::filesystem::remove(hostile.marker);

  ask_everything(hostile.user.top(), hostile.one, hostile.two);
  EXPECT_EQ(support::read(hostile.marker), "");
}

TEST(HostileRepository, StaysAsItWas) {
  const Hostile hostile;
  const auto before = support::snapshot(hostile.user.top());
  ask_everything(hostile.user.top(), hostile.one, hostile.two);
  EXPECT_TRUE(before == support::snapshot(hostile.user.top()));
  EXPECT_TRUE(std::filesystem::is_empty(hostile.user / ".git/interlock"));
}

TEST(HostileRepository, ASubmoduleRunsNothingEither) {
  const Hostile hostile;
  const TemporaryRepository user;
  user.git({"-c", "protocol.file.allow=always", "submodule", "add", "-q", hostile.user.top(), "lib"});
  const ObjectId base = user.commit("base");
  for (const char* key : {"core.fsmonitor", "filter.evil.clean", "diff.external"})
    support::git(user / "lib", {"config", key, hostile.user.beside("evil.sh")});
  user.write("lib/f.txt", "dirty");
  std::filesystem::remove(hostile.marker);
  auto repository = open_repository(user.top()).value();
  EXPECT_TRUE(repository->worktree_changes(user.top(), base).value().changes.empty());
  EXPECT_EQ(support::read(hostile.marker), "");
}

TEST(HostileRepository, AForeignOwnerIsNoObstacle) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const TemporaryRepository user;
  const ObjectId one = user.commit("1", {{"f.txt", "0"}}), two = user.commit("2", {{"f.txt", "1"}});
  user.write("f.txt", "2");
  for (auto at = std::filesystem::recursive_directory_iterator(user.top()); at != std::filesystem::end(at); ++at)
    ASSERT_EQ(::lchown(at->path().c_str(), 12345, 12345), 0);
  ASSERT_EQ(::lchown(user.top().c_str(), 12345, 12345), 0);
  ask_everything(user.top(), one, two);
}

}  // namespace
}  // namespace planner::io
