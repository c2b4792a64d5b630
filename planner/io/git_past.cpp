#include "planner/io/git_past.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "planner/io/git_records.h"

namespace planner::io {
namespace {

std::int64_t number_in(std::string_view text) {
  std::int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

std::vector<PastCommit> parse_past(std::string_view text) {
  std::vector<PastCommit> out;
  while (!text.empty()) {
    PastCommit commit;
    commit.id = next_field(text);
    for (std::string_view parents = next_field(text); !parents.empty();) {
      const std::size_t end = std::min(parents.find(' '), parents.size());
      commit.parents.emplace_back(parents.substr(0, end));
      parents.remove_prefix(std::min(end + 1, parents.size()));
    }
    commit.authored = number_in(next_field(text));
    commit.time = number_in(next_field(text));
    commit.subject = next_field(text);
    out.push_back(std::move(commit));
  }
  return out;
}

std::vector<std::vector<Change>> parse_raw_diffs(std::string_view text) {
  std::vector<std::vector<Change>> out;
  std::vector<std::pair<std::string, std::string>> renames;  // from, to
  std::string records;
  const auto close = [&] {
    if (out.empty()) return;
    out.back() = parse_raw_diff(records);
    for (const auto& [from, to] : renames)
      for (Change& change : out.back())
        if (change.path == to && change.kind == Change::Kind::added) change.renamed_from = from;
    records.clear();
    renames.clear();
  };
  while (!text.empty()) {
    const std::string_view field = next_field(text);
    if (!field.starts_with(':')) {
      close();
      out.emplace_back();
      continue;
    }
    const std::string path(next_field(text));
    const std::size_t status = field.rfind(' ');
    if (field.substr(status + 1).starts_with('R')) {  // ":100644 100755 OLD NEW R90": as one removed and one added
      const std::string to(next_field(text));
      const std::size_t old_end = field.find(' '), new_end = field.find(' ', old_end + 1);
      const std::size_t id_end = field.find(' ', new_end + 1);
      const std::string_view old_mode = field.substr(1, old_end - 1);
      const std::string_view new_mode = field.substr(old_end + 1, new_end - old_end - 1);
      const std::string_view old_blob = field.substr(new_end + 1, id_end - new_end - 1);
      const std::string_view new_blob = field.substr(id_end + 1, status - id_end - 1);
      const std::string nothing(old_blob.size(), '0');
      records += fmt::format(":{} 000000 {} {} D", old_mode, old_blob, nothing) + '\0' + path + '\0';
      records += fmt::format(":000000 {} {} {} A", new_mode, nothing, new_blob) + '\0' + to + '\0';
      renames.emplace_back(path, to);
    } else {
      records += std::string(field) + '\0' + path + '\0';
    }
  }
  close();
  return out;
}

Result<std::string> GitPast::answer(std::vector<std::string> arguments, std::string input) {
  const auto scratch = repository_.scratch();
  if (!scratch) return tl::make_unexpected(scratch.error());
  return git_output((*scratch)->command(std::move(arguments), std::move(input)));
}

Result<std::vector<PastCommit>> GitPast::commits(const ObjectId& head, std::size_t most) {
  return answer({"log", "-z", "--topo-order", fmt::format("--max-count={}", most), "--no-show-signature", "--no-notes",
                 "--no-mailmap", "--no-color", "--format=tformat:%H%x00%P%x00%at%x00%ct%x00%s", "--end-of-options",
                 head, "--"})
      .map([](std::string&& text) { return parse_past(text); });
}

Result<std::vector<std::vector<Change>>> GitPast::changes(
    const std::vector<std::pair<ObjectId, ObjectId>>& base_and_head) {
  if (base_and_head.empty()) return std::vector<std::vector<Change>>();
  std::string input;  // a commit, and what is to be taken for its parent
  for (const auto& [base, head] : base_and_head) input += fmt::format("{} {}\n", head, base);
  const Result<std::string> text = answer({"diff-tree", "--stdin", "--always", "-r", "-z", "--raw", "-M", "-l400",
                                           "--no-abbrev", "--no-ext-diff", "--no-textconv"},
                                          std::move(input));
  if (!text) return tl::make_unexpected(text.error());
  std::vector<std::vector<Change>> out = parse_raw_diffs(*text);
  if (out.size() != base_and_head.size())
    return world_error(fmt::format("git diff-tree answered {} of {} questions", out.size(), base_and_head.size()),
                       "look for missing objects: git fsck");
  return out;
}

}  // namespace planner::io
