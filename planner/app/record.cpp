#include "planner/app/record.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

#include "planner/attribution.h"
#include "planner/io/record_store.h"

namespace planner::app {
namespace {

constexpr std::size_t most_own_commits = 64;

tl::unexpected<Failure> refuse(Error error) { return tl::make_unexpected(Failure{{}, std::move(error)}); }
Error usage(std::string what, std::string remedy) { return {Error::Kind::input, std::move(what), std::move(remedy)}; }

/// The work tree that holds the directory.
Result<WorktreeInfo> tree_at(const Repository& repository, const std::string& directory) {
  const WorktreeInfo* best = nullptr;
  const std::vector<WorktreeInfo> trees = repository.worktrees();
  for (const WorktreeInfo& tree : trees) {
    const bool holds = directory == tree.path || directory.starts_with(tree.path + "/");
    if (holds && (!best || best->path.size() < tree.path.size())) best = &tree;
  }
  if (!best) return input_error(fmt::format("\"{}\" is in no work tree of this repository", directory));
  return *best;
}

bool names_one_of(const Commit& commit, const std::vector<std::string>& ids) {
  const std::vector<std::string> named = work_order_trailers(commit);
  return std::any_of(named.begin(), named.end(),
                     [&](const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); });
}

class Recorder {
 public:
  Recorder(Repository& repository, const RecordRequest& request, const WorktreeInfo& tree, std::vector<std::string> ids,
           const std::string& target)
      : repository_(repository), request_(request), tree_(tree), ids_(std::move(ids)), target_(std::move(target)) {}

  Result<Record> run(const Record* known) {
    Record record;
    record.session = request_.session.empty() ? fmt::format("{}", fmt::join(ids_, "+")) : request_.session;
    record.work_orders = ids_;
    record.branch = tree_.branch;
    record.worktree = tree_.path;
    record.head = tree_.head;
    const Result<ObjectId> base = base_for(known);
    if (!base) return tl::make_unexpected(base.error());
    record.base = *base;
    const Result<WorktreeChanges> uncommitted = repository_.worktree_changes(tree_.path, tree_.head);
    if (!uncommitted) return tl::make_unexpected(uncommitted.error());
    std::map<std::string, ObjectId> dirty;
    for (const Change& change : uncommitted->changes) dirty.emplace(change.path, change.new_blob);
    if (request_.start) {
      record.before = std::move(dirty);
      return record;
    }
    if (known) record.before = known->before;
    const Result<WorktreeChanges> changes = repository_.worktree_changes(tree_.path, record.base);
    if (!changes) return tl::make_unexpected(changes.error());
    for (const Change& change : changes->changes) {
      const bool loose = dirty.contains(change.path);
      const auto before = record.before.find(change.path);
      if (change.new_blob.empty() || (loose && before != record.before.end() && before->second == change.new_blob))
        continue;
      record.files.push_back({change.path, change.new_mode, change.new_blob, !loose, {}});
    }
    if (known)
      if (Result<void> done = keep_taken(*known, record); !done) return tl::make_unexpected(done.error());
    return record;
  }

 private:
  Result<ObjectId> base_for(const Record* known) {
    if (tree_.head.empty()) return ObjectId();
    if (!request_.base.empty()) {
      const Result<ObjectId> base = repository_.commit(request_.base);
      return base ? first_of(repository_.merge_bases(*base, tree_.head)) : base;
    }
    if (request_.start) return tree_.head;
    if (known && !known->base.empty() && repository_.is_ancestor(known->base, tree_.head).value_or(false))
      return known->base;
    if (target_.empty()) return tree_.head;
    const Result<ObjectId> tip = repository_.commit(target_);
    if (!tip) return tip;
    const Result<ObjectId> base = first_of(repository_.merge_bases(*tip, tree_.head));
    return base && *base == tree_.head ? before_own_commits() : base;
  }

  static Result<ObjectId> first_of(const Result<std::vector<ObjectId>>& bases) {
    if (!bases) return tl::make_unexpected(bases.error());
    return bases->front();
  }

  /// On the target itself: before the newest commits that name the orders of the session.
  Result<ObjectId> before_own_commits() {
    ObjectId base = tree_.head;
    for (std::size_t i = 0; i < most_own_commits; ++i) {
      const Result<std::optional<ObjectId>> parent = repository_.first_parent(base);
      if (!parent || !*parent) return base;
      const Result<std::vector<Commit>> commits = repository_.commits(**parent, base);
      if (!commits) return tl::make_unexpected(commits.error());
      if (commits->size() != 1 || !names_one_of(commits->front(), ids_)) return base;
      base = **parent;
    }
    return base;
  }

  /// What was recorded, and is no change any more because a commit took it, stays recorded; what is gone altogether
  /// the session has undone.
  Result<void> keep_taken(const Record& known, Record& record) {
    for (const RecordedFile& file : known.files) {
      if (std::any_of(record.files.begin(), record.files.end(),
                      [&](const RecordedFile& now) { return now.path == file.path; }))
        continue;
      const auto taken = repository_.commit_with_blob(record.head, file.path, file.blob);
      if (!taken) return tl::make_unexpected(taken.error());
      if (*taken) record.files.push_back(file);
    }
    std::sort(record.files.begin(), record.files.end(),
              [](const RecordedFile& a, const RecordedFile& b) { return a.path < b.path; });
    return {};
  }

  Repository& repository_;
  const RecordRequest& request_;
  const WorktreeInfo& tree_;
  std::vector<std::string> ids_;
  std::string target_;
};

/// Named in the call, else by the branch.
Answer<std::vector<std::string>> orders_of(const Loaded& loaded, const RecordRequest& request,
                                           const std::string& branch) {
  std::vector<std::string> ids = request.work_orders;
  for (const std::string& id : ids)
    if (!request.orders.orders.empty())
      if (auto known = find_order(loaded, id); !known) return tl::make_unexpected(known.error());
  if (ids.empty())
    for (const OrderId id : orders_on_branch(loaded.orders, branch)) ids.push_back(loaded.orders.list[id.index()].id);
  if (ids.empty() && request.session.empty())
    return refuse(usage("whose work is it? No order names this branch", "say --work-order ID or --session NAME"));
  return ids;
}

}  // namespace

Answer<RecordAnswer> record(World& world, const RecordRequest& request) {
  if (!world.repository)
    return refuse({Error::Kind::world, "verify needs a git repository, and there is none here",
                   "run it inside one, or name it with --repo DIR"});
  Repository& repository = *world.repository;
  std::error_code gone;
  const std::string directory =
      request.worktree.empty() ? repository.top() : std::filesystem::canonical(request.worktree, gone).string();
  if (gone) return refuse(usage(fmt::format("there is no directory \"{}\"", request.worktree), ""));
  const Result<WorktreeInfo> tree = tree_at(repository, directory);
  if (!tree) return refuse(tree.error());
  Answer<Loaded> loaded = request.orders.orders.empty() ? Answer<Loaded>(Loaded()) : load(world, request.orders);
  if (!loaded) return tl::make_unexpected(loaded.error());
  const auto ids = orders_of(*loaded, request, tree->branch);
  if (!ids) return tl::make_unexpected(ids.error());
  const auto target = repository.target(loaded->orders.rules.target);
  if (!target) return refuse(target.error());
  auto layout = io::find_repository(tree->path);
  if (!layout) return refuse(layout.error());
  const io::RecordStore store(std::move(**layout));
  const Result<io::StoredRecords> stored = store.all();
  if (!stored) return refuse(stored.error());

  Recorder recorder(repository, request, *tree, *ids, target->value_or(""));
  const std::string name = request.session.empty() ? fmt::format("{}", fmt::join(*ids, "+")) : request.session;
  const auto known =
      std::find_if(stored->records.begin(), stored->records.end(), [&](const Record& r) { return r.session == name; });
  const Record* before = known == stored->records.end() || request.start ? nullptr : &*known;
  Result<Record> made = recorder.run(before);
  if (!made) return refuse(made.error());
  made->author = store.author();
  if (made->work_orders.empty() && before) made->work_orders = before->work_orders;
  if (Result<void> kept = store.keep(*made, before); !kept) return refuse(kept.error());
  return RecordAnswer{std::move(*made), request.start, std::move(loaded->reading)};
}

}  // namespace planner::app
