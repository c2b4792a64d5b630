#include "planner/io/checkout.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "planner/io/files.h"

namespace planner::io {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 64 << 10;

/// The text of one of git's small files without its last line end; nullopt: not there or not readable.
std::optional<std::string> small_file(const std::string& path) {
  auto text = read_file_if_there(path, most_bytes);
  if (!text || !*text) return std::nullopt;
  while (!(*text)->empty() && ((*text)->back() == '\n' || (*text)->back() == '\r')) (*text)->pop_back();
  return std::move(**text);
}

/// `path` as seen from `base`, without symbolic links; empty: there is no such thing.
std::string real(const std::string& base, const std::string& path) {
  std::error_code gone;
  const fs::path out = fs::canonical(fs::path(base) / path, gone);
  return gone ? std::string() : out.string();
}

bool is_git_dir(const std::string& path) {
  std::error_code ignored;
  return !path.empty() && fs::exists(path + "/HEAD", ignored) &&
         (fs::exists(path + "/commondir", ignored) || is_directory(path + "/objects"));
}

std::string branch_in(const std::string& git_dir) {
  constexpr std::string_view prefix = "ref: refs/heads/";
  const auto head = small_file(git_dir + "/HEAD");
  return head && head->starts_with(prefix) ? head->substr(prefix.size()) : std::string();
}

Result<Checkout> checkout_at(std::string top, std::string git_dir) {
  Checkout out{std::move(top), std::move(git_dir), {}, {}};
  const auto common = small_file(out.git_dir + "/commondir");
  out.common_dir = common ? real(out.git_dir, *common) : out.git_dir;
  if (!is_git_dir(out.git_dir) || !is_directory(out.common_dir + "/objects"))
    return world_error(fmt::format("\"{}\" is no git directory", out.git_dir), "git status says more");
  out.branch = branch_in(out.git_dir);
  return out;
}

}  // namespace

Result<std::optional<Checkout>> find_checkout(const std::string& directory, const std::string& git_dir) {
  std::string at = real("", directory);
  if (at.empty() || !is_directory(at)) return input_error(fmt::format("\"{}\" is not a directory", directory));
  if (!git_dir.empty()) {
    const std::string named = real(at, git_dir);
    return checkout_at(at, named).map([](Checkout&& found) { return std::optional(std::move(found)); });
  }
  for (;;) {
    const std::string inside = (at == "/" ? "" : at) + "/.git";
    std::string found;
    if (is_directory(inside)) {
      found = real("", inside);
    } else if (const auto link = small_file(inside); link && link->starts_with("gitdir: ")) {
      found = real(at, link->substr(8));
      if (found.empty())
        return world_error(fmt::format("\"{}\" names a git directory that is not there", inside),
                           "git worktree repair mends it");
    }
    if (is_git_dir(found)) return checkout_at(at, found).map([](Checkout&& c) { return std::optional(std::move(c)); });
    if (at == "/") return std::nullopt;
    at = fs::path(at).parent_path().string();
  }
}

std::vector<Checkout> other_work_trees(const Checkout& own) {
  std::vector<Checkout> out;
  const auto add = [&](std::string top, const std::string& git_dir) {
    if (top.empty() || top == own.top) return;
    out.push_back({std::move(top), git_dir, own.common_dir, branch_in(git_dir)});
  };
  if (own.common_dir.ends_with("/.git")) add(own.common_dir.substr(0, own.common_dir.size() - 5), own.common_dir);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(own.common_dir + "/worktrees", ignored)) {
    const std::string git_dir = entry.path().string();
    const auto link = small_file(git_dir + "/gitdir");
    if (!link) continue;
    const std::string file = real(git_dir, *link);
    if (!file.empty()) add(fs::path(file).parent_path().string(), git_dir);
  }
  std::sort(out.begin(), out.end(), [](const Checkout& a, const Checkout& b) { return a.top < b.top; });
  return out;
}

std::optional<std::string> merge_head(const Checkout& checkout) {
  const auto text = small_file(checkout.git_dir + "/MERGE_HEAD");
  return text ? std::optional(text->substr(0, text->find('\n'))) : std::nullopt;
}

}  // namespace planner::io
