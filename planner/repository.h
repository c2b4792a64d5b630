// Port: what git knows. Implemented in io/ over the git binary; nothing here writes to the user's repository.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/diagnostic.h"
#include "planner/co_change.h"
#include "planner/merge.h"
#include "planner/result.h"
#include "planner/tree.h"

namespace planner {

/// A full object id in hex (40 or 64 digits).
using ObjectId = std::string;

struct Change {
  enum class Kind { added, modified, removed, type_changed };
  Kind kind = Kind::modified;
  std::string path;
  std::uint32_t old_mode = 0, new_mode = 0;
  ObjectId old_blob, new_blob;  ///< empty where the side has none
  std::string renamed_from;  ///< added: the removed path git's rename detection pairs it with; for wording and intent
};

struct Trailer {
  std::string key;    ///< as written
  std::string value;  ///< unfolded
};

struct Commit {
  ObjectId id;
  std::vector<ObjectId> parents;
  std::string subject;
  std::vector<Trailer> trailers;
  std::string author = {};  ///< "Name <mail>"
};

/// A commit that gave a path a content.
struct Arrival {
  Commit commit;
  std::string path;
  ObjectId blob;  ///< empty: it removed the path
};

struct RefTip {
  std::string name;  ///< "refs/heads/main", "refs/stash" (once for each entry), "HEAD" of a work tree
  ObjectId commit;
};

/// A commit with what it changed; merges change nothing.
struct RecentCommit {
  ObjectId id;
  std::string author;
  std::int64_t time = 0;  ///< of the author, seconds since 1970
  std::string subject;
  std::vector<Trailer> trailers;
  std::vector<Change> changes;  ///< by path, renames as one removed and one added
};

struct WorktreeInfo {
  std::string path;    ///< absolute
  std::string branch;  ///< short name, empty when detached
  ObjectId head;       ///< empty when unborn
};

/// Work that `git status` does not show, or that could not be compared.
struct HiddenPath {
  std::string path;
  std::string why;  ///< "assume-unchanged", "skip-worktree", "ignored", "nested repository", "filter lfs is not run"
  bool unproven = false;
};

struct WorktreeChanges {
  /// Base commit against the files as they are, untracked ones included, and against what is staged; by path.
  std::vector<Change> changes;
  std::vector<HiddenPath> hidden;
};

class Repository {
 public:
  virtual ~Repository() = default;

  virtual std::string top() const = 0;  ///< absolute path of the work tree, or of the bare repository
  virtual bool has_work_tree() const { return true; }
  virtual std::vector<WorktreeInfo> worktrees() const = 0;
  /// History was cut off when it was cloned: what is not found in it may exist all the same.
  virtual bool shallow() const { return false; }

  /// A revision as the user wrote it (branch, tag, id; never an option) to the id of its commit. Unknown revisions and
  /// missing objects are errors of kind world that say what to do.
  virtual Result<ObjectId> commit(std::string_view revision) = 0;
  /// The configured target, else the remote's default branch, else main, else master; nullopt: there is none of them.
  virtual Result<std::optional<std::string>> target(std::string_view configured) = 0;

  virtual Result<Tree> tree(const ObjectId& commit) = 0;
  virtual Result<std::optional<std::string>> file(const ObjectId& commit, std::string_view path) = 0;

  /// Best common ancestors, one but after criss-cross merges; an error in a shallow clone that hides them, or when
  /// unrelated.
  virtual Result<std::vector<ObjectId>> merge_bases(const ObjectId& a, const ObjectId& b) = 0;
  virtual Result<bool> is_ancestor(const ObjectId& ancestor, const ObjectId& of) = 0;
  virtual Result<std::optional<ObjectId>> first_parent(const ObjectId& commit) = 0;

  /// base..head, oldest first.
  virtual Result<std::vector<Commit>> commits(const ObjectId& base, const ObjectId& head) = 0;
  /// Commits reachable from `head` with the trailer `key: value`, newest first.
  virtual Result<std::vector<Commit>> commits_with_trailer(const ObjectId& head, std::string_view key,
                                                           std::string_view value) = 0;
  /// Paths changed between the trees of two commits, without rename folding (a rename is one removed, one added), by
  /// path. `base` empty: against the empty tree.
  virtual Result<std::vector<Change>> changes(const ObjectId& base, const ObjectId& head) = 0;
  /// The contents of many blobs, in the order asked, by id or as TREE:PATH (no newline in it); nullopt: missing, no
  /// blob, or larger than `most_bytes`.
  virtual Result<std::vector<std::optional<std::string>>> blobs(const std::vector<ObjectId>&,
                                                                std::size_t most_bytes) = 0;
  /// A commit reachable from `head` in which `path` has the content `blob`; nullopt when there is none.
  virtual Result<std::optional<ObjectId>> commit_with_blob(const ObjectId& head, std::string_view path,
                                                           const ObjectId& blob) = 0;

  /// The newest 20,000 commits that `head` reaches and that are no merges, renames followed.
  virtual Result<ChangeHistory> change_history(const ObjectId& head) = 0;
  /// The newest commit in the history of `head` that removed `path`.
  virtual Result<std::optional<ObjectId>> last_removal(const ObjectId& head, std::string_view path) = 0;

  /// Whatever keeps commits alive here: branches, remote branches, tags, stashes, and the heads of work trees.
  virtual Result<std::vector<RefTip>> tips() = 0;
  /// What commits reachable from `tips` and not from `base` (empty: all) did to `paths`, oldest first, merges held
  /// against each parent.
  virtual Result<std::vector<Arrival>> arrivals(const std::vector<ObjectId>& tips, const ObjectId& base,
                                                const std::vector<std::string>& paths) = 0;
  /// Which of the objects are here, in the order asked.
  virtual Result<std::vector<bool>> has_objects(const std::vector<ObjectId>&) = 0;

  /// On any branch, here or of a remote, and in any work tree: committed after `time`, or not in the history of `since`
  /// where that is given. No merges.
  virtual Result<std::vector<RecentCommit>> commits_since(std::int64_t time, const ObjectId& since) = 0;

  /// Those of `paths` whose attributes in the tree of `commit` say merge=union.
  virtual Result<std::vector<std::string>> merged_by_union(const ObjectId& commit,
                                                           const std::vector<std::string>& paths) = 0;

  /// git's own merge of each pair, in the order asked, with the attributes of the first commit's tree and one process
  /// for all. Merge drivers of the user's are not run: git's own takes their place. A pair that cannot be merged
  /// (objects are missing, histories are unrelated) is unproven and leaves the others alone.
  virtual Result<std::vector<Merge>> merges(const std::vector<std::pair<ObjectId, ObjectId>>&) = 0;
  /// Those of `paths` that the tree of `commit` wants merged by a program which the user has configured.
  virtual Result<std::vector<MergeDriver>> merge_drivers(const ObjectId& commit,
                                                         const std::vector<std::string>& paths) = 0;
  /// What committing everything in a work tree would give: `head` itself where nothing differs. The commit is known to
  /// this object alone, and gone with it.
  virtual Result<ObjectId> worktree_commit(const std::string& directory, const ObjectId& head) = 0;

  /// Uncommitted and untracked files of a work tree of this repository included.
  virtual Result<WorktreeChanges> worktree_changes(const std::string& directory, const ObjectId& base) = 0;
  /// Files of a work tree as they stand there, before git's conversions; nullopt: cannot be read, or too large.
  virtual Result<std::vector<std::optional<std::string>>> worktree_files(const std::string& directory,
                                                                         const std::vector<std::string>& paths,
                                                                         std::size_t most_bytes) = 0;
};

}  // namespace planner
