#include "graph/by_key.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

#include "tests/graph/random_instances.h"

namespace graph {
namespace {

TEST(ByKey, AsAStableSort) {
  testing::Random random(61);
  for (const std::size_t size : {0U, 1U, 2U, 499U, 501U, 3000U}) {
    for (const std::uint64_t range :
         {std::uint64_t{1}, std::uint64_t{7}, std::uint64_t{3'000}, std::uint64_t{1} << 62}) {
      std::vector<Time> key;
      for (std::size_t i = 0; i < size; ++i) key.push_back(static_cast<Time>(random.next() % range) - 2);
      std::vector<Index> expected(size);
      std::iota(expected.begin(), expected.end(), 0U);
      std::stable_sort(expected.begin(), expected.end(), [&](Index a, Index b) { return key[a] < key[b]; });
      ASSERT_EQ(by_key(key), expected) << size << " keys below " << range;
    }
  }
}

}  // namespace
}  // namespace graph
