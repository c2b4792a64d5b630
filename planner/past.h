// Port: the shape of a history, and many differences at once. Implemented in io/ over the git binary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "planner/repository.h"

namespace planner {

/// A commit as the shape of a history needs it.
struct PastCommit {
  ObjectId id;
  std::vector<ObjectId> parents;
  std::int64_t authored = 0, time = 0;  ///< written, and committed; seconds since 1970
  std::string subject;
};

class Past {
 public:
  virtual ~Past() = default;

  /// The newest commits that `head` reaches, children before their parents, the head first.
  virtual Result<std::vector<PastCommit>> commits(const ObjectId& head, std::size_t most) = 0;
  /// Repository::changes of many pairs of a base and a head, in the order asked, in one process of git.
  virtual Result<std::vector<std::vector<Change>>> changes(
      const std::vector<std::pair<ObjectId, ObjectId>>& base_and_head) = 0;
};

}  // namespace planner
