#include "planner/hook_scripts.h"

#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "parsers/json_edit.h"

namespace planner {
namespace {

constexpr std::string_view begin_mark =
    "# >>> interlock guard: written by interlock init --hooks git; --undo removes it >>>\n";
constexpr std::string_view end_mark = "# <<< interlock guard <<<\n";
constexpr std::string_view new_script = "#!/bin/sh\n";
constexpr std::string_view plugin_mark =
    "// interlock guard: written by interlock init --hooks opencode; --undo removes it\n";

/// The lines between the marks, marks included.
std::string block(const std::string& name, const HookWishes& wishes) {
  std::vector<std::string> words{wishes.program, "guard", "--agent", "git", "--event", name};
  words.insert(words.end(), wishes.arguments.begin(), wishes.arguments.end());
  for (std::string& word : words) word = shell_quoted(word);
  std::string call = fmt::format("{}", fmt::join(words, " "));
  // A guard that is not there must not stop everybody's work, unless that was asked for.
  const char* const denied = wishes.strict ? " || exit 1\n" : " || [ $? -ne 2 ] || exit 1\n";
  std::string out(begin_mark);
  if (name == "pre-commit") return out + call + denied + std::string(end_mark);
  if (name == "reference-transaction") call += " --state \"$1\"";
  out += "interlock_input=$(cat)\n";
  out += "printf '%s\\n' \"$interlock_input\" | " + call + denied;
  out += "if [ -n \"$interlock_input\" ]; then exec <<INTERLOCK_INPUT\n$interlock_input\nINTERLOCK_INPUT\n";
  out += "else exec </dev/null; fi\n";
  return out + std::string(end_mark);
}

struct Marked {
  std::size_t begin;
  std::size_t end;
};
std::optional<Marked> marked(std::string_view text) {
  const std::size_t begin = text.find(begin_mark);
  const std::size_t end = begin == std::string_view::npos ? begin : text.find(end_mark, begin);
  if (end == std::string_view::npos) return std::nullopt;
  return Marked{begin, end + end_mark.size()};
}

/// Is the script one for a POSIX shell? Without a first line that says otherwise, git lets a shell run it.
bool is_shell_script(std::string_view text) {
  if (!text.starts_with("#!")) return text.find('\0') == std::string_view::npos;
  const std::string_view line = text.substr(0, text.find('\n'));
  for (const std::string_view shell : {"sh", "bash", "dash", "ksh", "zsh", "ash"}) {
    const std::size_t at = line.rfind(shell);
    if (at == std::string_view::npos) continue;
    const char before = line[at - 1];
    const std::size_t end = at + shell.size();
    if ((before == '/' || before == ' ') && (end == line.size() || line[end] == ' ' || line[end] == '\r')) return true;
  }
  return false;
}

std::string bare(std::string text) {
  while (const auto found = marked(text)) text.erase(found->begin, found->end - found->begin);
  return text;
}

}  // namespace

std::string shell_quoted(std::string_view word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+=@:,%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) return std::string(word);
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> shell_split(std::string_view line) {
  std::vector<std::string> out;
  bool quoted = false;
  bool in_word = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == ' ' && !quoted) {
      in_word = false;
      continue;
    }
    if (!in_word) out.emplace_back();
    in_word = true;
    if (c == '\'')
      quoted = !quoted;
    else if (c == '\\' && !quoted && i + 1 < line.size())
      out.back() += line[++i];
    else
      out.back() += c;
  }
  return out;
}

Result<std::string> with_git_hook(const std::string& name, const std::optional<std::string>& before,
                                  const HookWishes& wishes) {
  if (!before) return std::string(new_script) + block(name, wishes);
  if (!is_shell_script(*before))
    return input_error(fmt::format("the hook {} is no shell script", name),
                       fmt::format("call \"{} guard --agent git --event {}\" from it yourself; nothing was changed",
                                   wishes.program, name));
  std::string text = bare(*before);
  std::size_t at = 0;
  if (text.starts_with("#!")) {
    if (text.find('\n') == std::string::npos) text += '\n';
    at = text.find('\n') + 1;
  }
  text.insert(at, block(name, wishes));
  return text;
}

Result<std::optional<std::string>> without_git_hook(const std::string& text) {
  std::string left = bare(text);
  if (left == new_script && left != text) return std::optional<std::string>();
  return std::optional(std::move(left));
}

Result<std::string> with_opencode_plugin(const std::string& path, const std::optional<std::string>& before,
                                         const HookWishes& wishes) {
  if (before && !before->starts_with(plugin_mark))
    return input_error(fmt::format("{} is somebody else's", path), "rename it; nothing was changed");
  std::vector<parsers::Node> words;
  for (const char* word : {"guard", "--agent", "opencode", "--event", "tool.execute.before"})
    words.push_back(parsers::json_string(word));
  for (const std::string& word : wishes.arguments) words.push_back(parsers::json_string(word));
  const std::string program = parsers::json_compact(parsers::json_string(wishes.program));
  const std::string failure =
      wishes.strict ? "throw new Error(`interlock did not answer: ${ran.error ?? ran.stderr}`)" : "return";
  return std::string(plugin_mark) + fmt::format(R"(import {{ spawnSync }} from "node:child_process"

const program = {}
const words = {}

export const Interlock = async ({{ directory }}) => ({{
  "tool.execute.before": async (input, output) => {{
    const event = "tool.execute.before"
    const call = {{ event, sessionID: input.sessionID, cwd: directory, tool: input.tool, args: output.args }}
    const ran = spawnSync(program, words, {{ input: JSON.stringify(call), encoding: "utf8", timeout: 10000 }})
    let answer
    try {{
      answer = JSON.parse(ran.stdout)
    }} catch {{
      {}
    }}
    if (answer.decision === "deny") throw new Error(answer.message)
    if (answer.message) console.error(answer.message)
  }},
}})
)",
                                                program, parsers::json_compact(parsers::json_list(std::move(words))),
                                                failure);
}

Result<std::optional<std::string>> without_opencode_plugin(const std::string& text) {
  if (text.starts_with(plugin_mark)) return std::optional<std::string>();
  return std::optional(text);
}

}  // namespace planner
