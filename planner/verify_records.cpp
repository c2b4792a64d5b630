#include "planner/verify_records.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "planner/attribution.h"
#include "planner/verify_rules.h"

namespace planner {
namespace {

constexpr std::size_t most_named = 5;

std::string shown(const ObjectId& id) { return id.substr(0, 10); }

/// As a word of a shell.
std::string quoted(const std::string& text) {
  const bool plain =
      !text.empty() && !text.starts_with('-') &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+=:@,") ==
          std::string::npos;
  if (plain) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) out += (i == 0 ? "" : ", ") + names[i];
  return names.size() > most_named ? fmt::format("{} and {} more", out, names.size() - most_named) : out;
}

class LookUp {
 public:
  LookUp(Repository& repository, const Orders& orders, const std::vector<Record>& all, std::string directory,
         const std::optional<Target>& target)
      : repository_(repository), orders_(orders), all_(all), directory_(std::move(directory)), target_(target) {}

  Result<std::vector<RecordFact>> run(const std::vector<Record>& looked_at) {
    const Result<std::vector<RefTip>> tips = repository_.tips();
    if (!tips) return tl::make_unexpected(tips.error());
    for (const RefTip& tip : *tips) (tip.name == "refs/stash" ? stashes_ : living_).push_back(tip.commit);
    std::vector<RecordFact> out;
    for (const Record& record : looked_at) {
      RecordFact fact{record, false, {}, {}};
      if (Result<void> done = look_up(fact); !done) return tl::make_unexpected(done.error());
      if (fact.head_rewritten || !fact.fates.empty()) out.push_back(std::move(fact));
    }
    return out;
  }

 private:
  Result<void> look_up(RecordFact& fact) {
    const Record& record = fact.record;
    std::vector<std::string> paths;
    for (const RecordedFile& file : record.files) paths.push_back(file.path);
    if (paths.empty()) return {};
    const Result<ObjectId> base = known_base(record);
    if (!base) return tl::make_unexpected(base.error());
    const Result<std::vector<Arrival>> taken = repository_.arrivals(living_, *base, paths);
    if (!taken) return tl::make_unexpected(taken.error());
    const Result<bool> lives = head_lives(record, *base, paths, *taken);
    if (!lives) return tl::make_unexpected(lives.error());
    std::vector<const RecordedFile*> open;
    for (const RecordedFile& file : record.files)
      if (!file.committed || !*lives) open.push_back(&file);
    if (open.empty()) return {};
    const Result<std::vector<Arrival>> stashed = repository_.arrivals(stashes_, *base, paths);
    if (!stashed) return tl::make_unexpected(stashed.error());
    if (Result<void> done = look_at_tree(record); !done) return done;
    for (const RecordedFile* file : open) {
      Result<std::optional<Fate>> fate = fate_of(record, *file, *taken, *stashed);
      if (!fate) return tl::make_unexpected(fate.error());
      if (*fate) fact.fates.push_back(std::move(**fate));
    }
    const bool any_committed =
        std::any_of(record.files.begin(), record.files.end(), [](const RecordedFile& file) { return file.committed; });
    fact.head_rewritten = !*lives && any_committed && !fact.fates.empty();
    if (!fact.head_rewritten) return {};
    const Result<std::string> unpack = unpacking(record.head, record.pack);
    if (!unpack) return tl::make_unexpected(unpack.error());
    if (*unpack != nowhere_)
      fact.head_recovery =
          fmt::format("{}git branch {} {}", *unpack, quoted("recovered-" + branch_name(record.session)), record.head);
    return {};
  }

  static std::string branch_name(const std::string& session) {
    std::string out;
    for (const char c : session) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      out += plain ? c : '-';
    }
    return out;
  }

  /// The newest of its commits that touched what was recorded is among those that something keeps alive.
  Result<bool> head_lives(const Record& record, const ObjectId& base, const std::vector<std::string>& paths,
                          const std::vector<Arrival>& taken) {
    if (record.head.empty()) return true;
    const Result<std::vector<bool>> there = repository_.has_objects({record.head});
    if (!there) return tl::make_unexpected(there.error());
    if (!there->front()) return false;
    const Result<std::vector<Arrival>> own = repository_.arrivals({record.head}, base, paths);
    if (!own) return tl::make_unexpected(own.error());
    return own->empty() || std::any_of(taken.begin(), taken.end(), [&](const Arrival& arrival) {
             return arrival.commit.id == own->back().commit.id;
           });
  }

  /// Where the search may stop; empty when it is gone.
  Result<ObjectId> known_base(const Record& record) {
    if (record.base.empty()) return ObjectId();
    const Result<std::vector<bool>> there = repository_.has_objects({record.base});
    if (!there) return tl::make_unexpected(there.error());
    return there->front() ? record.base : ObjectId();
  }

  /// What lies uncommitted in the work tree of the session, if it is still there.
  Result<void> look_at_tree(const Record& record) {
    uncommitted_.clear();
    for (const WorktreeInfo& tree : repository_.worktrees()) {
      if (tree.path != record.worktree) continue;
      const Result<WorktreeChanges> changes = repository_.worktree_changes(tree.path, tree.head);
      if (!changes) return tl::make_unexpected(changes.error());
      for (const Change& change : changes->changes) uncommitted_.insert(change.path);
    }
    return {};
  }

  enum class Whose { own, others, perhaps_others };

  Result<Whose> whose(const Record& record, const Commit& commit) {
    const std::vector<std::string> named = work_order_trailers(commit);
    if (!named.empty()) {
      const bool own = std::any_of(named.begin(), named.end(), [&](const std::string& id) {
        return std::find(record.work_orders.begin(), record.work_orders.end(), id) != record.work_orders.end();
      });
      return own ? Whose::own : Whose::others;
    }
    if (!record.author.empty() && !commit.author.empty() && record.author != commit.author) return Whose::others;
    if (is_private(record)) return Whose::own;
    const Result<std::vector<Change>> changes =
        repository_.changes(commit.parents.empty() ? ObjectId() : commit.parents.front(), commit.id);
    if (!changes) return tl::make_unexpected(changes.error());
    const bool all_its = std::all_of(changes->begin(), changes->end(), [&](const Change& change) {
      return std::any_of(record.files.begin(), record.files.end(),
                         [&](const RecordedFile& file) { return file.path == change.path; }) ||
             declares(record, change.path);
    });
    return all_its ? Whose::own : Whose::perhaps_others;
  }

  /// A branch that is no other session's, and not the target.
  bool is_private(const Record& record) const {
    if (record.branch.empty() || (target_ && record.branch == target_->name)) return false;
    return std::none_of(all_.begin(), all_.end(), [&](const Record& other) {
      return other.session != record.session && other.branch == record.branch;
    });
  }

  bool declares(const Record& record, const std::string& path) const {
    return std::any_of(record.work_orders.begin(), record.work_orders.end(), [&](const std::string& id) {
      const std::optional<OrderId> order = find_order(orders_, id);
      if (!order || !orders_.list[order->index()].write) return false;
      const auto& write = *orders_.list[order->index()].write;
      return std::any_of(write.begin(), write.end(), [&](const Entry& entry) { return covers(entry.resource, path); });
    });
  }

  Result<std::optional<Fate>> fate_of(const Record& record, const RecordedFile& file, const std::vector<Arrival>& taken,
                                      const std::vector<Arrival>& stashed) {
    Fate fate;
    fate.path = file.path;
    const Arrival *absorbed = nullptr, *changed = nullptr;
    bool went_on = false;
    for (const Arrival& arrival : taken) {
      if (arrival.path != file.path) continue;
      const Result<Whose> owner = whose(record, arrival.commit);
      if (!owner) return tl::make_unexpected(owner.error());
      if (*owner == Whose::own) {
        if (arrival.blob == file.blob) return std::nullopt;
        went_on = true;
      } else if (arrival.blob == file.blob && !absorbed) {
        absorbed = &arrival;
        fate.certainty = *owner == Whose::others ? Certainty::proved : Certainty::inferred;
      } else {
        changed = &arrival;
      }
    }
    if (absorbed) {
      fate.kind = Fate::Kind::absorbed;
      fate.commit = absorbed->commit;
      fate.by = author_of(absorbed->commit);
      return fate;
    }
    // Its session went on from there: what it made next stands, or still lies there.
    if (went_on || uncommitted_.contains(file.path)) return std::nullopt;
    const Result<std::string> recovery = recovery_of(file);
    if (!recovery) return tl::make_unexpected(recovery.error());
    fate.recovery = *recovery;
    for (const Arrival& arrival : stashed)
      if (arrival.path == file.path && arrival.blob == file.blob) {
        fate.kind = Fate::Kind::stashed;
        fate.commit = arrival.commit;
        return fate;
      }
    if (changed) {
      fate.commit = changed->commit;
      fate.by = author_of(changed->commit);
    }
    return fate;
  }

  /// Orders by trailer, else the author.
  static std::string author_of(const Commit& commit) {
    const std::vector<std::string> named = work_order_trailers(commit);
    return named.empty() ? commit.author : listed(named);
  }

  /// What has to run before the object is here: nothing, or the pack is unpacked. nowhere_: the object is lost.
  Result<std::string> unpacking(const ObjectId& id, const std::string& pack) {
    const Result<std::vector<bool>> there = repository_.has_objects({id});
    if (!there) return tl::make_unexpected(there.error());
    if (there->front()) return std::string();
    if (pack.empty()) return std::string(nowhere_);
    return fmt::format("git unpack-objects -q < {} && ", quoted(directory_ + "/" + pack));
  }

  Result<std::string> recovery_of(const RecordedFile& file) {
    Result<std::string> command = unpacking(file.blob, file.pack);
    if (!command || *command == nowhere_) return command ? std::string() : std::move(command);
    const std::string path = quoted(file.path);
    const std::size_t slash = file.path.rfind('/');
    if (slash != std::string::npos) *command += fmt::format("mkdir -p {} && ", quoted(file.path.substr(0, slash)));
    if (file.mode == 0120000) return *command + fmt::format("ln -sf \"$(git cat-file blob {})\" {}", file.blob, path);
    *command += fmt::format("git cat-file blob {} > {}", file.blob, path);
    return file.mode == 0100755 ? *command + fmt::format(" && chmod +x {}", path) : *command;
  }

  static constexpr std::string_view nowhere_ = "?";
  Repository& repository_;
  const Orders& orders_;
  const std::vector<Record>& all_;
  std::string directory_;
  const std::optional<Target>& target_;
  std::vector<ObjectId> living_, stashes_;
  std::set<std::string> uncommitted_;
};

std::string order_of(const Orders& orders, const Record& record) {
  for (const std::string& id : record.work_orders)
    if (find_order(orders, id)) return id;
  return {};
}

std::string back(const std::string& command) {
  return command.empty() ? std::string("; its bytes were not kept") : fmt::format("; bring it back with: {}", command);
}

void say_absorbed(const Orders& orders, const RecordFact& fact, std::vector<Finding>& out) {
  std::map<ObjectId, std::vector<const Fate*>> by_commit;
  for (const Fate& fate : fact.fates)
    if (fate.kind == Fate::Kind::absorbed) by_commit[fate.commit.id].push_back(&fate);
  for (const auto& [id, fates] : by_commit) {
    std::vector<std::string> paths;
    for (const Fate* fate : fates) paths.push_back(fate->path);
    const std::string rewritten =
        fact.head_rewritten ? fmt::format(", and its own commit {} is gone", shown(fact.record.head)) : std::string();
    Finding found = finding("absorbed-work", orders.rules.policy, fates[0]->certainty, order_of(orders, fact.record),
                            fmt::format("{} of session {} {} in commit {} by {}{}", listed(paths), fact.record.session,
                                        paths.size() == 1 ? "is" : "are", shown(id), fates[0]->by, rewritten),
                            {paths[0], 0});
    for (const std::string& path : paths)
      found.related.push_back({{path, 0}, fmt::format("commit {}: {}", shown(id), fates[0]->commit.subject)});
    out.push_back(std::move(found));
  }
}

void say_stashed(const Orders& orders, const RecordFact& fact, std::vector<Finding>& out) {
  for (const Fate& fate : fact.fates) {
    if (fate.kind != Fate::Kind::stashed) continue;
    out.push_back(finding("absorbed-work", orders.rules.policy, Certainty::proved, order_of(orders, fact.record),
                          fmt::format("{} of session {} lies in the stash {}, and nowhere else{}", fate.path,
                                      fact.record.session, shown(fate.commit.id), back(fate.recovery)),
                          {fate.path, 0}));
  }
}

void say_lost(const Orders& orders, const RecordFact& fact, std::vector<Finding>& out) {
  std::vector<const Fate*> lost;
  for (const Fate& fate : fact.fates)
    if (fate.kind == Fate::Kind::lost) lost.push_back(&fate);
  for (const Fate* fate : lost) {
    Finding found = finding("lost-work", orders.rules.policy, Certainty::proved, order_of(orders, fact.record),
                            fmt::format("{} of session {} is in no commit and no work tree any more{}", fate->path,
                                        fact.record.session, back(fate->recovery)),
                            {fate->path, 0});
    if (!fate->commit.id.empty())
      found.related.push_back({{fate->path, 0},
                               fmt::format("commit {} by {} changed it since: {}", shown(fate->commit.id), fate->by,
                                           fate->commit.subject)});
    if (fact.head_rewritten && !fact.head_recovery.empty())
      found.related.push_back({{}, fmt::format("all of commit {}: {}", shown(fact.record.head), fact.head_recovery)});
    out.push_back(std::move(found));
  }
}

}  // namespace

Result<std::vector<RecordFact>> look_up_records(Repository& repository, const Orders& orders,
                                                const std::vector<Record>& looked_at, const std::vector<Record>& all,
                                                const std::string& directory, const std::optional<Target>& target) {
  if (looked_at.empty()) return std::vector<RecordFact>{};
  return LookUp(repository, orders, all, directory, target).run(looked_at);
}

std::vector<Finding> verify_records(const Orders& orders, const std::vector<RecordFact>& facts) {
  std::vector<Finding> out;
  for (const RecordFact& fact : facts) {
    say_absorbed(orders, fact, out);
    say_stashed(orders, fact, out);
    say_lost(orders, fact, out);
  }
  return out;
}

void leave_out_earlier(const std::vector<Record>& records, Work& work, const std::string& session,
                       const Orders& orders) {
  if (!work.head.empty()) return;
  for (const Record& record : records) {
    const bool its = std::any_of(work.orders.begin(), work.orders.end(), [&](OrderId id) {
      return std::find(record.work_orders.begin(), record.work_orders.end(), orders.list[id.index()].id) !=
             record.work_orders.end();
    });
    const bool there = work.name == record.worktree || work.name.starts_with(record.worktree + "/");
    if (!there || (session.empty() ? !its : record.session != session)) continue;
    std::erase_if(work.changes, [&](const Change& change) {
      const auto before = record.before.find(change.path);
      const bool same = before != record.before.end() && before->second == change.new_blob &&
                        !work.touched.contains(change.path);  // committed since, it is this work's doing
      if (same) work.dirty_before.insert(change.path);
      return same;
    });
  }
}

}  // namespace planner
