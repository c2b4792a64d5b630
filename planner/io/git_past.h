// The port Past over the git binary.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "planner/io/git_repository.h"
#include "planner/past.h"

namespace planner::io {

class GitPast final : public Past {
 public:
  /// The repository must outlive this.
  explicit GitPast(GitRepository& repository) : repository_(repository) {}

  Result<std::vector<PastCommit>> commits(const ObjectId& head, std::size_t most) override;
  Result<std::vector<std::vector<Change>>> changes(
      const std::vector<std::pair<ObjectId, ObjectId>>& base_and_head) override;

 private:
  Result<std::string> answer(std::vector<std::string> arguments, std::string input = {});
  GitRepository& repository_;
};

/// `log -z` with id, parents, times of the author and the committer, and subject of each commit.
std::vector<PastCommit> parse_past(std::string_view);

/// `diff-tree --stdin --always -z --raw -M --no-abbrev` of many commits; as parse_raw_diff each, a rename as one
/// removed and one added that names it.
std::vector<std::vector<Change>> parse_raw_diffs(std::string_view);

}  // namespace planner::io
