#include "parsers/shell_command.h"

#include <algorithm>

#include "parsers/diagnostic.h"

namespace parsers {
namespace {

constexpr std::size_t most_unread = 20;

bool names(std::string_view written, std::string_view name) {
  return written == name || (written.size() >= 2 && name.starts_with(written));
}

}  // namespace

std::string_view to_string(ShellAction::Kind kind) {
  constexpr std::string_view names[] = {
      "write",         "remove",          "move",          "copy",       "stage",           "commit-all",
      "amend",         "rewrite-history", "discard",       "unstage",    "stash",           "autostash",
      "switch-branch", "force-push",      "change-branch", "change-ref", "remove-worktree", "prune"};
  return names[static_cast<std::size_t>(kind)];
}

std::string joined_path(std::string_view directory, std::string_view path) {
  if (directory.empty() || path.starts_with('/')) return std::string(path);
  return std::string(directory) + (directory.ends_with('/') ? "" : "/") + std::string(path);
}

void ShellSink::unread(std::string clause) {
  if (reading.unread.size() < most_unread &&
      std::find(reading.unread.begin(), reading.unread.end(), clause) == reading.unread.end())
    reading.unread.push_back(std::move(clause));
}

void ShellSink::act(ShellAction::Kind kind, const ShellCommand& command, const std::vector<ShellWord>& targets) {
  ShellAction action{kind, command.text.substr(0, 200), {}, false, command.directory, command.git_dir};
  bool lost = false;
  for (const ShellWord& target : targets) {
    if (target.known && target.text.find('\0') == std::string::npos) {
      action.targets.push_back(target.text);
      action.pattern = action.pattern || target.pattern;
    } else {
      lost = true;
      unread(target.text.substr(0, 80) + " in \"" + action.words + "\"");
    }
  }
  // No targets means everything; a command whose targets are all unread must not turn into that.
  if (!lost || !action.targets.empty()) reading.actions.push_back(std::move(action));
}

ShellOptions::ShellOptions(const std::vector<ShellWord>& words, std::size_t from, std::string_view with_value,
                           std::initializer_list<std::string_view> long_with_value) {
  const auto take = [&](std::size_t& i) { return i + 1 < words.size() ? words[++i].text : std::string(); };
  for (std::size_t i = from; i < words.size(); ++i) {
    const ShellWord& word = words[i];
    if (!word.known && word.text.starts_with('-')) x_known = false;
    if (x_dashes || !word.known || word.text.size() < 2 || word.text[0] != '-') {
      x_operands.push_back(word);
    } else if (word.text == "--") {
      x_dashes = x_operands.size();
    } else if (word.text[1] == '-') {
      const std::size_t equals = word.text.find('=');
      Long option{word.text.substr(2, equals == std::string::npos ? equals : equals - 2), {}};
      if (equals != std::string::npos)
        option.value = word.text.substr(equals + 1);
      else if (std::any_of(long_with_value.begin(), long_with_value.end(),
                           [&](std::string_view name) { return names(option.name, name); }))
        option.value = take(i);
      x_longs.push_back(std::move(option));
    } else {
      for (std::size_t at = 1; at < word.text.size(); ++at) {
        const char letter = word.text[at];
        x_letters += letter;
        const std::size_t taker = with_value.find(letter);
        if (taker == std::string_view::npos || letter == '|') continue;
        const bool attached = at + 1 < word.text.size() || taker > with_value.find('|');
        x_values.emplace_back(letter, attached ? word.text.substr(at + 1) : take(i));
        break;
      }
    }
  }
}

const ShellOptions::Long* ShellOptions::find(std::string_view name) const {
  for (const Long& option : x_longs)
    if (names(option.name, name)) return &option;
  return nullptr;
}

std::string_view ShellOptions::value(std::string_view name) const {
  const Long* const option = find(name);
  return option ? std::string_view(option->value) : std::string_view();
}

std::string_view ShellOptions::value(char letter) const {
  for (const auto& [known, value] : x_values)
    if (known == letter) return value;
  return {};
}

}  // namespace parsers
