// Payloads in the shapes that each agent's own types and documents give them.
#include "parsers/hook_call.h"

#include <gtest/gtest.h>
#include <ostream>
#include <string>

namespace parsers {
namespace {

std::string shown(const HookReading& reading) {
  const HookCall& call = reading.call;
  constexpr const char* moments[] = {"before", "approve", "after", "other"};
  constexpr const char* kinds[] = {"write", "create", "remove", "move"};
  std::string out = moments[static_cast<int>(call.moment)];
  if (!call.session.empty()) out += " " + call.session + (call.subagent.empty() ? "" : "/" + call.subagent);
  if (!call.cwd.empty()) out += " in " + call.cwd;
  if (!call.tool.empty()) out += " " + call.tool;
  for (const HookEdit& edit : call.edits)
    out += std::string(" ") + kinds[static_cast<int>(edit.kind)] + ":" + edit.path +
           (edit.to.empty() ? "" : ">" + edit.to);
  if (call.command) out += " $ " + *call.command;
  if (!call.command_directory.empty()) out += " at " + call.command_directory;
  if (!call.removed_worktree.empty()) out += " removes its work tree";
  for (const std::string& clause : call.unread) out += "; unread: " + clause;
  if (!reading.problem.empty()) out += "; problem: " + reading.problem;
  return out;
}

struct Case {
  HookAgent agent;
  const char* event;
  const char* text;
  const char* expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << to_string(c.agent) << " " << c.text; }

class Call : public testing::TestWithParam<Case> {};
TEST_P(Call, IsRead) {
  EXPECT_EQ(shown(read_hook_call(GetParam().agent, GetParam().event, GetParam().text)), GetParam().expected);
}

using enum HookAgent;
const Case cases[] = {
    // Claude Code
    {claude, "",
     R"({"session_id":"s","transcript_path":"/t","cwd":"/w","agent_id":"a1","agent_type":"Explore",
         "hook_event_name":"PreToolUse","tool_name":"Edit","tool_use_id":"u",
         "tool_input":{"file_path":"/w/a.py","old_string":"x","new_string":"y","replace_all":false}})",
     "before s/a1 in /w Edit write:/w/a.py"},
    {claude, "PreToolUse",
     R"({"hook_event_name":"PostToolUse","tool_name":"Write","tool_input":{"file_path":"a","content":"c"},"tool_response":{}})",
     "after Write write:a"},
    {claude, "",
     R"({"hook_event_name":"PreToolUse","tool_name":"NotebookEdit","tool_input":{"notebook_path":"n.ipynb","new_source":""}})",
     "before NotebookEdit write:n.ipynb"},
    {claude, "",
     R"({"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"git add -A","timeout":5}})",
     "before Bash $ git add -A"},
    {claude, "", R"({"hook_event_name":"PreToolUse","tool_name":"Read","tool_input":{"file_path":"a"}})",
     "before Read"},
    {claude, "",
     R"({"hook_event_name":"PreToolUse","tool_name":"ExitWorktree","tool_input":{"action":"remove","discard_changes":true}})",
     "before ExitWorktree removes its work tree"},
    {claude, "", R"({"hook_event_name":"PreToolUse","tool_name":"mcp__fs__read_file","tool_input":{"path":"a"}})",
     "before mcp__fs__read_file"},
    {claude, "", R"({"hook_event_name":"PreToolUse","tool_name":"mcp__fs__twiddle","tool_input":{"path":"a"}})",
     "before mcp__fs__twiddle; unread: what the tool \"mcp__fs__twiddle\" does: it is not known here"},
    {claude, "", R"({"hook_event_name":"PermissionRequest","tool_name":"Write","tool_input":{"file_path":"a"}})",
     "approve Write write:a"},
    {claude, "", R"({"hook_event_name":"FileChanged","file_path":"a","event":"unlink"})", "after remove:a"},
    {claude, "", R"({"hook_event_name":"WorktreeCreate","name":"w"})", "other"},
    {claude, "", R"({"hook_event_name":"PreToolUse","tool_name":"Edit","tool_input":{}})",
     "before Edit; unread: which file \"Edit\" changes"},
    {claude, "", R"({"hook_event_name":"PreToolUse","tool_name":"Edit","tool_input":{"file_path":7}})",
     "before Edit; unread: which file \"Edit\" changes"},
    {claude, "", R"({"hook_event_name":"PreToolUse"})", "before; problem: it names no tool"},
    {claude, "PreToolUse", R"(["PreToolUse"])", "before; problem: it is not a JSON object"},
    // Codex
    {codex, "PreToolUse",
     R"({"session_id":"s","turn_id":"t","cwd":"/w","hook_event_name":"PreToolUse","model":"m","tool_name":"apply_patch",
         "tool_input":{"command":"*** Begin Patch\n*** Update File: a.py\n@@\n-x\n+y\n*** End Patch"}})",
     "before s in /w apply_patch write:a.py"},
    {codex, "PreToolUse",
     R"({"hook_event_name":"PreToolUse","tool_name":"shell","tool_input":{"command":["bash","-lc","git stash"],"workdir":"sub"}})",
     "before shell $ git stash at sub"},
    {codex, "PreToolUse", R"({"hook_event_name":"PreToolUse","tool_name":"exec_command","tool_input":{"cmd":"ls"}})",
     "before exec_command $ ls"},
    {codex, "PreToolUse",
     R"({"hook_event_name":"PreToolUse","tool_name":"shell","tool_input":{"command":["rm","it's"]}})",
     "before shell $ 'rm' 'it'\\''s'"},
    // Gemini CLI
    {gemini, "",
     R"({"session_id":"g","cwd":"/w","hook_event_name":"BeforeTool","timestamp":"t","tool_name":"replace","tool_input":{"file_path":"/w/a","old_string":"","new_string":""}})",
     "before g in /w replace write:/w/a"},
    {gemini, "",
     R"({"hook_event_name":"AfterTool","tool_name":"write_file","tool_input":{"file_path":"a"},"tool_response":{}})",
     "after write_file write:a"},
    {gemini, "",
     R"({"hook_event_name":"BeforeTool","tool_name":"run_shell_command","tool_input":{"command":"ls","dir_path":"d"}})",
     "before run_shell_command $ ls at d"},
    // Copilot, both spellings
    {copilot, "preToolUse",
     R"({"sessionId":"c","timestamp":1,"cwd":"/w","toolName":"edit","toolArgs":{"path":"a.py","old_str":"x","new_str":"y"}})",
     "before c in /w edit write:a.py"},
    {copilot, "preToolUse",
     R"({"sessionId":"c","cwd":"/w","toolName":"bash","toolArgs":"{\"command\":\"git stash\"}"})",
     "before c in /w bash $ git stash"},
    {copilot, "PreToolUse",
     R"({"hook_event_name":"PreToolUse","session_id":"c","timestamp":"t","cwd":"/w","tool_name":"create","tool_input":{"path":"n","file_text":""}})",
     "before c in /w create write:n"},
    {copilot, "PreToolUse",
     R"({"hook_event_name":"PreToolUse","tool_name":"editFiles","tool_input":{"files":["a","b"]}})",
     "before editFiles write:a write:b"},
    {copilot, "preToolUse", R"({"toolName":"bash","toolArgs":"not json"})",
     "before bash; unread: the arguments of the tool: it is not JSON from byte 2 on"},
    // Cursor
    {cursor, "beforeShellExecution",
     R"({"conversation_id":"k","generation_id":"g","hook_event_name":"beforeShellExecution","workspace_roots":["/w"],"command":"git stash","cwd":"/w/sub"})",
     "before k in /w/sub Shell $ git stash"},
    {cursor, "preToolUse",
     R"({"conversation_id":"k","hook_event_name":"preToolUse","workspace_roots":["/w"],"tool_name":"Write","tool_input":{"file_path":"a","contents":""}})",
     "before k in /w Write write:a"},
    {cursor, "preToolUse", R"({"hook_event_name":"preToolUse","tool_name":"Delete","tool_input":{"path":"a"}})",
     "before Delete remove:a"},
    {cursor, "",
     R"({"hook_event_name":"afterFileEdit","file_path":"/w/a","edits":[{"old_string":"x","new_string":"y"}]})",
     "after write:/w/a"},
    // opencode, by our plugin
    {opencode, "tool.execute.before",
     R"({"event":"tool.execute.before","sessionID":"o","cwd":"/w","tool":"edit","args":{"filePath":"/w/a","oldString":"x","newString":"y"}})",
     "before o in /w edit write:/w/a"},
    {opencode, "tool.execute.before", R"({"tool":"bash","args":{"command":"ls","workdir":"/x"}})",
     "before bash $ ls at /x"},
    {opencode, "tool.execute.before",
     R"({"tool":"patch","args":{"patchText":"*** Begin Patch\n*** Delete File: a\n*** End Patch"}})",
     "before patch remove:a"},
    // Nothing of ours
    {claude, "SessionStart", R"({"hook_event_name":"SessionStart","source":"startup"})", "other"},
};
INSTANTIATE_TEST_SUITE_P(Payloads, Call, testing::ValuesIn(cases));

TEST(HookAgents, HaveNames) {
  for (const HookAgent agent : {claude, codex, gemini, copilot, cursor, opencode, git})
    EXPECT_EQ(hook_agent_from(to_string(agent)), agent);
  EXPECT_EQ(hook_agent_from("vim"), std::nullopt);
}

TEST(HookMoments, AreTheSameInEverySpelling) {
  for (const char* event : {"PreToolUse", "preToolUse", "pre_tool_use", "BeforeTool", "beforeShellExecution",
                            "tool.execute.before", "beforeMCPExecution"})
    EXPECT_EQ(hook_moment(event), HookMoment::before) << event;
  for (const char* event : {"PostToolUse", "AfterTool", "afterFileEdit", "tool.execute.after"})
    EXPECT_EQ(hook_moment(event), HookMoment::after) << event;
  EXPECT_EQ(hook_moment("permissionRequest"), HookMoment::approve);
  EXPECT_EQ(hook_moment("Stop"), HookMoment::other);
  EXPECT_EQ(hook_moment(""), HookMoment::other);
}

}  // namespace
}  // namespace parsers
