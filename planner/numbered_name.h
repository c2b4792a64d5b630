// Numbers that the names of files take: "0042_add_index.sql", "V7__users.sql", "ADR-0012-queues.md".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace planner {

/// A number that a path takes in a series.
struct NumberedName {
  std::string series;  ///< what the numbers of one series share: "db/migrations/V", a newline, how the names end
  std::string number;  ///< without leading zeros
  std::string item;    ///< path up to the end of the part with the number
  std::size_t begin;   ///< of the digits in the path
  std::size_t width;   ///< digits, zeros included
  bool padded;
};

/// By a configured pattern, "db/migrations/{n}_*.sql": the first number that stands where {n} does. nullopt: none, or
/// no {n}.
std::optional<NumberedName> numbered_by_pattern(const std::string& path, const std::string& pattern);

/// By the last component alone: a number in front, behind letters at most, and a separator behind it that begins no
/// date.
std::optional<NumberedName> numbered_by_name(const std::string& path);

}  // namespace planner
