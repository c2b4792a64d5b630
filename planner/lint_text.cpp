// What the text of an order says against its own declaration, and what "[P]" claims against what is written.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>
#include <unordered_set>

#include "planner/conflict.h"
#include "planner/lint.h"

namespace planner {
namespace {

using Kind = Resource::Kind;

bool is_exact(const Resource& r) { return r.kind == Kind::path || r.kind == Kind::symbol; }

/// Whether both mean a file in common. A bare name in a sentence means the file of that name that is declared.
bool same_file(const Entry& declared, const Entry& named) {
  if (overlap(declared.resource, named.resource)) return true;
  const std::string_view path = declared.resource.path(), name = named.resource.path();
  const bool tail = path.size() > name.size() && path.ends_with(name) && path[path.size() - name.size() - 1] == '/';
  // A file that is named stands for the symbol in it that is declared, and the other way round.
  return tail || (is_exact(declared.resource) && is_exact(named.resource) && path == name);
}

/// Quadratic in one order's entries; beyond this the order is no text that anybody reads.
constexpr std::size_t most_entries = 2000;

void lint_text_of(const Order& order, const Coverage& free, std::vector<Finding>& out) {
  if (!order.write || order.write->empty() || order.write->size() > most_entries || order.said.size() > most_entries)
    return;
  const bool declared = std::any_of(order.write->begin(), order.write->end(),
                                    [](const Entry& e) { return e.certainty == Certainty::declared; });
  if (!declared) return;
  const auto covered = [&](const Entry& named, const std::vector<Entry>& by) {
    return std::any_of(by.begin(), by.end(), [&](const Entry& e) { return same_file(e, named); });
  };
  std::set<std::string_view> told;
  for (const Entry& said : order.said) {
    if (covered(said, *order.write) || covered(said, order.permits)) continue;
    if (said.resource.kind == Kind::path && free.covers(said.resource.text)) continue;
    if (!told.insert(said.resource.text).second) continue;
    const bool forbidden = covered(said, order.do_not_touch);
    Finding f{"omitted-write",
              FindingSeverity::warning,
              Certainty::inferred,
              order.id,
              fmt::format("the text of {} says that it changes {}, which {}", order.id, said.written,
                          forbidden ? "it must not touch" : "its declaration omits"),
              said.where,
              {}};
    f.related.push_back({order.write->front().where, fmt::format("declared here: {}", order.write->front().written)});
    out.push_back(std::move(f));
  }
  if (order.said.empty()) return;
  // The reverse needs a text that speaks of what it changes at all.
  std::vector<const Entry*> silent;
  for (const Entry& e : *order.write) {
    const auto named = [&](const Entry& n) { return same_file(e, n); };
    if (e.certainty == Certainty::declared && std::none_of(order.said.begin(), order.said.end(), named) &&
        std::none_of(order.mentions.begin(), order.mentions.end(), named))
      silent.push_back(&e);
  }
  if (silent.empty()) return;
  constexpr std::size_t shown = 5;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(shown, silent.size()); ++i) names.push_back(silent[i]->written);
  if (silent.size() > shown) names.push_back(fmt::format("{} more", silent.size() - shown));
  Finding f{"unexplained-write",
            FindingSeverity::note,
            Certainty::inferred,
            order.id,
            fmt::format("{} declares what its text never names: {}", order.id, fmt::join(names, ", ")),
            silent.front()->where,
            {}};
  for (std::size_t i = 1; i < std::min(shown, silent.size()); ++i)
    f.related.push_back({silent[i]->where, silent[i]->written});
  out.push_back(std::move(f));
}

/// A mark and one write of an order that carries it.
struct MarkedWrite {
  const Order* order = nullptr;
  const Entry* entry = nullptr;
};

class Marks {
 public:
  Marks(const Orders& orders, std::vector<Finding>& out) : orders_(orders), out_(out) {}

  void run() {
    std::map<std::pair<std::string, std::string>, std::vector<const Order*>> groups;
    for (const Order& order : orders_.list)
      if (order.parallel && order.parallel->parallel)
        groups[{order.parallel->where.file, order.parallel->among}].push_back(&order);
    // An epic's tasks stand in a file each: what they claim is about the epic.
    std::map<std::string, std::vector<const Order*>> epics;
    for (auto& [key, members] : groups) {
      if (about_files(*members.front()))
        group(members);
      else
        epics[key.second].insert(epics[key.second].end(), members.begin(), members.end());
    }
    for (auto& [name, members] : epics) group(members);
  }

 private:
  /// "[P]" means different files; "parallel: true" that it may go beside others, once what it waits for is done.
  static bool about_files(const Order& order) { return order.parallel->text.starts_with('['); }

  void group(std::vector<const Order*>& members) {
    std::sort(members.begin(), members.end(),
              [](const Order* a, const Order* b) { return std::tie(a->where, a->id) < std::tie(b->where, b->id); });
    told_.clear();
    std::map<std::string_view, std::vector<MarkedWrite>> files;
    std::vector<MarkedWrite> wide;
    for (const Order* order : members)
      if (order->write)
        for (const Entry& entry : *order->write) {
          // Brackets alone are names ("[slug]") or blanks to fill in, and tell two files apart by their text.
          if (is_exact(entry.resource) ||
              (entry.resource.kind == Kind::pattern && entry.resource.text.find_first_of("*?") == std::string::npos))
            files[entry.resource.path()].push_back({order, &entry});
          else
            wide.push_back({order, &entry});
        }
    for (const auto& [path, writes] : files) {
      if (writes.size() > hub_users) {
        crowd(path, writes);
        continue;
      }
      for (std::size_t i = 0; i < writes.size(); ++i)
        for (std::size_t j = i + 1; j < writes.size(); ++j) pair(writes[i], writes[j], std::string(path));
    }
    constexpr std::size_t most = 512;  // patterns of one section: beyond that nobody reads the list
    for (std::size_t i = 0; i < std::min(wide.size(), most); ++i) {
      for (std::size_t j = i + 1; j < std::min(wide.size(), most); ++j)
        if (const auto witness = overlap(wide[i].entry->resource, wide[j].entry->resource))
          pair(wide[i], wide[j], *witness);
      for (const auto& [path, writes] : files)
        if (const auto witness = overlap(wide[i].entry->resource, writes.front().entry->resource))
          for (std::size_t j = 0; j < std::min(writes.size(), hub_users); ++j) pair(wide[i], writes[j], *witness);
    }
    for (const Order* order : members)
      if (about_files(*order)) dependencies(*order, members);
  }

  void pair(MarkedWrite a, MarkedWrite b, const std::string& witness) {
    if (a.order == b.order || !told_.insert(std::minmax(a.order, b.order)).second) return;
    if (!about_files(*a.order) && (waits(*a.order, *b.order) || waits(*b.order, *a.order))) return;
    if (b.order->where < a.order->where) std::swap(a, b);
    const bool open = a.order->open() && b.order->open();
    const bool exact = a.entry->resource.text == b.entry->resource.text;
    const Certainty certainty = std::max(a.entry->certainty, b.entry->certainty);
    Finding f{"parallel-mark",
              !open || !exact                    ? FindingSeverity::note
              : certainty == Certainty::declared ? FindingSeverity::error
                                                 : FindingSeverity::warning,
              certainty,
              a.order->id,
              fmt::format("{} and {} are both marked {} and both write {}", a.order->id, b.order->id,
                          a.order->parallel->text, witness),
              a.entry->where,
              {}};
    if (!open) f.message += a.order->open() || b.order->open() ? "; one of them is done" : "; both are done";
    f.related.push_back({b.entry->where, fmt::format("{} writes {}", b.order->id, b.entry->written)});
    out_.push_back(std::move(f));
  }

  void crowd(std::string_view path, const std::vector<MarkedWrite>& writes) {
    Finding f{"parallel-mark",
              FindingSeverity::warning,
              Certainty::inferred,
              writes.front().order->id,
              fmt::format("{} orders are marked {} and all write {}", writes.size(),
                          writes.front().order->parallel->text, path),
              writes.front().entry->where,
              {}};
    for (std::size_t i = 1; i < hub_users; ++i)
      f.related.push_back(
          {writes[i].entry->where, fmt::format("{} writes {}", writes[i].order->id, writes[i].entry->written)});
    out_.push_back(std::move(f));
  }

  /// Directly, or through others; remembered for one order at a time.
  bool waits(const Order& later, const Order& earlier) {
    if (waits_of_ != &later) {
      waits_of_ = &later;
      waits_on_.clear();
      std::vector<const Order*> stack{&later};
      while (!stack.empty()) {
        const Order* at = stack.back();
        stack.pop_back();
        for (const Dependency& d : at->depends_on)
          if (d.order && waits_on_.insert(&orders_.list[d.order->index()]).second)
            stack.push_back(&orders_.list[d.order->index()]);
      }
    }
    return waits_on_.contains(&earlier);
  }

  void dependencies(const Order& order, const std::vector<const Order*>& members) {
    for (const Dependency& d : order.depends_on) {
      if (!d.order || d.where.file != order.parallel->where.file || d.where.line != order.parallel->where.line)
        continue;
      const Order* other = &orders_.list[d.order->index()];
      if (std::find(members.begin(), members.end(), other) == members.end()) continue;
      out_.push_back({"parallel-mark",
                      order.open() && other->open() ? FindingSeverity::warning : FindingSeverity::note,
                      d.certainty,
                      order.id,
                      fmt::format("{} is marked {} and depends on {}, which is marked so too", order.id,
                                  order.parallel->text, other->id),
                      d.where,
                      {{other->parallel->where, fmt::format("{} is marked {}", other->id, other->parallel->text)}}});
    }
  }

  const Orders& orders_;
  std::vector<Finding>& out_;
  std::set<std::pair<const Order*, const Order*>> told_;
  const Order* waits_of_ = nullptr;
  std::unordered_set<const Order*> waits_on_;
};

}  // namespace

std::vector<Finding> lint_text(const Orders& orders) {
  std::vector<Finding> out;
  std::vector<Resource> free;
  for (const auto* list : {&orders.rules.append, &orders.rules.regenerate, &orders.rules.companion})
    free.insert(free.end(), list->begin(), list->end());
  const Coverage coverage(free);
  for (const Order& order : orders.list)
    if (order.open() && order.declared) lint_text_of(order, coverage, out);
  Marks(orders, out).run();
  sort_findings(out);
  return out;
}

}  // namespace planner
