#include "planner/verify_dependencies.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "planner/attribution.h"
#include "planner/verify_rules.h"

namespace planner {
namespace {

using Kind = parsers::Dependency::Kind;
using State = DependencyFact::State;
constexpr std::size_t most_blobs_looked_for = 8;  // each may walk the whole history
constexpr std::size_t most_commits_looked_for = 4;

struct Needed {
  Kind kind;
  std::string target;
  std::optional<OrderId> order;
  Place where;
};

/// depends_on, and the `before` of others that names this order.
std::vector<Needed> needs_of(const Orders& orders, OrderId id) {
  std::vector<Needed> out;
  for (const Dependency& d : orders.list[id.index()].depends_on) out.push_back({d.kind, d.target, d.order, d.where});
  for (std::size_t i = 0; i < orders.list.size(); ++i)
    for (const Dependency& d : orders.list[i].before) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const Needed& n) { return n.order == OrderId(i); });
      if (d.order == id && !known) out.push_back({Kind::order, orders.list[i].id, OrderId(i), d.where});
    }
  return out;
}

std::string shown(const ObjectId& id) { return id.substr(0, 10); }

class LookUp {
 public:
  LookUp(Repository& repository, const Orders& orders, const std::vector<Work>& works,
         const std::optional<Target>& target)
      : repository_(repository), orders_(orders), works_(works), target_(target) {}

  Result<std::vector<DependencyFact>> run() {
    for (std::size_t i = 0; i < works_.size(); ++i)
      for (const OrderId id : works_[i].orders)
        for (const Needed& needed : needs_of(orders_, id)) {
          Result<DependencyFact> fact = look_up_in_bases(works_[i], needed);
          if (!fact) return tl::make_unexpected(fact.error());
          fact->work = i;
          fact->order = id;
          fact->where = needed.where;
          facts_.push_back(std::move(*fact));
        }
    return std::move(facts_);
  }

 private:
  static DependencyFact fact(std::string on, State state, std::string why) {
    DependencyFact out;
    out.on = std::move(on);
    out.state = state;
    out.why = std::move(why);
    return out;
  }

  /// What a cut-off history does not show may be in the rest of it.
  DependencyFact missing(std::string on, std::string why) const {
    if (repository_.shallow())
      return fact(std::move(on), State::unproven, why + "; the history of this clone is cut off");
    return fact(std::move(on), State::missing, std::move(why));
  }

  /// After criss-cross merges the work rests on several bases; what one of them has is there.
  Result<DependencyFact> look_up_in_bases(const Work& work, const Needed& needed) {
    Result<DependencyFact> first = look_up(work, needed);
    Work other;
    other.orders = work.orders;
    for (const ObjectId& base : work.other_bases) {
      if (!first || first->state == State::holds) break;
      other.base = base;
      Result<DependencyFact> fact = look_up(other, needed);
      if (!fact || fact->state == State::holds) return fact;
    }
    return first;
  }

  Result<DependencyFact> look_up(const Work& work, const Needed& needed) {
    switch (needed.kind) {
      case Kind::order:
        return look_up_order(work, needed);
      case Kind::commit:
        return look_up_commit(work, needed.target);
      case Kind::path:
        return look_up_path(work, needed.target);
      case Kind::external:
        break;
    }
    return fact("external:" + needed.target, State::unproven, "it is outside of this repository");
  }

  Result<DependencyFact> look_up_commit(const Work& work, const std::string& target) {
    const std::string on = "commit:" + target;
    const Result<ObjectId> id = repository_.commit(target);
    // Rewritten since, it may have landed all the same: its contents are not here to look for.
    if (!id) return fact(on, State::unproven, "there is no such commit here");
    if (work.base.empty()) return missing(on, "the work began from nothing");
    const Result<bool> contained = repository_.is_ancestor(*id, work.base);
    if (!contained) return tl::make_unexpected(contained.error());
    if (*contained) return fact(on, State::holds, "it is an ancestor of the base");
    const std::string nowhere =
        fmt::format("it is no ancestor of the base {}, and its contents are not in its history", shown(work.base));
    const Result<Work> picked = work_of_commit(*id);
    if (!picked) return fact(on, State::unproven, nowhere);
    const Result<std::optional<std::string>> how = how_it_landed(*picked, work.base);
    if (!how) return tl::make_unexpected(how.error());
    if (*how) return fact(on, State::holds, **how);
    return missing(on, nowhere);
  }

  Result<DependencyFact> look_up_path(const Work& work, const std::string& path) {
    const std::string on = "path:" + path;
    if (work.base.empty()) return fact(on, State::missing, "the work began from nothing");
    const Result<Tree> tree = repository_.tree(work.base);
    if (!tree) return tl::make_unexpected(tree.error());
    const Resource resource = resource_from(path);
    const bool there = tree->has_file(resource.path()) || tree->has_directory(path) ||
                       std::any_of(tree->entries().begin(), tree->entries().end(),
                                   [&](const TreeEntry& entry) { return covers(resource, entry.path); });
    if (there) return fact(on, State::holds, "it is in the base");
    return fact(on, State::missing, fmt::format("it is not in the base {}", shown(work.base)));
  }

  Result<DependencyFact> look_up_order(const Work& work, const Needed& needed) {
    const std::string& on = needed.target;
    if (needed.order && std::find(work.orders.begin(), work.orders.end(), *needed.order) != work.orders.end())
      return fact(on, State::holds, "both are done in one piece of work");
    // A history without commits has no trailers and no contents; so has one that is all behind the cut.
    if (!work.base.empty()) {
      const Result<ObjectId> landed = commit_with_trailer(work.base, on);
      if (!landed) return tl::make_unexpected(landed.error());
      if (!landed->empty()) return fact(on, State::holds, fmt::format("commit {} is in the base", shown(*landed)));
    }
    if (!needed.order)
      return fact(on, State::unproven, "there is no such work order, and no trailer of it in the base");
    Result<std::vector<Work>> known = work_of(*needed.order);
    if (!known) return tl::make_unexpected(known.error());
    std::string elsewhere;
    for (const Work& theirs : *known) {
      if (theirs.changes.empty()) continue;
      Result<std::optional<std::string>> how = how_it_landed(theirs, work.base);
      if (!how) return tl::make_unexpected(how.error());
      if (*how) return fact(on, State::holds, **how);
      elsewhere = theirs.head.empty() ? fmt::format("its work lies uncommitted in {}", theirs.name)
                                      : fmt::format("its work {} is not in the base {}", shown(theirs.head),
                                                    work.base.empty() ? "" : shown(work.base));
    }
    if (!elsewhere.empty()) return missing(on, elsewhere);
    return found_nowhere(*needed.order, on, work);
  }

  /// One commit against its first parent.
  Result<Work> work_of_commit(const ObjectId& id) {
    Work work;
    work.head = id;
    const Result<std::optional<ObjectId>> parent = repository_.first_parent(id);
    if (!parent) return tl::make_unexpected(parent.error());
    work.base = parent->value_or("");
    Result<std::vector<Change>> changes = repository_.changes(work.base, id);
    if (!changes) return tl::make_unexpected(changes.error());
    work.changes = std::move(*changes);
    return work;
  }

  /// The newest in the history of `base` that names the order; empty: none. Walks all of it, so each only once.
  Result<ObjectId> commit_with_trailer(const ObjectId& base, const std::string& order) {
    const auto [known, fresh] = with_trailer_.emplace(std::pair(base, order), ObjectId());
    if (!fresh) return known->second;
    const Result<std::vector<Commit>> found = repository_.commits_with_trailer(base, "Work-Order", order);
    if (!found) return tl::make_unexpected(found.error());
    if (!found->empty()) known->second = found->front().id;
    return known->second;
  }

  /// Ranges that this request names, else the order's branch, else what names it on the target.
  Result<std::vector<Work>> work_of(OrderId id) {
    if (const auto known = known_.find(id); known != known_.end()) return known->second;
    std::vector<Work> out;
    for (const Work& work : works_)
      if (std::find(work.orders.begin(), work.orders.end(), id) != work.orders.end()) out.push_back(work);
    const std::string& branch = orders_.list[id.index()].branch;
    if (out.empty() && !branch.empty() && repository_.commit(branch)) {
      WorkRequest request;
      request.orders = {orders_.list[id.index()].id};
      request.head = branch;
      Result<std::vector<Work>> gathered = gather(repository_, orders_, request, target_);
      if (gathered) out = std::move(*gathered);
    }
    if (out.empty() && target_) {
      const Result<std::vector<Commit>> named =
          repository_.commits_with_trailer(target_->tip, "Work-Order", orders_.list[id.index()].id);
      if (!named) return tl::make_unexpected(named.error());
      // The newest come last: one that is missing is named.
      for (std::size_t i = std::min(named->size(), most_commits_looked_for); i-- > 0;)
        if (Result<Work> one = work_of_commit((*named)[i].id)) out.push_back(std::move(*one));
    }
    return known_.emplace(id, std::move(out)).first->second;
  }

  /// nullopt: nothing shows that it did.
  Result<std::optional<std::string>> how_it_landed(const Work& theirs, const ObjectId& base) {
    if (base.empty()) return std::nullopt;
    if (!theirs.head.empty()) {
      const Result<bool> contained = repository_.is_ancestor(theirs.head, base);
      if (!contained) return tl::make_unexpected(contained.error());
      if (*contained) return fmt::format("its work {} is an ancestor of the base", shown(theirs.head));
    }
    // Squashed or rebased: more than half of what it wrote stood in the base's history at some time, path by path, and
    // what it removed is gone from there. Judged on the first few; most of them stand there still.
    const Result<Tree> tree = repository_.tree(base);
    if (!tree) return tl::make_unexpected(tree.error());
    std::size_t looked_for = 0, found = 0;
    for (const Change& change : theirs.changes) {
      if (looked_for == most_blobs_looked_for) break;
      ++looked_for;
      const TreeEntry* still = tree->find(change.path);
      const bool removed = change.new_blob.empty();
      if (removed && still) continue;
      if (still && still->blob == change.new_blob) {
        ++found;
        continue;
      }
      const Result<std::optional<ObjectId>> commit =
          repository_.commit_with_blob(base, change.path, removed ? change.old_blob : change.new_blob);
      if (!commit) return tl::make_unexpected(commit.error());
      if (*commit) ++found;
    }
    if (2 * found <= looked_for) return std::nullopt;
    return fmt::format("{} of {} changes it made are in the history of the base", found, looked_for);
  }

  DependencyFact found_nowhere(OrderId id, const std::string& on, const Work& work) {
    const parsers::Status status = orders_.list[id.index()].status;
    const std::string nothing =
        fmt::format("neither a Work-Order trailer nor a branch shows its work in the base {}", shown(work.base));
    return fact(on, State::unproven,
                fmt::format("{}, {} its status is {}", nothing, status == parsers::Status::done ? "though" : "and",
                            parsers::to_string(status)));
  }

  Repository& repository_;
  const Orders& orders_;
  const std::vector<Work>& works_;
  const std::optional<Target>& target_;
  std::map<OrderId, std::vector<Work>> known_;
  std::map<std::pair<ObjectId, std::string>, ObjectId> with_trailer_;
  std::vector<DependencyFact> facts_;
};

}  // namespace

Result<std::vector<DependencyFact>> look_up_dependencies(Repository& repository, const Orders& orders,
                                                         const std::vector<Work>& works,
                                                         const std::optional<Target>& target) {
  return LookUp(repository, orders, works, target).run();
}

std::vector<Finding> verify_dependencies(const Orders& orders, const std::vector<DependencyFact>& facts) {
  // An order with several pieces of work began with the first whose base has what it needs.
  std::map<std::pair<OrderId, std::string>, const DependencyFact*> first;
  for (const DependencyFact& fact : facts) first.emplace(std::pair(fact.order, fact.on), &fact);
  std::vector<Finding> out;
  for (const auto& [what, fact] : first) {
    if (fact->state == State::holds) continue;
    const Order& order = orders.list[fact->order.index()];
    const bool proved = fact->state == State::missing;
    const std::string_view verb = proved ? "began without" : "depends on";
    out.push_back(finding("missing-dependency", orders.rules.policy, proved ? Certainty::proved : Certainty::unproven,
                          order.id, fmt::format("{} {} {}: {}", order.id, verb, fact->on, fact->why), fact->where));
  }
  return out;
}

}  // namespace planner
