// Runs another program: argument vectors, never a shell.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "planner/result.h"

namespace planner::io {

struct Command {
  std::vector<std::string> arguments;    ///< [0] is looked up on PATH
  std::vector<std::string> environment;  ///< "NAME=value"; nothing else is passed on
  std::string input;                     ///< its standard input
  std::size_t output_limit = std::size_t{1} << 31;
};

struct Finished {
  int exit_code = 0;  ///< 128 + n when signal n ended it, as shells say
  std::string out;
  std::string err;  ///< its first 64 KiB
};

/// Runs to the end. Errors of kind world: the program is not there, could not be started, or wrote more than the limit.
Result<Finished> run(const Command&);

/// A program that is kept to be asked again and again, where starting it costs more than its answer.
class Conversation {
 public:
  /// Errors as of `run`; the input and the limit of the command are not used.
  static Result<Conversation> start(const Command&);
  Conversation(Conversation&&) noexcept;
  Conversation& operator=(Conversation&&) noexcept;
  ~Conversation();  ///< closes its input and waits until it has ended

  /// Sends `request` and takes what comes back until `complete(all of it)`, asked after every piece, says so. The exit
  /// code is 0 as long as the program lives; where it ended instead there is nothing more to ask.
  Finished ask(std::string_view request, const std::function<bool(std::string_view)>& complete);

 private:
  struct Ends;
  explicit Conversation(std::unique_ptr<Ends>);
  std::unique_ptr<Ends> ends_;
};

}  // namespace planner::io
