// The port Sources over one commit: orders and configuration as the target branch has them, whatever the branch that
// is judged did to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/repository.h"
#include "planner/sources.h"

namespace planner::io {

class RevisionSources final : public Sources {
 public:
  /// `revision` is what `commit` goes by in names ("main:orders/a.md"). `prefix`: the directory, relative to the top,
  /// that names are relative to; empty: the top.
  RevisionSources(Repository& repository, ObjectId commit, std::string revision, std::string prefix = {})
      : repository_(repository),
        commit_(std::move(commit)),
        revision_(std::move(revision)),
        prefix_(std::move(prefix)) {}

  /// Absolute names must lie under the top of the repository. "-" is refused: it is not at the revision.
  Result<std::vector<parsers::Source>> read(const std::vector<std::string>& names) override;
  Result<std::optional<parsers::Source>> config() override;

  /// What has been asked for, relative to the top, directories with a trailing slash (the top is
  /// ""), and interlock.yaml: a change to
  /// any of it is a change of the law.
  const std::vector<std::string>& law() const { return law_; }

 private:
  Result<std::string> path_in_repository(const std::string& name) const;

  Repository& repository_;
  ObjectId commit_;
  std::string revision_, prefix_;
  std::optional<Tree> tree_;
  std::vector<std::string> law_{"interlock.yaml"};
};

}  // namespace planner::io
