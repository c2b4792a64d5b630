#include "planner/io/git_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace planner::io
