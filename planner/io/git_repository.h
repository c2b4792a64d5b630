// The port Repository over the git binary.
//
// Refs are read in the user's repository, by commands that run no configured code; every question about objects goes
// to a scratch repository that borrows them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "planner/io/git_layout.h"
#include "planner/io/scratch_repository.h"
#include "planner/repository.h"

namespace planner::io {

class GitRepository final : public Repository {
 public:
  explicit GitRepository(GitLayout layout) : layout_(std::move(layout)) {}

  const GitLayout& layout() const { return layout_; }
  std::string top() const override { return layout_.top; }
  bool has_work_tree() const override { return layout_.has_work_tree; }
  std::vector<WorktreeInfo> worktrees() const override;
  bool shallow() const override { return layout_.shallow(); }

  Result<ObjectId> commit(std::string_view revision) override;
  Result<std::optional<std::string>> target(std::string_view configured) override;

  Result<Tree> tree(const ObjectId& commit) override;
  Result<std::optional<std::string>> file(const ObjectId& commit, std::string_view path) override;
  Result<std::vector<std::optional<std::string>>> blobs(const std::vector<ObjectId>&, std::size_t most_bytes) override;

  Result<std::vector<ObjectId>> merge_bases(const ObjectId& a, const ObjectId& b) override;
  Result<bool> is_ancestor(const ObjectId& ancestor, const ObjectId& of) override;
  Result<std::optional<ObjectId>> first_parent(const ObjectId& commit) override;

  Result<std::vector<Commit>> commits(const ObjectId& base, const ObjectId& head) override;
  Result<std::vector<Commit>> commits_with_trailer(const ObjectId& head, std::string_view key,
                                                   std::string_view value) override;
  Result<std::vector<Change>> changes(const ObjectId& base, const ObjectId& head) override;
  Result<std::optional<ObjectId>> commit_with_blob(const ObjectId& head, std::string_view path,
                                                   const ObjectId& blob) override;
  Result<ChangeHistory> change_history(const ObjectId& head) override;
  Result<std::optional<ObjectId>> last_removal(const ObjectId& head, std::string_view path) override;
  Result<std::vector<RefTip>> tips() override;
  Result<std::vector<Arrival>> arrivals(const std::vector<ObjectId>& tips, const ObjectId& base,
                                        const std::vector<std::string>& paths) override;
  Result<std::vector<bool>> has_objects(const std::vector<ObjectId>&) override;
  Result<std::vector<std::string>> merged_by_union(const ObjectId& commit,
                                                   const std::vector<std::string>& paths) override;
  Result<std::vector<RecentCommit>> commits_since(std::int64_t time, const ObjectId& since) override;
  Result<std::vector<Merge>> merges(const std::vector<std::pair<ObjectId, ObjectId>>&) override;
  Result<std::vector<MergeDriver>> merge_drivers(const ObjectId& commit,
                                                 const std::vector<std::string>& paths) override;
  Result<ObjectId> worktree_commit(const std::string& directory, const ObjectId& head) override;
  Result<WorktreeChanges> worktree_changes(const std::string& directory, const ObjectId& base) override;
  Result<std::vector<std::optional<std::string>>> worktree_files(const std::string& directory,
                                                                 const std::vector<std::string>& paths,
                                                                 std::size_t most_bytes) override;

  /// Sizes of blobs; nullopt: missing, or no blob.
  Result<std::vector<std::optional<std::size_t>>> blob_sizes(const std::vector<ObjectId>&);
  /// Blobs of any size, which only who asked for their sizes should want; nullopt: missing, or no blob. From several
  /// threads at once, when `scratch` was asked for before.
  Result<std::vector<std::optional<std::string>>> whole_blobs(const std::vector<ObjectId>&);

  /// The scratch repository, made at the first question; for questions this class does not know.
  Result<const ScratchRepository*> scratch();
  /// The layout of a work tree of this repository.
  Result<GitLayout> worktree_at(const std::string& directory) const;

 private:
  GitCommand about_refs(std::vector<std::string> arguments) const;
  std::optional<ObjectId> resolve(const std::string& name) const;
  std::optional<std::string> newest(const std::string& branch);
  /// In the scratch repository; errors say what to do about missing objects.
  Result<Finished> ask(std::vector<std::string> arguments, std::string input = {});
  Result<std::string> answer(std::vector<std::string> arguments, std::string input = {});
  /// What `cat-file --batch-command` says to "info" or "contents" of each, one header a name. From several threads.
  Result<std::string> told(std::string_view command, const std::vector<ObjectId>&);
  std::string remedy() const;
  std::string empty_tree() const;
  /// Of each commit: what its tree and this clone say about attributes, as one text.
  Result<std::map<ObjectId, std::string>> attributes_of(const std::vector<ObjectId>& commits);
  void name_renames(const ObjectId& base, const ObjectId& head, std::vector<Change>&);

  GitLayout layout_;
  std::optional<ScratchRepository> scratch_;
  std::mutex talking_;  // of what follows
  std::optional<Conversation> objects_;
};

/// null: `directory` is in no repository. Errors: git is missing, or refuses the repository.
Result<std::unique_ptr<GitRepository>> open_repository(const std::string& directory);

}  // namespace planner::io
