// What GitRepository knows about commits.
#include <algorithm>
#include <fmt/format.h>

#include "planner/attribution.h"
#include "planner/io/git_records.h"
#include "planner/io/git_repository.h"

namespace planner::io {
namespace {

bool has_trailer(const Commit& commit, std::string_view key, std::string_view value) {
  return std::any_of(commit.trailers.begin(), commit.trailers.end(), [&](const Trailer& trailer) {
    if (!has_key(trailer, key)) return false;
    const std::vector<std::string> items = items_of(trailer);
    return trailer.value == value || std::find(items.begin(), items.end(), value) != items.end();
  });
}

std::vector<std::string> log(std::vector<std::string> more) {
  std::vector<std::string> out{"log",          "-z",         "--no-show-signature", "--no-notes",
                               "--no-mailmap", "--no-color", commit_format,         "--topo-order"};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace

Result<std::vector<ObjectId>> GitRepository::merge_bases(const ObjectId& a, const ObjectId& b) {
  const Result<Finished> finished = ask({"merge-base", "--all", "--end-of-options", a, b});
  if (!finished) return tl::make_unexpected(finished.error());
  std::vector<ObjectId> bases;
  for (std::string_view rest = finished->out; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (is_object_id(rest.substr(0, end))) bases.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (finished->exit_code == 0 && !bases.empty()) return bases;
  if (finished->exit_code != 1)
    return world_error(fmt::format("git merge-base: {}", git_complaint(*finished)), remedy());
  return world_error(fmt::format("{} and {} have no common ancestor here", a.substr(0, 10), b.substr(0, 10)),
                     layout_.shallow() ? remedy() : "say the base: --base REV");
}

Result<bool> GitRepository::is_ancestor(const ObjectId& ancestor, const ObjectId& of) {
  const Result<Finished> finished = ask({"merge-base", "--is-ancestor", "--end-of-options", ancestor, of});
  if (!finished) return tl::make_unexpected(finished.error());
  if (finished->exit_code == 0 || finished->exit_code == 1) return finished->exit_code == 0;
  return world_error(fmt::format("git merge-base: {}", git_complaint(*finished)), remedy());
}

Result<std::optional<ObjectId>> GitRepository::first_parent(const ObjectId& commit) {
  // The raw object, because at the boundary of a shallow clone git pretends that a commit has no parent.
  const Result<std::string> text = answer({"cat-file", "commit", commit});
  if (!text) return tl::make_unexpected(text.error());
  const std::string_view header = std::string_view(*text).substr(0, text->find("\n\n"));
  const std::size_t parent = header.find("\nparent ");
  if (parent == std::string_view::npos) return std::nullopt;
  const std::string_view line = header.substr(parent + 8);
  const ObjectId id(line.substr(0, line.find('\n')));
  const Result<Finished> there = ask({"cat-file", "-e", id});
  if (!there) return tl::make_unexpected(there.error());
  if (there->exit_code != 0)
    return world_error(fmt::format("the parent of {} is missing", commit.substr(0, 10)), remedy());
  return id;
}

Result<std::vector<Commit>> GitRepository::commits(const ObjectId& base, const ObjectId& head) {
  std::vector<std::string> arguments = log({"--reverse", "--end-of-options", head});
  if (!base.empty()) arguments.push_back("^" + base);
  arguments.emplace_back("--");
  return answer(std::move(arguments)).map([](std::string&& text) { return parse_commits(text); });
}

Result<std::vector<Commit>> GitRepository::commits_with_trailer(const ObjectId& head, std::string_view key,
                                                                std::string_view value) {
  // git narrows it down by the text; whether it is a trailer is read from the few that remain.
  const Result<std::string> text =
      answer(log({"--fixed-strings", "--grep=" + std::string(value), "--end-of-options", head, "--"}));
  if (!text) return tl::make_unexpected(text.error());
  std::vector<Commit> found = parse_commits(*text);
  std::erase_if(found, [&](const Commit& commit) { return !has_trailer(commit, key, value); });
  return found;
}

Result<std::optional<ObjectId>> GitRepository::commit_with_blob(const ObjectId& head, std::string_view path,
                                                                const ObjectId& blob) {
  const std::string where(path);
  const auto holds = [&](const ObjectId& commit) {
    const Result<std::string> listed = answer({"ls-tree", "-z", "--full-tree", commit, "--", where});
    if (!listed) return false;
    const std::vector<TreeEntry> entries = parse_tree(*listed);
    return std::any_of(entries.begin(), entries.end(), [&](const TreeEntry& e) { return e.blob == blob; });
  };
  if (holds(head)) return head;
  // Commits in which the content came to this path or left it; merges one parent at a time, none simplified away.
  const Result<std::string> text = answer({"log", "-z", "--format=%H", "-m", "--full-history", "--no-renames",
                                           "--find-object=" + blob, "--end-of-options", head, "--", where});
  if (!text) return tl::make_unexpected(text.error());
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::string_view record = next_field(rest);
    const ObjectId id(record.substr(0, record.find('\n')));
    if (is_object_id(id) && holds(id)) return id;
  }
  return std::nullopt;
}

Result<std::optional<ObjectId>> GitRepository::last_removal(const ObjectId& head, std::string_view path) {
  const Result<std::string> text = answer({"log", "-z", "-1", "--format=%H", "-m", "--full-history", "--no-renames",
                                           "--diff-filter=D", "--end-of-options", head, "--", std::string(path)});
  if (!text) return tl::make_unexpected(text.error());
  const ObjectId id = text->substr(0, std::min(text->find('\0'), text->find('\n')));
  if (is_object_id(id)) return id;
  return std::nullopt;
}

}  // namespace planner::io
