// What GitRepository knows about where contents went: everything that keeps commits alive, and which of them took what.
#include <algorithm>
#include <map>
#include <set>

#include "planner/io/git_records.h"
#include "planner/io/git_repository.h"

namespace planner::io {
namespace {

/// More of them do not fit on a command line; then all commits are looked at.
constexpr std::size_t most_paths = 1'000;

std::string_view next_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  return line;
}

}  // namespace

Result<std::vector<RefTip>> GitRepository::tips() {
  const Result<std::string> refs =
      git_output(about_refs({"for-each-ref", "--format=%(objecttype) %(objectname) %(*objectname) %(refname)"}));
  if (!refs) return tl::make_unexpected(refs.error());
  std::vector<RefTip> out;
  bool stashed = false;
  for (std::string_view rest = *refs; !rest.empty();) {
    std::string_view line = next_line(rest);
    const auto word = [&] {
      const std::string_view next = line.substr(0, line.find(' '));
      line.remove_prefix(std::min(next.size() + 1, line.size()));
      return next;
    };
    const std::string_view type = word(), id = word(), peeled = word();
    if (line == "refs/stash") {
      stashed = true;
    } else if (type == "commit") {
      out.push_back({std::string(line), std::string(id)});
    } else if (type == "tag" && is_object_id(peeled) && resolve(std::string(peeled))) {
      out.push_back({std::string(line), std::string(peeled)});
    }
  }
  for (const WorktreeInfo& tree : worktrees())
    if (!tree.head.empty()) out.push_back({"HEAD", tree.head});
  if (!stashed) return out;
  const Result<std::string> stashes = git_output(about_refs({"rev-list", "--walk-reflogs", "refs/stash"}));
  if (!stashes) return tl::make_unexpected(stashes.error());
  for (std::string_view rest = *stashes; !rest.empty();)
    if (const std::string_view id = next_line(rest); is_object_id(id)) out.push_back({"refs/stash", std::string(id)});
  return out;
}

Result<std::vector<Arrival>> GitRepository::arrivals(const std::vector<ObjectId>& tips, const ObjectId& base,
                                                     const std::vector<std::string>& paths) {
  if (tips.empty() || paths.empty()) return std::vector<Arrival>{};
  std::string input;
  for (const ObjectId& tip : tips) input += tip + "\n";
  if (!base.empty()) input += "^" + base + "\n";
  std::vector<std::string> arguments{"rev-list", "--reverse", "--topo-order", "--full-history", "--stdin"};
  if (paths.size() <= most_paths) {
    arguments.emplace_back("--");
    arguments.insert(arguments.end(), paths.begin(), paths.end());
  }
  const Result<std::string> ids = answer(std::move(arguments), std::move(input));
  if (!ids) return tl::make_unexpected(ids.error());
  if (ids->empty()) return std::vector<Arrival>{};

  const Result<std::string> infos = answer({"log", "-z", "--no-show-signature", "--no-notes", "--no-mailmap",
                                            "--no-color", commit_format, "--no-walk=unsorted", "--stdin"},
                                           *ids);
  if (!infos) return tl::make_unexpected(infos.error());
  std::map<ObjectId, Commit> commits;
  for (Commit& commit : parse_commits(*infos)) {
    ObjectId id = commit.id;
    commits.emplace(std::move(id), std::move(commit));
  }
  const Result<std::string> text = answer({"diff-tree", "--stdin", "-r", "-m", "--root", "-z", "--raw", "--no-renames",
                                           "--no-abbrev", "--no-ext-diff", "--no-textconv"},
                                          *ids);
  if (!text) return tl::make_unexpected(text.error());
  const std::set<std::string_view> wanted(paths.begin(), paths.end());
  std::vector<Arrival> out;
  const Commit* commit = nullptr;
  for (std::string_view rest = *text; !rest.empty();) {
    std::string_view field = next_field(rest);
    if (!field.starts_with(':')) {  // "<id>", once for each parent
      const auto known = commits.find(ObjectId(field.substr(0, field.find_first_of(" \n"))));
      commit = known == commits.end() ? nullptr : &known->second;
      continue;
    }
    const std::string_view path = next_field(rest);
    if (!commit || !wanted.contains(path)) continue;
    const std::size_t second = field.find(' ', field.find(' ', field.find(' ') + 1) + 1);
    const std::string_view blob = field.substr(second + 1, field.find(' ', second + 1) - second - 1);
    const bool gone = blob.find_first_not_of('0') == std::string_view::npos;
    out.push_back({*commit, std::string(path), gone ? ObjectId() : ObjectId(blob)});
  }
  return out;
}

Result<std::vector<bool>> GitRepository::has_objects(const std::vector<ObjectId>& ids) {
  std::string input;
  for (const ObjectId& id : ids) input += id + "\n";
  const Result<std::string> found = answer({"cat-file", "--batch-check=%(objectname)"}, std::move(input));
  if (!found) return tl::make_unexpected(found.error());
  std::vector<bool> out;
  for (std::string_view rest = *found; !rest.empty();) out.push_back(!next_line(rest).ends_with(" missing"));
  out.resize(ids.size(), false);
  return out;
}

}  // namespace planner::io
