// What sessions recorded, held against what real git then did to it.
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "planner/app/record.h"
#include "planner/app/verify.h"
#include "planner/io/git_repository.h"
#include "planner/io/record_store.h"
#include "planner/verify_records.h"
#include "tests/support/memory_sources.h"
#include "tests/support/temporary_repository.h"

namespace planner {
namespace {

using support::TemporaryRepository;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Record, ComesBackAsItWasWritten) {
  Record record;
  record.session = "s \n 1";
  record.work_orders = {"A", "B c"};
  record.branch = "main";
  record.worktree = "/somewhere/a b";
  record.author = "N <m>";
  record.base = std::string(40, 'a');
  record.before = {{"d e", std::string(40, 'b')}, {"gone", ""}};
  record.files = {{"f \n g", 0100755, std::string(64, 'c'), true, std::string(40, 'd') + ".pack"},
                  {"h", 0120000, std::string(40, 'e'), false, ""}};
  const std::string text = written(record);
  const auto read = record_in(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(written(*read), text);
  EXPECT_EQ(read->files.at(0).path, "f \n g");
  EXPECT_EQ(read->before.at("gone"), "");
  for (std::size_t i = 0; i < text.size(); ++i) EXPECT_FALSE(record_in(text.substr(0, i))) << i;
  std::string evil = text;
  evil.replace(evil.find(std::string(40, 'd')), 40, "../../../../../../../../../../x/yyyyyyyy");
  EXPECT_FALSE(record_in(evil)) << "a pack is a file beside the record";
}

std::string shell(const std::string& directory, const std::string& command) {
  const auto done = io::run({{"sh", "-c", "cd \"$0\" && " + command, directory},
                             {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1"},
                             {}});
  if (!done || done->exit_code != 0) throw std::runtime_error(done ? done->err : done.error().what);
  return done->out;
}

/// A shared tree, as four sessions have it who stand in one directory.
struct Shared {
  TemporaryRepository user;
  Shared() { user.commit("root", {{"f", "0\n"}}); }

  std::unique_ptr<io::GitRepository> open() const { return std::move(*io::open_repository(user.top())); }
  void as(const std::string& author) const {
    user.git({"config", "user.name", author});
    user.git({"config", "user.email", author + "@example.org"});
    ::setenv("GIT_AUTHOR_NAME", author.c_str(), 1);
    ::setenv("GIT_AUTHOR_EMAIL", (author + "@example.org").c_str(), 1);
  }
  ~Shared() {
    ::unsetenv("GIT_AUTHOR_NAME");
    ::unsetenv("GIT_AUTHOR_EMAIL");
  }
  std::string commit_as(const std::string& author, const std::vector<std::string>& words) const {
    std::vector<std::string> all{"commit", "-q", "--author", author + " <" + author + "@example.org>"};
    all.insert(all.end(), words.begin(), words.end());
    user.git(all);
    return user.git({"rev-parse", "HEAD"});
  }
  Record record(const std::string& session, bool start = false) const {
    as(session);
    const auto repository = open();
    support::MemorySources sources({});
    app::World world{sources, repository.get(), {}};
    auto answer = app::record(world, {{}, {}, session, user.top(), {}, start});
    if (!answer) throw std::runtime_error(answer.error().error->what);
    return answer->record;
  }
  /// Findings about records, of all sessions.
  std::vector<Finding> judge(const std::string& orders = "work_orders: [{id: Z, write: [z]}]\n") const {
    const auto repository = open();
    support::MemorySources sources({{"o.yaml", orders}});
    app::World world{sources, repository.get(), {}};
    app::VerifyRequest request;
    request.orders.orders = {"o.yaml"};
    const auto answer = app::verify(world, request);
    if (!answer) throw std::runtime_error(answer.error().error ? answer.error().error->what : "orders");
    std::vector<Finding> out;
    for (const Finding& f : answer->findings)
      if (f.rule == "absorbed-work" || f.rule == "lost-work") out.push_back(f);
    return out;
  }
};

/// "…; bring it back with: COMMAND".
std::string command_of(const Finding& finding) {
  constexpr std::string_view mark = "bring it back with: ";
  return finding.message.substr(finding.message.find(mark) + mark.size());
}

TEST(Records, AutostashSwallowIsNamedWithTheAbsorbingCommit) {
  const Shared shared;
  const std::string upstream = shared.user.beside("up");
  support::git("/", {"clone", "-q", "--bare", shared.user.top(), upstream});
  shared.user.git({"remote", "add", "origin", upstream});
  const std::string other = shared.user.beside("other");
  support::git("/", {"clone", "-q", upstream, other});
  support::write(other + "/g", "1\n");
  support::git(other, {"add", "-A"});
  support::git(other, {"commit", "-q", "-m", "others"});
  support::git(other, {"push", "-q", "origin", "HEAD:main"});

  shared.record("alice", true);
  shared.user.write("a1", "one\n");
  shared.user.write("a2", "two\n");
  shared.user.git({"add", "a1", "a2"});
  shared.record("alice");
  shared.user.git({"pull", "-q", "--rebase", "--autostash", "origin", "main"});  // bob
  shared.user.write("c", "three\n");
  shared.user.git({"add", "-A"});
  const std::string taken = shared.commit_as("carol", {"-m", "feat: c"});

  const auto found = shared.judge();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, "absorbed-work");
  EXPECT_EQ(found[0].severity, FindingSeverity::warning);
  EXPECT_EQ(found[0].message,
            "a1, a2 of session alice are in commit " + taken.substr(0, 10) + " by carol <carol@example.org>");
}

TEST(Records, AnAmendClobberIsNamedWithTheCommitThatTookIt) {
  const Shared shared;
  shared.record("alice", true);
  shared.user.write("a1", "one\n");
  shared.user.git({"add", "-A"});
  const std::string own = shared.commit_as("alice", {"-m", "feat: a"});
  shared.record("alice");
  EXPECT_TRUE(shared.judge().empty()) << "all is where it was left";
  shared.user.write("b1", "bee\n");
  shared.user.git({"add", "-A"});
  const std::string amended = shared.commit_as("bob", {"--amend", "-m", "feat: b"});
  ::unsetenv("GIT_AUTHOR_NAME");

  const auto found = shared.judge();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("a1 of session alice is in commit " + amended.substr(0, 10)));
  EXPECT_THAT(found[0].message, HasSubstr("its own commit " + own.substr(0, 10) + " is gone"));
}

TEST(Records, AnAmendThatDroppedTheFileIsLostAndComesBack) {
  const Shared shared;
  shared.record("alice", true);
  shared.user.write("d/a 1", "one\n");
  shared.user.git({"add", "-A"});
  const std::string own = shared.commit_as("alice", {"-m", "feat: a"});
  shared.record("alice");
  shared.user.git({"rm", "-q", "-r", "d"});
  shared.user.write("b1", "bee\n");
  shared.user.git({"add", "-A"});
  shared.commit_as("bob", {"--amend", "-m", "feat: b"});

  auto found = shared.judge();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, "lost-work");
  EXPECT_EQ(found[0].severity, FindingSeverity::error);
  shell(shared.user.top(), command_of(found[0]));
  EXPECT_EQ(support::read(shared.user / "d/a 1"), "one\n");
  std::filesystem::remove_all(shared.user / "d");

  // Even when git has swept the commit away.
  shared.user.git({"reflog", "expire", "--expire=now", "--all"});
  shared.user.git({"gc", "-q", "--prune=now"});
  found = shared.judge();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("git unpack-objects"));
  shell(shared.user.top(), command_of(found[0]));
  EXPECT_EQ(support::read(shared.user / "d/a 1"), "one\n");
  const std::string& whole = found[0].related.back().message;
  shell(shared.user.top(), whole.substr(whole.find(": ") + 2));
  EXPECT_EQ(shared.user.git({"rev-parse", "recovered-alice"}), own);
}

TEST(Records, UncommittedFilesThatWereSweptAwayComeBack) {
  const Shared shared;
  shared.record("alice", true);
  shared.user.write("it's", "quoted\n");
  shared.user.write("run.sh", "#!/bin/sh\n");
  std::filesystem::permissions(shared.user / "run.sh", std::filesystem::perms::owner_all);
  std::filesystem::create_symlink("f", shared.user / "link");
  shared.user.write(".gitattributes", "*.txt text eol=crlf\n");
  shared.user.write("n.txt", "a\r\nb\r\n");
  shared.record("alice");
  shared.user.git({"clean", "-q", "-f", "-d"});
  const auto found = shared.judge();
  EXPECT_EQ(found.size(), 5U);
  for (const Finding& finding : found) shell(shared.user.top(), command_of(finding));
  EXPECT_EQ(support::read(shared.user / "it's"), "quoted\n");
  EXPECT_EQ(std::filesystem::read_symlink(shared.user / "link"), "f");
  EXPECT_EQ(::access((shared.user / "run.sh").c_str(), X_OK), 0);
  EXPECT_TRUE(shared.judge().empty()) << "all of it lies in the work tree again";
}

TEST(Records, AStashIsNoLoss) {
  const Shared shared;
  shared.record("alice", true);
  shared.user.write("f", "1\n");
  shared.record("alice");
  shared.user.git({"stash", "-q"});
  const auto found = shared.judge();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, "absorbed-work");
  EXPECT_THAT(found[0].message, HasSubstr("lies in the stash"));
  shared.user.git({"stash", "pop", "-q"});
  EXPECT_TRUE(shared.judge().empty());
}

TEST(Records, WorkThatWentOnIsNotLost) {
  const Shared shared;
  shared.record("alice", true);
  shared.user.write("a1", "one\n");
  shared.record("alice");
  shared.user.write("a1", "one and a half\n");
  EXPECT_TRUE(shared.judge().empty()) << "edited since";
  shared.user.git({"add", "-A"});
  shared.commit_as("alice", {"-m", "feat: a"});
  EXPECT_TRUE(shared.judge().empty()) << "and committed by itself";
  shared.user.write("a1", "two\n");
  shared.user.git({"add", "-A"});
  shared.commit_as("bob", {"-m", "fix: a"});
  EXPECT_TRUE(shared.judge().empty()) << "others may build on it";
}

TEST(Records, WhatTheSessionItselfUndidIsForgotten) {
  const Shared shared;
  shared.record("alice", true);
  shared.user.write("a1", "one\n");
  shared.record("alice");
  std::filesystem::remove(shared.user / "a1");
  EXPECT_TRUE(shared.record("alice").files.empty());
  EXPECT_TRUE(shared.judge().empty());
}

TEST(Records, WhatWasDirtyBeforeRaisesNoAlarm) {
  const Shared shared;
  shared.user.git({"checkout", "-q", "-b", "fix"});
  shared.user.write("stranger", "1\n");
  shared.user.write("f", "dirty\n");
  shared.record("alice", true);
  shared.user.write("mine", "1\n");
  EXPECT_EQ(shared.record("alice").files.size(), 1U);
  const auto repository = shared.open();
  support::MemorySources sources({{"o.yaml", "work_orders: [{id: A, write: [mine]}]\n"}});
  app::World world{sources, repository.get(), {}};
  app::VerifyRequest request;
  request.orders.orders = {"o.yaml"};
  request.work_orders = {"A"};
  request.worktree = shared.user.top();
  request.session = "alice";
  EXPECT_TRUE(app::verify(world, request)->findings.empty());
  shared.user.write("stranger", "2\n");
  const auto answer = app::verify(world, request);
  ASSERT_EQ(answer->findings.size(), 1U) << "touched since, it is the session's doing";
  EXPECT_EQ(answer->findings[0].where.file, "stranger");
}

TEST(Records, ADamagedRecordIsSaidAndStopsNothing) {
  const Shared shared;
  shared.record("alice", true);
  support::write(shared.user / ".git/interlock/records/bob.record", "interlock.record/1");
  const auto found = shared.judge();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].severity, FindingSeverity::note);
}

TEST(Records, LeaveTheUsersRepositoryAsItWas) {
  const Shared shared;
  shared.user.write("a", "1\n");
  shared.user.git({"add", "-A"});
  shared.user.write("b", "1\n");
  shared.as("alice");
  const auto before = support::snapshot(shared.user.top());
  shared.record("alice");
  shared.judge();
  auto after = support::snapshot(shared.user.top());
  const std::string config = shared.user / ".git/config";
  after[config] = before.at(config);  // this test itself says there who commits
  for (const auto& [path, text] : after) EXPECT_TRUE(before.contains(path) && before.at(path) == text) << path;
}

}  // namespace
}  // namespace planner
