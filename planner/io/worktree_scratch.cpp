#include "planner/io/worktree_scratch.h"

#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>

#include "planner/io/user_settings.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

Result<void> copy_index(const GitLayout& layout, const fs::path& here) {
  const fs::path own = layout.git_dir, common = layout.common_dir;
  if (Result<void> done = copy_with_time(own / "index", here / "index"); !done) return done;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(own, ignored))
    if (entry.path().filename().string().starts_with("sharedindex."))
      if (Result<void> done = copy_with_time(entry.path(), here / entry.path().filename()); !done) return done;
  for (const char* name : {"exclude", "attributes"})
    if (Result<void> done = copy_with_time(common / "info" / name, here / "info" / name); !done) return done;
  return copy_with_time(own / "info" / "sparse-checkout", here / "info" / "sparse-checkout");
}

}  // namespace

Result<void> copy_with_time(const std::string& from, const std::string& to) {
  struct stat about {};
  if (::stat(from.c_str(), &about) != 0) return {};
  std::error_code error;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  if (error) return world_error(fmt::format("cannot copy \"{}\": {}", from, error.message()));
  const timespec times[2] = {about.st_atim, about.st_mtim};
  ::utimensat(AT_FDCWD, to.c_str(), times, 0);
  return {};
}

Result<WorktreeScratch> WorktreeScratch::make(const GitLayout& layout) {
  Result<std::vector<std::string>> settings = work_tree_settings(layout);
  if (!settings) return tl::make_unexpected(settings.error());
  Result<ScratchRepository> scratch = ScratchRepository::make(layout);
  if (!scratch) return tl::make_unexpected(scratch.error());
  if (Result<void> copied = copy_index(layout, scratch->directory()); !copied)
    return tl::make_unexpected(copied.error());
  return WorktreeScratch(layout.top, std::move(*scratch), std::move(*settings));
}

GitCommand WorktreeScratch::command(std::vector<std::string> arguments, std::string input) const {
  GitCommand git = scratch_.command(std::move(arguments), std::move(input));
  git.directory = top_;
  git.work_tree = top_;
  git.index_file = index();
  git.config = settings_;
  return git;
}

}  // namespace planner::io
