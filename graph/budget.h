// How much searching is left: steps, so that every machine gives the same answer, and a flag for whoever cannot wait.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "graph/answer.h"

namespace graph {

class Budget {
 public:
  explicit Budget(const Effort& effort) : left_(effort.steps), stop_(effort.stop) {}

  void spend(std::size_t steps) {
    const auto amount = static_cast<std::int64_t>(steps);
    left_ -= amount;
    since_look_ += amount;
    if (since_look_ < look_every) return;
    since_look_ = 0;
    if (stopped()) left_ = -1;
  }
  bool spent() const { return left_ < 0; }
  /// Whether the clock has cut it, whatever is left.
  bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

  /// A part of what is left, at most `most`, to be given back by `join`.
  Budget split(std::int64_t divisor, std::int64_t most) {
    Budget part = *this;
    part.left_ = std::min(left_ / divisor, most);
    left_ -= part.left_;
    return part;
  }
  void join(const Budget& part) {
    if (part.left_ > 0) left_ += part.left_;
    if (stopped()) left_ = -1;
  }

 private:
  static constexpr std::int64_t look_every = 10'000;
  std::int64_t left_;
  std::int64_t since_look_ = 0;
  const std::atomic<bool>* stop_;
};

}  // namespace graph
