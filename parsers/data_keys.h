// The keys of JSON, YAML and TOML texts with their lines, read without judging: texts that do not parse, or that hold a
// key twice, are read like any other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parsers {

enum class DataFormat : std::uint8_t { json, yaml, toml };

/// By extension; lock files of package managers are written by programs and are none.
std::optional<DataFormat> data_format_of(std::string_view path);

struct DataKey {
  std::string mapping;         ///< keys that lead to the mapping it is in, each with a slash behind it; "": the top
  std::string key;             ///< without quotes
  std::uint32_t line = 0;      ///< from 1
  std::uint32_t instance = 0;  ///< of one mapping all keys have the same: items of a list have mappings of their own
};

/// In the order of the text. YAML: block mappings; keys of flow mappings and in block scalars are not read. O(bytes).
std::vector<DataKey> keys_in(DataFormat, std::string_view text);

}  // namespace parsers
