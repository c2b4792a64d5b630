// What golden cases and documents need: run the real program in a scratch copy of the samples and compare whole texts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace golden {

struct Finished {
  int exit_code = 0;  ///< 128 + n when signal n ended it
  std::string out;    ///< with `merged`: standard error too, as a terminal shows both
  std::string err;
};

/// A new directory that holds a copy of samples/; gone with the object. Programs run in it, with a fixed identity,
/// clock zone and locale, and without the user's git configuration.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  const std::string& path() const { return path_; }
  /// Copies the content of a directory over what is there.
  void add(const std::string& directory) const;

  struct Options {
    std::string directory;  ///< below the scratch directory; empty: itself
    bool merged = false;
  };
  /// `words` as split() gave them: "interlock" is the program under test, $SAMPLES and $SCRATCH are replaced, and a
  /// last "< FILE" is standard input. In what is printed, the scratch directory is $SCRATCH again.
  /// Throws when the program cannot be started; ends it after two minutes.
  Finished run(std::vector<std::string> words, const Options&) const;
  Finished run(std::vector<std::string> words) const { return run(std::move(words), Options()); }

 private:
  std::string path_;
};

/// Words between blanks; '...' and "..." hold blanks together and mean themselves. No shell.
/// Throws std::invalid_argument for an open quote and for words that only a shell understands (|, >, &, ;).
std::vector<std::string> split(std::string_view line);

std::vector<std::string> lines_of(std::string_view text);
std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);

/// Empty when the texts are equal; else a unified diff with three lines of context.
std::string diff(const std::string& expected, const std::string& actual);

/// A line "..." stands for any number of lines.
bool matches_elided(const std::vector<std::string>& expected, const std::vector<std::string>& actual);

/// UPDATE_GOLDEN=1: write what came out instead of comparing.
bool updating();

}  // namespace golden
