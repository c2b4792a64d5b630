#include "planner/io/attribute_lines.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_repository.h"

namespace planner::io {
namespace {

TEST(AttributeLines, AreAnchoredWhereTheirFileStands) {
  EXPECT_EQ(flattened({{".gitattributes", "*.c text\n[attr]mine merge=union"},
                       {"a/b/.gitattributes",
                        "# no\n*.md merge=union\n/x/*.txt -text\r\n\"q \\\"z\" binary\n!n text\nd/ text\n"},
                       {"a/.gitattributes", "*.md -merge\n[attr]no text\n"}}),
            "*.c text\n[attr]mine merge=union\n"
            "\"a/**/*.md\"  -merge\n"
            "\"a/b/**/*.md\"  merge=union\n\"a/b/x/*.txt\"  -text\r\n\"a/b/**/q \\\"z\"  binary\n");
  EXPECT_EQ(flattened({{"a[1]*/.gitattributes", "x text"}}), "\"a\\\\[1]\\\\*/**/x\"  text\n");
}

TEST(AttributeLines, NameDriversOfTheUsers) {
  EXPECT_TRUE(names_merge_driver("*.x text merge=mine"));
  EXPECT_FALSE(names_merge_driver("*.x merge=union\n*.y merge=binary -merge\n*.z merge=text"));
}

/// What git says of each path by its own files, and by the one text made of them.
TEST(AttributeLines, SayOfEveryPathWhatTheFilesSay) {
  const support::TemporaryRepository repository;
  const std::map<std::string, std::string> files{
      {".gitattributes", "*.md merge=union\nsrc/*.c -merge\n[attr]weird merge=binary\n*.w weird\n"},
      {"src/.gitattributes", "*.md merge=text\nsub/x.c merge=union\n/y.c merge=binary\n"},
      {"src/sub/.gitattributes", "*.c merge=ours\n\"with space.c\" merge=union\n"},
      {"o[d]d/.gitattributes", "*.md -merge\n"}};
  for (const auto& [path, text] : files) repository.write(path, text);
  const std::vector<std::string> paths{
      "a.md",       "src/a.md",    "src/sub/a.md",         "src/a.c",   "src/sub/x.c",
      "src/y.c",    "src/sub/y.c", "src/sub/with space.c", "b.w",       "src/sub/deep/q.c",
      "o[d]d/a.md", "odd/a.md",    "src/sub/sub/x.c",      "other/y.c", "o[d]d/e/f.md"};
  std::vector<std::string> ask{"check-attr", "merge", "--"};
  ask.insert(ask.end(), paths.begin(), paths.end());
  const std::string expected = repository.git(ask);
  std::vector<AttributeFile> list;
  for (const auto& [path, text] : files) {
    list.push_back({path, text});
    std::filesystem::remove(repository / path);
  }
  support::write(repository / ".git/info/attributes", flattened(list));
  EXPECT_EQ(repository.git(ask), expected);
}

}  // namespace
}  // namespace planner::io
