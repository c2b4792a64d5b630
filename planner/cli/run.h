// One request, carried out: the world is opened, the story told, the answer written, the exit code chosen.
#pragma once

#include "planner/cli/arguments.h"

namespace planner::cli {

/// 0 clean, 1 an answer that needs action, 2 usage or bad input, 3 the world refused.
enum class ExitCode { clean = 0, action = 1, usage = 2, refused = 3 };

ExitCode run(const Command&);

}  // namespace planner::cli
