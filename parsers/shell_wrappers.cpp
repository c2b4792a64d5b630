// Programs that run another program: what they run is what counts.
#include <algorithm>
#include <array>

#include "parsers/shell_command.h"

namespace parsers {
namespace {

/// The options that take a value, and how many operands stand in front of the command.
struct Wrapper {
  std::string_view name;
  std::string_view with_value;
  std::array<std::string_view, 6> long_with_value;
  std::size_t operands;
};
constexpr Wrapper wrappers[] = {
    {"sudo", "ugChprtDRTU", {"user", "group", "chdir", "host", "prompt", "chroot"}, 0},
    {"doas", "uC", {}, 0},
    {"command", "", {}, 0},
    {"builtin", "", {}, 0},
    {"exec", "a", {}, 0},
    {"time", "fo", {"format", "output"}, 0},
    {"nice", "n", {"adjustment"}, 0},
    {"ionice", "cnp", {"class", "classdata"}, 0},
    {"nohup", "", {}, 0},
    {"setsid", "", {}, 0},
    {"stdbuf", "ioe", {"input", "output", "error"}, 0},
    {"timeout", "ks", {"kill-after", "signal"}, 1},
    {"flock", "wEc", {"timeout", "wait", "command"}, 1},
    {"xargs", "aEILnPsd", {"arg-file", "max-args", "max-procs", "max-lines", "delimiter", "replace"}, 0},
    {"busybox", "", {}, 0},
    {"coproc", "", {}, 0},
    {"!", "", {}, 0},
    // The grammar takes keywords behind a "!" for programs.
    {"{", "", {}, 0},
    {"if", "", {}, 0},
    {"then", "", {}, 0},
    {"elif", "", {}, 0},
    {"else", "", {}, 0},
    {"while", "", {}, 0},
    {"until", "", {}, 0},
    {"do", "", {}, 0},
};

constexpr std::string_view shells[] = {"bash", "sh", "zsh", "dash", "ksh", "ash", "fish"};

std::string_view base_name(std::string_view program) { return program.substr(program.rfind('/') + 1); }

bool is_shell(std::string_view program) {
  return std::find(std::begin(shells), std::end(shells), program) != std::end(shells);
}

void run_script(const ShellWord& script, const ShellCommand& command, ShellSink& sink) {
  if (script.known)
    sink.script(script.text, command);
  else
    sink.unread("the script in \"" + command.text.substr(0, 120) + "\"");
}

/// bash [-lc] 'script' | bash <<HERE | ... | bash
void read_shell_call(const ShellCommand& command, ShellSink& sink) {
  bool script = false;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const ShellWord& word = command.words[i];
    const bool option = word.known && word.text.size() > 1 && (word.text[0] == '-' || word.text[0] == '+');
    if (option && word.text == "--") continue;
    if (option && word.text.starts_with("--")) {
      if (word.text == "--rcfile" || word.text == "--init-file") ++i;
    } else if (option) {
      script = script || (word.text[0] == '-' && word.text.find('c') != std::string::npos);
      if (word.text.ends_with('o') || word.text.ends_with('O')) ++i;
    } else if (script) {
      return run_script(word, command, sink);
    } else {
      return;  // a file: what it does is not in these words
    }
  }
  if (command.input)
    sink.script(*command.input, command);
  else if (command.piped)
    sink.unread("what is piped into \"" + command.text.substr(0, 120) + "\"");
}

void read_eval(const ShellCommand& command, ShellSink& sink) {
  ShellWord joined;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    joined.text += (i > 1 ? " " : "") + command.words[i].text;
    joined.known = joined.known && command.words[i].known;
  }
  run_script(joined, command, sink);
}

/// find DIR... -exec COMMAND ; and -delete.
void read_find(const ShellCommand& command, ShellSink& sink) {
  const std::vector<ShellWord>& words = command.words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i].text;
    if (word == "-delete") {
      sink.unread("the files that \"" + command.text.substr(0, 120) + "\" deletes");
    } else if (word == "-exec" || word == "-execdir" || word == "-ok" || word == "-okdir") {
      ShellCommand inner = command;
      inner.words.clear();
      for (++i; i < words.size() && words[i].text != ";" && words[i].text != "+"; ++i) {
        inner.words.push_back(words[i]);
        if (words[i].text.find("{}") != std::string::npos) inner.words.back().known = false;
      }
      if (word.ends_with("dir")) inner.directory = std::nullopt;
      if (const auto run = unwrapped(std::move(inner), sink))
        read_git_command(*run, sink) || read_writing_command(*run, sink);
    }
  }
}

/// Drops the wrapper's own words; false: it runs nothing.
bool strip(ShellCommand& command, const Wrapper& wrapper, ShellSink& sink) {
  std::vector<ShellWord>& words = command.words;
  std::size_t at = 1;
  std::size_t operands = wrapper.operands;
  for (; at < words.size(); ++at) {
    const std::string& word = words[at].text;
    if (word == "--") {
      ++at;
      break;
    }
    if (wrapper.name == "flock" && (word == "-c" || word == "--command") && at + 1 < words.size()) {
      run_script(words[at + 1], command, sink);
      return false;
    }
    if (word.size() > 1 && word[0] == '-') {
      if (wrapper.name == "command" && (word == "-v" || word == "-V")) return false;
      if (wrapper.name == "sudo" && (word == "-D" || word == "--chdir")) command.directory = std::nullopt;
      if (word[1] == '-') {
        const std::string_view name = std::string_view(word).substr(2);
        if (std::find(wrapper.long_with_value.begin(), wrapper.long_with_value.end(), name) !=
            wrapper.long_with_value.end())
          ++at;
      } else {
        const std::size_t letter = word.find_first_of(wrapper.with_value, 1);
        if (!wrapper.with_value.empty() && letter != std::string::npos && letter + 1 == word.size()) ++at;
      }
    } else if (operands > 0) {
      --operands;
    } else if (wrapper.name == "sudo" && word.find('=') != std::string::npos && word[0] != '=') {
      continue;
    } else {
      break;
    }
  }
  for (; operands > 0 && at < words.size(); --operands) ++at;
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(at, words.size())));
  if (words.empty()) return false;
  if (wrapper.name == "xargs") words.push_back({"what xargs reads", false, false});
  command.piped = command.piped && wrapper.name != "xargs";
  return true;
}

/// env [-i] [-u NAME] [-C DIR] [NAME=VALUE]... COMMAND
bool strip_env(ShellCommand& command, ShellSink& sink) {
  std::vector<ShellWord>& words = command.words;
  std::size_t at = 1;
  for (; at < words.size(); ++at) {
    const std::string& word = words[at].text;
    const bool more = at + 1 < words.size();
    if ((word == "-C" || word == "--chdir") && more) {
      ++at;
      if (words[at].known && command.directory)
        command.directory = joined_path(*command.directory, words[at].text);
      else
        command.directory = std::nullopt;
    } else if (word == "-u" || word == "--unset") {
      ++at;
    } else if (word.starts_with("-S") || word.starts_with("--split-string")) {
      sink.unread("the words that env splits in \"" + command.text.substr(0, 120) + "\"");
      return false;
    } else if (word.starts_with("GIT_DIR=")) {
      command.git_dir = word.substr(8);
    } else if (!word.starts_with('-') && word.find('=') == std::string::npos) {
      break;
    }
  }
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(at, words.size())));
  return !words.empty();
}

}  // namespace

std::optional<ShellCommand> unwrapped(ShellCommand command, ShellSink& sink) {
  for (int depth = 0; depth < 16; ++depth) {
    if (command.words.empty()) return std::nullopt;
    if (!command.words[0].known) {
      sink.unread("the program in \"" + command.text.substr(0, 120) + "\"");
      return std::nullopt;
    }
    const std::string program(base_name(command.words[0].text));
    command.words[0].text = program;
    if (is_shell(program)) {
      read_shell_call(command, sink);
      return std::nullopt;
    }
    if (program == "eval" || program == "trap") {
      if (program == "trap") command.words.resize(std::min<std::size_t>(command.words.size(), 2));
      read_eval(command, sink);
      return std::nullopt;
    }
    if (program == "find") {
      read_find(command, sink);
      return std::nullopt;
    }
    if (program == "env") {
      if (!strip_env(command, sink)) return std::nullopt;
      continue;
    }
    const auto wrapper =
        std::find_if(std::begin(wrappers), std::end(wrappers), [&](const Wrapper& w) { return w.name == program; });
    if (wrapper == std::end(wrappers)) return command;
    if (!strip(command, *wrapper, sink)) return std::nullopt;
  }
  sink.unread("the wrappers around wrappers in \"" + command.text.substr(0, 120) + "\"");
  return std::nullopt;
}

}  // namespace parsers
