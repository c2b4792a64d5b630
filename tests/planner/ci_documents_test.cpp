#include "planner/ci_documents.h"

#include <gmock/gmock.h>

namespace planner {
namespace {

using testing::HasSubstr;
using testing::Not;

const CiFile hooks{".pre-commit-config.yaml", true};

CiWishes wishes(std::vector<std::string> orders = {"orders"}, const char* source = nullptr) {
  CiWishes out{std::move(orders), std::nullopt, "origin/main"};
  if (source != nullptr) out.source = *ci_source_from(source);
  return out;
}

std::string with_hooks(const std::optional<std::string>& before) {
  const auto after = with_ci(CiSystem::pre_commit, hooks, before, wishes());
  EXPECT_TRUE(after) << after.error().what;
  return after ? after->value_or("") : "";
}

TEST(CiDocuments, SourcesAreRepositoriesWithARef) {
  const std::vector<std::tuple<const char*, const char*, const char*>> good{
      {"team/interlock@v1", "https://github.com/team/interlock", "v1"},
      {"https://git.example.org/team/interlock.git@main", "https://git.example.org/team/interlock.git", "main"},
      {"git@example.org:team/interlock@release/1.0", "git@example.org:team/interlock", "release/1.0"}};
  for (const auto& [text, url, ref] : good) {
    const auto source = ci_source_from(text);
    ASSERT_TRUE(source) << text;
    EXPECT_EQ(source->url, url);
    EXPECT_EQ(source->ref, ref);
  }
  for (const char* bad : {"", "team/interlock", "team@v1", "a/b/c@v1", "team/interlock@", "team/interlock@-x",
                          "team/interlock@a..b", "team/inter lock@v1", "team/$(x)@v1", "team/interlock@v1\n", "-x/y@v1",
                          "https://x/y;z@v1", "./x@v1", "team/interlock@${{ x }}"})
    EXPECT_FALSE(ci_source_from(bad)) << bad;
}

TEST(CiDocuments, RefuseWhatADocumentCannotHold) {
  EXPECT_FALSE(check_wishes(CiSystem::github, wishes({}, "a/b@v1")));
  EXPECT_FALSE(check_wishes(CiSystem::github, wishes()));
  EXPECT_FALSE(check_wishes(CiSystem::github, wishes({"orders"}, "https://example.org/a/b@v1")));
  EXPECT_TRUE(check_wishes(CiSystem::gitlab, wishes({"orders"}, "https://example.org/a/b@v1")));
  for (const char* bad : {"../x", "/etc", "a\nb", "-x", " x", "x ", "${{ github.token }}", "a\x1b[0m", ""})
    EXPECT_FALSE(check_wishes(CiSystem::pre_commit, wishes({bad}))) << bad;
}

TEST(CiDocuments, AJobOfSomebodyElsesIsLeftAlone) {
  const CiFile file = ci_files(CiSystem::github).front();
  EXPECT_FALSE(with_ci(CiSystem::github, file, "name: mine\n", wishes({"orders"}, "a/b@v1")));
  const auto made = with_ci(CiSystem::github, file, std::nullopt, wishes({"orders"}, "a/b@v1"));
  const auto other = with_ci(CiSystem::github, file, *made, wishes({"orders", "more"}, "a/b@v2"));
  ASSERT_TRUE(other);
  EXPECT_THAT(**other, HasSubstr("uses: a/b@v2"));
  EXPECT_EQ(without_ci(CiSystem::github, file, **other), std::nullopt);
  EXPECT_EQ(without_ci(CiSystem::github, file, "name: mine\n"), "name: mine\n");
}

TEST(CiDocuments, GitLabsOwnFileIsWrittenOnlyWhereThereIsNone) {
  const CiFile main = ci_files(CiSystem::gitlab).back();
  EXPECT_EQ(*with_ci(CiSystem::gitlab, main, "test: {script: [x]}\n", wishes({"o"}, "a/b@v1")),
            "test: {script: [x]}\n");
  EXPECT_EQ(ci_notes(CiSystem::gitlab, "test: {script: [x]}\n").size(), 1u);
  EXPECT_EQ(ci_notes(CiSystem::gitlab, "include: [{local: .gitlab/interlock.yml}]\n").size(), 0u);
  const auto made = with_ci(CiSystem::gitlab, main, std::nullopt, wishes({"o"}, "a/b@v1"));
  EXPECT_EQ(without_ci(CiSystem::gitlab, main, **made), std::nullopt);
}

TEST(CiDocuments, OrdersAreQuotedForTheShellOfAJob) {
  const auto made = with_ci(CiSystem::gitlab, ci_files(CiSystem::gitlab).front(), std::nullopt,
                            wishes({"a b/$(x)", "it's"}, "a/b@v1"));
  EXPECT_THAT(**made, HasSubstr("verify 'a b/$(x)' 'it'\\''s'\n"));
}

TEST(CiDocuments, HooksGoBehindTheLastRepositoryAndOutAgain) {
  for (const std::string& before :
       {std::string("repos:\n  - repo: meta\n    hooks:\n      - id: identity\n"),
        std::string("repos:\n- repo: meta\n  hooks:\n  - id: identity\n\n# the end\n"),
        std::string(
            "# mine\ndefault_stages: [commit]\nrepos:\n    - repo: meta\n      hooks: [{id: identity}]\n\nfail_fast: "
            "true\n"),
        std::string("repos:\r\n- repo: meta\r\n  hooks: []\r\n"), std::string("repos:\n  - {repo: meta, hooks: []}")}) {
    const std::string after = with_hooks(before);
    EXPECT_NE(after, before);
    EXPECT_EQ(with_hooks(after), after) << before;
    EXPECT_EQ(without_ci(CiSystem::pre_commit, hooks, after), before);
  }
  const std::string whole = with_hooks(std::nullopt);
  EXPECT_EQ(without_ci(CiSystem::pre_commit, hooks, whole), std::nullopt);
  EXPECT_THAT(whole, HasSubstr("\"--orders-at\", \"origin/main\", \"--policy\", \"protect\""));
  EXPECT_THAT(whole, Not(HasSubstr("rev:")));
  EXPECT_EQ(without_ci(CiSystem::pre_commit, hooks, "repos: []\n"), "repos: []\n");
}

TEST(CiDocuments, RefuseHooksWhereTheListCannotBeReadByLines) {
  for (const char* before : {"repos: []\n", "", "fail_fast: true\n", "repos:\nfail_fast: true\n", "repos: &a\n  - x\n"})
    EXPECT_FALSE(with_ci(CiSystem::pre_commit, hooks, before, wishes())) << before;
}

}  // namespace
}  // namespace planner
