#include "planner/verify_surroundings.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "planner/verify_rules.h"

namespace planner {
namespace {

std::string first_id(const Orders& orders, const Work& work) {
  return work.orders.empty() ? std::string() : orders.list[work.orders[0].index()].id;
}

/// The declared write that a hidden path bears on. An ignored directory stands for everything in it, so only a path
/// that was declared exactly counts there: patterns reach into build directories without meaning them.
const Entry* declared(const Orders& orders, const Work& work, const HiddenPath& hidden, bool exact) {
  for (const OrderId id : work.orders) {
    const auto& write = orders.list[id.index()].write;
    if (!write) continue;
    for (const Entry& entry : *write) {
      if (entry.resource.kind == Resource::Kind::named) continue;
      const std::string_view path = entry.resource.path();
      if (path == hidden.path || (hidden.path.ends_with('/') && path.starts_with(hidden.path))) return &entry;
      if (!exact && covers(entry.resource, hidden.path)) return &entry;
    }
  }
  return nullptr;
}

/// The directory that an order writes and that a hidden path lies in; a pattern claims none, but "dir/**".
const Entry* declared_directory(const Orders& orders, const Work& work, std::string_view hidden) {
  for (const OrderId id : work.orders) {
    const auto& write = orders.list[id.index()].write;
    if (!write) continue;
    for (const Entry& entry : *write) {
      std::string_view directory = entry.resource.text;
      if (directory.ends_with("/**")) directory.remove_suffix(2);
      const bool plain =
          entry.resource.kind == Resource::Kind::directory ||
          (entry.resource.kind == Resource::Kind::pattern && directory.find_first_of("*?[") == std::string_view::npos);
      if (plain && directory.ends_with('/') && hidden.starts_with(directory)) return &entry;
    }
  }
  return nullptr;
}

/// nullptr: not known.
const FileParts* parts_on_target(const Work& work, const std::string& path) {
  const auto found = work.meanwhile_parts.find(path);
  return found == work.meanwhile_parts.end() || !found->second.known ? nullptr : &found->second;
}

const SymbolTouch* touch_in(const FileParts& parts, std::string_view symbol) {
  const auto found = parts.symbols.find(std::string(symbol));
  return found == parts.symbols.end() ? nullptr : &found->second;
}

/// Ignored files below a directory are build products as a rule: one note for all of them.
void note_ignored(const Orders& orders, const std::string& id, const Entry& directory,
                  const std::vector<std::string>& paths, std::vector<Finding>& out) {
  Finding found =
      finding("hidden-change", orders.rules.policy, Certainty::unproven, id,
              paths.size() == 1 ? fmt::format("\"{}\" is ignored, and was not judged", paths[0])
                                : fmt::format("\"{}\" and {} more below \"{}\" are ignored, and were not judged",
                                              paths[0], paths.size() - 1, directory.written),
              {paths[0], 0});
  found.related.push_back({directory.where, fmt::format("writes: {}", directory.written)});
  out.push_back(std::move(found));
}

/// What a directory stands for when it is named as the place of the orders.
bool may_hold_orders(std::string_view path) {
  constexpr std::array endings{".md", ".markdown", ".yaml", ".yml", ".json"};
  return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return path.ends_with(ending); });
}

}  // namespace

std::vector<Finding> verify_reads(const Orders& orders, const std::vector<Work>& works) {
  std::vector<Finding> out;
  for (const Work& work : works)
    for (const OrderId id : work.orders) {
      const Order& order = orders.list[id.index()];
      if (!order.read || work.meanwhile.empty()) continue;
      for (const Entry& entry : *order.read) {
        if (entry.tolerates_writes) continue;
        const Coverage relied_on({entry.resource});
        const Change* first = nullptr;
        std::size_t count = 0;
        for (const Change& change : work.meanwhile) {
          if (!relied_on.covers(change.path)) continue;
          if (count++ == 0) first = &change;
        }
        if (!first) continue;
        const std::string more = count == 1 ? "" : fmt::format(" and {} more", count - 1);
        const bool symbol = entry.resource.kind == Resource::Kind::symbol;
        const FileParts* parts = symbol ? parts_on_target(work, first->path) : nullptr;
        const SymbolTouch* touch = parts ? touch_in(*parts, entry.resource.symbol()) : nullptr;
        if (touch && touch->places.empty()) continue;  // something else of the file changed
        Finding found = finding(
            "stale-read", orders.rules.policy, symbol && !touch ? Certainty::unproven : Certainty::proved, order.id,
            fmt::format("{} relies on \"{}\"{}, {} changed on {} since its base {}", order.id,
                        symbol ? entry.written : first->path, more, symbol && !touch ? "whose file" : "which",
                        work.target, work.base.substr(0, 10)),
            {first->path, touch ? parts->places[*touch->places.begin()].line : 0});
        found.related.push_back({entry.where, fmt::format("reads: {}", entry.written)});
        out.push_back(std::move(found));
      }
    }
  return out;
}

std::vector<Finding> verify_hidden(const Orders& orders, const std::vector<Work>& works) {
  std::vector<Finding> out;
  for (const Work& work : works) {
    const std::string id = first_id(orders, work);
    std::vector<std::pair<const Entry*, std::vector<std::string>>> ignored_below;  // few directories, in order
    for (const HiddenPath& hidden : work.hidden) {
      const bool ignored = hidden.why == "ignored", nested = hidden.why == "nested repository",
                 inside = hidden.why == "submodule";
      const Entry* entry = declared(orders, work, hidden, ignored);
      if (ignored && !entry) {
        const Entry* directory = declared_directory(orders, work, hidden.path);
        if (!directory) continue;
        auto below = std::find_if(ignored_below.begin(), ignored_below.end(),
                                  [&](const auto& known) { return known.first == directory; });
        if (below == ignored_below.end()) below = ignored_below.insert(below, {directory, {}});
        below->second.push_back(hidden.path);
        continue;
      }
      // A repository that lies in the way of nothing is worth a word, not a warning.
      const bool known = !hidden.unproven && (entry || !nested);
      Finding found = finding(
          "hidden-change", orders.rules.policy, known ? Certainty::proved : Certainty::unproven, id,
          hidden.unproven ? fmt::format("\"{}\" could not be compared: {}", hidden.path, hidden.why)
          : ignored       ? fmt::format("\"{}\" is ignored, and git will not show what was written to it", hidden.path)
          : inside ? fmt::format("\"{}\" is uncommitted inside of a submodule, of which git knows only the commit",
                                 hidden.path)
          : nested
              ? fmt::format("\"{}\" is a repository of its own, and git does not look into it", hidden.path)
              : fmt::format("\"{}\" differs and is marked {}: git will not show the change", hidden.path, hidden.why),
          {hidden.path, 0});
      if (entry) found.related.push_back({entry->where, fmt::format("writes: {}", entry->written)});
      out.push_back(std::move(found));
    }
    for (const auto& [directory, paths] : ignored_below) note_ignored(orders, id, *directory, paths, out);
  }
  return out;
}

std::vector<Finding> verify_law(const Orders& orders, const std::vector<Work>& works,
                                const std::vector<std::string>& law) {
  std::vector<Finding> out;
  for (const Work& work : works)
    for (const Change& change : work.changes) {
      const bool is_law = std::any_of(law.begin(), law.end(), [&](const std::string& path) {
        if (path.empty() || path.ends_with('/')) return change.path.starts_with(path) && may_hold_orders(change.path);
        return path == change.path;
      });
      if (!is_law) continue;
      out.push_back(finding("scope-changed", orders.rules.policy, Certainty::proved, first_id(orders, work),
                            fmt::format("\"{}\" was changed by the work that is judged by it; this judgement is by the "
                                        "target's version",
                                        change.path),
                            {change.path, 0}));
    }
  return out;
}

}  // namespace planner
