// Waits, without doing anything, until something changes in some directories.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "planner/result.h"

namespace planner::io {

struct WatchedDirectory {
  std::string path;
  std::vector<std::string> names;  ///< entries that matter; empty: all but locks and ".git"
};

class ChangeWatch {
 public:
  /// Directories that are not there are left out. An error of kind world when the system allows no more watches.
  static Result<ChangeWatch> on(const std::vector<WatchedDirectory>&);

  ChangeWatch(ChangeWatch&&) noexcept;
  ChangeWatch& operator=(ChangeWatch&&) = delete;
  ~ChangeWatch();

  /// Returns when an entry that matters was written, made, moved or removed and nothing more happened for a fifth of a
  /// second, or when `most_seconds` are over (negative: never); false: they are.
  Result<bool> wait(int most_seconds = -1);

 private:
  explicit ChangeWatch(int descriptor) : descriptor_(descriptor) {}
  bool matters() const;

  int descriptor_ = -1;
  std::map<int, std::vector<std::string>> names_;  // of a watch
};

}  // namespace planner::io
