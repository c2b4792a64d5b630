#include "planner/work_contents.h"

#include <set>

namespace planner {
namespace {
constexpr std::size_t most_bytes = std::size_t{1} << 20;
}

bool is_regular_file(std::uint32_t mode) { return (mode & 0170000) == 0100000; }

Result<Contents> contents_of(Repository& repository, const Work& work, const std::vector<const Change*>& changes,
                             const std::vector<const Change*>& steps) {
  std::set<ObjectId> wanted;
  std::vector<const Change*> uncommitted;
  const auto want = [&](const ObjectId& blob, std::uint32_t mode) {
    if (!blob.empty() && mode != 0160000) wanted.insert(blob);
  };
  for (const std::vector<const Change*>* list : {&changes, &steps})
    for (const Change* change : *list) {
      want(change->old_blob, change->old_mode);
      if (!work.head.empty() || list == &steps)
        want(change->new_blob, change->new_mode);
      else if (!change->new_blob.empty() && is_regular_file(change->new_mode))
        uncommitted.push_back(change);
    }
  Contents out;
  if (!wanted.empty()) {
    const std::vector<ObjectId> ids(wanted.begin(), wanted.end());
    Result<std::vector<std::optional<std::string>>> read = repository.blobs(ids, most_bytes);
    if (!read) return tl::make_unexpected(read.error());
    for (std::size_t i = 0; i < ids.size(); ++i) out[ids[i]] = std::move((*read)[i]);
  }
  if (!uncommitted.empty()) {
    std::vector<std::string> paths;
    for (const Change* change : uncommitted) paths.push_back(change->path);
    Result<std::vector<std::optional<std::string>>> read = repository.worktree_files(work.name, paths, most_bytes);
    if (!read) return tl::make_unexpected(read.error());
    for (std::size_t i = 0; i < uncommitted.size(); ++i) out[uncommitted[i]->new_blob] = std::move((*read)[i]);
  }
  return out;
}

}  // namespace planner
