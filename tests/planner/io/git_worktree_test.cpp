// Uncommitted work, as compare_worktree sees it.
#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "planner/io/git_repository.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using support::TemporaryRepository;
using testing::ElementsAre;
using testing::IsEmpty;

WorktreeChanges look(const std::string& directory, const ObjectId& base) {
  auto repository = open_repository(directory);
  if (!repository) throw std::runtime_error(repository.error().what);
  auto changes = (*repository)->worktree_changes(directory, base);
  if (!changes) throw std::runtime_error(changes.error().what);
  return std::move(*changes);
}

std::vector<std::string> shown(const WorktreeChanges& work) {
  std::vector<std::string> out;
  for (const Change& change : work.changes) out.push_back(std::string(1, "AMDT"[int(change.kind)]) + " " + change.path);
  for (const HiddenPath& hidden : work.hidden)
    out.push_back(fmt::format("{}: {}{}", hidden.path, hidden.why, hidden.unproven ? "?" : ""));
  return out;
}

TEST(WorktreeChanges, HoldCommittedStagedUnstagedAndUntrackedWork) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("base", {{"committed", "0"},
                                             {"staged", "0"},
                                             {"edited", "0"},
                                             {"gone", "0"},
                                             {"back", "0"},
                                             {"same", "0"},
                                             {"mode", "0"},
                                             {"to-link", "0"},
                                             {"dir", "0"}});
  user.commit("work", {{"committed", "1"}, {"back", "1"}});
  user.write("staged", "1");
  user.git({"add", "staged"});
  user.write("edited", "1");
  user.write("back", "0");
  user.write("new\nline \xff", "1");
  std::filesystem::remove(user / "gone");
  std::filesystem::remove(user / "to-link");
  std::filesystem::create_symlink("/nowhere", user / "to-link");
  std::filesystem::remove(user / "dir");
  user.write("dir/inside", "1");
  std::filesystem::permissions(user / "mode", std::filesystem::perms::owner_all);
  ::mkfifo((user / "pipe").c_str(), 0600);
  const WorktreeChanges work = look(user.top(), base);
  EXPECT_THAT(shown(work), ElementsAre("M committed", "D dir", "A dir/inside", "M edited", "D gone", "M mode",
                                       "A new\nline \xff", "M staged", "T to-link"));
  EXPECT_EQ(work.changes[3].new_blob, user.git({"hash-object", "edited"}));
}

TEST(WorktreeChanges, AnEditWithinTheClockTickOfTheIndexIsSeen) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("base", {{"f", "0"}});
  // Same size, and a time that git's own racy check has to distrust.
  struct stat index {};
  ::stat((user / ".git/index").c_str(), &index);
  user.write("f", "1");
  const timespec times[2] = {index.st_mtim, index.st_mtim};
  ::utimensat(AT_FDCWD, (user / "f").c_str(), times, 0);
  EXPECT_THAT(shown(look(user.top(), base)), ElementsAre("M f"));
}

TEST(WorktreeChanges, SeesLinkedWorktreesAndSubdirectories) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("base", {{"d/f", "0"}});
  user.git({"worktree", "add", "-q", "-b", "side", user.beside("side")});
  support::write(user.beside("side") + "/d/f", "1");
  auto repository = open_repository(user.top()).value();
  EXPECT_THAT(shown(repository->worktree_changes(user.beside("side") + "/d", base).value()), ElementsAre("M d/f"));
  EXPECT_THAT(shown(repository->worktree_changes(user.top(), base).value()), IsEmpty());
  const TemporaryRepository other;
  EXPECT_EQ(repository->worktree_changes(other.top(), base).error().kind, Error::Kind::input);
}

TEST(WorktreeChanges, NothingIsCommittedYet) {
  const TemporaryRepository user;
  user.write("f", "0");
  EXPECT_THAT(shown(look(user.top(), "")), ElementsAre("A f"));
}

TEST(WorktreeChanges, NamesWhatStatusDoesNotShow) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("base", {{"assumed", "0"},
                                             {"assumed-same", "0"},
                                             {"skipped", "0"},
                                             {"skipped-gone", "0"},
                                             {".gitignore", "*.log\nbuild/\n"}});
  user.git({"update-index", "--assume-unchanged", "assumed", "assumed-same"});
  user.git({"update-index", "--skip-worktree", "skipped", "skipped-gone"});
  for (const char* name : {"assumed", "skipped"}) user.write(name, "1");
  std::filesystem::remove(user / "skipped-gone");
  user.write("a.log", "");
  user.write("build/x/y", "");
  user.write(".git/info/exclude", "private\n");
  user.write("private", "");
  support::git("/", {"init", "-q", user / "inner"});
  support::write(user / "inner/f", "");
  support::git(user / "inner", {"add", "f"});
  support::git(user / "inner", {"commit", "-q", "-m", "c"});
  EXPECT_THAT(shown(look(user.top(), base)),
              ElementsAre("a.log: ignored", "assumed: assume-unchanged", "build/x/y: ignored",
                          "inner/: nested repository", "private: ignored", "skipped: skip-worktree"));
}

TEST(WorktreeChanges, ManyIgnoredFilesAreNamedByTheirDirectory) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("base", {{".gitignore", "build/\n"}});
  std::filesystem::create_directories(user / "build");
  for (int i = 0; i < 2'001; ++i) ::close(::creat(fmt::format("{}/build/{}", user.top(), i).c_str(), 0600));
  EXPECT_THAT(shown(look(user.top(), base)), ElementsAre("build/: ignored"));
}

TEST(WorktreeChanges, WhatIsStagedCountsWhateverTheFilesAre) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("base", {{"c", "0"}, {"d", "0"}, {"e", "0"}, {"f", "0"}});
  user.commit("since", {{"e", "1"}});
  user.write("c", "1");
  user.write("n", "1");
  user.write("f", "1");
  user.git({"add", "c", "n", "f"});
  user.write("c", "0");
  user.write("f", "2");
  std::filesystem::remove(user / "n");
  user.git({"rm", "-q", "--cached", "d"});
  user.write("e", "0");
  const WorktreeChanges work = look(user.top(), base);
  EXPECT_THAT(shown(work), ElementsAre("M c", "D d", "M f", "A n")) << "e was put back, and nothing of it is staged";
}

TEST(WorktreeChanges, BuiltInConversionsAreHonoured) {
  const TemporaryRepository user;
  user.git({"config", "core.autocrlf", "true"});
  const ObjectId base = user.commit(
      "base", {{"same", "a\nb\n"}, {"edited", "a\nb\n"}, {"bin", "a\n"}, {".gitattributes", "bin -text\n"}});
  user.write("same", "a\r\nb\r\n");
  user.write("edited", "a\r\nc\r\n");
  user.write("bin", "a\r\n");
  EXPECT_THAT(shown(look(user.top(), base)), ElementsAre("M bin", "M edited"));
}

TEST(WorktreeChanges, LfsPointersAreComparedByHashAndOtherFiltersNotAtAll) {
  const TemporaryRepository user;
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\n"
      "oid sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\nsize 3\n";
  const ObjectId base = user.commit("base", {{"same.bin", pointer},
                                             {"edited.bin", pointer},
                                             {"pointer.bin", pointer},
                                             {"x.enc", "0"},
                                             {"stat.enc", "0"},
                                             {".gitattributes", "*.bin filter=lfs -text\n*.enc filter=crypt\n"}});
  user.write("same.bin", "abc");
  user.write("edited.bin", "abd");
  user.write("new.bin", "abc");
  user.write("x.enc", "1");
  user.write("new.enc", "1");
  const WorktreeChanges work = look(user.top(), base);
  EXPECT_THAT(shown(work), ElementsAre("M edited.bin", "A new.bin", "A new.enc", "x.enc: filter crypt is not run?"));
  EXPECT_EQ(work.changes[1].new_blob, user.git({"rev-parse", "HEAD:same.bin"}));
}

TEST(WorktreeChanges, SparseAndSplitIndexesAreRead) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("base", {{"in/f", "0"}, {"out/g", "0"}, {"out/deep/h", "0"}, {"top", "0"}});
  user.git({"sparse-checkout", "init", "--cone", "--sparse-index"});
  user.git({"sparse-checkout", "set", "in"});
  EXPECT_THAT(shown(look(user.top(), base)), IsEmpty());
  user.write("in/f", "1");
  user.write("out/g", "1");
  EXPECT_THAT(shown(look(user.top(), base)), ElementsAre("M in/f", "M out/g"));
  const TemporaryRepository split;
  const ObjectId first = split.commit("base", {{"a", "0"}, {"b", "0"}});
  split.git({"update-index", "--split-index"});
  split.write("b", "1");
  EXPECT_THAT(shown(look(split.top(), first)), ElementsAre("M b"));
}

TEST(WorktreeChanges, AnUnfinishedMergeIsReadFromTheFiles) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("base", {{"f", "0\n"}});
  user.git({"checkout", "-q", "-b", "side"});
  user.commit("side", {{"f", "1\n"}});
  user.git({"checkout", "-q", "main"});
  user.commit("main", {{"f", "2\n"}});
  EXPECT_THROW(user.git({"merge", "side"}), std::runtime_error);
  EXPECT_THAT(shown(look(user.top(), base)), ElementsAre("M f"));
}

TEST(WorktreeChanges, ASubmoduleThatMovedIsAChange) {
  const TemporaryRepository library, user;
  library.commit("1", {{"lib.c", "1"}});
  user.git({"-c", "protocol.file.allow=always", "submodule", "add", "-q", library.top(), "lib"});
  const ObjectId base = user.commit("base");
  EXPECT_THAT(shown(look(user.top(), base)), IsEmpty());
  support::git(user / "lib", {"commit", "-q", "--allow-empty", "-m", "moved"});
  const WorktreeChanges work = look(user.top(), base);
  EXPECT_THAT(shown(work), ElementsAre("M lib"));
  EXPECT_EQ(work.changes[0].new_blob, support::git(user / "lib", {"rev-parse", "HEAD"}));
}

TEST(WorktreeChanges, FilesInsideOfASubmoduleAreSaid) {
  const TemporaryRepository library, user;
  library.commit("1", {{"lib.c", "1"}, {"lib.h", "1"}});
  user.git({"-c", "protocol.file.allow=always", "submodule", "add", "-q", library.top(), "lib"});
  const ObjectId base = user.commit("base");
  user.write("lib/lib.c", "2");
  user.write("lib/new.c", "2");
  const auto before = support::snapshot(user.top());
  const WorktreeChanges work = look(user.top(), base);
  EXPECT_TRUE(work.changes.empty()) << "of the submodule only its commit counts";
  std::vector<std::string> hidden;
  for (const HiddenPath& path : work.hidden) hidden.push_back(path.path + ": " + path.why);
  EXPECT_THAT(hidden, ElementsAre("lib/lib.c: submodule", "lib/new.c: submodule"));
  EXPECT_TRUE(before == support::snapshot(user.top()));
}

TEST(WorktreeChanges, WhatIsThereThoughSkippedIsSaidOnce) {
  const TemporaryRepository user;
  const ObjectId base = user.commit("1", {{"in/a", "1\n"}, {"out/b", "1\n"}});
  user.git({"sparse-checkout", "set", "in"});
  user.write("out/b", "2\n");
  const WorktreeChanges work = look(user.top(), base);
  EXPECT_EQ(work.changes.size() + work.hidden.size(), 1U);
}

}  // namespace
}  // namespace planner::io
