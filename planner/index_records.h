// The outline of a blob as bytes for the cache, and back.
//
// A record holds nothing of paths, so that moved files, branches and work trees share it. Whatever bytes come back, the
// answer is either exactly what was written or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/code_outline.h"

namespace planner {

std::string record_of(const parsers::CodeOutline&);

/// nullopt: not what record_of writes. Positions of definitions are always in range.
std::optional<parsers::CodeOutline> outline_in(std::string_view record);

}  // namespace planner
