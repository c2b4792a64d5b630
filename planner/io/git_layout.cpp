#include "planner/io/git_layout.h"

#include <filesystem>
#include <fmt/format.h>
#include <string_view>
#include <vector>

#include "planner/io/files.h"
#include "planner/io/git_command.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

GitCommand rev_parse(const std::string& directory, std::vector<std::string> what) {
  GitCommand git;
  git.directory = directory;
  git.arguments = {"rev-parse", "--path-format=absolute"};
  git.arguments.insert(git.arguments.end(), what.begin(), what.end());
  return git;
}

/// One path alone, because a directory name may hold a newline.
Result<std::string> path_of(const std::string& directory, const std::string& what) {
  return git_output(rev_parse(directory, {what})).map([](std::string&& text) {
    if (text.ends_with('\n')) text.pop_back();
    return std::move(text);
  });
}

}  // namespace

bool GitLayout::shallow() const {
  const Result<std::optional<std::string>> text = read_file_if_there(common_dir + "/shallow");
  return text && *text && !(*text)->empty();
}

bool GitLayout::partial() const {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(fs::path(common_dir) / "objects" / "pack", ignored))
    if (entry.path().extension() == ".promisor") return true;
  return false;
}

Result<std::optional<GitLayout>> find_repository(const std::string& directory) {
  if (!is_directory(directory)) return input_error(fmt::format("\"{}\" is not a directory", directory));
  // One process in the usual case: git prints in the order asked, and fails at the last where there is no work tree.
  const Result<Finished> finished =
      run_git(rev_parse(directory, {"--show-object-format", "--git-dir", "--git-common-dir", "--show-toplevel"}));
  if (!finished) return tl::make_unexpected(finished.error());
  const std::vector<std::string> shown = lines(finished->out);
  if (shown.empty()) {
    if (finished->err.find("not a git repository (or any") != std::string::npos) return std::nullopt;
    return world_error(fmt::format("git refuses \"{}\": {}", directory, git_complaint(*finished)));
  }
  GitLayout layout;
  layout.object_format = shown[0];
  layout.has_work_tree = finished->exit_code == 0;
  if (shown.size() == (layout.has_work_tree ? 4U : 3U)) {
    layout.git_dir = shown[1];
    layout.common_dir = shown[2];
    layout.top = layout.has_work_tree ? shown[3] : layout.git_dir;
    return layout;
  }
  for (const auto& [what, into] : {std::pair{"--git-dir", &layout.git_dir},
                                   {"--git-common-dir", &layout.common_dir},
                                   {layout.has_work_tree ? "--show-toplevel" : "--git-dir", &layout.top}}) {
    const Result<std::string> path = path_of(directory, what);
    if (!path) return tl::make_unexpected(path.error());
    *into = *path;
  }
  return layout;
}

}  // namespace planner::io
