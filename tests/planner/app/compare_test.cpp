#include "planner/app/compare.h"

#include <gmock/gmock.h>

#include "planner/io/git_code.h"
#include "planner/io/git_repository.h"
#include "planner/report/report.h"
#include "tests/support/memory_sources.h"
#include "tests/support/temporary_repository.h"

namespace planner::app {
namespace {

using support::TemporaryRepository;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string branch(const TemporaryRepository& r, const std::string& name, const std::string& from,
                   const std::map<std::string, std::string>& files) {
  r.git({"checkout", "-q", "-b", name, from});
  return r.commit(name, files);
}

struct Told {
  std::vector<ComparedBranch> branches;
  std::map<std::string, std::vector<std::string>> pairs;  // "a b": "rule path:line"
  Comparison all;
};

Told told(const TemporaryRepository& repository, const std::vector<std::string>& names, const std::string& target = {},
          const std::string& config = {}) {
  auto opened = io::open_repository(repository.top());
  io::GitCodeSource code(**opened);
  support::MemorySources none{}, configured{{"interlock.yaml", config}};
  World world{config.empty() ? none : configured, opened->get()};
  world.code = &code;
  const auto answer = compare(world, {names, target});
  Told out;
  if (!answer) {
    ADD_FAILURE() << (answer.error().error ? answer.error().error->what : "bad input");
    return out;
  }
  out.all = answer->compared;
  out.branches = out.all.branches;
  for (const ComparedPair& pair : out.all.pairs) {
    auto& list = out.pairs[pair.between[0] + " " + pair.between[1]];
    for (const Finding& f : pair.findings)
      list.push_back(f.rule + " " + f.where.file + ":" + std::to_string(f.where.line));
  }
  return out;
}

const std::string store =
    "import os\n\n\ndef load(path):\n    return os.stat(path)\n\n\ndef save(path, text):\n    return text\n";
const std::string store_renamed =
    "import os\n\n\ndef read(path):\n    return os.stat(path)\n\n\ndef save(path, text):\n    return text\n";

TEST(Compare, SaysDriftOnceAndNotOfThePairs) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"f.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"}});
  branch(repository, "old", base, {{"f.txt", "1\nold\n3\n4\n5\n6\n7\n8\n9\n"}});
  repository.git({"checkout", "-q", "main"});
  const std::string moved = repository.commit("main moves", {{"f.txt", "1\nmain\n3\n4\n5\n6\n7\n8\n9\n"}});
  branch(repository, "far", moved, {{"f.txt", "1\nmain\n3\n4\n5\n6\n7\n8\nfar\n"}});
  branch(repository, "near", moved, {{"f.txt", "1\nnear\n3\n4\n5\n6\n7\n8\n9\n"}});
  const Told told = app::told(repository, {"old", "far", "near"});
  EXPECT_THAT(told.pairs.at("far old"), IsEmpty()) << "only what main changed is in the way";
  EXPECT_THAT(told.pairs.at("near old"), ElementsAre("textual f.txt:0")) << "they disagree about the same line";
  EXPECT_THAT(told.pairs.at("old main"), ElementsAre("textual f.txt:2"));
  EXPECT_THAT(told.pairs.at("far near"), IsEmpty());
  ASSERT_EQ(told.branches.size(), 3U);
  EXPECT_FALSE(told.branches[0].drifted);
  EXPECT_EQ(told.branches[0].base, moved);
  EXPECT_FALSE(told.branches[1].drifted);
  EXPECT_TRUE(told.branches[2].drifted);
  EXPECT_EQ(told.branches[2].base, base);
}

TEST(Compare, FindsWhatTheOtherSideNewlyUses) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"app/store.py", store},
                                                      {"app/old.py", "def gone():\n    return 1\n"},
                                                      {"app/user.py", "from app.store import save\n\nsave(1, 2)\n"}});
  branch(repository, "remover", base, {{"app/store.py", store_renamed}});
  repository.git({"rm", "-q", "app/old.py"});
  repository.commit("and a file");
  branch(repository, "user", base,
         {{"app/report.py",
           "from app.store import load\nfrom app.old import gone\n\n\ndef report(p):\n    return load(p), gone()\n"}});
  branch(
      repository, "resigner", base,
      {{"app/store.py",
        "import os\n\n\ndef load(path):\n    return os.stat(path)\n\n\ndef save(path, text, mode):\n    return text\n"},
       {"app/user.py", "from app.store import save\n\nsave(1, 2, 3)\n"}});
  branch(repository, "caller", base,
         {{"app/calls.py", "from app.store import save\n\n\ndef twice(p):\n    save(p, 1)\n    save(p, 2, 3)\n"}});
  branch(repository, "stranger", base,
         {{"app/other.py",
           "import json\n\n\ndef load(path):\n    return json.load(path)\n\n\nclass Store:\n    def save(self):\n      "
           "  return load(self)\n"}});
  const Told told = app::told(repository, {"remover", "user", "resigner", "caller", "stranger"});
  EXPECT_THAT(told.pairs.at("remover user"),
              ElementsAre("orphaned-work app/report.py:6", "reference-removed app/report.py:6"));
  EXPECT_THAT(told.pairs.at("caller resigner"), ElementsAre("signature-changed app/calls.py:5"));
  EXPECT_THAT(told.pairs.at("caller remover"), IsEmpty());
  EXPECT_THAT(told.pairs.at("remover stranger"), IsEmpty()) << "a bare name is no evidence";
  EXPECT_THAT(told.pairs.at("resigner stranger"), IsEmpty());
}

TEST(Compare, IsSilentAboutWhatMovedAndIsPassedOn) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"app/store.py", store}});
  branch(repository, "mover", base, {{"app/disk.py", store}, {"app/store.py", "from app.disk import load, save\n"}});
  branch(repository, "user", base, {{"app/report.py", "from app.store import load\n\nload(1)\n"}});
  EXPECT_THAT(app::told(repository, {"mover", "user"}).pairs.at("mover user"), IsEmpty());
}

TEST(Compare, HoldsABranchAgainstWhatLandedSince) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"app/store.py", store}, {"db/0001_a.sql", "1"}});
  branch(repository, "user", base,
         {{"app/report.py", "from app.store import load\n\nload(1)\n"}, {"db/0002_mine.sql", "2"}});
  repository.git({"checkout", "-q", "main"});
  repository.commit("landed a minute ago", {{"app/store.py", store_renamed}, {"db/0002_theirs.sql", "3"}});
  const Told told = app::told(repository, {"user"});
  EXPECT_THAT(told.pairs.at("user main"),
              ElementsAre("reference-removed app/report.py:3", "sequence-collision db/0002_mine.sql:0"));
  EXPECT_FALSE(told.branches.at(0).drifted) << "git merges it";
  // The other way round: the branch takes away what the target newly uses.
  branch(repository, "remover", base, {{"app/store.py", store_renamed}});
  repository.git({"checkout", "-q", "-b", "next", base});
  repository.commit("newly used", {{"app/late.py", "from app.store import load\n\nload(1)\n"}});
  EXPECT_THAT(app::told(repository, {"remover"}, "next").pairs.at("remover next"),
              ElementsAre("reference-removed app/late.py:3"));
}

TEST(Compare, SeesWhatIsNotCommitted) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"f.txt", "1\n2\n3\n"}});
  repository.git({"worktree", "add", "-q", "-b", "left", repository.beside("left"), base});
  repository.git({"worktree", "add", "-q", "-b", "right", repository.beside("right"), base});
  support::write(repository.beside("left") + "/f.txt", "1\nleft\n3\n");
  support::write(repository.beside("right") + "/f.txt", "1\nright\n3\n");
  support::write(repository.beside("right") + "/new.txt", "untracked\n");
  const Told told = app::told(repository, {});
  ASSERT_EQ(told.branches.size(), 2U) << "the work tree that holds the target as it is has nothing to merge";
  EXPECT_EQ(told.branches[0].name, "left");
  EXPECT_EQ(told.branches[0].head, base);
  EXPECT_THAT(told.pairs.at("left right"), ElementsAre("textual f.txt:2"));
  EXPECT_THAT(app::told(repository, {"left", "right"}).pairs.at("left right"), IsEmpty()) << "revisions are commits";
  EXPECT_THAT(app::told(repository, {repository.beside("left"), repository.beside("right")}).pairs.at("left right"),
              ElementsAre("textual f.txt:2"));
}

TEST(Compare, HasNothingToSayOfStackedBranches) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"f.txt", "1\n2\n3\n"}});
  const std::string lower = branch(repository, "lower", base, {{"f.txt", "1\nlower\n3\n"}});
  branch(repository, "upper", lower, {{"f.txt", "1\nupper\n3\n"}});
  branch(repository, "aside", lower, {{"g.txt", "1\n"}});
  const Told told = app::told(repository, {"upper", "lower", "aside"});
  EXPECT_THAT(told.pairs.at("lower upper"), IsEmpty());
  EXPECT_THAT(told.pairs.at("aside upper"), IsEmpty()) << "what they share is neither's";
  EXPECT_EQ(told.all.merge_order.order.size(), 3U);
  const auto at = [&](std::size_t b) {
    const auto& order = told.all.merge_order.order;
    return std::find(order.begin(), order.end(), b) - order.begin();
  };
  EXPECT_LT(at(1), at(2)) << "lower before upper";
}

TEST(Compare, NamesDriversAndDoesWithoutThem) {
  const TemporaryRepository repository;
  repository.git({"config", "merge.mine.driver", "touch " + repository.beside("ran")});
  const std::string base =
      repository.commit("base", {{".gitattributes", "*.x merge=mine\n"}, {"f.x", "1\n2\n3\n4\n5\n6\n"}});
  branch(repository, "a", base, {{"f.x", "a\n2\n3\n4\n5\n6\n"}});
  branch(repository, "b", base, {{"f.x", "b\n2\n3\n4\n5\n6\n"}});
  branch(repository, "c", base, {{"f.x", "1\n2\n3\n4\n5\nc\n"}});
  const Told told = app::told(repository, {"a", "b", "c"});
  const auto& findings = told.all.pairs.at(0).findings;
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].certainty, Certainty::unproven);
  EXPECT_THAT(findings[0].message, HasSubstr("the merge driver \"mine\" of f.x is not run"));
  ASSERT_EQ(told.all.pairs.at(1).findings.size(), 1U) << "clean for git, but nobody knows what the driver would do";
  EXPECT_EQ(told.all.pairs.at(1).findings[0].severity, FindingSeverity::note);
  EXPECT_FALSE(std::filesystem::exists(repository.beside("ran")));
}

TEST(Compare, TakesSeriesFromTheConfiguration) {
  const TemporaryRepository repository;
  const std::string base = repository.commit("base", {{"f.txt", "1\n"}});
  branch(repository, "a", base, {{"steps/7-a/up.sql", "1\n"}});
  branch(repository, "b", base, {{"steps/7-b/up.sql", "1\n"}});
  EXPECT_THAT(app::told(repository, {"a", "b"}, "", "series: [\"steps/{n}-*/up.sql\"]\n").pairs.at("a b"),
              Contains("sequence-collision steps/7-a/up.sql:0"));
}

TEST(Compare, RefusesWhatItCannotAnswer) {
  const TemporaryRepository repository;
  auto opened = io::open_repository(repository.top());
  support::MemorySources sources{};
  World world{sources, opened->get()};
  const auto unborn = compare(world, {{}, {}});
  ASSERT_TRUE(unborn) << "nothing to compare is an answer";
  EXPECT_THAT(unborn->compared.branches, IsEmpty());
  EXPECT_EQ(unborn->reading.diagnostics.size(), 1U) << "the work tree without a commit is named";
  EXPECT_EQ(compare(world, {{"nowhere"}, {}}).error().error->kind, Error::Kind::world);
  EXPECT_EQ(compare(world, {{"--output=x"}, {}}).error().error->kind, Error::Kind::input);
  World nowhere{sources};
  EXPECT_EQ(compare(nowhere, {{}, {}}).error().error->kind, Error::Kind::world);
}

}  // namespace
}  // namespace planner::app
