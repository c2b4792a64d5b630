#include "parsers/hook_call.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>

#include "parsers/hook_json.h"

namespace parsers {
namespace {

constexpr std::pair<HookAgent, std::string_view> agents[] = {
    {HookAgent::claude, "claude"},   {HookAgent::codex, "codex"},   {HookAgent::gemini, "gemini"},
    {HookAgent::copilot, "copilot"}, {HookAgent::cursor, "cursor"}, {HookAgent::opencode, "opencode"},
    {HookAgent::git, "git"},
};

/// Letters and digits alone, in lower case: "PreToolUse", "preToolUse" and "pre_tool_use" are one.
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

enum class Tool { edit, remove, shell, patch, worktree, harmless, unknown };

constexpr std::string_view editing[] = {
    "edit",      "write",         "multiedit",        "notebookedit", "writefile",           "replace",
    "create",    "createfile",    "strreplaceeditor", "editfile",     "editfiles",           "insertedit",
    "applyedit", "searchreplace", "editnotebook",     "strreplace",   "replacestringinfile", "inserteditintofile"};
constexpr std::string_view removing[] = {"delete", "deletefile", "remove", "removefile"};
constexpr std::string_view shells[] = {"bash",          "shell",        "runshellcommand", "execcommand",
                                       "localshell",    "shellcommand", "terminal",        "runterminalcmd",
                                       "runinterminal", "unifiedexec",  "containerexec",   "runcommand"};
constexpr std::string_view patching[] = {"applypatch", "patch"};
constexpr std::string_view worktrees[] = {"exitworktree"};
constexpr std::string_view harmless[] = {"read",
                                         "glob",
                                         "grep",
                                         "ls",
                                         "list",
                                         "view",
                                         "fetch",
                                         "webfetch",
                                         "websearch",
                                         "task",
                                         "agent",
                                         "todowrite",
                                         "todoread",
                                         "bashoutput",
                                         "killshell",
                                         "killbash",
                                         "exitplanmode",
                                         "enterplanmode",
                                         "askuserquestion",
                                         "skill",
                                         "slashcommand",
                                         "listmcpresources",
                                         "readmcpresource",
                                         "toolsearch",
                                         "enterworktree",
                                         "taskcreate",
                                         "taskupdate",
                                         "tasklist",
                                         "taskget",
                                         "taskstop",
                                         "taskoutput",
                                         "sendmessage",
                                         "lsp",
                                         "readfile",
                                         "readmanyfiles",
                                         "listdirectory",
                                         "searchfilecontent",
                                         "grepsearch",
                                         "googlewebsearch",
                                         "savememory",
                                         "writetodos",
                                         "askuser",
                                         "viewimage",
                                         "updateplan",
                                         "writestdin",
                                         "codebasesearch",
                                         "filesearch",
                                         "listdir",
                                         "readlints",
                                         "semsearch",
                                         "question",
                                         "invalid",
                                         "batch",
                                         "codesearch",
                                         "listfiles",
                                         "searchfiles",
                                         "think",
                                         "monitor",
                                         "notebookread"};

constexpr std::string_view reading_words[] = {"read", "get",  "list", "search", "view",     "find",  "fetch",
                                              "grep", "glob", "show", "stat",   "describe", "query", "status"};

/// The word by which an unknown tool says that it only looks: mcp__fs__read_file.
bool only_looks(std::string_view name) {
  std::string word;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const char c = i < name.size() ? name[i] : '_';
    const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0;
    const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
    if (!letter || upper) {
      if (is_one_of(word, reading_words)) return true;
      word.clear();
    }
    if (letter) word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return false;
}

Tool kind_of(std::string_view name) {
  const std::string word = plain(name);
  if (is_one_of(word, editing)) return Tool::edit;
  if (is_one_of(word, removing)) return Tool::remove;
  if (is_one_of(word, shells)) return Tool::shell;
  if (is_one_of(word, patching)) return Tool::patch;
  if (is_one_of(word, worktrees)) return Tool::worktree;
  if (is_one_of(word, harmless)) return Tool::harmless;
  return only_looks(name) ? Tool::harmless : Tool::unknown;
}

constexpr std::string_view path_keys[] = {"file_path",   "filePath",   "path",          "notebook_path", "notebookPath",
                                          "target_file", "targetFile", "absolute_path", "filename"};

/// The text under the first of these keys; empty: none of them holds a text.
std::string text_under(const Node& node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (const Node* found = node.find(key); found && found->kind == Node::Kind::scalar && found->quoted)
      return found->text;
  return {};
}

/// Words of an argument vector as one line that reads back as these words.
std::string shell_line(const Node& words) {
  if (words.items.size() == 3 && words.items[1].text.starts_with('-') && words.items[1].text.ends_with('c'))
    return words.items[2].text;  // bash -lc SCRIPT
  std::string line;
  for (const Node& word : words.items) {
    line += line.empty() ? "'" : " '";
    for (const char c : word.text) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

void add_edit(HookCall& call, HookEdit::Kind kind, std::string path) {
  if (!path.empty()) call.edits.push_back({kind, std::move(path), {}});
}

/// Every path that an editing tool names, alone or in a list.
void read_paths(HookCall& call, const Node& input, HookEdit::Kind kind) {
  const std::size_t before = call.edits.size();
  for (const std::string_view key : path_keys) {
    const Node* const found = input.find(key);
    if (!found || found->kind != Node::Kind::scalar || !found->quoted) continue;
    add_edit(call, kind, found->text);
    break;
  }
  for (const std::string_view key : {std::string_view("files"), std::string_view("edits"), std::string_view("paths")}) {
    const Node* const list = input.find(key);
    if (!list || list->kind != Node::Kind::sequence) continue;
    for (const Node& item : list->items) {
      if (item.kind == Node::Kind::scalar && item.quoted && key != "edits") add_edit(call, kind, item.text);
      if (item.kind == Node::Kind::mapping)
        add_edit(call, kind, text_under(item, {"file_path", "filePath", "path", "target_file"}));
    }
  }
  if (call.edits.size() == before) call.unread.push_back("which file \"" + call.tool.substr(0, 60) + "\" changes");
}

void read_patch(HookCall& call, const Node& input) {
  std::string text = text_under(input, {"command", "patchText", "patch", "input", "patch_text"});
  const Node* const words = input.find("command");
  if (text.empty() && words && words->kind == Node::Kind::sequence && !words->items.empty())
    text = words->items.back().text;
  if (text.empty() && input.kind == Node::Kind::scalar) text = input.text;
  HookPatch patch = read_hook_patch(text);
  std::move(patch.edits.begin(), patch.edits.end(), std::back_inserter(call.edits));
  std::move(patch.unread.begin(), patch.unread.end(), std::back_inserter(call.unread));
}

void read_shell_tool(HookCall& call, const Node& input) {
  const Node* words = input.find("command");
  if (!words) words = input.find("cmd");
  if (words && words->kind == Node::Kind::sequence)
    call.command = shell_line(*words);
  else if (words && words->kind == Node::Kind::scalar && words->quoted)
    call.command = words->text;
  else
    call.unread.push_back("the command of \"" + call.tool.substr(0, 60) + "\"");
  call.command_directory = text_under(input, {"workdir", "working_directory", "directory", "dir_path", "cwd"});
}

void read_tool(HookCall& call, const Node& input) {
  switch (kind_of(call.tool)) {
    case Tool::edit:
      // An editor of several trades says in a word that it only looks.
      if (text_under(input, {"command"}) == "view") return;
      return read_paths(call, input, HookEdit::Kind::write);
    case Tool::remove:
      return read_paths(call, input, HookEdit::Kind::remove);
    case Tool::shell:
      return read_shell_tool(call, input);
    case Tool::patch:
      return read_patch(call, input);
    case Tool::worktree:
      if (text_under(input, {"action"}) == "remove") call.removed_worktree = ".";
      return;
    case Tool::harmless:
      return;
    case Tool::unknown:
      break;
  }
  call.unread.push_back("what the tool \"" + call.tool.substr(0, 60) + "\" does: it is not known here");
}

/// A text that holds JSON is as good as the JSON: some agents hand the arguments over that way.
Node arguments(const Node& payload, std::vector<std::string>& unread) {
  const Node* input = nullptr;
  for (const std::string_view key : {"tool_input", "toolArgs", "args", "input", "toolInput", "arguments"})
    if (input = payload.find(key); input) break;
  if (!input) return {};
  if (input->kind != Node::Kind::scalar || !input->quoted) return *input;
  HookJson inner = read_hook_json(input->text);
  if (inner.problem.empty() && inner.value.kind == Node::Kind::mapping) return std::move(inner.value);
  if (input->text.find("*** Begin Patch") == std::string::npos)
    unread.push_back("the arguments of the tool: " + inner.problem);
  return *input;
}

}  // namespace

std::string_view to_string(HookAgent agent) {
  for (const auto& [known, name] : agents)
    if (known == agent) return name;
  return "";
}

std::optional<HookAgent> hook_agent_from(std::string_view name) {
  for (const auto& [agent, known] : agents)
    if (known == name) return agent;
  return std::nullopt;
}

HookMoment hook_moment(std::string_view event) {
  constexpr std::string_view before[] = {"pretooluse", "beforetool", "beforeshellexecution", "beforemcpexecution",
                                         "toolexecutebefore"};
  constexpr std::string_view after[] = {"posttooluse",   "posttoolusefailure",  "aftertool",
                                        "afterfileedit", "aftershellexecution", "toolexecuteafter",
                                        "filechanged",   "aftermcpexecution"};
  const std::string word = plain(event);
  if (is_one_of(word, before)) return HookMoment::before;
  if (is_one_of(word, after)) return HookMoment::after;
  return word == "permissionrequest" || word == "permissionask" ? HookMoment::approve : HookMoment::other;
}

HookReading read_hook_call(HookAgent agent, std::string_view event, std::string_view text) {
  HookReading out;
  HookCall& call = out.call;
  call.agent = agent;
  call.event = std::string(event);
  call.moment = hook_moment(event);
  HookJson json = read_hook_json(text);
  if (!json.problem.empty()) {
    out.problem = std::move(json.problem);
    return out;
  }
  call.raw = std::move(json.value);
  const Node& payload = call.raw;
  if (payload.kind != Node::Kind::mapping) {
    out.problem = "it is not a JSON object";
    return out;
  }
  // Claude has an "event" of its own in FileChanged; ours is what our plugin for opencode writes.
  const std::string own = agent == HookAgent::opencode ? text_under(payload, {"event"})
                                                       : text_under(payload, {"hook_event_name", "hookEventName"});
  if (!own.empty()) {
    call.event = own;
    call.moment = hook_moment(own);
  }
  call.session = text_under(payload, {"session_id", "sessionId", "sessionID", "conversation_id"});
  call.subagent = text_under(payload, {"agent_id", "agentId"});
  call.cwd = text_under(payload, {"cwd", "directory"});
  if (const Node* roots = payload.find("workspace_roots"); call.cwd.empty() && roots && !roots->items.empty())
    call.cwd = roots->items[0].text;
  call.tool = text_under(payload, {"tool_name", "toolName", "tool"});
  const std::string word = plain(call.event);
  if (word == "beforeshellexecution" || word == "aftershellexecution") {
    if (call.tool.empty()) call.tool = "Shell";
    read_shell_tool(call, payload);
    call.command_directory.clear();  // it is the cwd
  } else if (word == "afterfileedit" || word == "filechanged") {
    read_paths(call, payload,
               text_under(payload, {"event"}) == "unlink" ? HookEdit::Kind::remove : HookEdit::Kind::write);
  } else if (!call.tool.empty()) {
    const Node input = arguments(payload, call.unread);
    if (call.unread.empty()) read_tool(call, input);
  } else if (call.moment != HookMoment::other) {
    out.problem = "it names no tool";
  }
  return out;
}

}  // namespace parsers
