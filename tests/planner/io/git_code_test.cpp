#include "planner/io/git_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/index_version.h"
#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

using support::TemporaryRepository;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Opened {
  explicit Opened(const std::string& top) : repository(std::move(*open_repository(top))), source(*repository) {}
  std::unique_ptr<Code> at(const std::string& revision) {
    return std::move(*source.at(*repository->tree(*repository->commit(revision))));
  }
  std::unique_ptr<Code> now() { return std::move(*source.in_worktree(repository->top())); }
  std::unique_ptr<GitRepository> repository;
  GitCodeSource source;
};

std::vector<std::string> paths(const Code& code) {
  std::vector<std::string> out;
  for (const CodeFile& file : code.files()) out.push_back(file.path);
  return out;
}

std::vector<std::string> mentioning(Code& code, std::string_view name) {
  std::vector<std::string> out;
  for (const CodeFileId id : code.mentioning(name)) out.push_back(code.files()[id.value].path);
  return out;
}

TEST(GitCode, ACommitIsReadAsItWas) {
  const TemporaryRepository repository;
  repository.commit("one", {{"a.py", "def first():\n  pass\n"}, {"b.py", "first()\n"}, {"c.txt", "about first\n"}});
  repository.write("b.py", "second()\n");
  repository.write("d.py", "first()\n");
  Opened opened(repository.top());
  const auto code = opened.at("HEAD");
  EXPECT_THAT(paths(*code), ElementsAre("a.py", "b.py", "c.txt"));
  EXPECT_THAT(mentioning(*code, "first"), ElementsAre("a.py", "b.py", "c.txt"));
  EXPECT_THAT(mentioning(*code, "second"), IsEmpty());
  EXPECT_EQ(code->text(*code->find("b.py")), "first()\n");
  EXPECT_EQ(code->outline(*code->find("a.py")).definitions.at(0).name, "first");
  EXPECT_FALSE(code->outline(*code->find("c.txt")).proven());
  EXPECT_EQ(code->find("d.py"), std::nullopt);
}

TEST(GitCode, AWorkTreeIsReadAsItIs) {
  const TemporaryRepository repository;
  repository.commit(
      "one", {{"a.py", "first()\n"}, {"b.py", "first()\n"}, {"gone.py", "first()\n"}, {".gitignore", "ignored.py\n"}});
  repository.write("b.py", "second()\n");
  repository.write("new.py", "first()\n");
  repository.write("ignored.py", "first()\n");
  std::filesystem::remove(repository / "gone.py");
  Opened opened(repository.top());
  const auto code = opened.now();
  EXPECT_THAT(paths(*code), ElementsAre(".gitignore", "a.py", "b.py", "new.py"));
  EXPECT_THAT(mentioning(*code, "first"), ElementsAre("a.py", "new.py"));
  EXPECT_THAT(mentioning(*code, "second"), ElementsAre("b.py"));
  EXPECT_EQ(code->text(*code->find("b.py")), "second()\n");
}

std::vector<std::string> unread(Code& code) {
  std::vector<std::string> out;
  for (const UnreadFile& file : code.unread()) out.push_back(code.files()[file.file.value].path + ": " + file.why);
  return out;
}

std::vector<std::string> kept(const TemporaryRepository& repository) {
  std::vector<std::string> out;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(repository / ".git/interlock/index", none))
    out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

/// Enough files that their names are worth keeping; f17 is in f17.py alone.
std::map<std::string, std::string> many(int count) {
  std::map<std::string, std::string> out;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    out["d" + std::to_string(i % 7) + "/f" + number + ".py"] = "def f" + number + "(): shared()\n";
  }
  return out;
}

TEST(GitCode, KnowsTheVersionOfItsRecords) { EXPECT_NE(index_version(), 0U); }

TEST(GitCode, KeepsNamesForEveryVersionAndWorkTree) {
  const TemporaryRepository repository;
  repository.commit("one", many(300));
  {
    Opened opened(repository.top());
    const auto code = opened.now();
    EXPECT_EQ(code->mentioning("shared").size(), 300U);
    EXPECT_EQ(code->effort().read, 300U);
  }
  ASSERT_EQ(kept(repository).size(), 1U);
  repository.git({"worktree", "add", "-q", repository.beside("other")});
  Opened opened(repository.beside("other"));
  for (const auto& code : {opened.now(), opened.at("HEAD")}) {
    EXPECT_THAT(mentioning(*code, "f17"), ElementsAre("d3/f17.py"));
    EXPECT_EQ(code->mentioning("shared").size(), 300U);
    EXPECT_EQ(code->effort().kept, 300U);
    EXPECT_EQ(code->effort().read, 0U);
  }
}

TEST(GitCode, ReadsACommitFromDiskOrFromTheStoreAlike) {
  const TemporaryRepository repository;
  repository.commit("one", many(300));
  repository.write("d3/f17.py", "changed()\n");
  std::filesystem::remove(repository / "d4/f18.py");
  Opened opened(repository.top());
  const auto code = opened.at("HEAD");
  EXPECT_EQ(code->mentioning("shared").size(), 300U);
  EXPECT_THAT(mentioning(*code, "f17"), ElementsAre("d3/f17.py"));
  EXPECT_THAT(mentioning(*code, "f18"), ElementsAre("d4/f18.py"));
  EXPECT_THAT(mentioning(*code, "changed"), IsEmpty());
  EXPECT_EQ(code->outline(*code->find("d3/f17.py")).definitions.at(0).name, "f17");
  EXPECT_EQ(code->text(*code->find("d4/f18.py")), "def f18(): shared()\n");
}

TEST(GitCode, RepairsADamagedCache) {
  const TemporaryRepository repository;
  repository.commit("one", many(40));
  const auto ask = [&] {
    Opened opened(repository.top());
    const auto code = opened.now();
    EXPECT_EQ(code->mentioning("shared").size(), 40U);
    EXPECT_EQ(code->outline(*code->find("d3/f17.py")).definitions.at(0).name, "f17");
    return code->effort();
  };
  ask();
  EXPECT_EQ(ask().read, 0U);
  for (const std::string& file : kept(repository)) {
    std::string text = support::read(file);
    text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
    support::write(file, text);
  }
  EXPECT_EQ(ask().read, 40U);
  EXPECT_EQ(ask().read, 0U);
  for (const std::string& file : kept(repository)) support::write(file, "");
  EXPECT_EQ(ask().read, 40U);
}

TEST(GitCode, GoesOnWithoutAPlaceForItsCache) {
  const TemporaryRepository repository;
  repository.commit("one", many(40));
  repository.write(".git/interlock", "not a directory");
  Opened opened(repository.top());
  const auto code = opened.now();
  EXPECT_EQ(code->mentioning("shared").size(), 40U);
  EXPECT_EQ(code->outline(*code->find("d3/f17.py")).definitions.at(0).name, "f17");
}

TEST(GitCode, NeverFollowsLinks) {
  const TemporaryRepository repository;
  support::write(repository.beside("outside/secret.py"), "secret()\n");
  repository.write("d/a.py", "a()\n");
  repository.commit("one");
  std::filesystem::create_symlink(repository.beside("outside/secret.py"), repository / "link.py");
  std::filesystem::create_symlink("self.py", repository / "self.py");
  std::filesystem::create_symlink(repository.beside("outside"), repository / "e");
  repository.commit("links");
  std::filesystem::remove_all(repository / "d");
  support::write(repository.beside("outside/a.py"), "secret()\n");
  std::filesystem::create_symlink(repository.beside("outside"), repository / "d");
  Opened opened(repository.top());
  const auto code = opened.now();
  EXPECT_THAT(mentioning(*code, "secret"), IsEmpty());
  for (const std::string& path : paths(*code)) EXPECT_EQ(code->text(*code->find(path)).value_or(""), "") << path;
  const auto before = opened.at("HEAD");
  EXPECT_THAT(paths(*before), ElementsAre("d/a.py"));
  EXPECT_EQ(before->text(*before->find("d/a.py")), "a()\n");
}

TEST(GitCode, NamesWhatCannotBeRead) {
  const TemporaryRepository repository;
  repository.commit("one", {{"a.py", "shared()\n"},
                            {"nul.py", std::string("shared()\n\0", 10)},
                            {"image.png", std::string("\x89PNG\0", 5)},
                            {"latin.py", "x = '\xE9\xFF'; shared()\r\n"},
                            {"gone.py", "lost()\n"}});
  const std::string blob = repository.git({"rev-parse", "HEAD:gone.py"});
  std::filesystem::remove(repository / (".git/objects/" + blob.substr(0, 2) + "/" + blob.substr(2)));
  std::filesystem::remove(repository / "gone.py");
  Opened opened(repository.top());
  const auto code = opened.at("HEAD");
  EXPECT_THAT(mentioning(*code, "shared"), ElementsAre("a.py", "latin.py"));
  EXPECT_THAT(unread(*code), ElementsAre("gone.py: is not in this clone", "nul.py: is binary"));
  EXPECT_FALSE(code->outline(*code->find("gone.py")).proven());
  EXPECT_FALSE(code->outline(*code->find("nul.py")).proven());
  EXPECT_TRUE(code->outline(*code->find("latin.py")).proven());
  EXPECT_EQ(code->text(*code->find("gone.py")), std::nullopt);
}

TEST(GitCode, ConvertedFilesAreKnownByWhatIsOnDisk) {
  const TemporaryRepository repository;
  repository.git({"config", "filter.swap.clean", "sed s/plain/stored/"});
  repository.git({"config", "filter.swap.smudge", "sed s/stored/plain/"});
  repository.git({"config", "core.autocrlf", "true"});
  repository.commit("one", {{".gitattributes", "*.enc filter=swap\n"}, {"a.enc", "plain\n"}, {"b.py", "b()\r\n"}});
  Opened opened(repository.top());
  const auto now = opened.now(), then = opened.at("HEAD");
  EXPECT_THAT(mentioning(*now, "plain"), ElementsAre("a.enc"));
  EXPECT_THAT(mentioning(*then, "stored"), ElementsAre("a.enc"));
  EXPECT_EQ(now->text(*now->find("b.py")), "b()\n");
  EXPECT_EQ(then->text(*then->find("b.py")), "b()\n");
}

TEST(GitCode, AHeaderIsCWhereNothingIsCpp) {
  const TemporaryRepository repository;
  repository.commit("one", {{"a.c", ""}, {"a.h", "int class;\n"}});
  Opened opened(repository.top());
  const auto plain = opened.now();
  EXPECT_EQ(plain->files()[1].language, parsers::Language::c);
  repository.write("b.cc", "");
  const auto mixed = opened.now();
  EXPECT_EQ(mixed->files()[1].language, parsers::Language::cpp);
}

TEST(GitCode, OutlinesOfManyFilesAreThoseOfEach) {
  const TemporaryRepository repository;
  repository.commit("one", many(100));
  Opened opened(repository.top());
  const auto one = opened.now(), all = opened.now();
  std::vector<CodeFileId> ids;
  for (std::size_t i = 0; i < one->files().size(); ++i) ids.emplace_back(i);
  all->prepare(ids);
  for (const CodeFileId id : ids)
    EXPECT_EQ(one->outline(id).definitions.at(0).name, all->outline(id).definitions.at(0).name);
  EXPECT_EQ(all->effort().outlines_parsed, 100U);
  all->forget(ids);
  EXPECT_EQ(all->outline(ids[3]).definitions.size(), 1U);
}

}  // namespace
}  // namespace planner::io
