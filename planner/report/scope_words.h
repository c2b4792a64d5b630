// What a session is told to type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planner/answers.h"

namespace planner::report {

/// One word for a POSIX shell, quoted where it needs to be; never an option.
std::string shell_word(std::string_view);

/// The commands that make the session's work tree; none without a repository.
std::vector<std::string> start_commands(const ScopeAnswer&);

/// "Work-Order: WO-1".
std::string trailer(const ScopeAnswer&);

}  // namespace planner::report
