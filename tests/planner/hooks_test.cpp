// Hooks go into files that are there and out again without a trace.
#include "planner/hooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "parsers/json_edit.h"
#include "planner/hook_scripts.h"

namespace planner {
namespace {

using parsers::HookAgent;
using enum HookAgent;
using testing::HasSubstr;
using testing::StartsWith;

const HookAgent json_agents[] = {claude, codex, gemini, copilot, cursor};
const HookWishes strict{"interlock", {"--strict", "work orders"}, true};

std::string installed(HookAgent agent, const std::optional<std::string>& before, const HookWishes& wishes = {}) {
  const auto after = with_hooks(agent, hook_files(agent)[0], before, wishes);
  EXPECT_TRUE(after) << after.error().what;
  return after ? *after : "";
}

std::optional<std::string> removed(HookAgent agent, const std::string& text) {
  const auto after = without_hooks(agent, hook_files(agent)[0], text);
  EXPECT_TRUE(after) << after.error().what;
  return after ? *after : std::nullopt;
}

TEST(Hooks, ComeAndGoWithoutATrace) {
  const std::optional<std::string> texts[] = {
      std::nullopt,
      "{}",
      R"({"hooks": {}})",
      R"({"version": 1, "hooks": {"preToolUse": []}})",
      "{\n  \"hooks\": {\n    \"PreToolUse\": []\n  }\n}\n",
      "{\n    \"a\": 1,\n    \"hooks\": {\n        \"BeforeTool\": [\n            {\"matcher\": \"x\"}\n        ],\n   "
      "     "
      "\"Stop\": []\n    }\n}",
      "{\r\n\t\"hooks\": {\r\n\t\t\"preToolUse\": [\r\n\t\t\t{\"command\": \"x\"}\r\n\t\t]\r\n\t}\r\n}\r\n",
      "{\"text\": \"}]\\\"{[\", \"hooks\": {\"beforeShellExecution\": [1]}}",
  };
  for (const HookAgent agent : json_agents)
    for (const auto& before : texts)
      for (const HookWishes& wishes : {HookWishes{}, strict}) {
        const std::string once = installed(agent, before, wishes);
        EXPECT_NE(once, before.value_or(""));
        EXPECT_EQ(installed(agent, once, wishes), once) << to_string(agent);
        EXPECT_EQ(removed(agent, once), before) << to_string(agent) << "\n" << once;
        EXPECT_EQ(removed(agent, before.value_or("{}")), before.value_or("{}"));
        // Other wishes take the place of the old ones.
        EXPECT_EQ(installed(agent, once, HookWishes{"other", {}, false}),
                  installed(agent, before, HookWishes{"other", {}, false}));
      }
}

TEST(Hooks, StayWhenTheUserWroteBesideThem) {
  std::string text = installed(claude, R"({"hooks": {"PreToolUse": [1]}})");
  text = parsers::json_appended(text, {"hooks", "Stop"}, parsers::json_number(2));
  EXPECT_EQ(removed(claude, text), R"({"hooks": {"PreToolUse": [1], "Stop": [ 2 ]}})");
}

TEST(Hooks, AreRefusedWhereTheyDoNotFit) {
  const auto what = [](const std::string& text) {
    const auto after = with_hooks(claude, hook_files(claude)[0], text, {});
    return after ? "fits" : after.error().what;
  };
  EXPECT_THAT(what("{\"a\": 1,}"), StartsWith(".claude/settings.json:1:8: "));
  EXPECT_THAT(what("[]"), HasSubstr("the document is not an object"));
  EXPECT_THAT(what("{\"hooks\": []}"), HasSubstr("\"hooks\" is not an object"));
  EXPECT_THAT(what("{\"hooks\": {\"PreToolUse\": {}}}"), HasSubstr("\"PreToolUse\" is not a list"));
  EXPECT_THAT(what("{} // settings"), StartsWith(".claude/settings.json:1:"));
}

TEST(GitHooks, GoBelowTheFirstLine) {
  const std::string mine = "#!/bin/bash\necho mine\nexit 0\n";
  for (const HookFile& file : hook_files(git)) {
    const auto with = with_hooks(git, file, mine, strict);
    ASSERT_TRUE(with);
    EXPECT_THAT(*with, StartsWith("#!/bin/bash\n# >>> interlock guard"));
    EXPECT_THAT(*with, HasSubstr("--event " + file.path + " --strict 'work orders'"));
    EXPECT_EQ(*with_hooks(git, file, *with, strict), *with);
    EXPECT_EQ(*without_hooks(git, file, *with), mine);
    const auto alone = with_hooks(git, file, std::nullopt, {});
    EXPECT_EQ(*without_hooks(git, file, *alone), std::nullopt);
  }
  EXPECT_FALSE(with_hooks(git, {"pre-commit", true}, "#!/usr/bin/env python3\nprint()\n", {}));
  EXPECT_TRUE(with_hooks(git, {"pre-commit", true}, "echo no first line\n", {}));
}

TEST(OpencodePlugin, IsAFileOfItsOwn) {
  const std::string plugin = installed(opencode, std::nullopt, strict);
  EXPECT_THAT(
      plugin,
      HasSubstr(R"(["guard", "--agent", "opencode", "--event", "tool.execute.before", "--strict", "work orders"])"));
  EXPECT_EQ(installed(opencode, plugin, strict), plugin);
  EXPECT_EQ(removed(opencode, plugin), std::nullopt);
  EXPECT_EQ(removed(opencode, "export const Mine = 1\n"), "export const Mine = 1\n");
  EXPECT_FALSE(with_hooks(opencode, hook_files(opencode)[0], "export const Mine = 1\n", {}));
}

TEST(ShellWords, ReadBackAsTheyWere) {
  for (const char* word : {"plain", "two words", "it's", "", "a\"b", "$x", "back\\slash"}) {
    const auto read = shell_split("x " + shell_quoted(word) + " y");
    ASSERT_EQ(read.size(), 3u) << word;
    EXPECT_EQ(read[1], word);
  }
}

}  // namespace
}  // namespace planner
