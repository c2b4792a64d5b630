#include "parsers/path_pattern.h"

#include <gtest/gtest.h>

namespace parsers {
namespace {

TEST(PathError, RefusesWhatCannotBeInARepository) {
  const char* good[] = {"a",          "a/b.py",    "a.b/c d", "dir/", "caf\xC3\xA9", "-x",
                        ".gitignore", ".github/x", "a..b",    "...",  "a:b"};
  for (const char* path : good) EXPECT_EQ(path_error(path), std::nullopt) << path;
  const std::string bad[] = {
      "",     "/etc/passwd", "..", "a/../b", "./a",  "a/./b", "a//b", ".git/config", "x/.GIT/y", "git~1/x",
      "a\\b", "a\nb",        "~",  "~/x",    "C:/x", "C:",    ".",    "a/..",        "/",        "a/.Git"};
  for (const std::string& path : bad) EXPECT_NE(path_error(path), std::nullopt) << path;
  EXPECT_NE(path_error(std::string("a\0b", 3)), std::nullopt);
  EXPECT_NE(path_error(std::string(5000, 'a')), std::nullopt);
}

TEST(PatternError, LimitsLengthAndSegments) {
  EXPECT_EQ(PathPattern::pattern_error(std::string(1000, 'a') + "*"), std::nullopt);
  EXPECT_NE(PathPattern::pattern_error(std::string(1024, 'a') + "*"), std::nullopt);
  std::string deep = "*";
  for (int i = 0; i < 63; ++i) deep += "/a";
  EXPECT_EQ(PathPattern::pattern_error(deep), std::nullopt);
  EXPECT_NE(PathPattern::pattern_error(deep + "/a"), std::nullopt);
}

struct Case {
  const char* pattern;
  const char* path;
  bool matches;
};

TEST(PathPattern, MatchesAsGitDoes) {
  const Case table[] = {
      {"a/b.py", "a/b.py", true},
      {"a/b.py", "a/b.pyc", false},
      {"*.py", "a.py", true},
      {"*.py", "a/b.py", false},
      {"a/*", "a/b", true},
      {"a/*", "a/b/c", false},
      {"a/**", "a/b/c", true},
      {"a/**", "a", false},
      {"**/b", "b", true},
      {"**/b", "x/y/b", true},
      {"**/b", "xb", false},
      {"a/**/b", "a/b", true},
      {"a/**/b", "a/x/y/b", true},
      {"a/**/b", "ab", false},
      {"a**b", "axxb", true},
      {"a**b", "ax/b", false},
      {"***/b", "x/y/b", true},
      {"?", "a", true},
      {"?", "/", false},
      {"a?c", "a/c", false},
      {"[abc]", "b", true},
      {"[!abc]", "b", false},
      {"[^abc]", "d", true},
      {"[a-c]x", "bx", true},
      {"[]a]", "]", true},
      {"[!]]", "a", true},
      {"[a-]", "-", true},
      {"[[:digit:]]x", "7x", true},
      {"[[:digit:]]x", "ax", false},
      {"[[:nope:]]", "n", false},
      {"app/[slug]/p", "app/[slug]/p", true},
      {"app/[slug]/p", "app/s/p", true},
      {"app/[slug]/p", "app/x/p", false},
      {"app/[...slug]/p", "app/[...slug]/p", true},
      {"a[b", "a[b", true},
      {"a[/]b", "a/b", false},
      {"dir/", "dir/x", true},
      {"dir/", "dir/x/y", true},
      {"dir/", "dir", false},
      {"*/", "a/b", true},
      {"*/", "a", false},
      {"**", "a/b/c", true},
      {"**/", "a/b", true},
      {"**/", "a", true},
      {"*", ".hidden", true},
  };
  for (const Case& c : table)
    EXPECT_EQ(PathPattern(c.pattern).matches(c.path), c.matches) << c.pattern << " " << c.path;
}

TEST(PathPattern, KnowsItsLiteralPrefix) {
  EXPECT_EQ(PathPattern("a/b/*.py").literal_prefix(), "a/b/");
  EXPECT_EQ(PathPattern("a/b").literal_prefix(), "a/b");
  EXPECT_EQ(PathPattern("dir/").literal_prefix(), "dir/");
  EXPECT_TRUE(PathPattern("a/b").is_literal());
  EXPECT_FALSE(PathPattern("dir/").is_literal());
}

struct Meeting {
  const char* a;
  const char* b;
  const char* witness;  // nullptr: none
};

TEST(CommonPath, IsTheShortestThenThePreferred) {
  const Meeting table[] = {
      {"src/*.py", "src/a*", "src/a.py"},
      {"src/*/a.py", "src/foo/*", "src/foo/a.py"},
      {"src/**/test_*.py", "src/auth/**", "src/auth/test_.py"},
      {"docs/*.md", "docs/README.*", "docs/README.md"},
      {"src/*.py", "src/*.js", nullptr},
      {"a/**", "b/**", nullptr},
      {"**", "**", "a"},
      {"*/", "**", "a/a"},
      {"**/a", "**/b", nullptr},
      {"dir/", "dir/sub/", "dir/sub/a"},
      {"dir/", "dir/x.py", "dir/x.py"},
      {"?", "[0-9]", "0"},
      {"?", "[A-Z]", "A"},
      {"[!a-z0-9A-Z]", "?", "_"},
      {".*", "??", ".a"},
      {".?", ".?", ".a"},
      {"..?", "...", "..."},
      {".gi?", "**", ".gia"},
      {".gi[t]", "**", ".gi[t]"},
      {"*/.[g][i]t", "*/.git", nullptr},
      {"app/[slug]/p", "app/*/p", "app/g/p"},
      {"*a*b*", "*b*a*", "aba"},
      {"a", "a", "a"},
  };
  for (const Meeting& m : table) {
    const auto expected = m.witness ? std::optional<std::string>(m.witness) : std::nullopt;
    EXPECT_EQ(common_path(PathPattern(m.a), PathPattern(m.b)), expected) << m.a << "  " << m.b;
    EXPECT_EQ(common_path(PathPattern(m.b), PathPattern(m.a)), expected) << m.b << "  " << m.a;
  }
}

TEST(PathPattern, StaysLinearOnWhatStopsOthers) {
  std::string stars, path;
  for (int i = 0; i < 20; ++i) stars += "**/";
  for (int i = 0; i < 30; ++i) path += "a/";
  EXPECT_FALSE(PathPattern(stars + "b").matches(path + "c"));
  std::string many;
  for (int i = 0; i < 300; ++i) many += "*a";
  EXPECT_FALSE(PathPattern(many + "b").matches(std::string(2000, 'a')));
  EXPECT_NE(common_path(PathPattern(many), PathPattern(stars + "*")), std::nullopt);
}

}  // namespace
}  // namespace parsers
