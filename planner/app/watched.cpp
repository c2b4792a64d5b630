#include "planner/app/watched.h"

#include <filesystem>
#include <set>

#include "planner/io/git_repository.h"

namespace planner::app {
namespace {

namespace fs = std::filesystem;

void add_below(const fs::path& directory, std::vector<io::WatchedDirectory>& out) {
  out.push_back({directory.string(), {}});
  std::error_code ignored;
  for (auto at = fs::recursive_directory_iterator(directory, ignored); at != fs::end(at); at.increment(ignored)) {
    if (ignored) break;
    if (at->is_directory(ignored) && !at->is_symlink(ignored)) out.push_back({at->path().string(), {}});
  }
}

}  // namespace

Result<std::vector<io::WatchedDirectory>> watched(const std::string& repo) {
  auto opened = io::open_repository(repo);
  if (!opened) return tl::make_unexpected(opened.error());
  if (!*opened) return world_error("there is no repository to watch", "name it with --repo DIR");
  io::GitRepository& repository = **opened;
  const fs::path common = repository.layout().common_dir;
  std::vector<io::WatchedDirectory> out{{common.string(), {"HEAD", "packed-refs", "worktrees"}}};
  add_below(common / "refs", out);
  for (const WorktreeInfo& worktree : repository.worktrees()) {
    const auto layout = io::find_repository(worktree.path);
    if (!layout || !*layout) continue;
    out.push_back({(*layout)->git_dir, {"HEAD", "index"}});
    std::set<std::string> directories{""};
    if (!worktree.head.empty()) {
      const auto tree = repository.tree(worktree.head);
      if (!tree) return tl::make_unexpected(tree.error());
      for (const TreeEntry& entry : tree->entries())
        for (std::size_t slash = entry.path.rfind('/'); slash != std::string::npos && slash > 0;
             slash = entry.path.rfind('/', slash - 1))
          if (!directories.insert(entry.path.substr(0, slash)).second) break;
    }
    const auto changes = repository.worktree_changes(worktree.path, worktree.head);
    if (!changes) return tl::make_unexpected(changes.error());
    for (const Change& change : changes->changes)
      if (const std::size_t slash = change.path.rfind('/'); slash != std::string::npos)
        directories.insert(change.path.substr(0, slash));
    for (const std::string& directory : directories) out.push_back({worktree.path + "/" + directory, {}});
  }
  return out;
}

}  // namespace planner::app
