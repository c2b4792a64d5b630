// The port CodeSource over git, the files on disk and the index cache.
#pragma once

#include <memory>
#include <string>

#include "planner/code.h"
#include "planner/io/git_repository.h"

namespace planner::io {

class GitCodeSource final : public CodeSource {
 public:
  /// The repository must outlive this and every version opened by it.
  explicit GitCodeSource(GitRepository& repository) : repository_(repository) {}

  Result<std::unique_ptr<Code>> at(const Tree&) override;
  Result<std::unique_ptr<Code>> in_worktree(const std::string& directory) override;

 private:
  GitRepository& repository_;
};

}  // namespace planner::io
