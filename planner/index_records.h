// What is known of a blob as bytes for the cache, and back.
//
// A record holds nothing of paths, so that moved files, branches and work trees share it. Whatever bytes come back, the
// answer is either exactly what was written or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/code_identifiers.h"
#include "parsers/code_outline.h"

namespace planner {

/// Raised whenever an outline, its hashes or a record of the same text and grammars would differ. With the grammars'
/// own version it is the version of a cache.
inline constexpr std::uint64_t index_record_version = 2;

std::string record_of(const std::vector<parsers::CodeName>&);
std::string record_of(const parsers::CodeOutline&);

/// nullopt: not what record_of writes. Positions of definitions are always in range.
std::optional<std::vector<parsers::CodeName>> names_in(std::string_view record);
std::optional<parsers::CodeOutline> outline_in(std::string_view record);

}  // namespace planner
