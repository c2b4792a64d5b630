// Indices that cannot be mixed up: a dense id is a position in a vector, typed by what the vector holds.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace graph {

template <class Tag>
struct DenseId {
  std::uint32_t value = 0;

  constexpr DenseId() = default;
  constexpr explicit DenseId(std::size_t position) : value(static_cast<std::uint32_t>(position)) {}
  constexpr std::size_t index() const { return value; }
  friend constexpr auto operator<=>(const DenseId&, const DenseId&) = default;
};

/// A task is a position in Instance::duration. Smaller ids win ties everywhere.
using TaskId = DenseId<struct TaskTag>;

}  // namespace graph
