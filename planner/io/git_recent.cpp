// What branches and work trees got lately.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <set>

#include "planner/io/git_records.h"
#include "planner/io/git_repository.h"

namespace planner::io {

std::vector<RecentCommit> parse_recent(std::string_view text) {
  std::vector<RecentCommit> out;
  while (!text.empty()) {
    std::string_view field = next_field(text);
    while (field.starts_with('\n')) field.remove_prefix(1);
    if (field.starts_with('\x01')) {
      RecentCommit commit;
      commit.id = field.substr(1);
      commit.author = next_field(text);
      const std::string_view time = next_field(text);
      std::from_chars(time.data(), time.data() + time.size(), commit.time);
      commit.subject = next_field(text);
      commit.trailers = parse_trailers(next_field(text));
      out.push_back(std::move(commit));
    } else if (field.starts_with(':') && !out.empty()) {
      const std::string record = std::string(field) + '\0' + std::string(next_field(text)) + '\0';
      for (Change& change : parse_raw_diff(record)) out.back().changes.push_back(std::move(change));
    }
  }
  return out;
}

Result<std::vector<RecentCommit>> GitRepository::commits_since(std::int64_t time, const ObjectId& since) {
  // Every branch, here and of remotes, and what detached work trees stand on.
  const Result<std::string> refs =
      git_output(about_refs({"for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes"}));
  if (!refs) return tl::make_unexpected(refs.error());
  std::set<std::string> tips;
  for (std::string_view rest = *refs; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (is_object_id(rest.substr(0, end))) tips.emplace(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  for (const WorktreeInfo& worktree : worktrees())
    if (!worktree.head.empty()) tips.insert(worktree.head);
  if (tips.empty()) return std::vector<RecentCommit>();
  std::string input;
  for (const std::string& tip : tips) input += tip + "\n";
  std::vector<std::string> arguments{"log",
                                     "-z",
                                     "--stdin",
                                     "--no-merges",
                                     "--raw",
                                     "--no-renames",
                                     "--no-abbrev",
                                     "--root",
                                     "--no-show-signature",
                                     "--no-notes",
                                     "--no-mailmap",
                                     "--no-color",
                                     "--no-ext-diff",
                                     "--no-textconv",
                                     "--format=format:%x01%H%x00%an%x00%at%x00%s%x00%(trailers:only,unfold)%x00"};
  if (since.empty())
    arguments.push_back(fmt::format("--max-age={}", time));
  else
    input += "^" + since + "\n";
  return answer(std::move(arguments), std::move(input)).map([](std::string&& text) { return parse_recent(text); });
}

}  // namespace planner::io
