#include "planner/io/project_files.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "planner/io/code_listing.h"
#include "planner/io/git_command.h"
#include "planner/io/git_repository.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

Result<ProjectFiles> below(const std::string& directory, std::size_t most) {
  std::error_code error;
  const fs::path top = fs::canonical(directory, error);
  fs::recursive_directory_iterator at;
  if (!error) at = fs::recursive_directory_iterator(top, fs::directory_options::skip_permission_denied, error);
  if (error) return input_error(fmt::format("cannot read the directory \"{}\": {}", directory, error.message()));
  ProjectFiles out{top.string(), {}, false};
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error) break;
    const std::string name = at->path().filename().string();
    const fs::file_status about = at->symlink_status(error);
    if (fs::is_directory(about)) {
      if (name == ".git" || name == "node_modules" || name == ".venv" || name == "__pycache__")
        at.disable_recursion_pending();
    } else if (fs::is_regular_file(about)) {
      if (out.paths.size() == most) {
        out.cut = true;
        break;
      }
      out.paths.push_back(at->path().string().substr(out.top.size() + (out.top == "/" ? 0 : 1)));
    }
  }
  std::sort(out.paths.begin(), out.paths.end());
  return out;
}

}  // namespace

Result<ProjectFiles> project_files(const std::string& directory, std::size_t most) {
  if (!git_is_installed()) return below(directory, most);
  const auto repository = open_repository(directory);
  if (!repository) return tl::make_unexpected(repository.error());
  if (!*repository) return below(directory, most);
  if (!(*repository)->has_work_tree())
    return world_error("a bare repository has no files to look at", "run it in a work tree");
  const auto listed = list_worktree((*repository)->layout());
  if (!listed) return tl::make_unexpected(listed.error());
  ProjectFiles out{(*repository)->top(), {}, listed->files.size() > most};
  for (std::size_t i = 0; i < std::min(listed->files.size(), most); ++i) out.paths.push_back(listed->files[i].path);
  return out;
}

}  // namespace planner::io
