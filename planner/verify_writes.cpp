#include "planner/verify_writes.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "planner/verify_removed.h"
#include "planner/verify_rules.h"
#include "planner/verify_scope_add.h"
#include "planner/verify_symbols.h"

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

bool is_symbol(const Entry& entry) { return entry.resource.kind == Resource::Kind::symbol; }

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
    // What has to stay gone, and what is gone by now, is nobody's scope: it is said beside whatever else there is.
    bool back = false;
    for (Removed& removed : removed_surfaces(orders_, *work_, change)) {
      back = back || removed.certainty == Certainty::proved;
      Finding& found =
          add(removed.rule, change, fmt::format("{}, and {}", happened(change), removed.message), removed.certainty);
      found.related.insert(found.related.begin(), removed.related.begin(), removed.related.end());
    }
    doubt_.reset();
    const bool own = covered(writes_, change.path);
    outside_ = own ? places_outside(*work_, own_entries(change.path), change.path) : std::nullopt;
    const bool whole = own && !outside_;
    if (forbidden(change) || (!whole && foreign(change))) return;
    const std::size_t before = findings_.size();
    if (own)
      judge_own(change);
    else if (!back)  // one path, one finding: undoing it settles both
      judge_undeclared(change);
    if (doubt_ && findings_.size() == before) findings_.push_back(std::move(*doubt_));
    if (own && findings_.size() == before && work_->ends_only.contains(change.path))
      add("end-of-line-only", change, happened(change));
  }

  /// Those of the orders that cover the path.
  std::vector<const Entry*> own_entries(const std::string& path) const {
    std::vector<const Entry*> out;
    for (const OrderId id : work_->orders)
      if (order(id).write)
        for (const Entry& entry : *order(id).write)
          if (covers(entry.resource, path)) out.push_back(&entry);
    return out;
  }

  std::string happened(const Change& change) const {
    return work_->ends_only.contains(change.path)
               ? fmt::format("nothing but the ends of lines changed in \"{}\"", change.path)
               : what_happened(change);
  }

  bool anyone_may(const std::string& path) const {
    return open_ended_ || shared_.covers(path) || covered(permits_, path);
  }

  void judge_own(const Change& change) {
    judge_intent(change);
    if (!outside_) return;
    const std::vector<const Entry*> entries = own_entries(change.path);
    if (outside_->places.empty() && outside_->known) {
      if (const SymbolIntent broken = broken_symbol_intent(*work_, entries, change.path); broken.entry) {
        Finding& found = add("wrong-intent", change, fmt::format("{}: {}", broken.entry->written, broken.message));
        found.related.insert(
            found.related.begin(),
            {broken.entry->where, fmt::format("{}: {}", to_string(broken.entry->intent), broken.entry->written)});
      }
      return;
    }
    if (anyone_may(change.path) || doubt_) return;
    const std::string only = only_declared(entries);
    if (!outside_->known) {
      doubt_ = about(
          "undeclared-symbol", change,
          fmt::format("{}, and {} {} only {} of it: {}", happened(change), who(), declares(), only, outside_->why_not),
          Certainty::unproven);
      doubt_->related.insert(doubt_->related.begin(),
                             {entries[0]->where, fmt::format("writes: {}", entries[0]->written)});
      return;
    }
    const FileParts::Place& first = outside_->places.front();
    if (const ScopeAdd* extension = scope_adds_.find(change.path)) {
      add("scope-extended", change,
          fmt::format("{} in {}, beyond what {} declared: {}", happened(change), named(outside_->places), who(),
                      extension->reason));
      return;
    }
    Finding& found =
        add("undeclared-symbol", change,
            fmt::format("{} in {}, and {} {} only {} of it; undo it, or commit with the trailer {}", happened(change),
                        named(outside_->places), who(), declares(), only, scope_add_line(change.path)));
    found.where.line = first.line;
    std::vector<Related> evidence{{entries[0]->where, fmt::format("writes: {}", entries[0]->written)}};
    for (const FileParts::Place& place : outside_->places) evidence.push_back({{change.path, place.line}, place.name});
    found.related.insert(found.related.begin(), evidence.begin(), evidence.end());
  }

  std::string_view declares() const { return work_->orders.size() == 1 ? "declares" : "declare"; }

  void judge_undeclared(const Change& change) {
    if (anyone_may(change.path)) return;
    if (const ScopeAdd* extension = scope_adds_.find(change.path)) {
      add("scope-extended", change,
          fmt::format("{}, beyond what {} declared: {}", happened(change), who(), extension->reason));
      return;
    }
    const std::string_view not_declared = work_->orders.size() == 1 ? "does not declare it" : "do not declare it";
    if (work_->ends_only.contains(change.path)) {
      add("end-of-line-only", change, fmt::format("{}, and {} {}", happened(change), who(), not_declared));
      return;
    }
    add("undeclared-write", change,
        fmt::format("{}, and {} {}; undo it, or commit with the trailer {}", happened(change), who(), not_declared,
                    scope_add_line(change.path)));
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
      const Claim claim = claim_in(order(id).do_not_touch, *work_, change.path, nullptr);
      if (!claim.entry || (!claim.proved && doubt_)) continue;
      const Entry& entry = *claim.entry;
      if (!is_exact(entry) && order(id).write &&
          std::any_of(order(id).write->begin(), order(id).write->end(),
                      [&](const Entry& write) { return is_exact(write) && covers(write.resource, change.path); }))
        continue;
      Finding found = about("forbidden-write", change,
                            fmt::format("{}, and {} must not touch \"{}\"{}", happened(change), order(id).id,
                                        entry.written, claim.doubt()),
                            claim.certainty());
      found.where.line = claim.line;
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
      std::vector<Entry> claims;
      for (const Entry& entry : *other.write)
        if (covers(entry.resource, change.path) && !(free && is_as_broad(entry, classes_))) claims.push_back(entry);
      const Claim claim = claim_in(claims, *work_, change.path, outside_ ? &*outside_ : nullptr);
      if (!claim.entry || (!claim.proved && doubt_)) continue;
      const std::string part = is_symbol(*claim.entry) ? fmt::format("\"{}\"", claim.entry->written) : "it";
      Finding found = about("foreign-work", change,
                            fmt::format("{} by {}, and {} is {}'s to write, which is {}{}", happened(change), who(),
                                        part, other.id, to_string(other.status), claim.doubt()),
                            claim.certainty());
      found.where.line = claim.line;
      found.related.insert(found.related.begin(),
                           {claim.entry->where, fmt::format("{} writes: {}", other.id, claim.entry->written)});
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
  Coverage shared_;
  std::vector<Coverage> writes_, permits_, forbids_;  // by OrderId
  const Work* work_ = nullptr;
  ScopeAdds scope_adds_;
  std::optional<Finding> doubt_;
  std::optional<Outside> outside_;  // where only symbols of the file are declared: what else of it was touched
  bool open_ended_ = false;         // one of the orders lets anything be written, or did not say what it writes
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> verify_writes(const Orders& orders, const std::vector<Work>& works) {
  return Judge(orders).run(works);
}

}  // namespace planner
