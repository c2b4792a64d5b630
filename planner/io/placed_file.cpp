#include "planner/io/placed_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "planner/io/files.h"
#include "planner/io/git_command.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

/// The error of the first symbolic link between `top` and `path`; nullopt: none.
std::optional<Error> linked(const std::string& top, const std::string& path) {
  for (std::size_t at = top.size() + 1;;) {
    const std::size_t slash = path.find('/', at);
    const std::string part = path.substr(0, slash);
    struct stat about {};
    if (::lstat(part.c_str(), &about) != 0) return std::nullopt;
    if (S_ISLNK(about.st_mode))
      return Error{Error::Kind::input, fmt::format("\"{}\" is a symbolic link", part),
                   "change the file it leads to yourself; nothing was changed"};
    if (slash == std::string::npos) {
      if (S_ISREG(about.st_mode)) return std::nullopt;
      return Error{Error::Kind::input, fmt::format("\"{}\" is no regular file", part), "nothing was changed"};
    }
    at = slash + 1;
  }
}

}  // namespace

Result<std::optional<std::string>> read_placed(const std::string& top, const std::string& path) {
  if (const auto error = linked(top, path)) return tl::make_unexpected(*error);
  return read_file_if_there(path, std::size_t{4} << 20);
}

Result<void> write_placed(const std::string& top, const std::string& path, const std::optional<std::string>& text,
                          bool executable) {
  if (const auto error = linked(top, path)) return tl::make_unexpected(*error);
  const auto refuse = [&](const char* what, const std::string& why) {
    return world_error(fmt::format("cannot {} \"{}\": {}", what, path, why));
  };
  if (!text) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return refuse("remove", std::strerror(errno));
    // Directories that this leaves empty; a directory with anything in it stays by itself.
    for (fs::path up = fs::path(path).parent_path(); up.string().size() > top.size(); up = up.parent_path())
      if (::rmdir(up.c_str()) != 0) break;
    return {};
  }
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  if (error) return refuse("write", error.message());
  const bool there = fs::exists(path, error);
  if (auto written = write_file(path, *text); !written) return written;
  if (executable && !there && ::chmod(path.c_str(), 0755) != 0) return refuse("write", std::strerror(errno));
  return {};
}

Result<std::string> hooks_directory(const std::string& top, const std::string& common_dir) {
  GitCommand git;
  git.directory = top;
  git.user_config = true;
  git.arguments = {"config", "--list", "-z"};
  const auto listed = git_output(git);
  if (!listed) return tl::make_unexpected(listed.error());
  std::string named;
  constexpr std::string_view key = "core.hookspath\n";
  for (std::string_view rest = *listed; !rest.empty();) {
    const std::string_view setting = next_field(rest);
    // The command line of ours blanks it last.
    if (setting.starts_with(key) && setting.substr(key.size()) != "/dev/null") named = setting.substr(key.size());
  }
  if (named.empty()) return common_dir + "/hooks";
  if (named.starts_with("~/")) {
    const char* const home = std::getenv("HOME");
    named = std::string(home ? home : "") + named.substr(1);
  }
  const fs::path path = fs::path(named).is_absolute() ? fs::path(named) : fs::path(top) / named;
  return path.lexically_normal().string();
}

}  // namespace planner::io
