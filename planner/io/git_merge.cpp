// Merges: one `git merge-tree --stdin` for all pairs whose files have the same attributes.
//
// In a repository without a work tree git reads attributes from info/attributes alone, so the tree's are written there,
// and taken away again. Drivers that they name are not configured in the scratch repository: git merges as text.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <map>

#include "planner/io/attribute_lines.h"
#include "planner/io/files.h"
#include "planner/io/git_records.h"
#include "planner/io/git_repository.h"
#include "planner/io/git_worktree.h"
#include "planner/io/user_settings.h"

namespace planner::io {
namespace {

constexpr std::size_t most_attribute_bytes = std::size_t{16} << 20;

bool holds_attributes(std::string_view path) { return path == ".gitattributes" || path.ends_with("/.gitattributes"); }
bool regular(std::uint32_t mode) { return (mode & 0170000) == 0100000; }

using AttributeBlobs = std::map<std::string, ObjectId>;  // path -> blob

/// The attributes of the scratch repository while this lives.
class InstalledAttributes {
 public:
  InstalledAttributes(const ScratchRepository& scratch, const std::string& text)
      : path_(scratch.directory() + "/info/attributes") {
    std::ofstream(path_, std::ios::binary) << text;
  }
  InstalledAttributes(const InstalledAttributes&) = delete;
  InstalledAttributes& operator=(const InstalledAttributes&) = delete;
  ~InstalledAttributes() { std::remove(path_.c_str()); }

 private:
  std::string path_;
};

}  // namespace

/// Reads the files of the first tree, and of the others what differs from it.
Result<std::map<ObjectId, std::string>> GitRepository::attributes_of(const std::vector<ObjectId>& commits) {
  std::map<ObjectId, AttributeBlobs> blobs;
  std::string input;
  for (const ObjectId& commit : commits)
    if (blobs.try_emplace(commit).second && blobs.size() > 1) input += fmt::format("{} {}\n", commit, commits[0]);
  if (commits.empty()) return std::map<ObjectId, std::string>();
  const Result<std::string> listed = answer({"ls-tree", "-r", "-z", "--full-tree", commits[0]});
  if (!listed) return tl::make_unexpected(listed.error());
  for (const TreeEntry& entry : parse_tree(*listed))
    if (holds_attributes(entry.path) && regular(entry.mode)) blobs[commits[0]].emplace(entry.path, entry.blob);
  for (auto& [commit, own] : blobs) own = blobs[commits[0]];
  if (!input.empty()) {
    const Result<std::string> text =
        answer({"diff-tree", "--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev"}, std::move(input));
    if (!text) return tl::make_unexpected(text.error());
    AttributeBlobs* own = nullptr;
    for (std::string_view rest = *text; !rest.empty();) {
      const std::string_view field = next_field(rest);
      if (!field.starts_with(':')) {
        own = &blobs[std::string(field)];
        continue;
      }
      const std::string path(next_field(rest));
      if (own == nullptr || !holds_attributes(path)) continue;
      const std::vector<Change> change = parse_raw_diff(std::string(field) + '\0' + path + '\0');
      own->erase(path);
      if (!change.empty() && !change[0].new_blob.empty() && regular(change[0].new_mode))
        own->emplace(path, change[0].new_blob);
    }
  }
  std::map<ObjectId, std::optional<std::string>> texts;
  for (const auto& [commit, own] : blobs)
    for (const auto& [path, blob] : own) texts.try_emplace(blob);
  std::vector<ObjectId> ids;
  for (const auto& [blob, text] : texts) ids.push_back(blob);
  if (!ids.empty()) {
    auto contents = this->blobs(ids, most_attribute_bytes);
    if (!contents) return tl::make_unexpected(contents.error());
    for (std::size_t i = 0; i < ids.size(); ++i) texts[ids[i]] = std::move((*contents)[i]);
  }
  // What the user said for this clone comes last, and so wins.
  const auto local = read_file_if_there(layout_.common_dir + "/info/attributes");
  std::map<ObjectId, std::string> out;
  for (const auto& [commit, own] : blobs) {
    std::vector<AttributeFile> files;
    for (const auto& [path, blob] : own)
      if (texts[blob]) files.push_back({path, *texts[blob]});
    out[commit] = flattened(std::move(files)) + (local && *local ? **local : std::string());
  }
  return out;
}

Result<std::vector<Merge>> GitRepository::merges(const std::vector<std::pair<ObjectId, ObjectId>>& pairs) {
  const auto place = scratch();
  if (!place) return tl::make_unexpected(place.error());
  const auto settings = merge_settings(layout_);
  if (!settings) return tl::make_unexpected(settings.error());
  std::vector<ObjectId> ours;
  for (const auto& [a, b] : pairs) ours.push_back(a);
  const auto attributes = attributes_of(ours);
  if (!attributes) return tl::make_unexpected(attributes.error());
  std::map<std::string_view, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < pairs.size(); ++i) groups[attributes->at(pairs[i].first)].push_back(i);

  std::vector<Merge> out(pairs.size());
  for (const auto& [text, members] : groups) {
    const InstalledAttributes installed(**place, std::string(text));
    for (std::size_t next = 0; next < members.size();) {
      std::string input;
      for (std::size_t i = next; i < members.size(); ++i)
        input += fmt::format("{} {}\n", pairs[members[i]].first, pairs[members[i]].second);
      GitCommand command =
          (*place)->command({"merge-tree", "--write-tree", "-z", "--messages", "--stdin"}, std::move(input));
      command.config = settings->settings;
      const Result<Finished> finished = run_git(command);
      if (!finished) return tl::make_unexpected(finished.error());
      for (Merge& merge : parse_merges(finished->out))
        if (next < members.size()) out[members[next++]] = std::move(merge);
      if (next == members.size()) break;
      // git gave up at this pair, and with it at all that follow: they are asked again without it.
      Merge& refused = out[members[next++]];
      refused.why = git_complaint(*finished);
      if (const std::string todo = remedy(); !todo.empty()) refused.why += "; " + todo;
    }
  }
  return out;
}

Result<std::vector<MergeDriver>> GitRepository::merge_drivers(const ObjectId& commit,
                                                              const std::vector<std::string>& paths) {
  std::vector<MergeDriver> out;
  if (paths.empty()) return out;
  const auto place = scratch();
  if (!place) return tl::make_unexpected(place.error());
  const auto attributes = attributes_of({commit});
  if (!attributes) return tl::make_unexpected(attributes.error());
  if (!names_merge_driver(attributes->at(commit))) return out;
  const auto settings = merge_settings(layout_);
  if (!settings) return tl::make_unexpected(settings.error());
  const InstalledAttributes installed(**place, attributes->at(commit));
  std::string input;
  for (const std::string& path : paths) input += path + '\0';
  const Result<std::string> text = answer({"check-attr", "--cached", "-z", "--stdin", "merge"}, std::move(input));
  if (!text) return tl::make_unexpected(text.error());
  for (std::string_view rest = *text; !rest.empty();) {
    const std::string path(next_field(rest));
    next_field(rest);  // the attribute's name
    const std::string driver(next_field(rest));
    if (!is_own_merge(driver) && settings->drivers.contains(driver)) out.push_back({path, driver});
  }
  return out;
}

Result<ObjectId> GitRepository::worktree_commit(const std::string& directory, const ObjectId& head) {
  const Result<GitLayout> there = worktree_at(directory);
  if (!there) return tl::make_unexpected(there.error());
  const auto place = scratch();
  if (!place) return tl::make_unexpected(place.error());
  const Result<ObjectId> tree = write_worktree(*there, **place, head);
  if (!tree) return tree;
  if (tree->empty()) return head;
  objects_.reset();  // git reads once, when it begins, where objects lie; now they lie in one more place
  // Without a clock or a name, so that the same work is the same commit.
  constexpr const char* who = "interlock <interlock> 0 +0000";
  const std::string text =
      fmt::format("tree {}\nparent {}\nauthor {}\ncommitter {}\n\nuncommitted work\n", *tree, head, who, who);
  return answer({"hash-object", "-t", "commit", "-w", "--stdin"}, text).map([](std::string&& id) {
    return id.substr(0, id.find('\n'));
  });
}

}  // namespace planner::io
