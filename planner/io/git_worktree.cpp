// The copy of the index is brought up to date with what the files are now, and compared with the base.
#include "planner/io/git_worktree.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include "planner/io/files.h"
#include "planner/io/git_records.h"
#include "planner/io/lfs_pointer.h"
#include "planner/io/worktree_scratch.h"

namespace planner::io {
namespace {

constexpr std::size_t most_ignored = 2'000;
constexpr const char* skipped = "skip-worktree";
constexpr int most_submodules_deep = 8;
constexpr off_t most_stored_bytes = off_t{16} << 20;

using Paths = std::set<std::string>;

std::string joined(const Paths& paths) {
  std::string out;
  for (const std::string& path : paths) out += path + '\0';
  return out;
}

class Comparison {
 public:
  /// `home`: the repository that the user named, whose folder takes all that is written; `depth` of submodules below.
  Comparison(const GitLayout& layout, const GitLayout& home, int depth, WorktreeScratch scratch)
      : layout_(layout), home_(home), depth_(depth), scratch_(std::move(scratch)) {}

  /// The files as they are, as a tree: empty when it is that of `head`.
  Result<ObjectId> write(const ScratchRepository& into, const ObjectId& head) {
    const Result<std::string> own = into.store_for_work_trees();
    if (!own) return own;
    objects_ = *own;
    if (Result<void> done = find_changed(); !done) return tl::make_unexpected(done.error());
    if (Result<void> done = find_untracked(); !done) return tl::make_unexpected(done.error());
    if (Result<void> done = judge_filters(); !done) return tl::make_unexpected(done.error());
    if (Result<void> done = update_index(); !done) return tl::make_unexpected(done.error());
    const Result<std::vector<Change>> changes = indexed_difference(head);
    if (!changes) return tl::make_unexpected(changes.error());
    if (changes->empty()) return ObjectId();
    return store({"write-tree", "--missing-ok"}).map([](std::string&& id) { return id.substr(0, id.find('\n')); });
  }

  Result<WorktreeChanges> run(const ObjectId& base) {
    // First: a refresh takes marked files for up to date, and forgets how old the index was when they were edited.
    if (Result<void> done = find_marked(); !done) return tl::make_unexpected(done.error());
    if (Result<void> done = find_changed(); !done) return tl::make_unexpected(done.error());
    if (Result<void> done = find_untracked(); !done) return tl::make_unexpected(done.error());
    if (Result<void> done = judge_filters(); !done) return tl::make_unexpected(done.error());
    if (Result<void> done = find_ignored(); !done) return tl::make_unexpected(done.error());
    if (Result<void> done = find_inside_submodules(); !done) return tl::make_unexpected(done.error());
    Result<std::vector<Change>> staged = find_staged(base);
    if (!staged) return tl::make_unexpected(staged.error());
    if (Result<void> done = update_index(); !done) return tl::make_unexpected(done.error());
    Result<std::vector<Change>> changes = indexed_difference(base);
    if (!changes) return tl::make_unexpected(changes.error());
    WorktreeChanges out{std::move(*changes), std::move(hidden_)};
    add_missing(out.changes, std::move(*staged));
    // Git shows a file that is there all the same: present, it is not skipped.
    std::erase_if(out.hidden, [&](const HiddenPath& hidden) {
      return hidden.why == skipped && (written_.contains(hidden.path) || removed_.contains(hidden.path));
    });
    pair_exact_renames(out.changes);
    std::sort(out.hidden.begin(), out.hidden.end(), [](const HiddenPath& a, const HiddenPath& b) {
      return std::tie(a.path, a.why) < std::tie(b.path, b.why);
    });
    return out;
  }

 private:
  GitCommand command(std::vector<std::string> arguments, std::string input) const {
    return scratch_.command(std::move(arguments), std::move(input));
  }
  Result<std::string> answer(std::vector<std::string> arguments, std::string input = {}) const {
    return git_output(command(std::move(arguments), std::move(input)));
  }
  /// Into a store of its own that borrows from no other: git would touch an object of the user's that is written anew.
  Result<std::string> store(std::vector<std::string> arguments, std::string input = {}) const {
    GitCommand git = command(std::move(arguments), std::move(input));
    git.object_directory = objects_;
    return git_output(git);
  }
  std::string index() const { return scratch_.index(); }
  std::string file(const std::string& path) const { return layout_.top + "/" + path; }

  /// What the files of an index differ in from it.
  Result<std::vector<Change>> refreshed_difference(const std::string& index_file) const {
    GitCommand refresh = command({"update-index", "-q", "--unmerged", "--ignore-submodules", "--refresh"}, {});
    GitCommand compare = command({"diff-files", "-z", "--raw", "--no-renames", "--no-abbrev",
                                  "--ignore-submodules=dirty", "--no-ext-diff", "--no-textconv"},
                                 {});
    refresh.index_file = compare.index_file = index_file;
    // Its exit code says that something differs, which is no failure.
    if (const Result<Finished> done = run_git(refresh); !done) return tl::make_unexpected(done.error());
    return git_output(compare).map([](std::string&& text) { return parse_raw_diff(text); });
  }

  Result<void> find_changed() {
    Result<std::vector<Change>> changes = refreshed_difference(index());
    if (!changes) return tl::make_unexpected(changes.error());
    for (Change& change : *changes) {
      if (change.kind == Change::Kind::removed || !storable(change.path, change.old_mode == 0160000))
        removed_.insert(change.path);
      else
        written_.insert(change.path);
      indexed_.emplace(change.path, std::move(change.old_blob));
    }
    return {};
  }

  /// Can git keep what stands at the path? Sockets, pipes and devices it cannot; a directory only for a submodule.
  bool storable(const std::string& path, bool submodule) const {
    struct stat about {};
    if (::lstat(file(path).c_str(), &about) != 0) return false;
    return S_ISREG(about.st_mode) || S_ISLNK(about.st_mode) || (submodule && S_ISDIR(about.st_mode));
  }

  Result<void> find_untracked() {
    const Result<std::string> list = answer({"ls-files", "-z", "--others", "--exclude-standard"});
    if (!list) return tl::make_unexpected(list.error());
    for (std::string_view rest = *list; !rest.empty();) {
      std::string path(next_field(rest));
      if (path.ends_with('/'))
        hidden_.push_back({std::move(path), "nested repository"});
      else if (storable(path, false))
        written_.insert(std::move(path));
    }
    for (auto at = written_.begin(); at != written_.end();) {
      struct stat about {};
      const bool regular = ::lstat(file(*at).c_str(), &about) == 0 && S_ISREG(about.st_mode);
      if (!regular || ::access(file(*at).c_str(), R_OK) == 0) {
        ++at;
        continue;
      }
      hidden_.push_back({*at, "cannot be read", true});
      at = written_.erase(at);
    }
    return {};
  }

  Result<void> judge_filters() {
    if (written_.empty()) return {};
    const Result<std::string> attributes = answer({"check-attr", "-z", "--stdin", "filter"}, joined(written_));
    if (!attributes) return tl::make_unexpected(attributes.error());
    for (std::string_view rest = *attributes; !rest.empty();) {
      const std::string path(next_field(rest));
      next_field(rest);
      const std::string filter(next_field(rest));
      if (filter == "unspecified" || filter == "unset" || filter == "set") continue;
      struct stat about {};
      if (::lstat(file(path).c_str(), &about) != 0 || !S_ISREG(about.st_mode)) continue;
      if (filter == "lfs") {
        if (Result<void> done = compare_pointer(path, (about.st_mode & 0100) != 0); !done) return done;
      } else if (indexed_.contains(path)) {
        // A new file is new whatever its filter makes of it; of an old one nobody knows.
        hidden_.push_back({path, fmt::format("filter {} is not run", filter), true});
        written_.erase(path);
      }
    }
    return {};
  }

  Result<void> compare_pointer(const std::string& path, bool executable) {
    const std::optional<std::string> pointer = lfs_pointer(file(path));
    if (!pointer) return {};  // the file is a pointer itself: compared like any other
    std::vector<std::string> hash{"hash-object", "--stdin", "--no-filters"};
    if (!objects_.empty()) hash.emplace_back("-w");
    const Result<std::string> id = store(std::move(hash), *pointer);
    if (!id) return tl::make_unexpected(id.error());
    const std::string blob = id->substr(0, id->find('\n'));
    const auto indexed = indexed_.find(path);
    written_.erase(path);
    if (indexed == indexed_.end() || indexed->second != blob)
      pointers_ += fmt::format("{} {}\t{}", executable ? "100755" : "100644", blob, path) + '\0';
    return {};
  }

  /// Files that the index was told not to look at, and that differ all the same.
  Result<void> find_marked() {
    const Result<std::string> list = answer({"ls-files", "-z", "-v"});
    if (!list) return tl::make_unexpected(list.error());
    std::map<std::string, const char*> marked;
    for (std::string_view rest = *list; !rest.empty();) {
      const std::string_view line = next_field(rest);
      if (line.size() < 3) continue;
      std::string path(line.substr(2));
      struct stat about {};
      if (line[0] >= 'a' && line[0] <= 'z')
        marked.emplace(std::move(path), "assume-unchanged");
      else if (line[0] == 'S' && ::lstat(file(path).c_str(), &about) == 0)
        marked.emplace(std::move(path), skipped);
    }
    if (marked.empty()) return {};
    Paths paths;
    for (const auto& [path, why] : marked) paths.insert(path);
    const std::string unmarked = index() + ".unmarked";
    if (Result<void> copied = copy_with_time(index(), unmarked); !copied) return copied;
    for (const char* unmark : {"--no-assume-unchanged", "--no-skip-worktree"}) {
      GitCommand git = command({"update-index", unmark, "-z", "--stdin"}, joined(paths));
      git.index_file = unmarked;
      if (Result<std::string> done = git_output(git); !done) return tl::make_unexpected(done.error());
    }
    const Result<std::vector<Change>> changes = refreshed_difference(unmarked);
    if (!changes) return tl::make_unexpected(changes.error());
    for (const Change& change : *changes)
      if (const auto found = marked.find(change.path); found != marked.end())
        hidden_.push_back({change.path, found->second});
    return {};
  }

  Result<void> find_ignored() {
    std::vector<std::string> arguments{"ls-files", "-z", "--others", "--ignored", "--exclude-standard"};
    Result<std::string> list = answer(arguments);
    if (!list) return tl::make_unexpected(list.error());
    if (static_cast<std::size_t>(std::count(list->begin(), list->end(), '\0')) > most_ignored) {
      // Too many to name: directories stand for what they hold.
      arguments.emplace_back("--directory");
      list = answer(std::move(arguments));
      if (!list) return tl::make_unexpected(list.error());
    }
    std::size_t count = 0;
    for (std::string_view rest = *list; !rest.empty() && count < most_ignored; ++count)
      hidden_.push_back({std::string(next_field(rest)), "ignored"});
    return {};
  }

  /// Uncommitted files of submodules: git names the submodule at most, and only its commit counts.
  Result<void> find_inside_submodules() {
    if (depth_ == most_submodules_deep) return {};
    const Result<std::string> list = answer({"ls-files", "-z", "--stage"});
    if (!list) return tl::make_unexpected(list.error());
    for (std::string_view rest = *list; !rest.empty();) {
      const std::string_view line = next_field(rest);  // "mode id stage\tpath"
      if (!line.starts_with("160000 ")) continue;
      const std::string path(line.substr(std::min(line.find('\t') + 1, line.size())));
      std::error_code missing;
      if (!std::filesystem::exists(file(path) + "/.git", missing)) continue;  // not checked out
      const Result<std::optional<GitLayout>> inside = find_repository(file(path));
      if (!inside || !*inside || (*inside)->common_dir == layout_.common_dir) continue;
      GitCommand head;
      head.arguments = {"rev-parse", "--verify", "-q", "--end-of-options", "HEAD^{commit}"};
      head.git_dir = (*inside)->git_dir;
      const Result<std::string> id = git_output(head);
      if (!id) continue;  // no commit yet
      const Result<WorktreeChanges> changes = compare_below(**inside, id->substr(0, id->find('\n')));
      if (!changes) return tl::make_unexpected(changes.error());
      for (const Change& change : changes->changes) hidden_.push_back({path + "/" + change.path, "submodule"});
      for (const HiddenPath& hidden : changes->hidden)
        if (hidden.why == "submodule") hidden_.push_back({path + "/" + hidden.path, "submodule"});
    }
    return {};
  }

  /// The work tree of a submodule, with the scratch repository beside ours.
  Result<WorktreeChanges> compare_below(const GitLayout& inside, const ObjectId& head) const {
    Result<WorktreeScratch> scratch = WorktreeScratch::make(inside, home_);
    if (!scratch) return tl::make_unexpected(scratch.error());
    return Comparison(inside, home_, depth_ + 1, std::move(*scratch)).run(head);
  }

  Result<std::vector<Change>> indexed_difference(const ObjectId& from) const {
    return answer({"diff-index", "--cached", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff",
                   "--no-textconv", "--end-of-options", from})
        .map([](std::string&& text) { return parse_raw_diff(text); });
  }

  /// Changes from the base that the next commit would take, whatever the files are now.
  Result<std::vector<Change>> find_staged(const ObjectId& base) const {
    Result<std::vector<Change>> staged = indexed_difference(base);
    if (!staged) return staged;
    std::erase_if(*staged, [](const Change& c) { return c.new_blob.empty() && c.kind != Change::Kind::removed; });
    GitCommand ask;
    ask.arguments = {"rev-parse", "--verify", "-q", "--end-of-options", "HEAD^{commit}"};
    ask.git_dir = layout_.git_dir;
    const Result<Finished> head = run_git(ask);
    if (!head) return tl::make_unexpected(head.error());
    if (head->exit_code != 0) return staged;  // no commit yet
    const Result<std::vector<Change>> since_head = indexed_difference(head->out.substr(0, head->out.find('\n')));
    if (!since_head) return since_head;
    std::set<std::string_view> paths;
    for (const Change& change : *since_head) paths.insert(change.path);
    std::erase_if(*staged, [&](const Change& change) { return !paths.contains(change.path); });
    return staged;
  }

  /// One change per path: the file as it is comes before what is staged of it.
  static void add_missing(std::vector<Change>& changes, std::vector<Change> staged) {
    changes.insert(changes.end(), std::make_move_iterator(staged.begin()), std::make_move_iterator(staged.end()));
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.path < b.path; });
    const auto same = [](const Change& a, const Change& b) { return a.path == b.path; };
    changes.erase(std::unique(changes.begin(), changes.end(), same), changes.end());
  }

  Result<void> update_index() const {
    Paths stored, named = written_;  // with their contents, and by their hash alone
    if (!objects_.empty()) {
      for (const std::string& path : written_) {
        struct stat about {};
        if (::lstat(file(path).c_str(), &about) == 0 && about.st_size <= most_stored_bytes) stored.insert(path);
      }
      std::erase_if(named, [&](const std::string& path) { return stored.contains(path); });
    }
    const std::pair<std::vector<std::string>, std::string> steps[] = {
        {{"update-index", "--force-remove", "-z", "--stdin"}, joined(removed_)},
        {{"update-index", "--add", "--remove", "--replace", "-z", "--stdin"}, joined(stored)},
        {{"update-index", "--add", "--remove", "--replace", "--info-only", "-z", "--stdin"}, joined(named)},
        {{"update-index", "--replace", "-z", "--index-info"}, pointers_}};
    for (const auto& [arguments, input] : steps) {
      if (input.empty()) continue;
      if (Result<std::string> done = store(arguments, input); !done) return tl::make_unexpected(done.error());
    }
    return {};
  }

  const GitLayout& layout_;
  const GitLayout& home_;
  int depth_;
  WorktreeScratch scratch_;
  std::map<std::string, ObjectId> indexed_;  // what the index holds for paths that changed
  Paths removed_, written_;
  std::string pointers_;  // "mode id\tpath\0" for update-index --index-info
  std::vector<HiddenPath> hidden_;
  std::string objects_;  // directory that takes the contents of changed files; empty: they are stored nowhere
};

}  // namespace

Result<WorktreeChanges> compare_worktree(const GitLayout& layout, const ObjectId& base) {
  Result<WorktreeScratch> scratch = WorktreeScratch::make(layout);
  if (!scratch) return tl::make_unexpected(scratch.error());
  return Comparison(layout, layout, 0, std::move(*scratch)).run(base);
}

Result<ObjectId> write_worktree(const GitLayout& layout, const ScratchRepository& into, const ObjectId& head) {
  Result<WorktreeScratch> scratch = WorktreeScratch::make(layout, layout);
  if (!scratch) return tl::make_unexpected(scratch.error());
  return Comparison(layout, layout, 0, std::move(*scratch)).write(into, head);
}

}  // namespace planner::io
