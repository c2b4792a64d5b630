// Which records of the code index this program can use.
#pragma once

#include <cstdint>

namespace planner {

/// A hash of the grammars and of the sources that read code and write records, made by the build: whatever could make
/// a record differ makes another version.
std::uint64_t index_version();

}  // namespace planner
