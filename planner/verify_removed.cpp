#include "planner/verify_removed.h"

#include <algorithm>
#include <fmt/format.h>

namespace planner {
namespace {

using parsers::Intent;

std::string shown(const ObjectId& id) { return id.substr(0, 10); }

bool deletes(const Entry& entry) { return entry.intent == Intent::remove || entry.intent == Intent::rename; }
bool is_symbol(const Resource& resource) { return resource.kind == Resource::Kind::symbol; }

bool is_own(const Work& work, OrderId id) {
  return std::find(work.orders.begin(), work.orders.end(), id) != work.orders.end();
}

/// One of the orders of the work says that it creates just this: its author knows.
bool is_created_on_purpose(const Orders& orders, const Work& work, const Resource& back) {
  return std::any_of(work.orders.begin(), work.orders.end(), [&](OrderId id) {
    const auto& write = orders.list[id.index()].write;
    return write && std::any_of(write->begin(), write->end(), [&](const Entry& entry) {
             return entry.intent_declared && entry.intent == Intent::create && entry.resource == back;
           });
  });
}

enum class Back { no, yes, unknown };

/// Is the symbol in the file now, and was it not before?
Back is_back(const Work& work, const Resource& symbol) {
  const auto parts = work.parts.find(std::string(symbol.path()));
  if (parts == work.parts.end() || !parts->second.known) return Back::unknown;
  const auto touch = parts->second.symbols.find(std::string(symbol.symbol()));
  if (touch == parts->second.symbols.end()) return Back::unknown;
  return touch->second.after && !touch->second.before ? Back::yes : Back::no;
}

void say_configured(const Orders& orders, const Work& work, const Change& change, std::vector<Removed>& out) {
  for (const Resource& resource : orders.rules.removed) {
    if (!covers(resource, change.path)) continue;
    if (!is_symbol(resource)) {
      out.push_back({"resurrected", Certainty::proved, "interlock.yaml says that it is removed", {}});
      return;
    }
    const Back back = is_back(work, resource);
    if (back == Back::yes)
      out.push_back({"resurrected",
                     Certainty::proved,
                     fmt::format("\"{}\" is back, which interlock.yaml says is removed", resource.symbol()),
                     {}});
    if (back == Back::unknown)
      out.push_back({"resurrected",
                     Certainty::unproven,
                     fmt::format("whether \"{}\" is back, which interlock.yaml says is removed, could not be looked up",
                                 resource.symbol()),
                     {}});
  }
}

/// Calls `say` for each deletion of a completed order of others that bears on the change.
template <class Say>
void each_completed_deletion(const Orders& orders, const Work& work, const Change& change, Say say) {
  for (std::size_t i = 0; i < orders.list.size(); ++i) {
    const Order& order = orders.list[i];
    if (order.status != parsers::Status::done || !order.write || is_own(work, OrderId(i))) continue;
    for (const Entry& entry : *order.write) {
      if (!entry.intent_declared || !deletes(entry) || !covers(entry.resource, change.path)) continue;
      if (!is_symbol(entry.resource) && change.kind != Change::Kind::added) continue;
      if (is_symbol(entry.resource) && is_back(work, entry.resource) != Back::yes) continue;
      const Resource back = is_symbol(entry.resource) ? entry.resource : Resource{Resource::Kind::path, change.path};
      if (!is_created_on_purpose(orders, work, back)) say(order, entry, back);
    }
  }
}

void say_completed(const Orders& orders, const Work& work, const Change& change, std::vector<Removed>& out) {
  each_completed_deletion(orders, work, change, [&](const Order& order, const Entry& entry, const Resource& back) {
    const auto removal = work.removals.find(back.text);
    if (removal == work.removals.end()) return;  // git does not show that it was gone: it may be older
    Removed found{"resurrected",
                  Certainty::proved,
                  fmt::format("{} deleted {}, which is done", order.id,
                              is_symbol(back) ? fmt::format("\"{}\"", back.text) : std::string("it")),
                  {}};
    found.related.push_back({entry.where, fmt::format("{} deletes: {}", order.id, entry.written)});
    found.related.push_back({{change.path, 0}, fmt::format("commit {} deleted it", shown(removal->second))});
    out.push_back(std::move(found));
  });
}

/// The target's own change of that path since the base, if it removed it.
void say_orphaned(const Work& work, const Change& change, std::vector<Removed>& out) {
  if (change.kind != Change::Kind::modified && change.kind != Change::Kind::type_changed) return;
  const auto theirs = std::lower_bound(work.meanwhile.begin(), work.meanwhile.end(), change.path,
                                       [](const Change& c, const std::string& path) { return c.path < path; });
  if (theirs == work.meanwhile.end() || theirs->path != change.path || theirs->kind != Change::Kind::removed) return;
  const auto renamed = std::find_if(work.meanwhile.begin(), work.meanwhile.end(),
                                    [&](const Change& c) { return c.renamed_from == change.path; });
  out.push_back(
      {"orphaned-work",
       Certainty::proved,
       renamed == work.meanwhile.end()
           ? fmt::format("{} has removed it since the base {}", work.target, shown(work.base))
           : fmt::format("{} has renamed it to \"{}\" since the base {}", work.target, renamed->path, shown(work.base)),
       {}});
}

}  // namespace

std::vector<Removed> removed_surfaces(const Orders& orders, const Work& work, const Change& change) {
  std::vector<Removed> out;
  if (change.kind == Change::Kind::removed) return out;
  say_configured(orders, work, change, out);
  if (out.empty()) say_completed(orders, work, change, out);
  if (out.empty()) say_orphaned(work, change, out);
  return out;
}

Result<void> look_at_removals(Repository& repository, const Orders& orders, Work& work) {
  if (work.base.empty()) return {};
  Result<void> refused;
  for (const Change& change : work.changes) {
    if (change.kind == Change::Kind::removed) continue;
    each_completed_deletion(orders, work, change, [&](const Order& order, const Entry& entry, const Resource& back) {
      if (!refused || work.removals.contains(back.text)) return;
      if (is_symbol(entry.resource)) {
        // Which commit took a symbol away only its order's name tells.
        const auto landed = repository.commits_with_trailer(work.base, "Work-Order", order.id);
        if (!landed) refused = tl::make_unexpected(landed.error());
        if (landed && !landed->empty()) work.removals.emplace(back.text, landed->front().id);
        return;
      }
      const auto removal = repository.last_removal(work.base, change.path);
      if (!removal) refused = tl::make_unexpected(removal.error());
      if (removal && *removal) work.removals.emplace(back.text, **removal);
    });
    if (!refused) return refused;
  }
  return {};
}

}  // namespace planner
