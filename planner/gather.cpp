// From what the user said to pieces of work.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "planner/attribution.h"
#include "planner/verify_appends.h"
#include "planner/verify_removed.h"
#include "planner/work.h"
#include "planner/work_parts.h"

namespace planner {
namespace {

constexpr std::size_t most_commits_looked_into = 64;

/// Many orders begin at the same commit.
using Trees = std::map<ObjectId, Tree>;

/// One request on its way to pieces of work; the first refusal ends it.
class Gatherer {
 public:
  Gatherer(Repository& repository, const Orders& orders, const WorkRequest& request,
           const std::optional<Target>& target, Trees& trees)
      : repository_(repository), orders_(orders), request_(request), target_(target), trees_(trees) {}

  Result<std::vector<Work>> run() {
    Work work;
    if (target_) work.target = target_->name;
    return find_range(work)
        .and_then([&] { return attribute(work); })
        .and_then([&] { return read_changes(work); })
        .and_then([&] { return split(std::move(work)); })
        .and_then([&](std::vector<Work>&& works) { return complete(std::move(works)); });
  }

 private:
  template <class T>
  static tl::unexpected<Error> refused(const Result<T>& result) {
    return tl::make_unexpected(result.error());
  }

  Result<void> find_range(Work& work) {
    if (!request_.directory.empty()) return find_worktree(work);
    const std::string revision = request_.head.empty() ? "HEAD" : request_.head;
    const Result<ObjectId> head = repository_.commit(revision);
    if (!head) return refused(head);
    work.head = *head;
    branch_ = revision == "HEAD" ? current_branch() : revision;
    work.name = request_.base.empty() ? revision : request_.base + ".." + revision;
    if (!request_.base.empty()) return from_merge_base_with(request_.base, work);
    if (!target_) return no_target();
    const Result<bool> landed = repository_.is_ancestor(work.head, target_->tip);
    if (!landed) return refused(landed);
    if (!*landed) return from_commit(target_->tip, work);
    landed_ = true;
    const Result<std::optional<ObjectId>> parent = repository_.first_parent(work.head);
    if (!parent) return refused(parent);
    work.base = parent->value_or("");
    return {};
  }

  Result<void> find_worktree(Work& work) {
    work.name = request_.directory;
    ObjectId head;
    std::size_t longest = 0;
    for (const WorktreeInfo& tree : repository_.worktrees()) {
      const bool holds = request_.directory == tree.path || request_.directory.starts_with(tree.path + "/");
      if (!holds || tree.path.size() < longest) continue;
      longest = tree.path.size();
      head = tree.head;
      branch_ = tree.branch;
    }
    worktree_head_ = head;
    if (head.empty()) return {};
    if (!request_.base.empty()) return from_merge_base_with(request_.base, work);
    return target_ ? from_commit(target_->tip, work) : no_target();
  }

  /// Where the work began cannot be guessed: from its last commit, most of it would pass unseen.
  static Result<void> no_target() {
    return world_error("which branch is the target? None is configured, and there is no main and no master",
                       "set target: in interlock.yaml, or say where the work began: --base REV, or BASE..HEAD");
  }

  std::string current_branch() const {
    for (const WorktreeInfo& tree : repository_.worktrees())
      if (tree.path == repository_.top()) return tree.branch;
    return {};
  }

  const ObjectId& tip(const Work& work) const { return work.head.empty() ? worktree_head_ : work.head; }

  Result<void> from_merge_base_with(const std::string& revision, Work& work) {
    const Result<ObjectId> other = repository_.commit(revision);
    if (!other) return refused(other);
    return from_commit(*other, work);
  }

  /// Where the head left the other. The difference to the other's tip would show the other's work, backwards.
  Result<void> from_commit(const ObjectId& other, Work& work) {
    Result<std::vector<ObjectId>> bases = repository_.merge_bases(other, tip(work));
    if (!bases) return refused(bases);
    work.base = bases->front();
    work.other_bases.assign(bases->begin() + 1, bases->end());
    other_ = other;
    return {};
  }

  Result<void> attribute(Work& work) {
    for (const std::string& id : request_.orders) {
      const std::optional<OrderId> order = find_order(orders_, id);
      if (!order)
        return input_error(fmt::format("there is no work order \"{}\"", id), "check the id, or name its file");
      work.orders.push_back(*order);
    }
    const std::string& branch = request_.branch.empty() ? branch_ : request_.branch;
    if (request_.orders.empty() && !branch.empty()) work.orders = orders_on_branch(orders_, branch);
    order_by_name(orders_, work.orders);
    return {};
  }

  Result<void> read_changes(Work& work) {
    Result<WorktreeChanges> changes = changes_since(work.base, work);
    if (!changes) return refused(changes);
    work.changes = std::move(changes->changes);
    work.hidden = std::move(changes->hidden);
    leave_out_worktrees(work.hidden);
    if (Result<void> done = leave_out_merged(work); !done) return done;
    if (tip(work).empty() || tip(work) == work.base) return {};
    // With several bases, what any of them holds is what the other side holds.
    const ObjectId& from = work.other_bases.empty() ? work.base : other_;
    Result<std::vector<Commit>> commits = repository_.commits(from, tip(work));
    if (!commits) return refused(commits);
    work.commits = std::move(*commits);
    if (landed_ && is_somebody_elses(work)) {
      work.changes.clear();
      work.commits.clear();
      work.base = work.head;
    }
    return {};
  }

  Result<WorktreeChanges> changes_since(const ObjectId& base, const Work& work) const {
    if (work.head.empty()) return repository_.worktree_changes(request_.directory, base);
    return repository_.changes(base, work.head).map([](std::vector<Change>&& changes) {
      return WorktreeChanges{std::move(changes), {}};
    });
  }

  /// Criss-cross merges leave several merge bases, and none of them has all that was merged: only what differs from
  /// every one, and from the other side, was done here.
  Result<void> leave_out_merged(Work& work) const {
    if (work.other_bases.empty()) return {};
    std::vector<ObjectId> sides = work.other_bases;
    sides.push_back(other_);
    for (const ObjectId& side : sides) {
      const Result<WorktreeChanges> changes = changes_since(side, work);
      if (!changes) return refused(changes);
      keep_common(work.changes, changes->changes);
    }
    return {};
  }

  /// Those of `changes` whose paths are in `others` too; both by path.
  static void keep_common(std::vector<Change>& changes, const std::vector<Change>& others) {
    std::erase_if(changes, [&](const Change& change) {
      const auto at = std::lower_bound(others.begin(), others.end(), change.path,
                                       [](const Change& c, const std::string& path) { return c.path < path; });
      return at == others.end() || at->path != change.path;
    });
  }

  /// Work trees of this repository inside of this one are no secret.
  void leave_out_worktrees(std::vector<HiddenPath>& hidden) const {
    for (const WorktreeInfo& tree : repository_.worktrees())
      std::erase_if(hidden, [&](const HiddenPath& h) {
        return tree.path + "/" == request_.directory + "/" + h.path ||
               tree.path + "/" == repository_.top() + "/" + h.path;
      });
  }

  /// A branch nobody has worked on yet points at the last commit of the target.
  bool is_somebody_elses(const Work& work) const {
    if (work.orders.empty() || branch_.empty() || (target_ && branch_ == target_->name)) return false;
    if (!repository_.commit("refs/heads/" + branch_)) return false;
    bool names_others = false;
    for (const Commit& commit : work.commits)
      for (const std::string& name : work_order_trailers(commit)) {
        const std::optional<OrderId> id = find_order(orders_, name);
        if (id && std::find(work.orders.begin(), work.orders.end(), *id) != work.orders.end()) return false;
        names_others = true;
      }
    if (names_others) return true;
    return std::none_of(work.changes.begin(), work.changes.end(), [&](const Change& change) {
      return std::any_of(work.orders.begin(), work.orders.end(),
                         [&](OrderId id) { return !orders_.list[id.index()].write || declares(id, change.path); });
    });
  }

  /// By trailers, where nothing else says whose work it is.
  Result<std::vector<Work>> split(Work work) {
    if (!work.orders.empty() || work.commits.empty()) return std::vector{std::move(work)};
    std::vector<TrailerGroup> groups = group_by_trailers(orders_, work.commits, work.unknown_orders);
    if (Result<void> done = attribute_by_scope(work, groups); !done) return refused(done);
    // Uncommitted files have no trailer: they stay with all that the branch names.
    if (groups.size() <= 1 || work.head.empty()) {
      for (const TrailerGroup& group : groups)
        work.orders.insert(work.orders.end(), group.orders.begin(), group.orders.end());
      order_by_name(orders_, work.orders);
      return std::vector{std::move(work)};
    }
    std::vector<Work> out;
    steps_.resize(groups.size());
    for (const TrailerGroup& group : groups) {
      Work& part = out.emplace_back();
      part.orders = group.orders;
      part.name = work.name;
      part.target = work.target;
      part.head = work.commits[group.commits.back()].id;
      if (out.size() == 1) part.unknown_orders = work.unknown_orders;
      std::vector<std::vector<Change>> steps;
      for (const std::size_t i : group.commits) {
        part.commits.push_back(work.commits[i]);
        Result<std::vector<Change>> changes = changes_of(work.commits[i]);
        if (!changes) return refused(changes);
        steps.push_back(std::move(*changes));
        for (const Change& change : steps.back()) part.touched[change.path].push_back(part.commits.size() - 1);
      }
      for (const std::vector<Change>& step : steps)
        steps_[out.size() - 1].insert(steps_[out.size() - 1].end(), step.begin(), step.end());
      part.base = part.commits.front().parents.empty() ? "" : part.commits.front().parents.front();
      part.changes = combined(steps);
    }
    return out;
  }

  /// Commits without a trailer, in a range of several orders, that lie in the scope of one of them are its.
  Result<void> attribute_by_scope(const Work& work, std::vector<TrailerGroup>& groups) const {
    const auto nobodys = std::find_if(groups.begin(), groups.end(), [](const auto& g) { return g.orders.empty(); });
    if (groups.size() < 2 || nobodys == groups.end()) return {};
    std::vector<std::size_t> left;
    for (const std::size_t i : nobodys->commits) {
      const Result<std::vector<Change>> changes = changes_of(work.commits[i]);
      if (!changes) return refused(changes);
      TrailerGroup* owner = nullptr;
      std::size_t owners = 0;
      for (TrailerGroup& group : groups) {
        const bool all = !group.orders.empty() && !changes->empty() &&
                         std::all_of(changes->begin(), changes->end(), [&](const Change& change) {
                           return std::any_of(group.orders.begin(), group.orders.end(),
                                              [&](OrderId id) { return declares(id, change.path); });
                         });
        if (!all) continue;
        owner = &group;
        ++owners;
      }
      if (owners == 1)
        owner->commits.insert(std::lower_bound(owner->commits.begin(), owner->commits.end(), i), i);
      else
        left.push_back(i);
    }
    nobodys->commits = std::move(left);
    std::erase_if(groups, [](const TrailerGroup& group) { return group.commits.empty(); });
    return {};
  }

  bool declares(OrderId id, const std::string& path) const {
    const auto& write = orders_.list[id.index()].write;
    return write &&
           std::any_of(write->begin(), write->end(), [&](const Entry& entry) { return covers(entry.resource, path); });
  }

  Result<std::vector<Change>> changes_of(const Commit& commit) const {
    return repository_.changes(commit.parents.empty() ? "" : commit.parents.front(), commit.id);
  }

  Result<std::vector<Work>> complete(std::vector<Work> works) {
    steps_.resize(works.size());
    for (std::size_t i = 0; i < works.size(); ++i) {
      Work& work = works[i];
      if (Result<void> done = look_at_growth(repository_, orders_, steps_[i], work); !done) return refused(done);
      if (Result<void> done = look_at_commits(work); !done) return refused(done);
      if (Result<void> done = look_at_base(work); !done) return refused(done);
      if (Result<void> done = look_at_target(work); !done) return refused(done);
      if (Result<void> done = look_into_files(repository_, orders_, steps_[i], work); !done) return refused(done);
      if (Result<void> done = look_at_removals(repository_, orders_, work); !done) return refused(done);
    }
    return works;
  }

  Result<void> look_at_commits(Work& work) const {
    if (!work.touched.empty() || work.commits.size() > most_commits_looked_into) return {};
    for (std::size_t i = 0; i < work.commits.size(); ++i) {
      if (work.commits[i].parents.size() > 1 && work.commits.size() > 1) continue;
      const Result<std::vector<Change>> changes = changes_of(work.commits[i]);
      if (!changes) return refused(changes);
      for (const Change& change : *changes) work.touched[change.path].push_back(i);
    }
    return {};
  }

  Result<void> look_at_base(Work& work) const {
    if (work.base.empty() || work.orders.empty()) return {};
    auto known = trees_.find(work.base);
    if (known == trees_.end()) {
      Result<Tree> tree = repository_.tree(work.base);
      if (!tree) return refused(tree);
      known = trees_.emplace(work.base, std::move(*tree)).first;
    }
    for (const OrderId id : work.orders)
      for (const Entry& entry : orders_.list[id.index()].write.value_or(std::vector<Entry>{}))
        if (const std::string path(entry.resource.path()); known->second.has_file(path)) work.present.insert(path);
    return {};
  }

  /// What others changed on the target since the base. Work that has landed was measured from its parent: between the
  /// two there is nothing.
  Result<void> look_at_target(Work& work) const {
    if (!target_ || landed_ || work.base.empty() || work.base == target_->tip) return {};
    const Result<bool> moved = repository_.is_ancestor(work.base, target_->tip);
    if (!moved) return refused(moved);
    const Result<bool> contained =
        work.head.empty() ? Result<bool>(false) : repository_.is_ancestor(work.head, target_->tip);
    if (!contained) return refused(contained);
    if (!*moved || *contained) return {};
    Result<std::vector<Change>> changes = repository_.changes(work.base, target_->tip);
    if (!changes) return refused(changes);
    for (const ObjectId& base : work.other_bases) {
      const Result<std::vector<Change>> more = repository_.changes(base, target_->tip);
      if (!more) return refused(more);
      keep_common(*changes, *more);
    }
    // The same content on both sides is this work, squashed or picked.
    std::erase_if(*changes, [&](const Change& theirs) {
      return std::any_of(work.changes.begin(), work.changes.end(), [&](const Change& ours) {
        return ours.path == theirs.path && ours.new_blob == theirs.new_blob;
      });
    });
    work.meanwhile = std::move(*changes);
    return {};
  }

  Repository& repository_;
  const Orders& orders_;
  const WorkRequest& request_;
  const std::optional<Target>& target_;
  Trees& trees_;
  std::string branch_;
  ObjectId worktree_head_;
  ObjectId other_;                          // that the merge bases are with
  std::vector<std::vector<Change>> steps_;  // of each piece that a range was split into, commit by commit
  bool landed_ = false;
};

}  // namespace

Result<std::vector<Work>> gather(Repository& repository, const Orders& orders, const WorkRequest& request,
                                 const std::optional<Target>& target) {
  Trees trees;
  return Gatherer(repository, orders, request, target, trees).run();
}

Result<std::vector<Work>> gather_all(Repository& repository, const Orders& orders,
                                     const std::vector<WorkRequest>& requests, const std::optional<Target>& target) {
  std::vector<Work> all;
  Trees trees;
  for (const WorkRequest& request : requests) {
    Result<std::vector<Work>> works = Gatherer(repository, orders, request, target, trees).run();
    if (!works) return works;
    for (Work& work : *works) {
      const auto same = std::find_if(all.begin(), all.end(), [&](const Work& w) {
        return !work.head.empty() && w.base == work.base && w.head == work.head && !w.orders.empty() &&
               !work.orders.empty();
      });
      if (same == all.end() || same->changes.size() != work.changes.size()) {
        all.push_back(std::move(work));
        continue;
      }
      same->orders.insert(same->orders.end(), work.orders.begin(), work.orders.end());
      order_by_name(orders, same->orders);
      same->present.merge(work.present);
      same->growth.merge(work.growth);
      if (same->meanwhile.empty()) same->meanwhile = std::move(work.meanwhile);
    }
  }
  return all;
}

}  // namespace planner
