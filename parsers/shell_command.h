// One simple command of a shell line with its words, and where its readers put what they find.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/shell_reading.h"
#include "parsers/shell_word.h"

namespace parsers {

struct ShellCommand {
  std::vector<ShellWord> words;  ///< [0] is the program
  std::string text;              ///< as written
  std::optional<std::string> directory;
  std::string git_dir;               ///< from an assignment of GIT_DIR before it
  std::optional<std::string> input;  ///< a here-document or here-string on its standard input
  bool piped = false;                ///< its standard input comes from another command
};

/// Where findings go. `script` reads a text that the command hands to a shell.
struct ShellSink {
  ShellReading& reading;
  std::function<void(std::string_view script, const ShellCommand& from)> script;

  void unread(std::string clause);
  /// An action of the command; targets that are not known are said to be unread.
  void act(ShellAction::Kind, const ShellCommand&, const std::vector<ShellWord>& targets);
};

/// The options of a command, taken apart as getopt_long does: bundles, attached values, abbreviated long names.
class ShellOptions {
 public:
  /// `with_value`: the short letters that take a value (attached or the next word; behind a `|`
  /// only attached); `long_with_value`: the long names,
  /// without dashes, that take the next word when there is no "=".
  ShellOptions(const std::vector<ShellWord>& words, std::size_t from, std::string_view with_value,
               std::initializer_list<std::string_view> long_with_value = {});

  bool has(char letter) const { return x_letters.find(letter) != std::string::npos; }
  /// `--name`, `--name=value` or an abbreviation of at least two letters.
  bool has(std::string_view name) const { return find(name) != nullptr; }
  /// The value behind "=" or in the next word; empty: none.
  std::string_view value(std::string_view name) const;
  std::string_view value(char letter) const;
  const std::vector<ShellWord>& operands() const { return x_operands; }
  bool dashes() const { return x_dashes.has_value(); }                ///< there was a "--"
  std::size_t before_dashes() const { return x_dashes.value_or(0); }  ///< operands in front of it
  bool all_known() const { return x_known; }                          ///< no option word was unknown

 private:
  struct Long {
    std::string name;
    std::string value;
  };
  const Long* find(std::string_view name) const;

  std::string x_letters;
  std::vector<std::pair<char, std::string>> x_values;
  std::vector<Long> x_longs;
  std::vector<ShellWord> x_operands;
  std::optional<std::size_t> x_dashes;
  bool x_known = true;
};

/// Readers of one command; false: not theirs.
bool read_git_command(const ShellCommand&, ShellSink&);
bool read_writing_command(const ShellCommand&, ShellSink&);

/// sudo, env, xargs, find -exec, `bash -c`, eval and the like: the command inside, or nullopt when there is none (it
/// was read as a script, or runs nothing). A command that wraps nothing comes back as it is.
std::optional<ShellCommand> unwrapped(ShellCommand, ShellSink&);

/// `path` as seen from `directory` (both as in ShellAction::directory).
std::string joined_path(std::string_view directory, std::string_view path);

}  // namespace parsers
