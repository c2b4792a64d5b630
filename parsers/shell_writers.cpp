// Programs whose words say which files they change.
#include <algorithm>

#include "parsers/shell_command.h"

namespace parsers {
namespace {

using Kind = ShellAction::Kind;
using Words = std::vector<ShellWord>;

/// mv, cp, install, ln: sources, and the destination last or in -t.
void read_transfer(const ShellCommand& command, ShellSink& sink, Kind kind) {
  const ShellOptions options(command.words, 1, "tSgmo", {"target-directory", "suffix", "mode", "owner", "group"});
  Words targets = options.operands();
  const std::string_view letter = options.value('t');
  const std::string_view directory = letter.empty() ? options.value("target-directory") : letter;
  if (!directory.empty()) targets.push_back({std::string(directory), true, false});
  if (options.has('d') && command.words[0].text == "install") return;  // makes directories
  if (targets.size() == 1 && command.words[0].text == "ln")
    targets.push_back({targets[0].text.substr(targets[0].text.rfind('/') + 1), targets[0].known, false});
  if (targets.size() > 1) sink.act(kind, command, targets);
}

/// sed and perl write only with -i; behind it stands the script, unless -e or -f brought it.
void read_in_place(const ShellCommand& command, ShellSink& sink) {
  const bool sed = command.words[0].text == "sed" || command.words[0].text == "gsed";
  bool in_place = false;
  bool script = false;
  Words files;
  bool options = true;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const ShellWord& word = command.words[i];
    if (!options || !word.known || word.text.size() < 2 || word.text[0] != '-') {
      files.push_back(word);
      continue;
    }
    if (word.text == "--") {
      options = false;
      continue;
    }
    if (word.text.starts_with("--")) {
      in_place = in_place || word.text.starts_with("--in-place");
      script = script || word.text.starts_with("--expression") || word.text.starts_with("--file");
      if (word.text == "--expression" || word.text == "--file") ++i;
      continue;
    }
    for (std::size_t at = 1; at < word.text.size(); ++at) {
      const char letter = word.text[at];
      in_place = in_place || letter == 'i';
      const bool takes =
          letter == 'e' || letter == 'E' || (sed && letter == 'f') || (!sed && (letter == 'M' || letter == 'I'));
      if (sed && letter == 'E') continue;
      if (letter == 'i') break;  // the rest is the suffix of the backup
      if (!takes) continue;
      script = script || letter == 'e' || letter == 'E' || letter == 'f';
      if (at + 1 == word.text.size()) ++i;
      break;
    }
  }
  if (!in_place) return;
  if (!script && !files.empty()) files.erase(files.begin());
  if (!files.empty()) sink.act(Kind::write, command, files);
}

void read_dd(const ShellCommand& command, ShellSink& sink) {
  for (const ShellWord& word : command.words)
    if (word.text.starts_with("of=")) sink.act(Kind::write, command, {{word.text.substr(3), word.known, word.pattern}});
}

}  // namespace

bool read_writing_command(const ShellCommand& command, ShellSink& sink) {
  const std::string& program = command.words[0].text;
  const auto operands = [&](std::string_view with_value, std::initializer_list<std::string_view> long_with_value = {}) {
    return ShellOptions(command.words, 1, with_value, long_with_value).operands();
  };
  const auto act = [&](Kind kind, const Words& targets) {
    if (!targets.empty()) sink.act(kind, command, targets);
  };
  if (program == "rm" || program == "unlink" || program == "rmdir" || program == "shred") {
    act(Kind::remove, operands(program == "shred" ? "ns" : "", {"iterations", "size"}));
  } else if (program == "tee" || program == "touch" || program == "truncate") {
    act(Kind::write, operands(program == "touch"      ? "drt"
                              : program == "truncate" ? "rs"
                                                      : "",
                              {"date", "reference", "size", "output-error"}));
  } else if (program == "chmod" || program == "chown" || program == "chgrp") {
    Words targets = operands("", {"reference"});
    if (!targets.empty()) targets.erase(targets.begin());
    act(Kind::write, targets);
  } else if (program == "mv") {
    read_transfer(command, sink, Kind::move);
  } else if (program == "cp" || program == "install" || program == "ln") {
    read_transfer(command, sink, Kind::copy);
  } else if (program == "sed" || program == "gsed" || program == "perl") {
    read_in_place(command, sink);
  } else if (program == "dd") {
    read_dd(command, sink);
  } else if (program == "patch" || program == "ed" || program == "ex") {
    sink.unread("the files that \"" + command.text.substr(0, 120) + "\" changes");
  } else {
    return false;
  }
  return true;
}

}  // namespace parsers
