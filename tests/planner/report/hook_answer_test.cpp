// The dialects: one form each, and nothing that an agent takes for something else.
#include "planner/report/hook_answer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

#include "planner/report/unified_diff.h"

namespace planner::report {
namespace {

using enum parsers::HookAgent;
using enum parsers::HookMoment;
using enum GuardDecision;

const std::vector<GuardReason> reasons{guard_reason("shared-state", parsers::Policy::strict, "why", "instead")};
constexpr const char* text = R"("interlock: why [shared-state]\n  instead")";

struct Case {
  parsers::HookAgent agent;
  parsers::HookMoment moment;
  const char* event;
  GuardDecision decision;
  std::string expected;  // # stands for the text
};
void PrintTo(const Case& c, std::ostream* out) {
  *out << to_string(c.agent) << " " << c.event << " " << to_string(c.decision);
}

class Dialect : public testing::TestWithParam<Case> {};
TEST_P(Dialect, IsSpoken) {
  const Case& c = GetParam();
  const HookAnswer answer =
      hook_answer(c.agent, c.moment, c.event, c.decision, c.decision == allow ? std::vector<GuardReason>() : reasons);
  std::string expected = c.expected;
  for (std::size_t at = expected.find('#'); at != std::string::npos; at = expected.find('#', at + 1))
    expected.replace(at, 1, text);
  EXPECT_EQ(answer.out, expected + "\n");
  EXPECT_TRUE(nlohmann::json::parse(answer.out).is_object());
  EXPECT_EQ(answer.err, "");
  EXPECT_EQ(answer.exit_code, 0);
}

const Case cases[] = {
    {claude, before, "PreToolUse", allow, "{}"},
    {claude, before, "PreToolUse", advise,
     R"({"hookSpecificOutput":{"hookEventName":"PreToolUse","additionalContext":#}})"},
    {claude, before, "PreToolUse", ask,
     R"({"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask","permissionDecisionReason":#}})"},
    {claude, before, "PreToolUse", deny,
     R"({"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":#}})"},
    {claude, after, "PostToolUse", advise,
     R"({"hookSpecificOutput":{"hookEventName":"PostToolUse","additionalContext":#}})"},
    {claude, after, "PostToolUse", deny, R"({"decision":"block","reason":#})"},
    {claude, approve, "PermissionRequest", deny,
     R"({"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{"behavior":"deny","message":#}}})"},
    {claude, approve, "PermissionRequest", advise, R"({"systemMessage":#})"},
    {codex, before, "PreToolUse", advise,
     R"({"hookSpecificOutput":{"hookEventName":"PreToolUse","additionalContext":#}})"},
    {codex, before, "PreToolUse", deny,
     R"({"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":#}})"},
    {gemini, before, "BeforeTool", allow, "{}"},
    {gemini, before, "BeforeTool", advise, R"({"systemMessage":#})"},
    {gemini, before, "BeforeTool", deny, R"({"decision":"deny","reason":#})"},
    {gemini, after, "AfterTool", deny, R"({"hookSpecificOutput":{"hookEventName":"AfterTool","additionalContext":#}})"},
    {copilot, before, "preToolUse", allow, "{}"},
    {copilot, before, "preToolUse", advise, R"({"additionalContext":#})"},
    {copilot, before, "preToolUse", ask, R"({"permissionDecision":"ask","permissionDecisionReason":#})"},
    {copilot, before, "preToolUse", deny, R"({"permissionDecision":"deny","permissionDecisionReason":#})"},
    {copilot, approve, "permissionRequest", deny, R"({"behavior":"deny","message":#})"},
    {cursor, before, "preToolUse", allow, R"({"permission":"allow"})"},
    {cursor, before, "preToolUse", advise, R"({"permission":"allow","agent_message":#})"},
    {cursor, before, "preToolUse", ask, R"({"permission":"ask","user_message":#,"agent_message":#})"},
    {cursor, before, "preToolUse", deny, R"({"permission":"deny","user_message":#,"agent_message":#})"},
    {cursor, after, "afterFileEdit", advise, R"({"additional_context":#})"},
    {opencode, before, "tool.execute.before", allow, R"({"decision":"allow"})"},
    {opencode, before, "tool.execute.before", advise, R"({"decision":"advise","message":#})"},
    {opencode, before, "tool.execute.before", deny, R"({"decision":"deny","message":#})"},
};
INSTANTIATE_TEST_SUITE_P(Answers, Dialect, testing::ValuesIn(cases));

TEST(HookAnswers, NeverAskWhereNobodyCanAnswer) {
  EXPECT_TRUE(may_ask(claude, before));
  EXPECT_FALSE(may_ask(claude, after));
  for (const parsers::HookAgent agent : {codex, gemini, opencode, git}) EXPECT_FALSE(may_ask(agent, before));
}

TEST(HookAnswers, OfGitAreItsExitCodeAndStandardError) {
  EXPECT_EQ(hook_answer(git, before, "pre-commit", allow, {}).exit_code, 0);
  const HookAnswer advice = hook_answer(git, before, "pre-commit", advise, reasons);
  EXPECT_EQ(advice.exit_code, 0);
  EXPECT_EQ(advice.err, "interlock: why [shared-state]\n  instead\n");
  EXPECT_EQ(hook_answer(git, before, "pre-commit", deny, reasons).exit_code, 2);
}

TEST(HookAnswers, SayNothingToEventsThatAreNotOurs) {
  EXPECT_EQ(hook_answer(claude, other, "WorktreeCreate", allow, {}).out, "");
}

TEST(HookAnswers, AreBoundedAndPrintable) {
  std::vector<GuardReason> many;
  for (int i = 0; i < 500; ++i)
    many.push_back(guard_reason("unread", parsers::Policy::strict, "\x1b]0;x\x07" + std::string(700, 'a')));
  const HookAnswer answer = hook_answer(claude, before, "PreToolUse", deny, many);
  EXPECT_LT(answer.out.size(), 6000u);
  EXPECT_EQ(answer.out.find('\x1b'), std::string::npos);
  EXPECT_NE(answer.out.find("and 49"), std::string::npos);
}

TEST(UnifiedDiff, ShowsOneHunk) {
  EXPECT_EQ(unified_diff("f", "a\nb\n", "a\nb\n"), "");
  EXPECT_EQ(unified_diff("f", std::nullopt, "a\n"), "--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(unified_diff("f", "a\n", std::nullopt), "--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
  EXPECT_EQ(unified_diff("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nnew\n5\n6\n7\n8\n9\n"),
            "--- a/f\n+++ b/f\n@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+new\n 5\n 6\n 7\n");
  EXPECT_EQ(unified_diff("f", "a", "a\nb\n"),
            "--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n");
  EXPECT_EQ(unified_diff("f", "a\n", "\x1b[1m\n"), "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+\\x1B[1m\n");
}

}  // namespace
}  // namespace planner::report
