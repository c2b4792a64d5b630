// What an agent's hook is told, in one form for all agents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/document.h"
#include "parsers/hook_patch.h"

namespace parsers {

enum class HookAgent { claude, codex, gemini, copilot, cursor, opencode, git };
std::string_view to_string(HookAgent);
std::optional<HookAgent> hook_agent_from(std::string_view);

/// When a hook runs, whatever the agent calls it.
enum class HookMoment {
  before,   ///< a tool is about to run: it can be stopped
  approve,  ///< the user is about to be asked for permission: it can be denied
  after,    ///< it has run: one can only say so
  other,    ///< nothing of ours
};

/// "PreToolUse", "preToolUse", "BeforeTool", "beforeShellExecution", "tool.execute.before", ...
HookMoment hook_moment(std::string_view event);

struct HookCall {
  HookAgent agent = HookAgent::claude;
  std::string event;  ///< as the agent spells it; from the payload, else as the caller said
  HookMoment moment = HookMoment::other;
  std::string session;
  std::string subagent;  ///< tells the sessions inside a session apart
  std::string cwd;       ///< absolute, or empty
  std::string tool;
  std::vector<HookEdit> edits;
  std::optional<std::string> command;  ///< of a shell tool
  std::string command_directory;       ///< where it runs, when not in cwd
  std::string removed_worktree;        ///< a work tree that the tool removes
  std::vector<std::string> unread;     ///< what could not be read, a clause each
  Node raw;                            ///< the whole payload
};

/// Reads a payload. `event` is what the caller registered the hook for: used where the payload names none. Problems
/// (not JSON, no tool, ...) are told in `problem`; the call then holds what was understood.
struct HookReading {
  HookCall call;
  std::string problem;
};
HookReading read_hook_call(HookAgent, std::string_view event, std::string_view text);

}  // namespace parsers
