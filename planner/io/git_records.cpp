#include "planner/io/git_records.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "planner/io/git_command.h"

namespace planner::io {
namespace {

std::string_view next_word(std::string_view& rest, char end) {
  const std::size_t length = std::min(rest.find(end), rest.size());
  const std::string_view word = rest.substr(0, length);
  rest.remove_prefix(std::min(length + 1, rest.size()));
  return word;
}

std::uint32_t octal(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 8);
  return value;
}

std::string id_or_none(std::string_view id) {
  return id.find_first_not_of('0') == std::string_view::npos ? std::string() : std::string(id);
}

Change::Kind kind_of(char status) {
  switch (status) {
    case 'A':
      return Change::Kind::added;
    case 'D':
      return Change::Kind::removed;
    case 'T':
      return Change::Kind::type_changed;
    default:
      return Change::Kind::modified;
  }
}

}  // namespace

std::vector<Trailer> parse_trailers(std::string_view text) {
  std::vector<Trailer> out;
  while (!text.empty()) {
    std::string_view line = next_word(text, '\n');
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view key = line.substr(0, colon), value = line.substr(colon + 1);
    while (!key.empty() && key.back() == ' ') key.remove_suffix(1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\r')) value.remove_suffix(1);
    out.push_back({std::string(key), std::string(value)});
  }
  return out;
}

std::vector<Change> parse_raw_diff(std::string_view text) {
  std::vector<Change> out;
  while (!text.empty()) {
    std::string_view about = next_field(text);
    if (!about.starts_with(':')) continue;
    about.remove_prefix(1);
    Change change;
    change.old_mode = octal(next_word(about, ' '));
    change.new_mode = octal(next_word(about, ' '));
    change.old_blob = id_or_none(next_word(about, ' '));
    change.new_blob = id_or_none(next_word(about, ' '));
    change.kind = kind_of(about.empty() ? 'M' : about.front());
    change.path = next_field(text);
    out.push_back(std::move(change));
  }
  // An unmerged path comes twice; what stands in the work tree is said last.
  std::stable_sort(out.begin(), out.end(), [](const Change& a, const Change& b) { return a.path < b.path; });
  const auto same = [](const Change& a, const Change& b) { return a.path == b.path; };
  out.erase(out.begin(), std::unique(out.rbegin(), out.rend(), same).base());
  return out;
}

std::vector<TreeEntry> parse_tree(std::string_view text) {
  std::vector<TreeEntry> out;
  while (!text.empty()) {
    std::string_view line = next_field(text);
    TreeEntry entry;
    entry.mode = octal(next_word(line, ' '));
    next_word(line, ' ');
    entry.blob = next_word(line, '\t');
    entry.path = line;
    out.push_back(std::move(entry));
  }
  return out;
}

std::vector<Commit> parse_commits(std::string_view text) {
  std::vector<Commit> out;
  while (!text.empty()) {
    Commit commit;
    commit.id = next_field(text);
    for (std::string_view parents = next_field(text); !parents.empty();)
      commit.parents.emplace_back(next_word(parents, ' '));
    commit.subject = next_field(text);
    commit.trailers = parse_trailers(next_field(text));
    commit.author = next_field(text);
    out.push_back(std::move(commit));
  }
  return out;
}

std::vector<WorktreeInfo> parse_worktrees(std::string_view text) {
  std::vector<WorktreeInfo> out;
  while (!text.empty()) {
    WorktreeInfo info;
    bool usable = true;
    for (std::string_view line = next_field(text); !line.empty(); line = next_field(text)) {
      const std::string_view label = next_word(line, ' ');
      if (label == "worktree") info.path = line;
      if (label == "HEAD") info.head = id_or_none(line);
      if (label == "branch") info.branch = line.starts_with("refs/heads/") ? line.substr(11) : line;
      if (label == "bare" || label == "prunable") usable = false;
    }
    if (usable && !info.path.empty()) out.push_back(std::move(info));
  }
  return out;
}

std::vector<Merge> parse_merges(std::string_view text) {
  std::vector<Merge> out;
  // A record that was cut off ends at the end of the text, a whole one before.
  const auto more = [&] { return !text.empty(); };
  while (more()) {
    Merge merge;
    const std::string_view status = next_field(text);
    merge.state = status == "1"   ? Merge::State::clean
                  : status == "0" ? Merge::State::conflicted
                                  : Merge::State::unproven;
    merge.tree = next_field(text);
    if (!is_object_id(merge.tree)) break;
    for (bool whole = false; !whole;) {
      if (!more()) return out;
      std::string_view line = next_field(text);
      if ((whole = line.empty())) continue;
      MergeStage stage;
      stage.mode = octal(next_word(line, ' '));
      stage.blob = next_word(line, ' ');
      stage.stage = static_cast<int>(octal(next_word(line, '\t')));
      stage.path = line;
      merge.stages.push_back(std::move(stage));
    }
    for (bool whole = false; !whole;) {
      if (!more()) return out;
      const std::string_view count = next_field(text);
      if ((whole = count.empty())) continue;
      MergeMessage message;
      std::size_t paths = 0;
      std::from_chars(count.data(), count.data() + count.size(), paths);
      for (std::size_t i = 0; i < paths && more(); ++i) message.paths.emplace_back(next_field(text));
      message.kind = next_field(text);
      message.text = next_field(text);
      while (message.text.ends_with('\n')) message.text.pop_back();
      merge.said.push_back(std::move(message));
    }
    if (merge.state == Merge::State::unproven) merge.why = "git could not finish the merge";
    out.push_back(std::move(merge));
  }
  return out;
}

void pair_exact_renames(std::vector<Change>& changes) {
  std::map<std::string, std::vector<std::string>> removed;  // blob -> paths, last first
  for (auto change = changes.rbegin(); change != changes.rend(); ++change)
    if (change->kind == Change::Kind::removed) removed[change->old_blob].push_back(change->path);
  for (Change& change : changes) {
    if (change.kind != Change::Kind::added || change.new_blob.empty()) continue;
    const auto found = removed.find(change.new_blob);
    if (found == removed.end() || found->second.empty()) continue;
    change.renamed_from = found->second.back();
    found->second.pop_back();
  }
}

}  // namespace planner::io
