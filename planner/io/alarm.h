// A flag that goes up after some time, for those who must not wait longer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace planner::io {

/// Rings once, so many seconds of wall-clock time after it was made; its own thread waits and ends with it.
class Alarm {
 public:
  explicit Alarm(std::int64_t seconds);
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  /// Lives as long as the alarm.
  const std::atomic<bool>& rung() const { return rung_; }

 private:
  std::atomic<bool> rung_ = false;
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread waiter_;  ///< last: it uses the others
};

}  // namespace planner::io
