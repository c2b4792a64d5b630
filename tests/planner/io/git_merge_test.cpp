#include <gmock/gmock.h>

#include "planner/io/git_records.h"
#include "planner/io/git_repository.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using support::TemporaryRepository;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::unique_ptr<GitRepository> opened(const TemporaryRepository& repository) {
  return std::move(*open_repository(repository.top()));
}

/// A commit on a new branch that starts at `from`.
std::string on_branch(const TemporaryRepository& r, const std::string& name, const std::string& from,
                      const std::map<std::string, std::string>& files) {
  r.git({"checkout", "-q", "-b", name, from});
  return r.commit(name, files);
}

Merge merged(GitRepository& repository, const std::string& a, const std::string& b) {
  const auto merges = repository.merges({{a, b}});
  return merges ? merges->at(0) : Merge{};
}

class GitMerge : public testing::TestWithParam<const char*> {
 protected:
  TemporaryRepository repository{{std::string("--object-format=") + GetParam()}};
};

TEST_P(GitMerge, IsGitsOwn) {
  const std::string base = repository.commit("base", {{"f", "1\n2\n3\n"}, {"g", "1\n"}, {"gone", "1\n2\n3\n4\n"}});
  const std::string a = on_branch(repository, "a", base, {{"f", "1\na\n3\n"}});
  const std::string b = on_branch(repository, "b", base, {{"f", "1\nb\n3\n"}, {"new\nline", "x"}});
  const std::string c = on_branch(repository, "c", base, {{"g", "2\n"}});
  repository.git({"checkout", "-q", "-b", "d", base});
  repository.git({"rm", "-q", "gone"});
  const std::string d = repository.commit("d");
  const std::string e = on_branch(repository, "e", base, {{"gone", "1\n2\n3\n5\n"}});
  const auto git = opened(repository);
  const auto merges = git->merges({{a, b}, {a, c}, {d, e}});
  ASSERT_TRUE(merges);
  EXPECT_EQ(merges->at(0).state, Merge::State::conflicted);
  EXPECT_THAT(merges->at(0).paths(), ElementsAre("f"));
  EXPECT_EQ(merges->at(1).state, Merge::State::clean);
  EXPECT_EQ(git->blobs({merges->at(1).tree + ":f"}, 100)->at(0), "1\na\n3\n");
  EXPECT_THAT(merges->at(2).paths(), ElementsAre("gone"));
  EXPECT_EQ(merges->at(2).said.at(0).kind, "CONFLICT (modify/delete)");
  // The same as git says where the user runs it.
  EXPECT_THAT(repository.git({"merge-tree", "--write-tree", a, c}), HasSubstr(merges->at(1).tree));
}

INSTANTIATE_TEST_SUITE_P(Formats, GitMerge, testing::Values("sha1", "sha256"));

TEST(GitMergeAttributes, OfTheTreeAreHonouredAndDriversNamedButNotRun) {
  const TemporaryRepository repository;
  repository.git({"config", "merge.mine.driver", "touch " + repository.beside("ran") + "; exit 1"});
  repository.git({"config", "merge.hurtful.driver", "touch " + repository.beside("ran") + "; exit 1"});
  const std::string base = repository.commit("base", {{"log/.gitattributes", "*.md merge=union\n"},
                                                      {".gitattributes", "*.x merge=mine\n*.y merge=unknown\n"},
                                                      {"log/a.md", "1\n"},
                                                      {"b.x", "1\n"},
                                                      {"b.y", "1\n"}});
  const std::string a = on_branch(repository, "a", base, {{"log/a.md", "1\na\n"}, {"b.x", "a\n"}});
  const std::string b = on_branch(repository, "b", base, {{"log/a.md", "1\nb\n"}, {"b.x", "b\n"}});
  const auto before = support::snapshot(repository.top());
  const auto git = opened(repository);
  EXPECT_THAT(merged(*git, a, b).paths(), ElementsAre("b.x"));
  const auto drivers = git->merge_drivers(a, {"b.x", "b.y", "log/a.md"});
  ASSERT_TRUE(drivers);
  ASSERT_EQ(drivers->size(), 1U) << "one that is not configured is git's own";
  EXPECT_EQ(drivers->at(0).driver, "mine");
  EXPECT_FALSE(std::filesystem::exists(repository.beside("ran")));
  EXPECT_EQ(support::snapshot(repository.top()), before);
  EXPECT_THAT(*git->merged_by_union(a, {"log/a.md", "b.x"}), ElementsAre("log/a.md")) << "nothing of them stays behind";
}

TEST(GitMergeTrouble, LeavesTheOtherPairsAlone) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"f", "1\n2\n3\n"}});
  const std::string a = on_branch(repository, "a", base, {{"f", "1\na\n3\n"}});
  const std::string b = on_branch(repository, "b", base, {{"f", "1\nb\n3\n"}});
  const std::string c = on_branch(repository, "c", base, {{"g", "1\n"}});
  repository.git({"checkout", "-q", "--orphan", "alone"});
  const std::string alone = repository.commit("alone", {{"h", "1\n"}});
  // What a partial clone does not have.
  const std::string blob = repository.git({"rev-parse", a + ":f"});
  std::filesystem::remove(repository / (".git/objects/" + blob.substr(0, 2) + "/" + blob.substr(2)));
  const auto git = opened(repository);
  const auto merges = git->merges({{a, b}, {b, c}, {alone, c}, {c, b}});
  ASSERT_TRUE(merges);
  EXPECT_EQ(merges->at(0).state, Merge::State::unproven);
  EXPECT_FALSE(merges->at(0).why.empty());
  EXPECT_EQ(merges->at(1).state, Merge::State::clean);
  EXPECT_EQ(merges->at(2).state, Merge::State::unproven);
  EXPECT_EQ(merges->at(3).state, Merge::State::clean);
}

TEST(GitMergeBases, MayBeSeveral) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"f", "1\n2\n3\n4\n5\n6\n7\n"}});
  const std::string a = on_branch(repository, "a", base, {{"f", "a\n2\n3\n4\n5\n6\n7\n"}});
  const std::string b = on_branch(repository, "b", base, {{"f", "1\n2\n3\n4\n5\n6\nb\n"}});
  repository.git({"checkout", "-q", "a"});
  repository.git({"merge", "-q", "-m", "b into a", b});
  repository.git({"checkout", "-q", "b"});
  repository.git({"merge", "-q", "-m", "a into b", a});
  const std::string c = repository.commit("c", {{"g", "1\n"}});
  repository.git({"checkout", "-q", "a"});
  const std::string d = repository.commit("d", {{"h", "1\n"}});
  const auto git = opened(repository);
  EXPECT_EQ(git->merge_bases(c, d)->size(), 2U);
  EXPECT_EQ(merged(*git, c, d).state, Merge::State::clean);
}

TEST(WorktreeCommit, HoldsEverythingAndWritesNothing) {
  const TemporaryRepository repository;
  const std::string head =
      repository.commit("base", {{"kept", "1\n"}, {"changed", "1\n"}, {"gone", "1\n"}, {".gitignore", "*.o\n"}});
  const auto git = opened(repository);
  EXPECT_EQ(*git->worktree_commit(repository.top(), head), head) << "nothing differs";
  repository.write("changed", "2\n");
  repository.write("staged", "1\n");
  repository.git({"add", "staged"});
  repository.write("sub/untracked", "1\n");
  repository.write("ignored.o", "1\n");
  std::filesystem::remove(repository / "gone");
  const auto before = support::snapshot(repository.top());
  const auto commit = git->worktree_commit(repository.top(), head);
  ASSERT_TRUE(commit);
  EXPECT_NE(*commit, head);
  EXPECT_EQ(*git->first_parent(*commit), head);
  std::vector<std::string> paths;
  const auto changes = git->changes(head, *commit);
  for (const Change& change : *changes) paths.push_back(change.path);
  EXPECT_THAT(paths, ElementsAre("changed", "gone", "staged", "sub/untracked"));
  EXPECT_EQ(*git->file(*commit, "sub/untracked"), "1\n");
  EXPECT_EQ(*git->worktree_commit(repository.top(), head), *commit) << "the same work is the same commit";
  EXPECT_EQ(support::snapshot(repository.top()), before);
  EXPECT_THROW(repository.git({"cat-file", "-e", *commit}), std::runtime_error) << "not in the user's repository";
}

TEST(CommitsSince, AreThoseOfAllBranches) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"f", "1\n"}});
  on_branch(repository, "a", base, {{"x", "1\n"}});
  repository.git({"checkout", "-q", "main"});
  repository.write("g", "1\n");
  repository.git({"rm", "-q", "f"});
  const std::string head = repository.commit("two\n\nWork-Order: A");
  const auto git = opened(repository);
  const auto all = git->commits_since(1'699'999'999, {});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 3U);
  EXPECT_THAT(*git->commits_since(1'700'000'001, {}), IsEmpty());
  const auto since = git->commits_since(0, base);
  ASSERT_EQ(since->size(), 2U);
  const auto two = std::find_if(since->begin(), since->end(), [&](const RecentCommit& c) { return c.id == head; });
  ASSERT_NE(two, since->end());
  EXPECT_EQ(two->author, "A");
  EXPECT_EQ(two->time, 1'700'000'000);
  EXPECT_EQ(two->subject, "two");
  EXPECT_EQ(two->trailers.at(0).value, "A");
  ASSERT_EQ(two->changes.size(), 2U);
  EXPECT_EQ(two->changes[0].kind, Change::Kind::removed);
}

TEST(ParseMerges, StopsAtWhatWasCutOff) {
  const std::string tree(40, 'a');
  EXPECT_EQ(parse_merges("1" + std::string(1, '\0') + tree + std::string("\0\0\0", 3)).size(), 1U);
  EXPECT_THAT(parse_merges("1" + std::string(1, '\0') + tree + std::string("\0\0", 2)), IsEmpty());
  EXPECT_THAT(parse_merges("1"), IsEmpty());
  EXPECT_THAT(parse_merges("error"), IsEmpty());
}

}  // namespace
}  // namespace planner::io
