#include "planner/io/git_hooks.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "planner/io/git_command.h"

namespace planner::io {
namespace {

GitCommand in(const Checkout& checkout, std::vector<std::string> arguments) {
  GitCommand git;
  git.directory = checkout.top;
  git.git_dir = checkout.git_dir;
  git.work_tree = checkout.top;
  git.arguments = std::move(arguments);
  return git;
}

std::vector<std::string> fields(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) out.emplace_back(next_field(text));
  return out;
}

Result<std::vector<std::string>> differing(const Checkout& checkout, const std::string& index_file,
                                           const std::string& from) {
  GitCommand git = in(checkout, {"diff-index", "--cached", "--name-only", "--no-renames", "-z", from, "--"});
  git.index_file = index_file;
  auto paths = git_output(git).map([](const std::string& text) { return fields(text); });
  if (paths) std::sort(paths->begin(), paths->end());
  return paths;
}

}  // namespace

bool is_zero(std::string_view id) { return !id.empty() && id.find_first_not_of('0') == std::string_view::npos; }

Result<std::vector<std::string>> staged_paths(const Checkout& checkout, const std::string& index_file) {
  const Result<std::string> head = value_of_ref(checkout, "HEAD");
  if (!head) return tl::make_unexpected(head.error());
  if (head->empty()) {  // the first commit
    GitCommand git = in(checkout, {"ls-files", "-z", "--cached"});
    git.index_file = index_file;
    return git_output(git).map([](const std::string& text) { return fields(text); });
  }
  auto paths = differing(checkout, index_file, *head);
  const auto merged = merge_head(checkout);
  if (!paths || !merged || !is_object_id(*merged)) return paths;
  const auto others = differing(checkout, index_file, *merged);
  if (!others) return others;
  std::vector<std::string> both;
  std::set_intersection(paths->begin(), paths->end(), others->begin(), others->end(), std::back_inserter(both));
  return both;
}

Result<std::vector<std::string>> tracked_paths(const Checkout& checkout) {
  return git_output(in(checkout, {"ls-files", "-z", "--cached"})).map([](const std::string& text) {
    return fields(text);
  });
}

Result<std::vector<DroppedCommit>> dropped_commits(const Checkout& checkout, const std::string& old,
                                                   const std::string& now) {
  if (!is_object_id(old) || !is_object_id(now)) return input_error("a hook named something that is no object id");
  // Fields end with NUL, records with a line of their own; a trailer holds no NUL.
  const auto text = git_output(in(
      checkout, {"rev-list", "--max-count=50", "--no-commit-header",
                 "--format=%H%x00%(trailers:key=Work-Order,valueonly,separator=%x00)%x00%x01", old, "^" + now, "--"}));
  if (!text) return tl::make_unexpected(text.error());
  std::vector<DroppedCommit> out;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\x01'), rest.size());
    std::string_view record = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (record.starts_with('\n')) record.remove_prefix(1);
    if (record.empty()) continue;
    DroppedCommit commit;
    for (std::string& field : fields(record)) {
      if (field.empty()) continue;
      if (commit.id.empty())
        commit.id = std::move(field);
      else
        commit.work_orders.push_back(std::move(field));
    }
    out.push_back(std::move(commit));
  }
  return out;
}

Result<std::string> value_of_ref(const Checkout& checkout, const std::string& ref) {
  const auto finished = run_git(in(checkout, {"rev-parse", "--verify", "--quiet", "--end-of-options", ref}));
  if (!finished) return tl::make_unexpected(finished.error());
  std::string id = finished->out;
  while (id.ends_with('\n')) id.pop_back();
  // --end-of-options is echoed by rev-parse of some versions.
  if (const std::size_t line = id.rfind('\n'); line != std::string::npos) id.erase(0, line + 1);
  return finished->exit_code == 0 && is_object_id(id) ? id : std::string();
}

std::vector<std::vector<std::string>> hook_lines(std::string_view text) {
  std::vector<std::vector<std::string>> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::vector<std::string> words;
    while (!line.empty()) {
      const std::size_t space = std::min(line.find(' '), line.size());
      words.emplace_back(line.substr(0, space));
      line.remove_prefix(std::min(space + 1, line.size()));
    }
    if (!words.empty()) out.push_back(std::move(words));
  }
  return out;
}

}  // namespace planner::io
