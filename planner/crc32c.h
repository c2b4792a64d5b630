// Checksum of what is kept between runs.
#pragma once

#include <cstdint>
#include <string_view>

namespace planner {

/// CRC-32C (Castagnoli 1993); by the processor's own instruction where it has one.
std::uint32_t crc32c(std::string_view);

}  // namespace planner
