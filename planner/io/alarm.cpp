#include "planner/io/alarm.h"

#include <algorithm>
#include <chrono>

namespace planner::io {

Alarm::Alarm(std::int64_t seconds)
    : waiter_([this, seconds](const std::stop_token& ending) {
        constexpr std::int64_t longest = 1'000'000'000;  // what any clock can add up
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(std::min(seconds, longest));
        std::unique_lock lock(mutex_);
        ended_.wait_until(lock, ending, until, [] { return false; });
        if (!ending.stop_requested()) rung_ = true;
      }) {}

}  // namespace planner::io
