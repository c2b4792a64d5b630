// History and contents, as GitRepository tells them.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/io/git_repository.h"
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

std::vector<std::string> subjects(const std::vector<Commit>& commits) {
  std::vector<std::string> out;
  for (const Commit& commit : commits) out.push_back(commit.subject);
  return out;
}

TEST(Changes, NamePathsModesAndBlobsAsTheyAre) {
  const TemporaryRepository user;
  const std::string odd = "new\nline \x1b]0;x\x07 \xff.txt";
  const ObjectId one =
      user.commit("1", {{"gone", "g"}, {"run.sh", "x"}, {"link", "target"}, {"same", "s"}, {odd, "a"}});
  std::filesystem::remove(user / "gone");
  std::filesystem::remove(user / "link");
  std::filesystem::create_symlink("same", user / "link");
  std::filesystem::permissions(user / "run.sh", std::filesystem::perms::owner_all);
  user.write(odd, "b");
  user.write("-n/[x]*", "new");
  const ObjectId two = user.commit("2");
  const auto changes = open(user.top())->changes(one, two).value();
  std::vector<std::string> shown;
  for (const Change& c : changes)
    shown.push_back(fmt::format("{} {:o} {:o} {}", int(c.kind), c.old_mode, c.new_mode, c.path));
  EXPECT_THAT(shown, ElementsAre("0 0 100644 -n/[x]*", "2 100644 0 gone", "3 100644 120000 link",
                                 "1 100644 100644 " + odd, "1 100644 100755 run.sh"));
  EXPECT_EQ(changes[1].new_blob, "");
  EXPECT_EQ(changes[1].old_blob.size(), 40U);
  EXPECT_EQ(open(user.top())->file(two, odd).value(), "b");
  EXPECT_EQ(open(user.top())->file(two, "-n/[x]*").value(), "new");
  EXPECT_EQ(open(user.top())->file(two, "gone").value(), std::nullopt);
  EXPECT_EQ(open(user.top())->file(two, "-n").value(), std::nullopt) << "a directory is no file";
}

TEST(Changes, ARenameIsTwoChangesAndItsSourceIsNamed) {
  const TemporaryRepository user;
  const ObjectId one = user.commit("1", {{"old.py", "a\nb\nc\nd\ne\nf\n"}});
  user.git({"mv", "old.py", "new.py"});
  user.write("new.py", "a\nb\nc\nd\ne\nf\ng\n");
  const auto changes = open(user.top())->changes(one, user.commit("2")).value();
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].renamed_from, "old.py");
  EXPECT_EQ(changes[1].kind, Change::Kind::removed);
}

TEST(Tree, HoldsEvenNamesThatNoCheckoutCouldMake) {
  const TemporaryRepository user;
  user.write("f", "x");
  const std::string blob = user.git({"hash-object", "-w", "f"});
  // Two levels by hand: git's index would refuse "..".
  support::write(user.beside("list"), "100644 blob " + blob + "\t..\n");
  const auto made =
      run({{"sh", "-c", "git -C \"$0\" mktree <\"$1\"", user.top(), user.beside("list")}, {"PATH=/usr/bin:/bin"}, {}});
  const ObjectId commit = user.git({"commit-tree", "-m", "odd", support::trimmed(made->out)});
  EXPECT_EQ(open(user.top())->tree(commit).value().entries().at(0).path, "..");
}

TEST(Blobs, AreReadInOneGoInTheOrderAsked) {
  const TemporaryRepository user;
  const ObjectId commit = user.commit("1", {{"a", std::string("x\0\ny", 4)}, {"b", ""}});
  const auto repository = open(user.top());
  const Tree tree = repository->tree(commit).value();
  const auto read =
      repository->blobs({tree.find("b")->blob, std::string(40, '1'), commit, tree.find("a")->blob}, 100).value();
  EXPECT_THAT(read, ElementsAre(std::optional<std::string>(""), std::nullopt, std::nullopt,
                                std::optional(std::string("x\0\ny", 4))));
}

TEST(MergeBase, IsTheFirstOfSeveralAndNeverGuessed) {
  const TemporaryRepository user;
  user.commit("root");
  user.git({"checkout", "-q", "-b", "a"});
  const ObjectId a = user.commit("a", {{"a", "1"}});
  user.git({"checkout", "-q", "-b", "b", "main"});
  const ObjectId b = user.commit("b", {{"b", "1"}});
  user.git({"merge", "-q", "--no-edit", a});
  user.git({"checkout", "-q", "a"});
  user.git({"merge", "-q", "--no-edit", b});
  const auto repository = open(user.top());
  EXPECT_THAT(repository->merge_bases(repository->commit("a").value(), repository->commit("b").value()).value(),
              testing::UnorderedElementsAre(a, b))
      << "criss-cross";
  EXPECT_TRUE(repository->is_ancestor(a, repository->commit("b").value()).value());
  EXPECT_FALSE(repository->is_ancestor(a, b).value());

  user.git({"checkout", "-q", "--orphan", "alone"});
  const ObjectId alone = user.commit("alone");
  EXPECT_THAT(repository->merge_bases(a, alone).error().what, HasSubstr("no common ancestor"));
}

TEST(Commits, AnOctopusHasAllItsParents) {
  const TemporaryRepository user;
  const ObjectId root = user.commit("root");
  for (const std::string name : {"x", "y", "z"}) {
    user.git({"checkout", "-q", "-b", name, "main"});
    user.commit(name, {{name, "1"}});
  }
  user.git({"checkout", "-q", "main"});
  user.git({"merge", "-q", "--no-ff", "-m", "octopus", "x", "y", "z"});
  const auto repository = open(user.top());
  const auto commits = repository->commits(root, repository->commit("main").value()).value();
  ASSERT_EQ(commits.size(), 4U);
  EXPECT_EQ(commits.back().subject, "octopus");
  EXPECT_EQ(commits.back().parents.size(), 4U);
  EXPECT_EQ(repository->first_parent(commits.back().id).value(), root);
  EXPECT_EQ(repository->first_parent(root).value(), std::nullopt);
}

TEST(Commits, TrailersAreReadUnfoldedAndOnlyFromTheirPlace) {
  const TemporaryRepository user;
  const ObjectId root = user.commit("root");
  user.commit(
      "one\n\nWork-Order: NOT-A-TRAILER\n\nbody\n\nWork-Order: WO-1\nscope-add: a b.txt -- because\n  it must\n");
  user.commit("two\n\nWork-Order: WO-10\n");
  user.commit("three, of WO-1\n\nWORK-ORDER: WO-2, WO-1\n");
  const auto repository = open(user.top());
  const ObjectId head = repository->commit("HEAD").value();
  const auto commits = repository->commits(root, head).value();
  EXPECT_THAT(subjects(commits), ElementsAre("one", "two", "three, of WO-1"));
  ASSERT_EQ(commits[0].trailers.size(), 2U);
  EXPECT_EQ(commits[0].trailers[0].value, "WO-1");
  EXPECT_EQ(commits[0].trailers[1].key, "scope-add");
  EXPECT_EQ(commits[0].trailers[1].value, "a b.txt -- because it must");
  EXPECT_THAT(subjects(repository->commits_with_trailer(head, "Work-Order", "WO-1").value()),
              ElementsAre("three, of WO-1", "one"));
  EXPECT_THAT(repository->commits_with_trailer(head, "Work-Order", "NOT-A-TRAILER").value(), testing::IsEmpty());
}

TEST(CommitWithBlob, FindsSquashedWorkEvenWhenItChangedSince) {
  const TemporaryRepository user;
  const ObjectId root = user.commit("root", {{"f", "0"}});
  user.git({"checkout", "-q", "-b", "work"});
  const ObjectId work = user.commit("work", {{"f", "1"}});
  user.git({"checkout", "-q", "main"});
  const ObjectId squash = user.commit("squashed", {{"f", "1"}});
  const ObjectId later = user.commit("later", {{"f", "2"}});
  const auto repository = open(user.top());
  const ObjectId blob = repository->tree(work).value().find("f")->blob;
  EXPECT_EQ(repository->commit_with_blob(later, "f", blob).value(), squash);
  EXPECT_EQ(repository->commit_with_blob(squash, "f", blob).value(), squash);
  EXPECT_EQ(repository->commit_with_blob(root, "f", blob).value(), std::nullopt);
  EXPECT_EQ(repository->commit_with_blob(later, "g", blob).value(), std::nullopt);
}

TEST(ShallowClone, SaysWhatToFetchInsteadOfGuessing) {
  const TemporaryRepository user;
  const ObjectId root = user.commit("root", {{"f", "0"}});
  const ObjectId middle = user.commit("middle");
  user.git({"checkout", "-q", "-b", "side", root});
  user.commit("side");
  user.git({"checkout", "-q", "main"});
  support::git("/", {"clone", "-q", "--depth=1", "--no-single-branch", "file://" + user.top(), user.beside("clone")});
  const auto repository = open(user.beside("clone"));
  EXPECT_TRUE(repository->shallow());
  EXPECT_THAT(repository->commit(root).error().remedy, HasSubstr("fetch-depth: 0"));
  const auto base =
      repository->merge_bases(repository->commit("main").value(), repository->commit("origin/side").value());
  ASSERT_FALSE(base);
  EXPECT_THAT(base.error().remedy, HasSubstr("git fetch --unshallow"));
  EXPECT_THAT(repository->first_parent(middle).error().remedy, HasSubstr("unshallow"));
  EXPECT_TRUE(repository->tree(middle).value().has_file("f"));
}

TEST(PartialClone, MissingContentIsAnErrorAndNothingIsFetched) {
  const TemporaryRepository user;
  user.git({"config", "uploadpack.allowFilter", "true"});
  const ObjectId one = user.commit("1", {{"f", "0"}}), two = user.commit("2", {{"f", "1"}});
  support::git("/", {"clone", "-q", "--bare", "--filter=blob:none", "file://" + user.top(), user.beside("clone")});
  const auto repository = open(user.beside("clone"));
  EXPECT_EQ(repository->changes(one, two).value().size(), 1U) << "needs no contents";
  const auto file = repository->file(two, "f");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().remedy, HasSubstr("partial clone"));
}

TEST(ReplaceRefs, AreIgnored) {
  const TemporaryRepository user;
  const ObjectId one = user.commit("1", {{"f", "0"}}), two = user.commit("2", {{"f", "1"}});
  user.git({"replace", two, one});
  EXPECT_EQ(open(user.top())->changes(one, two).value().size(), 1U);
}

}  // namespace
}  // namespace planner::io
