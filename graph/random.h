// Random numbers that are the same everywhere; for searches that wander, never for a decision that must be explained.
#pragma once

#include <cstdint>

namespace graph {

/// xorshift64*: Vigna, An experimental exploration of Marsaglia's xorshift generators (2016).
class Random {
 public:
  std::uint64_t below(std::uint64_t n) {
    state_ ^= state_ >> 12, state_ ^= state_ << 25, state_ ^= state_ >> 27;
    return ((state_ * 0x2545f4914f6cdd1dU) >> 33) % n;
  }

 private:
  std::uint64_t state_ = 0x9e3779b97f4a7c15U;
};

}  // namespace graph
