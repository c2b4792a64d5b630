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

/// Of the file that is written first.
std::int64_t time_of(const ScratchRepository& scratch) {
  struct stat about {};
  if (::stat((scratch.directory() + "/HEAD").c_str(), &about) != 0) return 0;
  return std::int64_t{about.st_mtim.tv_sec} * 1'000'000'000 + about.st_mtim.tv_nsec;
}

}  // namespace

WorktreeScratch::WorktreeScratch(std::string top, ScratchRepository scratch, std::vector<std::string> settings)
    : top_(std::move(top)), scratch_(std::move(scratch)), settings_(std::move(settings)), made_(time_of(scratch_)) {}

std::vector<std::string> WorktreeScratch::attribute_files() const {
  std::vector<std::string> out{scratch_.directory() + "/info/attributes"};
  for (const std::string& setting : settings_)
    if (setting.starts_with("core.attributesfile=")) out.push_back(setting.substr(setting.find('=') + 1));
  return out;
}

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

Result<WorktreeScratch> WorktreeScratch::make(const GitLayout& layout, const GitLayout& home) {
  Result<std::vector<std::string>> settings = work_tree_settings(layout);
  if (!settings) return tl::make_unexpected(settings.error());
  Result<ScratchRepository> scratch = ScratchRepository::make(layout, home);
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
