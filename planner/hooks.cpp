#include "planner/hooks.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "parsers/json_edit.h"
#include "planner/hook_scripts.h"

namespace planner {
namespace {

using parsers::HookAgent;
using parsers::Node;

constexpr std::int64_t seconds = 10;  // the guard answers within 5

std::vector<std::string> words(HookAgent agent, const std::string& event, const HookWishes& wishes) {
  std::vector<std::string> out{"guard", "--agent", std::string(to_string(agent)), "--event", event};
  out.insert(out.end(), wishes.arguments.begin(), wishes.arguments.end());
  return out;
}

std::string line(HookAgent agent, const std::string& event, const HookWishes& wishes) {
  std::vector<std::string> all{wishes.program};
  for (std::string& word : words(agent, event, wishes)) all.push_back(std::move(word));
  for (std::string& word : all) word = shell_quoted(word);
  return fmt::format("{}", fmt::join(all, " "));
}

/// One entry of one list in a settings file.
struct Entry {
  std::vector<std::string> path;
  Node value;
};

/// Claude runs the words as they are, without a shell; it can be told that a hook that fails is a denial.
Node claude_hook(const HookWishes& wishes) {
  std::vector<Node> arguments;
  for (std::string& word : words(HookAgent::claude, "PreToolUse", wishes))
    arguments.push_back(parsers::json_string(word));
  std::vector<std::pair<std::string, Node>> hook{{"type", parsers::json_string("command")},
                                                 {"command", parsers::json_string(wishes.program)},
                                                 {"args", parsers::json_list(std::move(arguments))},
                                                 {"timeout", parsers::json_number(seconds)}};
  if (wishes.strict) hook.emplace_back("onFailure", parsers::json_string("block"));
  return parsers::json_object(std::move(hook));
}

Node matched(const char* matcher, Node hook) {
  return parsers::json_object(
      {{"matcher", parsers::json_string(matcher)}, {"hooks", parsers::json_list({std::move(hook)})}});
}

std::vector<Entry> entries(HookAgent agent, const HookWishes& wishes) {
  using namespace parsers;
  switch (agent) {
    case HookAgent::claude:
      return {{{"hooks", "PreToolUse"},
               matched("Edit|MultiEdit|Write|NotebookEdit|Bash|ExitWorktree", claude_hook(wishes))}};
    case HookAgent::codex:
      return {{{"hooks", "PreToolUse"},
               matched("apply_patch|Edit|Write|Bash",
                       json_object({{"type", json_string("command")},
                                    {"command", json_string(line(agent, "PreToolUse", wishes))},
                                    {"timeout", json_number(seconds)}}))}};
    case HookAgent::gemini:
      return {{{"hooks", "BeforeTool"},
               matched("write_file|replace|run_shell_command",
                       json_object({{"name", json_string("interlock")},
                                    {"type", json_string("command")},
                                    {"command", json_string(line(agent, "BeforeTool", wishes))},
                                    {"timeout", json_number(seconds * 1000)}}))}};
    case HookAgent::copilot:
      return {{{"hooks", "preToolUse"},
               json_object({{"type", json_string("command")},
                            {"bash", json_string(line(agent, "preToolUse", wishes))},
                            {"timeoutSec", json_number(seconds)}})}};
    case HookAgent::cursor: {
      const auto hook = [&](const char* event, const char* matcher) {
        std::vector<std::pair<std::string, Node>> out{{"command", json_string(line(agent, event, wishes))}};
        if (*matcher) out.emplace_back("matcher", json_string(matcher));
        if (wishes.strict) out.emplace_back("failClosed", json_boolean(true));
        return json_object(std::move(out));
      };
      return {{{"hooks", "beforeShellExecution"}, hook("beforeShellExecution", "")},
              {{"hooks", "preToolUse"}, hook("preToolUse", "Write|StrReplace|Delete|EditNotebook|ApplyPatch")}};
    }
    case HookAgent::opencode:
    case HookAgent::git:
      break;
  }
  return {};
}

std::string empty_document(HookAgent agent) {
  return agent == HookAgent::copilot || agent == HookAgent::cursor ? "{\n  \"version\": 1\n}\n" : "{}\n";
}

/// Somewhere in the entry stand the words of a call of the guard for this agent.
bool calls_guard(const Node& node, HookAgent agent) {
  const std::string call = fmt::format(" guard --agent {} ", to_string(agent));
  if (node.kind == Node::Kind::scalar) return node.quoted && (node.text + " ").find(call) != std::string::npos;
  if (node.kind == Node::Kind::sequence && node.items.size() >= 3 && node.items[0].text == "guard" &&
      node.items[1].text == "--agent" && node.items[2].text == to_string(agent))
    return true;
  return std::any_of(node.items.begin(), node.items.end(), [&](const Node& n) { return calls_guard(n, agent); }) ||
         std::any_of(node.members.begin(), node.members.end(),
                     [&](const Node::Member& m) { return calls_guard(m.value, agent); });
}

std::optional<Error> unfit(HookAgent agent, const HookFile& file, const std::string& text) {
  const parsers::Source source{file.path, text};
  const parsers::Parsed<Node> document = parsers::read_json(source, {});
  const char* const remedy = "mend the file first, or add the hook by hand; nothing was changed";
  if (parsers::has_errors(document.diagnostics)) {
    const parsers::Diagnostic& first = document.diagnostics.front();
    return Error{Error::Kind::input,
                 fmt::format("{}:{}:{}: {}", file.path, first.where.line, first.where.column, first.message), remedy};
  }
  const auto wrong = [&](const Node& node, const std::string& name, const char* kind) {
    return Error{Error::Kind::input, fmt::format("{}:{}: {} is not {}", file.path, node.where.line, name, kind),
                 remedy};
  };
  if (document.value.kind != Node::Kind::mapping) return wrong(document.value, "the document", "an object");
  for (const Entry& entry : entries(agent, {})) {
    const Node* const hooks = document.value.find(entry.path[0]);
    if (hooks && hooks->kind != Node::Kind::mapping) return wrong(*hooks, "\"hooks\"", "an object");
    const Node* const list = parsers::json_at(document.value, entry.path);
    if (list && list->kind != Node::Kind::sequence) return wrong(*list, fmt::format("\"{}\"", entry.path[1]), "a list");
  }
  return std::nullopt;
}

/// The text without our entries. `empty`: for each list, how many containers on its path go when nothing is left in
/// them.
std::string stripped(HookAgent agent, std::string text, const std::vector<std::size_t>& empty) {
  const std::vector<Entry> all = entries(agent, {});
  for (std::size_t i = all.size(); i > 0; --i)
    text = parsers::json_removed(
        text, all[i - 1].path, [&](const Node& item) { return calls_guard(item, agent); }, empty[i - 1]);
  return text;
}

std::string appended(HookAgent agent, std::string text, const HookWishes& wishes) {
  for (const Entry& entry : entries(agent, wishes)) text = parsers::json_appended(text, entry.path, entry.value);
  return text;
}

/// Program and arguments out of one entry of ours.
std::optional<HookWishes> wishes_of(const Node& node, HookAgent agent) {
  if (node.kind == Node::Kind::mapping) {
    const Node* const arguments = node.find("args");
    const Node* const program = node.find("command");
    if (arguments && program && calls_guard(*arguments, agent)) {
      HookWishes wishes{program->text, {}, node.find("onFailure") != nullptr};
      for (std::size_t i = 5; i < arguments->items.size(); ++i) wishes.arguments.push_back(arguments->items[i].text);
      return wishes;
    }
    for (const Node::Member& m : node.members)
      if (auto found = wishes_of(m.value, agent)) {
        found->strict = found->strict || node.find("failClosed") != nullptr;
        return found;
      }
  }
  for (const Node& item : node.items)
    if (auto found = wishes_of(item, agent)) return found;
  if (node.kind == Node::Kind::scalar && calls_guard(node, agent)) {
    std::vector<std::string> call = shell_split(node.text);
    if (call.size() < 6) return std::nullopt;
    return HookWishes{call[0], {call.begin() + 6, call.end()}, false};
  }
  return std::nullopt;
}

/// The wishes that the entries of a text were made with: undoing has to know them.
std::optional<HookWishes> wishes_in(HookAgent agent, const std::string& text) {
  return wishes_of(parsers::read_json({"", text}, {}).value, agent);
}

/// What the text was before: of the texts it may have been, the one that would become it again.
std::optional<std::string> before(HookAgent agent, const std::string& text) {
  constexpr std::size_t all = 2;
  const std::size_t lists = entries(agent, {}).size();
  const std::string bare = stripped(agent, text, std::vector<std::size_t>(lists, all));
  const std::optional<HookWishes> wishes = wishes_in(agent, text);
  if (bare == text) return text;
  if (!wishes) return bare;
  if (appended(agent, empty_document(agent), *wishes) == text) return std::nullopt;
  for (std::vector<std::size_t> empty(lists, 0);;) {
    if (std::string candidate = stripped(agent, text, empty); appended(agent, candidate, *wishes) == text)
      return candidate;
    std::size_t digit = 0;
    while (digit < lists && empty[digit] == all) empty[digit++] = 0;
    if (digit == lists) break;
    ++empty[digit];
  }
  return bare;
}

}  // namespace

std::vector<HookFile> hook_files(HookAgent agent) {
  switch (agent) {
    case HookAgent::claude:
      return {{".claude/settings.json", false}};
    case HookAgent::codex:
      return {{".codex/hooks.json", false}};
    case HookAgent::gemini:
      return {{".gemini/settings.json", false}};
    case HookAgent::copilot:
      return {{".github/hooks/interlock.json", false}};
    case HookAgent::cursor:
      return {{".cursor/hooks.json", false}};
    case HookAgent::opencode:
      return {{".opencode/plugin/interlock.js", false}};
    case HookAgent::git:
      return {{"pre-commit", true}, {"pre-push", true}, {"reference-transaction", true}};
  }
  return {};
}

Result<std::string> with_hooks(HookAgent agent, const HookFile& file, const std::optional<std::string>& text,
                               const HookWishes& wishes) {
  if (agent == HookAgent::git) return with_git_hook(file.path, text, wishes);
  if (agent == HookAgent::opencode) return with_opencode_plugin(file.path, text, wishes);
  if (!text) return appended(agent, empty_document(agent), wishes);
  if (const auto error = unfit(agent, file, *text)) return tl::make_unexpected(*error);
  const std::optional<std::string> bare = before(agent, *text);
  return appended(agent, bare.value_or(empty_document(agent)), wishes);
}

Result<std::optional<std::string>> without_hooks(HookAgent agent, const HookFile& file, const std::string& text) {
  if (agent == HookAgent::git) return without_git_hook(text);
  if (agent == HookAgent::opencode) return without_opencode_plugin(text);
  if (const auto error = unfit(agent, file, text)) return tl::make_unexpected(*error);
  return before(agent, text);
}

std::vector<std::string> hook_notes(HookAgent agent) {
  switch (agent) {
    case HookAgent::claude:
      return {
          "Claude Code reads .claude/settings.json of the work tree it is started in: commit it, so that every work "
          "tree has it."};
    case HookAgent::codex:
      return {
          "Codex runs a hook of a repository only in a trusted project, and only after you have reviewed it in "
          "/hooks; after every change again."};
    case HookAgent::copilot:
      return {"Copilot logs a hook that fails and goes on: there is no way to make it deny."};
    case HookAgent::git:
      return {"git commit --no-verify and -c core.hooksPath pass these hooks by; interlock verify in CI does not."};
    case HookAgent::gemini:
    case HookAgent::cursor:
    case HookAgent::opencode:
      break;
  }
  return {};
}

}  // namespace planner
