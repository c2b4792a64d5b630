#include "planner/io/ledger_place.h"

#include <filesystem>

#include "planner/io/files.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

fs::path real_path(const fs::path& path) {
  std::error_code failed;
  fs::path out = fs::canonical(path, failed);
  return failed ? path : out;
}

/// The first line of a small file, behind `key`; empty where there is none.
std::string line_of(const fs::path& file, std::string_view key) {
  const auto text = read_file_if_there(file.string(), 1 << 16);
  if (!text || !*text || !(*text)->starts_with(key)) return {};
  std::string line = (*text)->substr(key.size());
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  return line;
}

bool is_git_directory(const fs::path& path) {
  std::error_code failed;
  return fs::is_regular_file(path / "HEAD", failed) &&
         (fs::is_directory(path / "objects", failed) || fs::is_regular_file(path / "commondir", failed));
}

/// The outermost git directory that holds this one below its modules/, or nothing.
fs::path superproject_of(const fs::path& git_dir) {
  const std::string text = git_dir.string();
  for (std::size_t at = text.find("/modules/"); at != std::string::npos; at = text.find("/modules/", at + 1))
    if (at != 0 && is_git_directory(text.substr(0, at))) return text.substr(0, at);
  return {};
}

/// The directory above `top` whose git directory that is, or nothing.
fs::path work_tree_of(const fs::path& git_dir, const fs::path& top) {
  for (fs::path above = top.parent_path(); above.has_relative_path(); above = above.parent_path()) {
    const fs::path dot_git = above / ".git";
    const std::string named = line_of(dot_git, "gitdir: ");
    if (real_path(named.empty() ? dot_git : above / named) == git_dir) return above;
  }
  return {};
}

}  // namespace

LedgerPlace ledger_place(const GitLayout& layout) {
  const fs::path own = real_path(layout.common_dir);
  const fs::path above = superproject_of(real_path(layout.git_dir));
  const fs::path top = real_path(layout.top);
  const fs::path work_tree = above.empty() || !layout.has_work_tree ? fs::path() : work_tree_of(above, top);
  const auto under = [](const fs::path& common) { return (common / "interlock" / "ledger").string(); };
  if (work_tree.empty()) return {under(own), ""};
  const std::string common = line_of(above / "commondir", "");
  return {under(common.empty() ? above : real_path(above / common)),
          top.lexically_relative(work_tree).generic_string() + "/"};
}

}  // namespace planner::io
