#include "planner/verify_writes.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "planner/verify_rules.h"
#include "planner/verify_scope_add.h"

namespace planner {
namespace {

using parsers::Intent;

Coverage coverage_of(const std::vector<Entry>& entries) {
  std::vector<Resource> resources;
  for (const Entry& entry : entries) resources.push_back(entry.resource);
  return Coverage(resources);
}

std::string_view verb(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::added:
      return "added";
    case Change::Kind::modified:
      return "modified";
    case Change::Kind::removed:
      return "removed";
    case Change::Kind::type_changed:
      return "turned into another kind of file";
  }
  return "";
}

std::string what_happened(const Change& change) {
  if (change.kind == Change::Kind::added && !change.renamed_from.empty())
    return fmt::format("\"{}\" was renamed from \"{}\"", change.path, change.renamed_from);
  if (change.kind == Change::Kind::modified && change.old_blob == change.new_blob)
    return fmt::format("\"{}\" got another mode", change.path);
  return fmt::format("\"{}\" was {}", change.path, verb(change.kind));
}

bool is_exact(const Entry& entry) {
  return entry.resource.kind == Resource::Kind::path || entry.resource.kind == Resource::Kind::symbol;
}

/// Which symbols of a file changed is not known here: what is said of one is unproven.
bool is_symbol(const Entry& entry) { return entry.resource.kind == Resource::Kind::symbol; }
constexpr std::string_view not_looked_into = "which symbols changed was not looked up";

/// Is a change of this kind what the entry announced? An entry that announced nothing agrees with everything; what a
/// symbol's intent says is about the symbol.
bool agrees(const Entry& entry, Change::Kind kind) {
  if (!entry.intent_declared || entry.resource.kind == Resource::Kind::symbol) return true;
  switch (entry.intent) {
    case Intent::create:
      return kind == Change::Kind::added;
    case Intent::remove:
    case Intent::rename:  // its target is an entry of its own
      return kind == Change::Kind::removed;
    case Intent::modify:
      return kind != Change::Kind::removed;
    case Intent::append:
      return kind == Change::Kind::added || kind == Change::Kind::modified;
  }
  return true;
}

std::string_view announced(Intent intent) {
  switch (intent) {
    case Intent::create:
      return "that it is created";
    case Intent::remove:
      return "that it is deleted";
    case Intent::rename:
      return "that it is renamed";
    case Intent::modify:
      return "that it is modified";
    case Intent::append:
      return "that it is appended to";
  }
  return "";
}

/// A declared pattern that is no narrower than the class itself, as when everybody declares "tests/**": it claims no
/// particular file, and holding others to it would undo the class.
bool is_as_broad(const Entry& entry, const std::vector<Resource>& classes) {
  return std::any_of(classes.begin(), classes.end(), [&](const Resource& shared) {
    if (entry.resource == shared) return true;
    if (is_exact(entry)) return false;
    std::string_view below = shared.text;
    if (below.ends_with("**")) below.remove_suffix(2);
    std::string_view claimed = entry.resource.text;
    if (claimed.ends_with("**")) claimed.remove_suffix(2);
    return claimed == below || (!claimed.empty() && claimed.back() == '/' && below.starts_with(claimed));
  });
}

class Judge {
 public:
  explicit Judge(const Orders& orders) : orders_(orders), policy_(orders.rules.policy) {
    for (const std::vector<Resource>* shared :
         {&orders.rules.companion, &orders.rules.append, &orders.rules.regenerate})
      classes_.insert(classes_.end(), shared->begin(), shared->end());
    shared_ = Coverage(classes_);
    removed_ = Coverage(orders.rules.removed);
    for (const Order& order : orders.list) {
      writes_.push_back(order.write ? coverage_of(*order.write) : Coverage());
      permits_.push_back(coverage_of(order.permits));
      forbids_.push_back(coverage_of(order.do_not_touch));
    }
  }

  std::vector<Finding> run(const std::vector<Work>& works) {
    for (const Work& work : works) judge(work);
    return std::move(findings_);
  }

 private:
  const Order& order(OrderId id) const { return orders_.list[id.index()]; }

  void judge(const Work& work) {
    work_ = &work;
    scope_adds_ = read_scope_adds(orders_, work);
    findings_.insert(findings_.end(), scope_adds_.findings.begin(), scope_adds_.findings.end());
    if (work.orders.empty()) return judge_orderless();
    for (const std::string& id : work.unknown_orders)
      findings_.push_back(finding("no-order", policy_, Certainty::proved, order(work.orders[0]).id, unknown_trailer(id),
                                  order(work.orders[0]).where));
    open_ended_ = false;
    for (const OrderId id : work.orders) {
      if (!order(id).closed) open_ended_ = true;
      if (order(id).write) continue;
      open_ended_ = true;
      findings_.push_back(finding("undeclared-write", policy_, Certainty::unproven, order(id).id,
                                  fmt::format("{} declares no write set: nothing can be undeclared", order(id).id),
                                  order(id).where));
    }
    for (const Change& change : work.changes) judge(change);
  }

  void judge(const Change& change) {
    const bool own = covered(writes_, change.path);
    // What has to stay gone is nobody's scope: it is said beside whatever else there is to say.
    const bool back = change.kind != Change::Kind::removed && removed_.covers(change.path);
    if (back)
      add("resurrected", change, fmt::format("{}, and interlock.yaml says that it is removed", what_happened(change)));
    doubt_.reset();
    if (forbidden(change) || (!own && foreign(change))) return;
    const std::size_t before = findings_.size();
    if (own)
      judge_own(change);
    else if (!back)  // one path, one finding: undoing it settles both
      judge_undeclared(change);
    if (doubt_ && findings_.size() == before) findings_.push_back(std::move(*doubt_));
  }

  void judge_own(const Change& change) {
    judge_intent(change);
    const Entry* part = nullptr;
    for (const OrderId id : work_->orders) {
      if (!writes_[id.index()].covers(change.path)) continue;
      const Entry& entry = covering(*order(id).write, change.path);
      if (!is_symbol(entry)) return;
      if (!part) part = &entry;
    }
    if (!part || doubt_) return;
    doubt_ = about("undeclared-symbol", change,
                   fmt::format("{}, and {} declares only \"{}\" of it: {}", what_happened(change), who(), part->written,
                               not_looked_into),
                   Certainty::unproven);
    doubt_->related.insert(doubt_->related.begin(), {part->where, fmt::format("writes: {}", part->written)});
  }

  void judge_undeclared(const Change& change) {
    if (open_ended_ || shared_.covers(change.path) || covered(permits_, change.path)) return;
    if (const ScopeAdd* extension = scope_adds_.find(change.path)) {
      add("scope-extended", change,
          fmt::format("{}, beyond what {} declared: {}", what_happened(change), who(), extension->reason));
      return;
    }
    add("undeclared-write", change,
        fmt::format("{}, and {} {} not declare it; undo it, or commit with the trailer {}", what_happened(change),
                    who(), work_->orders.size() == 1 ? "does" : "do", scope_add_line(change.path)));
  }

  std::string who() const { return names_of(orders_, work_->orders); }

  bool covered(const std::vector<Coverage>& sets, const std::string& path) const {
    return std::any_of(work_->orders.begin(), work_->orders.end(),
                       [&](OrderId id) { return sets[id.index()].covers(path); });
  }

  /// What one of the orders must not touch, another of the same work may have been given; and the entry that names one
  /// file wins over the pattern that forbids many.
  bool forbidden(const Change& change) {
    for (const OrderId id : work_->orders) {
      if (!forbids_[id.index()].covers(change.path)) continue;
      const bool lent = std::any_of(work_->orders.begin(), work_->orders.end(), [&](OrderId other) {
        return other != id && writes_[other.index()].covers(change.path);
      });
      if (lent) continue;
      const Entry& entry = covering(order(id).do_not_touch, change.path);
      if (is_symbol(entry) && doubt_) continue;
      if (!is_exact(entry) && order(id).write &&
          std::any_of(order(id).write->begin(), order(id).write->end(),
                      [&](const Entry& write) { return is_exact(write) && covers(write.resource, change.path); }))
        continue;
      Finding found = about("forbidden-write", change,
                            fmt::format("{}, and {} must not touch \"{}\"{}", what_happened(change), order(id).id,
                                        entry.written, doubt_about(entry)),
                            certainty_of(entry));
      found.work_order = order(id).id;
      found.related.insert(found.related.begin(), {entry.where, fmt::format("do not touch: {}", entry.written)});
      if (settle(std::move(found))) return true;
    }
    return false;
  }

  bool foreign(const Change& change) {
    const bool free = shared_.covers(change.path) || covered(permits_, change.path);
    for (std::size_t i = 0; i < orders_.list.size(); ++i) {
      const Order& other = orders_.list[i];
      if (!other.open() || !other.write || !writes_[i].covers(change.path)) continue;
      if (std::find(work_->orders.begin(), work_->orders.end(), OrderId(i)) != work_->orders.end()) continue;
      const Entry* claim = nullptr;
      for (const Entry& entry : *other.write)
        if (covers(entry.resource, change.path) && !(free && is_as_broad(entry, classes_))) {
          if (!claim || is_symbol(*claim)) claim = &entry;
          if (!is_symbol(entry)) break;
        }
      if (!claim || (is_symbol(*claim) && doubt_)) continue;
      const std::string part = is_symbol(*claim) ? fmt::format("\"{}\"", claim->written) : "it";
      Finding found = about("foreign-work", change,
                            fmt::format("{} by {}, and {} is {}'s to write, which is {}{}", what_happened(change),
                                        who(), part, other.id, to_string(other.status), doubt_about(*claim)),
                            certainty_of(*claim));
      found.related.insert(found.related.begin(),
                           {claim->where, fmt::format("{} writes: {}", other.id, claim->written)});
      if (settle(std::move(found))) return true;
    }
    return false;
  }

  void judge_intent(const Change& change) {
    const Entry* broken = nullptr;
    const Order* whose = nullptr;
    bool unknown = false;
    for (const OrderId id : work_->orders) {
      if (!writes_[id.index()].covers(change.path)) continue;
      for (const Entry& entry : *order(id).write) {
        if (!covers(entry.resource, change.path)) continue;
        const bool append = entry.intent_declared && entry.intent == Intent::append;
        const Growth growth = append ? growth_of(change) : Growth::grew;
        if (agrees(entry, change.kind) && growth == Growth::grew) return;
        unknown = unknown || (agrees(entry, change.kind) && growth == Growth::unknown);
        if (broken) continue;
        broken = &entry;
        whose = &order(id);
      }
    }
    if (!broken) return;
    const bool lines = broken->intent == Intent::append && change.kind == Change::Kind::modified;
    const std::string what = unknown ? fmt::format("whether \"{}\" only grew could not be read", change.path)
                             : lines ? fmt::format("\"{}\" did not only grow", change.path)
                                     : what_happened(change);
    Finding& found =
        add("wrong-intent", change, fmt::format("{}, and {} declares {}", what, whose->id, announced(broken->intent)),
            unknown ? Certainty::unproven : Certainty::proved);
    found.work_order = whose->id;
    found.related.insert(found.related.begin(),
                         {broken->where, fmt::format("{}: {}", parsers::to_string(broken->intent), broken->written)});
  }

  static std::string unknown_trailer(const std::string& id) {
    return fmt::format("the trailer \"Work-Order: {}\" names no order that was read", id);
  }

  /// A whole file before a symbol of it. REQUIRES: one of them covers the path.
  static const Entry& covering(const std::vector<Entry>& entries, const std::string& path) {
    const auto whole = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry& e) { return !is_symbol(e) && covers(e.resource, path); });
    if (whole != entries.end()) return *whole;
    return *std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return covers(e.resource, path); });
  }

  static std::string doubt_about(const Entry& entry) {
    return is_symbol(entry) ? fmt::format(": {}", not_looked_into) : std::string();
  }
  static Certainty certainty_of(const Entry& entry) {
    return is_symbol(entry) ? Certainty::unproven : Certainty::proved;
  }

  /// What is proved is said; a doubt is kept for when there is nothing proved to say of the path.
  bool settle(Finding found) {
    if (found.certainty == Certainty::unproven) {
      if (!doubt_) doubt_ = std::move(found);
      return false;
    }
    findings_.push_back(std::move(found));
    return true;
  }

  /// Work of no order touches what is somebody's all the same.
  void judge_orderless() {
    if (work_->changes.empty()) return;
    Finding found = finding("no-order", policy_, Certainty::proved, "",
                            fmt::format("the work of {} belongs to no order ({} {} changed)", work_->name,
                                        work_->changes.size(), work_->changes.size() == 1 ? "path" : "paths"),
                            {work_->changes[0].path, 0});
    found.severity = orders_.rules.require_order ? FindingSeverity::error : FindingSeverity::note;
    for (const std::string& id : work_->unknown_orders) found.related.push_back({{}, unknown_trailer(id)});
    if (work_->unknown_orders.empty()) found.message += ": no branch and no Work-Order trailer names one";
    findings_.push_back(std::move(found));
  }

  Growth growth_of(const Change& change) const {
    const auto known = work_->growth.find(change.path);
    return known == work_->growth.end() ? Growth::grew : known->second;
  }

  Finding& add(std::string rule, const Change& change, std::string message, Certainty certainty = Certainty::proved) {
    return findings_.emplace_back(about(std::move(rule), change, std::move(message), certainty));
  }

  Finding about(std::string rule, const Change& change, std::string message, Certainty certainty) const {
    Finding found =
        finding(std::move(rule), policy_, certainty, order(work_->orders[0]).id, std::move(message), {change.path, 0});
    if (const auto touched = work_->touched.find(change.path); touched != work_->touched.end())
      for (const std::size_t i : touched->second) {
        const Commit& commit = work_->commits[i];
        found.related.push_back(
            {{change.path, 0}, fmt::format("commit {}: {}", commit.id.substr(0, 10), commit.subject)});
      }
    return found;
  }

  const Orders& orders_;
  parsers::Policy policy_;
  std::vector<Resource> classes_;
  Coverage shared_, removed_;
  std::vector<Coverage> writes_, permits_, forbids_;  // by OrderId
  const Work* work_ = nullptr;
  ScopeAdds scope_adds_;
  std::optional<Finding> doubt_;
  bool open_ended_ = false;  // one of the orders lets anything be written, or did not say what it writes
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> verify_writes(const Orders& orders, const std::vector<Work>& works) {
  return Judge(orders).run(works);
}

}  // namespace planner
