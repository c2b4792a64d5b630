// Opening, refs and work trees. History is in git_history.cpp, contents are in git_objects.cpp.
#include "planner/io/git_repository.h"

#include <algorithm>
#include <fmt/format.h>

#include "planner/io/files.h"
#include "planner/io/git_records.h"
#include "planner/io/git_worktree.h"

namespace planner::io {
namespace {

bool is_plain_name(std::string_view revision) {
  return revision != "HEAD" && revision.find_first_of("^~@:{}") == std::string_view::npos && !is_object_id(revision);
}

std::string without_newline(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

Result<std::unique_ptr<GitRepository>> open_repository(const std::string& directory) {
  Result<std::optional<GitLayout>> layout = find_repository(directory);
  if (!layout) return tl::make_unexpected(layout.error());
  if (!*layout) return nullptr;
  return std::make_unique<GitRepository>(std::move(**layout));
}

GitCommand GitRepository::about_refs(std::vector<std::string> arguments) const {
  GitCommand git;
  git.arguments = std::move(arguments);
  git.git_dir = layout_.git_dir;
  return git;
}

std::optional<ObjectId> GitRepository::resolve(const std::string& name) const {
  const Result<std::string> id =
      git_output(about_refs({"rev-parse", "--verify", "-q", "--end-of-options", name + "^{commit}"}));
  if (!id || !is_object_id(without_newline(*id))) return std::nullopt;
  return without_newline(*id);
}

std::vector<WorktreeInfo> GitRepository::worktrees() const {
  const Result<std::string> list = git_output(about_refs({"worktree", "list", "--porcelain", "-z"}));
  return list ? parse_worktrees(*list) : std::vector<WorktreeInfo>{};
}

Result<ObjectId> GitRepository::commit(std::string_view revision) {
  const std::string name(revision);
  if (name.empty()) return input_error("a revision is empty");
  if (name.starts_with('-')) return input_error(fmt::format("\"{}\" is an option, not a revision", name));
  if (name.find('\0') != std::string::npos || name.find('\n') != std::string::npos)
    return input_error(fmt::format("\"{}\" is no revision", name));
  // A tag must not be able to stand in for the branch of the same name: the law is read from a branch.
  if (is_plain_name(name))
    for (const char* kind : {"refs/heads/", "refs/remotes/"})
      if (std::optional<ObjectId> id = resolve(kind + name)) return *id;
  if (std::optional<ObjectId> id = resolve(name)) return *id;
  if (name == "HEAD") return world_error("there is no commit yet", "commit something first");
  const std::string cut_off = remedy();
  return world_error(fmt::format("unknown revision \"{}\"", name),
                     "check the name, or fetch it" + (cut_off.empty() ? cut_off : "; " + cut_off));
}

/// A local branch and its remote counterpart go by one name: whichever contains the other is the newer. A clone made
/// for a CI job has only the remote one.
std::optional<std::string> GitRepository::newest(const std::string& branch) {
  const std::optional<ObjectId> local = resolve("refs/heads/" + branch),
                                remote = resolve("refs/remotes/origin/" + branch);
  if (!local && !remote) return std::nullopt;
  if (!local) return "origin/" + branch;
  if (remote && *remote != *local && is_ancestor(*local, *remote).value_or(false)) return "origin/" + branch;
  return branch;
}

Result<std::optional<std::string>> GitRepository::target(std::string_view configured) {
  if (!configured.empty()) {
    const std::string name(configured);
    if (name.starts_with('-')) return input_error(fmt::format("\"{}\" is an option, not a revision", name));
    if (is_plain_name(name))
      if (std::optional<std::string> found = newest(name)) return found;
    return name;
  }
  std::vector<std::string> names{"main", "master"};
  constexpr std::string_view remote = "refs/remotes/origin/";
  if (const Result<std::string> head = git_output(about_refs({"symbolic-ref", "-q", "refs/remotes/origin/HEAD"})))
    if (head->starts_with(remote)) names.insert(names.begin(), without_newline(head->substr(remote.size())));
  for (const std::string& name : names)
    if (std::optional<std::string> found = newest(name)) return found;
  return std::nullopt;
}

Result<const ScratchRepository*> GitRepository::scratch() {
  if (!scratch_) {
    Result<ScratchRepository> made = ScratchRepository::make(layout_);
    if (!made) return tl::make_unexpected(made.error());
    scratch_.emplace(std::move(*made));
  }
  return &*scratch_;
}

std::string GitRepository::remedy() const {
  if (layout_.shallow())
    return "this is a shallow clone: git fetch --unshallow (in a CI job: fetch-depth: 0, and fetch the target branch)";
  if (layout_.partial()) return "this is a partial clone: git fetch --refetch --no-filter";
  return {};
}

Result<Finished> GitRepository::ask(std::vector<std::string> arguments, std::string input) {
  const Result<const ScratchRepository*> place = scratch();
  if (!place) return tl::make_unexpected(place.error());
  return run_git((*place)->command(std::move(arguments), std::move(input)));
}

Result<std::string> GitRepository::answer(std::vector<std::string> arguments, std::string input) {
  const Result<const ScratchRepository*> place = scratch();
  if (!place) return tl::make_unexpected(place.error());
  return git_output((*place)->command(std::move(arguments), std::move(input))).map_error([this](Error error) {
    if (error.remedy.empty()) error.remedy = remedy();
    return error;
  });
}

Result<GitLayout> GitRepository::worktree_at(const std::string& directory) const {
  Result<std::optional<GitLayout>> there = find_repository(directory);
  if (!there) return tl::make_unexpected(there.error());
  if (!*there || (*there)->common_dir != layout_.common_dir || !(*there)->has_work_tree)
    return input_error(fmt::format("\"{}\" is not a work tree of this repository", directory));
  return std::move(**there);
}

Result<WorktreeChanges> GitRepository::worktree_changes(const std::string& directory, const ObjectId& base) {
  const Result<GitLayout> there = worktree_at(directory);
  if (!there) return tl::make_unexpected(there.error());
  return compare_worktree(*there, base.empty() ? empty_tree() : base);
}

Result<std::vector<std::optional<std::string>>> GitRepository::worktree_files(const std::string& directory,
                                                                              const std::vector<std::string>& paths,
                                                                              std::size_t most_bytes) {
  const Result<GitLayout> there = worktree_at(directory);
  if (!there) return tl::make_unexpected(there.error());
  std::vector<std::optional<std::string>> out;
  for (const std::string& path : paths) {
    Result<std::string> text = read_file(there->top + "/" + path, most_bytes);
    out.push_back(text ? std::optional(std::move(*text)) : std::nullopt);
  }
  return out;
}

}  // namespace planner::io
