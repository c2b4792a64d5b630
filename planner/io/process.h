// Runs another program: argument vectors, never a shell.
#pragma once

#include <cstddef>
#include <string>
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

}  // namespace planner::io
