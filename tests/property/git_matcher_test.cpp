// Patterns against git's own matcher on the tree of this project, and on names made to be awkward.
#include <filesystem>
#include <gtest/gtest.h>
#include <random>
#include <set>

#include "parsers/path_pattern.h"
#include "tests/support/temporary_repository.h"

namespace {

std::vector<std::string> names_of_this_project() {
  namespace fs = std::filesystem;
  std::vector<std::string> names{"a[b]c/x.py",      "app/[slug]/page.tsx", "app/s/page.tsx", "deep/a/b/c/d/e.txt",
                                 "dot.dir/.hidden", "sp ace/a b.md",       "x-y/z_1.py"};
  for (const char* directory : {"graph", "parsers", "planner", "schemas", "samples"})
    for (const auto& entry : fs::recursive_directory_iterator(std::string(INTERLOCK_SOURCE_DIR "/") + directory))
      if (entry.is_regular_file())
        names.push_back(entry.path().lexically_relative(INTERLOCK_SOURCE_DIR).generic_string());
  return names;
}

/// Takes a real name apart and puts wildcards in.
std::string random_pattern(std::mt19937& random, const std::vector<std::string>& names) {
  std::string pattern = names[random() % names.size()];
  if (random() % 4 == 0) pattern = "**/" + pattern.substr(pattern.rfind('/') + 1);
  if (random() % 6 == 0 && pattern.find('/') != std::string::npos)
    pattern = pattern.substr(0, pattern.find('/')) + "/**";
  for (auto n = random() % 3 + 1; n > 0; --n) {
    const std::size_t from = random() % pattern.size(), length = random() % 6;
    static const char* const wild[] = {"*",    "*",    "?",    "**",          "**/", "/**/", "[a-m]",
                                       "[!a]", "[^/]", "[]x]", "[[:lower:]]", "[a-", "*/"};
    pattern.replace(from, length, wild[random() % std::size(wild)]);
  }
  return pattern;
}

/// Two stars that do not fill a segment: gitattributes(5) calls them regular asterisks, but git before 2.41 compared
/// pointers of two different strings there ("wildmatch: avoid undefined behavior") and answers by chance.
bool has_loose_stars(const std::string& pattern) {
  for (std::size_t at = pattern.find("**"); at != std::string::npos; at = pattern.find("**", at)) {
    const std::size_t end = std::min(pattern.find_first_not_of('*', at), pattern.size());
    if ((at > 0 && pattern[at - 1] != '/') || (end < pattern.size() && pattern[end] != '/')) return true;
    at = end;
  }
  return false;
}

TEST(PathPattern, AgreesWithGitOnARealTree) {
  const support::TemporaryRepository repository;
  const std::vector<std::string> names = names_of_this_project();
  for (const std::string& name : names) repository.write(name, "");
  repository.git({"add", "-A"});
  std::mt19937 random(17);
  std::size_t compared = 0, matched = 0;
  while (compared < 400) {
    const std::string pattern = random_pattern(random, names);
    // Git reads a pattern without wildcards as a directory prefix, and one that ends in a slash as a directory.
    if (parsers::PathPattern::pattern_error(pattern) || !parsers::is_pattern(pattern) || pattern.back() == '/' ||
        has_loose_stars(pattern))
      continue;
    ++compared;
    std::set<std::string> git;
    const std::string listed = repository.git({"ls-files", "-z", "--", ":(glob)" + pattern});
    for (std::size_t from = 0; from < listed.size();) {
      const std::size_t end = std::min(listed.find('\0', from), listed.size());
      git.insert(listed.substr(from, end - from));
      from = end + 1;
    }
    const parsers::PathPattern ours(pattern);
    for (const std::string& name : names) {
      const bool literal_brackets = pattern.find('[') != std::string::npos && name.find('[') != std::string::npos;
      if (literal_brackets && !git.contains(name)) continue;  // ours also take a bracket expression by its own text
      EXPECT_EQ(ours.matches(name), git.contains(name)) << pattern << "  " << name;
      matched += git.contains(name) ? 1U : 0U;
    }
  }
  EXPECT_GT(matched, 500U);
}

}  // namespace
