#include "planner/infer.h"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace planner {
namespace {

using parsers::CodeOutline;
using parsers::Definition;
using parsers::Intent;
using parsers::Reference;

constexpr std::size_t most_files_of_wide = 64;
constexpr std::size_t most_hints = 3;
constexpr std::size_t rare_users = 3;          // files that use a helper worth a hint
constexpr std::size_t most_guessed_users = 8;  // files that mention a member, for a guess about it to be worth a hint

/// A file, or a part of it, that an order writes.
struct Region {
  OrderId order;
  const Entry* entry = nullptr;

  const SymbolCover* part() const { return entry->cover && entry->cover->proven ? entry->cover.get() : nullptr; }
  bool removes() const { return entry->intent == Intent::remove || entry->intent == Intent::rename; }
};

bool within(const std::vector<Stretch>& stretches, std::uint32_t byte) {
  return std::any_of(stretches.begin(), stretches.end(),
                     [&](const Stretch& s) { return s.begin <= byte && byte < s.end; });
}

/// A use of a definition in text that an order writes.
struct CodeUse {
  OrderId order;
  const Entry* entry = nullptr;
  Link link;
};

class Inferrer {
 public:
  Inferrer(const Orders& orders, Code& code, Linker& linker, bool enforce)
      : orders_(orders), code_(code), linker_(linker), enforce_(enforce) {}

  std::vector<Clash> run() {
    collect_regions();
    for (const auto& [file, regions] : written_) targets_.push_back(file);
    code_.prepare(targets_);
    for (const auto& [file, regions] : written_)
      if (regions.size() <= hub_users) read_file(file, regions);
    shared_helpers();
    return worthiest();
  }

 private:
  struct Found {
    Clash clash;
    std::int64_t worth = 0;
  };

  const Order& at(OrderId id) const { return orders_.list[id.index()]; }
  const std::string& path(CodeFileId file) const { return code_.files()[file.index()].path; }

  /// Where a link begins; an import that uses a file as such is a reference without a name.
  Reference at(const Link& link) const {
    if (link.reference != no_reference) return code_.outline(link.from).references[link.reference];
    Reference import;
    import.kind = Reference::Kind::import;
    import.line = link.via_line;
    return import;
  }

  void collect_regions() {
    for (std::size_t i = 0; i < orders_.list.size(); ++i) {
      const Order& order = orders_.list[i];
      if (!order.open() || !order.write) continue;
      for (const Entry& entry : *order.write) {
        const Region region{OrderId(i), &entry};
        if (entry.resource.kind == Resource::Kind::path || entry.resource.kind == Resource::Kind::symbol) {
          if (const auto file = code_.find(entry.resource.path())) add(*file, region);
          continue;
        }
        std::size_t taken = 0;
        const Coverage coverage({entry.resource});
        for (std::size_t f = 0; f < code_.files().size() && taken < most_files_of_wide; ++f)
          if (coverage.covers(code_.files()[f].path)) taken += add(CodeFileId(f), region) ? 1 : 0;
      }
    }
  }

  bool add(CodeFileId file, const Region& region) {
    if (!code_.files()[file.index()].language) return false;
    written_[file].push_back(region);
    return true;
  }

  /// Does the order itself write or read, by its declaration, what the link leads to?
  bool declared(const Order& order, CodeFileId file) {
    const auto [known, fresh] = declared_.try_emplace({&order, file}, false);
    if (fresh)
      for (const auto* set : {&order.write, &order.read})
        if (*set)
          for (const Entry& entry : **set) known->second = known->second || covers(entry.resource, path(file));
    return known->second;
  }

  static bool depends(const Order& order, OrderId other) {
    const auto names = [&](const std::vector<Dependency>& list) {
      return std::any_of(list.begin(), list.end(), [&](const Dependency& d) { return d.order == other; });
    };
    return names(order.depends_on) || names(order.before);
  }

  void read_file(CodeFileId file, const std::vector<Region>& regions) {
    for (const Link& link : linker_.links_between(file, targets_))
      for_each_user(link, regions, [&](const CodeUse& use) { hidden_reads(use); });
    for (const Link& link : linker_.resolved_from(file))
      if (link.definition != parsers::no_definition && at(link).kind != Reference::Kind::import)
        for_each_user(link, regions, [&](const CodeUse& use) { uses_[{link.to, link.definition}].push_back(use); });
  }

  /// The orders that write the text in which the link begins, and do not declare what it leads to.
  template <class Visit>
  void for_each_user(const Link& link, const std::vector<Region>& regions, const Visit& visit) {
    if (link.to == link.from) return;
    for (const Region& region : regions) {
      // Who writes a part of the file changes what is called there; the imports are everybody's.
      if (region.part() && (link.reference == no_reference || !within(region.part()->exact, at(link).byte))) continue;
      if (region.removes() || region.entry->intent == Intent::create) continue;
      if (!declared(at(region.order), link.to)) visit({region.order, region.entry, link});
    }
  }

  void hidden_reads(const CodeUse& use) {
    const auto writers = written_.find(use.link.to);
    if (writers == written_.end() || writers->second.size() > hub_users) return;
    if (!resolved(use.link.grade) && users_of(use.link) > most_guessed_users) return;
    for (const Region& writer : writers->second) {
      if (writer.order == use.order || !changes(writer, use.link)) continue;
      if (depends(at(use.order), writer.order) || depends(at(writer.order), use.order)) continue;
      const bool orphan = writer.removes() && resolved(use.link.grade);
      const ConflictKind kind = orphan                                 ? ConflictKind::orphaned_work
                                : enforce_ && resolved(use.link.grade) ? ConflictKind::read_write
                                                                       : ConflictKind::hidden_read;
      Evidence evidence = evidence_of(use, {writer.entry->written, writer.entry->where});
      evidence.note =
          fmt::format("{}, and {} {} it ({})", what_is_used(use), at(writer.order).id, verb(writer), reason(use.link));
      const bool hint = !enforce_ || !resolved(use.link.grade);
      keep(kind, use.order, writer.order, use.order, hint, std::move(evidence), worth(use.link) * (orphan ? 2 : 1));
    }
  }

  /// Does the region cover the whole definition that the link leads to? A class is not what its methods are.
  bool changes(const Region& writer, const Link& link) const {
    if (writer.entry->intent == Intent::create && !writer.part()) return false;  // it is not there yet
    const SymbolCover* part = writer.part();
    if (!part) return true;
    if (part->created || link.definition == parsers::no_definition) return false;
    const Definition& d = code_.outline(link.to).definitions[link.definition];
    return std::any_of(part->exact.begin(), part->exact.end(),
                       [&](const Stretch& s) { return s.begin <= d.range.begin && d.range.end <= s.end; });
  }

  static std::string verb(const Region& writer) {
    return writer.removes() ? fmt::format("{}s", to_string(writer.entry->intent)) : "writes";
  }

  /// The grade, where the definition stands, and the import that connects the two.
  std::string reason(const Link& link) const {
    const Place place = definition_place(link);
    const std::string import = link.via_line == 0 ? std::string() : fmt::format(", imported in line {}", link.via_line);
    return fmt::format("{}: {}:{}{}", to_string(link.grade), place.file, place.line, import);
  }

  std::string name_of(const Link& link) const {
    if (link.definition == parsers::no_definition) return path(link.to);
    return path(link.to) + "::" + code_.outline(link.to).definitions[link.definition].name;
  }

  Place definition_place(const Link& link) const {
    const bool module = link.definition == parsers::no_definition;
    return {path(link.to), module ? 1 : code_.outline(link.to).definitions[link.definition].line};
  }

  /// The text that uses something: the function around it, or the file.
  std::string user_of(const CodeUse& use) const {
    const CodeOutline& outline = code_.outline(use.link.from);
    const std::uint32_t around = at(use.link).enclosing;
    const std::string& file = path(use.link.from);
    return around == parsers::no_definition ? file : file + "::" + outline.definitions[around].name;
  }

  std::string what_is_used(const CodeUse& use) const {
    const Reference r = at(use.link);
    const char* verb = r.kind == Reference::Kind::call     ? "calls"
                       : r.kind == Reference::Kind::import ? "imports"
                                                           : "uses";
    return fmt::format("{} {} {}", user_of(use), verb, name_of(use.link));
  }

  Side side_of(const CodeUse& use) const { return {user_of(use), {path(use.link.from), at(use.link).line}}; }

  Evidence evidence_of(const CodeUse& use, Side other) const {
    return {name_of(use.link), "", {side_of(use), std::move(other)}, ""};
  }

  /// Grade times rarity, as the research on real code has it: what one file in a thousand mentions tells much.
  std::int64_t worth(const Link& link) {
    static constexpr std::int64_t grades[] = {100, 100, 80, 60, 30};
    const std::int64_t role = at(link).kind == Reference::Kind::import ? 1 : 2;
    return grades[static_cast<std::size_t>(link.grade)] * role * rarity(link);
  }
  std::int64_t rarity(const Link& link) {
    return static_cast<std::int64_t>(std::bit_width((code_.files().size() + 1) / (1 + users_of(link))));
  }
  std::size_t users_of(const Link& link) {
    // That a module is imported says less than what of it is used.
    const auto [known, fresh] = mentions_.try_emplace({link.to, link.definition}, code_.files().size());
    if (fresh && link.definition != parsers::no_definition)
      known->second = code_.mentioning(code_.outline(link.to).definitions[link.definition].short_name()).size();
    return known->second;
  }

  void shared_helpers() {
    for (const auto& [target, uses] : uses_) {
      std::map<OrderId, const CodeUse*> first;  // one use an order
      for (const CodeUse& use : uses) first.try_emplace(use.order, &use);
      if (first.size() < 2 || first.size() > hub_users || users_of(uses.front().link) > rare_users + 1) continue;
      const auto writers = written_.find(target.first);
      const bool written =
          writers != written_.end() && std::any_of(writers->second.begin(), writers->second.end(),
                                                   [&](const Region& r) { return changes(r, uses.front().link); });
      if (written) continue;  // then it is no read beside a read
      for (auto x = first.begin(); x != first.end(); ++x)
        for (auto y = std::next(x); y != first.end(); ++y) {
          const CodeUse &a = *x->second, &b = *y->second;
          Evidence evidence = evidence_of(a, side_of(b));
          evidence.note = fmt::format("both rely on {}, which few use", name_of(a.link));
          keep(ConflictKind::shared_helper, a.order, b.order, a.order, true, std::move(evidence), worth(a.link) / 10);
        }
    }
  }

  void keep(ConflictKind kind, OrderId x, OrderId y, OrderId first, bool hint, Evidence evidence, std::int64_t worth) {
    if (y < x) {
      std::swap(x, y);
      std::swap(evidence.sides[0], evidence.sides[1]);
    }
    found_[{x, y}].push_back({{x, y, kind, Certainty::inferred, first, std::move(evidence), hint}, worth});
  }

  /// Of every pair the worthiest, each thing once.
  std::vector<Clash> worthiest() {
    std::vector<Clash> out;
    for (auto& [pair, list] : found_) {
      std::stable_sort(list.begin(), list.end(), [](const Found& a, const Found& b) {
        const Evidence &x = a.clash.evidence, &y = b.clash.evidence;
        return std::tie(b.worth, x.resource, x.sides[0].source, x.sides[1].source) <
               std::tie(a.worth, y.resource, y.sides[0].source, y.sides[1].source);
      });
      std::set<std::tuple<ConflictKind, OrderId, std::string>> seen;
      std::set<std::pair<Place, Place>> places;
      std::size_t hints = 0;
      for (Found& f : list) {
        const Evidence& e = f.clash.evidence;
        const bool fresh = seen.emplace(f.clash.kind, f.clash.first, e.resource).second;
        if (!places.emplace(e.sides[0].source, e.sides[1].source).second || !fresh) continue;
        if (hints++ < most_hints) out.push_back(std::move(f.clash));
      }
    }
    std::stable_sort(out.begin(), out.end(), [](const Clash& x, const Clash& y) {
      return std::tie(x.a, x.b, x.kind, x.first) < std::tie(y.a, y.b, y.kind, y.first);
    });
    return out;
  }

  const Orders& orders_;
  Code& code_;
  Linker& linker_;
  bool enforce_;
  std::map<CodeFileId, std::vector<Region>> written_;
  std::vector<CodeFileId> targets_;  // the files of written_
  std::map<std::pair<const Order*, CodeFileId>, bool> declared_;
  std::map<std::pair<CodeFileId, std::uint32_t>, std::vector<CodeUse>> uses_;
  std::map<std::pair<CodeFileId, std::uint32_t>, std::size_t> mentions_;
  std::map<std::pair<OrderId, OrderId>, std::vector<Found>> found_;
};

}  // namespace

std::vector<Clash> infer_clashes(const Orders& orders, Code& code, Linker& linker, bool enforce) {
  return Inferrer(orders, code, linker, enforce).run();
}

}  // namespace planner
