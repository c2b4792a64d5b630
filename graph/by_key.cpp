// Least significant digit radix sort (Knuth, The Art of Computer Programming 3, section 5.2.5) of the differences to
// the least key, eleven bits at a time; below a few hundred keys an ordinary sort. O(n * digits).
#include "graph/by_key.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>

namespace graph {

std::vector<Index> by_key(std::span<const Time> key) {
  constexpr std::size_t few = 500;
  constexpr unsigned bits = 11;
  std::vector<Index> order(key.size());
  std::iota(order.begin(), order.end(), 0U);
  if (key.size() <= few) {
    std::sort(order.begin(), order.end(), [&](Index a, Index b) { return key[a] != key[b] ? key[a] < key[b] : a < b; });
    return order;
  }
  const auto [low, high] = std::minmax_element(key.begin(), key.end());
  const auto least = static_cast<std::uint64_t>(*low), range = static_cast<std::uint64_t>(*high) - least;
  std::vector<Index> from(key.size());
  std::array<Index, (1U << bits) + 1> first{};
  for (unsigned shift = 0; shift < 64 && range >> shift != 0; shift += bits) {
    const auto digit = [&](Index i) {
      return (static_cast<std::uint64_t>(key[i]) - least) >> shift & ((1U << bits) - 1);
    };
    from.swap(order);
    first.fill(0);
    for (const Index i : from) ++first[digit(i) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    for (const Index i : from) order[first[digit(i)]++] = i;
  }
  return order;
}

}  // namespace graph
